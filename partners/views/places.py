"""The places of an organisation: its venues, their rooms, and how to get in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cultuurportaal.workflow import NotAllowed
from partners.forms.places import RoomForm, VenueForm
from partners.models import City, Organisation, PlaceProposal, Venue
from partners.permissions import may_edit_venue, may_propose_change, may_propose_venue, organisations_of
from partners.services import places as services
from partners.views.gate import own, person


@require_safe
def places(request: HttpRequest, slug: str) -> HttpResponse:
    """The venues of an organisation with their rooms, and what waits for an editor."""
    found = own(request, slug)
    context = {
        "organisation": found,
        "venues": Venue.objects.active().filter(organisation=found).prefetch_related("rooms"),
        "waiting": PlaceProposal.objects.open().filter(organisation=found).select_related("venue", "room"),
    }
    return render(request, "partners/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """A place that is not here yet; `?organisatie=` says from whose desk."""
    if not may_propose_venue(request.user):
        raise PermissionDenied
    slug = request.GET.get("organisatie", "")
    organisation = next((one for one in organisations_of(request.user) if one.slug == slug), None)
    city = City.objects.here()
    form = VenueForm(request.POST if request.method == "POST" else None, city=city)
    if organisation is None:
        del form.fields["is_own"]
    facts = {"venue": None, "organisation": organisation, "is_own": True}
    return _answer(request, form, facts, {"organisation": organisation, "city": city})


@require_http_methods(["GET", "HEAD", "POST"])
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """Other words about one."""
    found = _venue(request, slug)
    form = VenueForm(request.POST if request.method == "POST" else None, city=found.city, venue=found)
    del form.fields["is_own"]
    return _answer(request, form, {"venue": found}, {"venue": found, "organisation": found.organisation})


@require_http_methods(["GET", "HEAD", "POST"])
def room(request: HttpRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A room, or (without `pk`) one more."""
    found = _venue(request, slug)
    row = get_object_or_404(found.rooms, pk=pk) if pk else None
    form = RoomForm(request.POST if request.method == "POST" else None, venue=found, room=row)
    facts = {"venue": found, "room": row, "is_about_room": True}
    page = {"venue": found, "room": row, "is_about_room": True, "organisation": found.organisation}
    return _answer(request, form, facts, page)


def _venue(request: HttpRequest, slug: str) -> Venue:
    """Everybody may know that it is there; 403 for whoever may say nothing about it."""
    related = ("city", "district", "organisation")
    found = get_object_or_404(Venue.objects.active().select_related(*related), slug=slug)
    if not may_propose_change(request.user, found):
        raise PermissionDenied
    return found


def _answer(
    request: HttpRequest, form: "VenueForm | RoomForm", facts: dict[str, Any], page: dict[str, Any]
) -> HttpResponse:
    """The form; or what it says, proposed."""
    page |= {"form": form, "is_at_once": may_edit_venue(request.user)}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "partners/place.html", page, status=status)
    try:
        _propose(request, form, facts, page["organisation"])
    except NotAllowed:
        form.add_error("name", _("Zo heet al een zaal van deze plek. Kies een andere naam."))
        return render(request, "partners/place.html", page, status=409)
    if page["is_at_once"]:
        messages.success(request, _("Bewaard. Bezoekers zien dit binnen een minuut."))
    else:
        messages.success(request, _("Verstuurd. De redactie kijkt ernaar."))
    return _back(page["organisation"])


def _propose(
    request: HttpRequest,
    form: "VenueForm | RoomForm",
    facts: dict[str, Any],
    organisation: Organisation | None,
) -> None:
    facts = {"organisation": organisation, **facts}
    if facts.get("is_own"):
        facts["is_own"] = form.cleaned_data.get("is_own", False)
    services.propose(
        **facts,
        fields=form.fields_said(),
        access=form.access_said(),
        by=person(request),
        now=timezone.now(),
    )


def _back(organisation: Organisation | None) -> HttpResponse:
    return (
        redirect("partners:places", organisation.slug) if organisation else redirect("partners:organisations")
    )
