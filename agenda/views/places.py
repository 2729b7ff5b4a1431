"""The window: makers and places, and what comes up there."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agenda import days, save_links, text
from agenda.document import Place
from agenda.filters import cursor
from agenda.filters.facets import DAYS_AHEAD
from agenda.models.listing import Listing, Occurrence, OccurrenceQuerySet
from agenda.views.cards import shelves
from agenda.views.public import subscribe
from agenda.views.window import Here, is_part, kept
from partners.models import AccessStatement, Organisation, Room, Venue

MOST_CARDS = 12
ROOMS = (
    Room.objects.filter(venue=OuterRef("pk"))
    .order_by("name")
    .values(room=JSONObject(pk="pk", name="name", capacity="capacity"))
)


@login_not_required
@require_safe
@kept
def makers(request: HttpRequest, here: Here) -> HttpResponse:
    """Everybody who has something in the agenda or had, by name."""
    known = Listing.objects.filter(organisation=OuterRef("pk"), withdrawn_at=None)
    rows = Organisation.objects.active().filter(Exists(known), city=here.city).order_by("name")
    numbers = _soon("organisation", here)
    lines = [
        {"name": row.name, "url": row.get_absolute_url(), "count": numbers.get(row.pk, 0)} for row in rows
    ]
    return render(request, "agenda/makers.html", {"city": here.city, "lines": lines, "days": DAYS_AHEAD})


@login_not_required
@require_safe
@kept
def maker(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """One organiser; a merged one leads to the one that it became."""
    related = ("replaced_by", "kind", "district")
    organisation = get_object_or_404(Organisation.objects.select_related(*related), slug=slug)
    if organisation.status == Organisation.Status.MERGED and organisation.replaced_by:
        return redirect("agenda:maker", organisation.replaced_by.slug, permanent=True)
    if organisation.status != Organisation.Status.ACTIVE:
        raise Http404
    dates = Occurrence.objects.public().filter(organisation=organisation)
    context = {
        "maker": organisation,
        "about": text.html(organisation.description),
        **_about(organisation, here.language),
        **subscribe(reverse("agenda:maker_feed", args=[slug])),
    }
    return _with_dates(request, here, "agenda/maker.html", dates, context)


def _about(organisation: Organisation, language: str) -> dict[str, Any]:
    """What it makes and where, as words and as places of its own. One query."""
    name = Case(When(name_en="", then="name"), default="name_en") if language == "en" else F("name")
    words = [
        rows.order_by()
        .annotate(shelf=Value(shelf), text=name)
        .values_list("shelf", "position", "text", "code")
        for shelf, rows in enumerate([organisation.disciplines.all(), organisation.districts.all()])
    ]
    places = Venue.objects.active().filter(organisation=organisation).order_by()
    rows = places.annotate(shelf=Value(2), order=Value(0)).values_list("shelf", "order", "name", "slug")
    found = sorted(words[0].union(words[1], rows, all=True))
    said = [text for shelf, _order, text, _code in found if shelf < 2]
    own = [str(organisation.district)] if organisation.district else []
    labels = [text for text in said if text not in own]
    return {
        "words": list(dict.fromkeys([*labels, *own])),
        "places": [(text, slug) for shelf, _order, text, slug in found if shelf == 2],
    }


@login_not_required
@require_safe
@kept
def venues(request: HttpRequest, here: Here) -> HttpResponse:
    """All places, by name."""
    rows = Venue.objects.active().filter(city=here.city).select_related("district").order_by("name")
    numbers = _soon("venue", here)
    lines = [
        {
            "name": row.name,
            "url": row.get_absolute_url(),
            "count": numbers.get(row.pk, 0),
            "where": row.district.label if row.district else row.town,
        }
        for row in rows
    ]
    return render(request, "agenda/venues.html", {"city": here.city, "lines": lines, "days": DAYS_AHEAD})


@login_not_required
@require_safe
@kept
def venue(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """One place: how to get there, how to get in, what comes up."""
    rows = Venue.objects.active().select_related("district", "organisation")
    place = get_object_or_404(rows.annotate(halls=ArraySubquery(ROOMS)), slug=slug)
    halls: list[dict[str, Any]] = place.halls  # type: ignore[attr-defined]
    answers = list(place.access.select_related("fact").order_by("fact__position"))
    dates = Occurrence.objects.public().filter(venue=place)
    context = {
        "venue": place,
        "about": text.html(place.description),
        "rooms": [{**hall, "answers": _of_room(answers, hall["pk"])} for hall in halls],
        "routes": save_links.routes(_on_map(place)),
        "answers": _of_room(answers, None),
        **subscribe(reverse("agenda:venue_feed", args=[slug])),
    }
    return _with_dates(request, here, "agenda/venue.html", dates, context)


def _of_room(answers: list[AccessStatement], pk: int | None) -> list[AccessStatement]:
    """Those about this room; of the place as a whole for None."""
    return [one for one in answers if one.room_id == pk]


def _with_dates(
    request: HttpRequest, here: Here, template: str, dates: OccurrenceQuerySet, context: dict[str, Any]
) -> HttpResponse:
    """The page with its coming dates; htmx gets only the days that follow. One query."""
    coming = dates.filter(until__gt=here.now, day__gte=days.today(here.now))
    after = cursor.read(request.GET.get("na", "")[:80])
    found = shelves(coming.after(after).in_order(), here.language, here.now, MOST_CARDS)
    more = f"{request.path}?na={found.next}" if found.next else ""
    context |= {"city": here.city, "shelves": found.days, "more": more, "is_later": after is not None}
    return render(request, "agenda/_more_days.html" if is_part(request) else template, context)


def _soon(column: str, here: Here) -> dict[int, int]:
    """Number of dates in the coming days by maker or place. One query, bounded by the days."""
    first = days.today(here.now)
    within = Q(day__gte=first, day__lt=first + timedelta(days=DAYS_AHEAD), until__gt=here.now)
    counted = Occurrence.objects.public().filter(within).order_by().values_list(column)
    return dict(counted.annotate(count=Count("pk")))


def _on_map(venue: Venue) -> Place:
    return Place(
        venue.name,
        street=venue.street,
        postcode=venue.postcode,
        town=venue.town,
        latitude=None if venue.latitude is None else float(venue.latitude),
        longitude=None if venue.longitude is None else float(venue.longitude),
    )
