"""An organisation's own desk: which ones are yours, and what one says about itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cultuurportaal.workflow import NotAllowed
from partners.forms.profile import NameForm, ProfileForm
from partners.models import City, Membership, Organisation
from partners.permissions import may_edit_organisation, may_see_spaces, organisations_of
from partners.services.organisations import apply_for_organisation, describe
from partners.views.gate import own, person


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Straight to the only one; else the list, with those that are blocked."""
    open_ones = organisations_of(request.user)
    blocked = Membership.objects.filter(
        user=person(request), organisation__status=Organisation.Status.SUSPENDED
    ).select_related("organisation__city")
    if len(open_ones) == 1 and not blocked:
        return redirect("partners:organisation", open_ones[0].slug)
    context = {
        "organisations": open_ones,
        "blocked": [row.organisation for row in blocked],
        "may_see_spaces": may_see_spaces(request.user),
    }
    return render(request, "partners/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What the public reads about it; owners and editors change it, members see it."""
    found = own(request, slug)
    may_edit = may_edit_organisation(request.user, found)
    if request.method != "POST":
        return _page(request, found, ProfileForm(organisation=found) if may_edit else None)
    if not may_edit:
        raise PermissionDenied
    form = ProfileForm(request.POST, organisation=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        describe(
            found,
            fields=form.fields_said(),
            sets=form.sets_said(),
            seen=form.cleaned_data["version"],
            by=person(request),
        )
    except NotAllowed:
        form.add_error(None, _("Een ander heeft dit net gewijzigd. Open de pagina opnieuw."))
        return _page(request, found, form, status=409)
    messages.success(request, _("Bewaard. Bezoekers zien dit meteen."))
    return redirect("partners:organisation", found.slug)


def _page(
    request: HttpRequest, found: Organisation, form: ProfileForm | None, *, status: int = 200
) -> HttpResponse:
    context = {"organisation": found, "form": form}
    return render(request, "partners/organisation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """A new organisation, of which whoever asks becomes the owner; an editor lets it in."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "partners/apply.html", {"form": form}, status=status)
    try:
        made = apply_for_organisation(form.cleaned_data["name"], city=City.objects.here(), by=person(request))
    except NotAllowed:
        form.add_error("name", _("De redactie moet jullie eerst toelaten."))
        return render(request, "partners/apply.html", {"form": form}, status=409)
    messages.success(request, _("Aangemeld. De redactie kijkt ernaar. Jullie kunnen al verder invullen."))
    return redirect("partners:organisation", made.slug)
