"""Dates in pencil at the makers' desk: all of them by day, one more, a draft of one, and gone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agenda import days, permissions
from agenda.forms.option import OptionForm
from agenda.forms.sheet import days_off
from agenda.models import Option
from agenda.pencil import pencilled
from agenda.services import options as services
from agenda.views.ownership import require
from cultuurportaal.workflow import NotAllowed
from partners.models import City, User


@require_http_methods(["GET", "HEAD", "POST"])
def options(request: HttpRequest) -> HttpResponse:
    """Makers and editors see all of them; a maker adds their own."""
    require(permissions.may_see_options(request.user))
    city, now = City.objects.here(), timezone.now()
    form = OptionForm(
        request.POST if request.method == "POST" else None,
        city=city,
        user=request.user,
        now=now,
        days_off=days_off(city),
    )
    if form.is_bound:
        require(bool(form.own))
        if form.is_valid() and (answer := _added(request, form)):
            return answer
    context = {"form": form, "by_day": pencilled(request.user, days.today(now)).items()}
    return render(request, "agenda/options.html", context, status=422 if form.is_bound else 200)


def _added(request: HttpRequest, form: OptionForm) -> HttpResponse | None:
    try:
        made = services.pencil_in(form.option(), form.slots(), by=request.user, now=timezone.now())
    except NotAllowed:
        form.add_error("tekst", _("Dit zijn te veel datums. Schrijf er hoogstens twaalf tegelijk op."))
        return None
    words = ngettext("%(number)d datum staat in potlood.", "%(number)d datums staan in potlood.", len(made))
    messages.success(request, words % {"number": len(made)})
    return redirect("agenda:options")


@require_POST
def option(request: HttpRequest, uuid: object) -> HttpResponse:
    """`stap` is concept (make a draft of it) or weg (wipe it out)."""
    rows = Option.objects.select_related("organisation__kind", "organisation__city", "venue")
    found, user = get_object_or_404(rows, uuid=uuid), request.user
    if not isinstance(user, User) or not permissions.may_change_options(user, found.organisation):
        raise Http404
    try:
        if request.POST.get("stap") == "concept":
            return redirect(services.to_draft(found, by=user, now=timezone.now()))
        services.wipe_out(found, by=user)
    except NotAllowed as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("Deze datum is weer vrij."))
    return redirect("agenda:options")
