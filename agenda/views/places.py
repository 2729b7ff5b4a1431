"""The window: makers and places, and what comes up there."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
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
from partners.models import Organisation, Venue

MOST_CARDS = 12


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
    found = get_object_or_404(Organisation.objects.select_related("replaced_by", "kind"), slug=slug)
    if found.status == Organisation.Status.MERGED and found.replaced_by:
        return redirect("agenda:maker", found.replaced_by.slug, permanent=True)
    organisation = get_object_or_404(Organisation.objects.active().select_related("district"), pk=found.pk)
    dates = Occurrence.objects.public().filter(organisation=organisation)
    context = {
        "maker": organisation,
        "about": text.html(organisation.description),
        "words": _labels(organisation),
        "places": Venue.objects.active().filter(organisation=organisation),
        **subscribe(reverse("agenda:maker_feed", args=[slug])),
    }
    return _with_dates(request, here, "agenda/maker.html", dates, context)


def _labels(organisation: Organisation) -> list[str]:
    """What it makes and where: disciplines, then its own district before the others."""
    districts = [organisation.district, *organisation.districts.all()]
    words = [*organisation.disciplines.all(), *filter(None, districts)]
    return list(dict.fromkeys(str(word) for word in words))


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
    place = get_object_or_404(Venue.objects.active().select_related("district", "organisation"), slug=slug)
    dates = Occurrence.objects.public().filter(venue=place)
    context = {
        "venue": place,
        "about": text.html(place.description),
        "rooms": place.rooms.prefetch_related("access__fact"),
        "routes": save_links.routes(_on_map(place)),
        "answers": place.access.filter(room=None).select_related("fact").order_by("fact__position"),
        **subscribe(reverse("agenda:venue_feed", args=[slug])),
    }
    return _with_dates(request, here, "agenda/venue.html", dates, context)


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
