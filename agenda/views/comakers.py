"""Making something together: whom one asks, and what the other answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agenda import permissions
from agenda.forms.comaker import CoMakerForm
from agenda.models import Activity, CoMaker
from agenda.services import comakers as services
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.models import User
from partners.permissions import is_member

MOST_BY_PERSON, HOUR = 20, 3600
RELATED = ("activity__organisation", "activity__city", "organisation")
REFUSALS = {
    "own": gettext_lazy("Dit is jullie eigen activiteit. Kies een andere organisatie."),
    "organisation": gettext_lazy("Deze organisatie doet nu niet mee."),
    "too_many": gettext_lazy("Meer dan zes organisaties kan niet."),
    "too_often": gettext_lazy(
        "Dat zijn er heel veel achter elkaar. Trek er een paar in, of probeer het over een uur."
    ),
    "already": gettext_lazy("Deze organisatie is al gevraagd."),
}


def _activity(request: HttpRequest, uuid: object) -> Activity:
    """404 for whoever may not see it at the desk, 403 for whoever may only read it there."""
    activity = get_object_or_404(Activity.objects.select_related("city", "organisation"), uuid=uuid)
    if not permissions.may_view(request.user, activity):
        raise Http404
    if not permissions.may_edit(request.user, activity):
        raise PermissionDenied
    return activity


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest, uuid: object) -> HttpResponse:
    """With whom; and one more."""
    activity = _activity(request, uuid)
    form = CoMakerForm(request.POST if request.method == "POST" else None, city=activity.city)
    if request.method != "POST" or not form.is_valid():
        return _page(request, activity, form, status=422 if request.method == "POST" else 200)
    if not limits.take("co-maker", str(request.user.pk), most=MOST_BY_PERSON, seconds=HOUR):
        form.add_error("name", REFUSALS["too_often"])
        return _page(request, activity, form, status=429)
    organisation = form.cleaned_data["name"]
    try:
        services.ask(activity, organisation=organisation, by=request.user, now=timezone.now())
    except NotAllowed as refusal:
        form.add_error("name", REFUSALS[refusal.reason])
        return _page(request, activity, form, status=409)
    messages.success(request, _("Gevraagd. Zegt %s ja, dan staat de naam erbij.") % organisation)
    return redirect("agenda:together", activity.uuid)


def _page(request: HttpRequest, activity: Activity, form: CoMakerForm, *, status: int) -> HttpResponse:
    rows = activity.co_makers.select_related("organisation")
    context = {"activity": activity, "form": form, "rows": rows}
    return render(request, "agenda/together.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def co_maker(request: HttpRequest, pk: int) -> HttpResponse:
    """For members of who was asked: yes or no (`antwoord`), and later: take our name off."""
    row = get_object_or_404(CoMaker.objects.select_related(*RELATED), pk=pk)
    by = request.user
    if not isinstance(by, User) or not is_member(by, row.organisation):
        raise Http404
    if request.method != "POST":
        return render(request, "agenda/co_maker.html", {"row": row})
    now, said = timezone.now(), request.POST.get("antwoord", "")
    try:
        if said == "weg":
            services.drop(row, by=by, now=now)
        else:
            services.answer(row, is_yes=said == "ja", by=by, now=now)
    except NotAllowed:
        messages.error(request, _("Hier is al op geantwoord."))
    else:
        messages.success(request, _("Dank je, dat is doorgegeven."))
    return redirect("agenda:mine")


@require_POST
def drop(request: HttpRequest, uuid: object, pk: int) -> HttpResponse:
    """Whose activity it is takes a name off."""
    activity = _activity(request, uuid)
    row = get_object_or_404(activity.co_makers.select_related(*RELATED), pk=pk)
    services.drop(row, by=request.user, now=timezone.now())
    messages.success(request, _("De naam staat er niet meer bij."))
    return redirect("agenda:together", activity.uuid)
