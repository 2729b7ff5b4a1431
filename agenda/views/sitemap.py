"""What search engines may find: the agenda, what is coming in it, makers and places, in each language."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from agenda.models.listing import Listing, Occurrence
from agenda.views.window import Here, kept
from partners.models import Organisation, Venue

MOST = 20_000  # listings; a sitemap holds at most 50,000 addresses


class Entry(NamedTuple):
    """One address, and when it changed if we know."""

    path: str
    changed: datetime | None = None


@login_not_required
@require_safe
@kept
def sitemap(request: HttpRequest, here: Here) -> HttpResponse:
    """https://www.sitemaps.org/protocol.html"""
    coming = Occurrence.objects.filter(listing=OuterRef("pk"), is_listed=True, until__gt=here.now)
    listings = Listing.objects.live().filter(Exists(coming)).order_by("-changed_at")
    shown = list(listings.values_list("slug", "changed_at")[:MOST])
    makers = list(Organisation.objects.active().filter(Exists(_listed())).values_list("slug", flat=True))
    venues = list(Venue.objects.active().values_list("slug", flat=True))
    entries: list[Entry] = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            entries += _entries(shown, makers, venues)
    context = {"entries": entries, "site_origin": settings.SITE_ORIGIN}
    return render(request, "agenda/sitemap.xml", context, content_type="application/xml; charset=utf-8")


def _listed() -> QuerySet[Listing]:
    return Listing.objects.filter(organisation=OuterRef("pk"), withdrawn_at=None)


def _entries(listings: list[tuple[str, datetime]], makers: list[str], venues: list[str]) -> Iterator[Entry]:
    yield from (Entry(reverse(f"agenda:{name}")) for name in ("agenda", "makers", "venues"))
    yield from (Entry(reverse("agenda:activity", args=[slug]), changed) for slug, changed in listings)
    yield from (Entry(reverse("agenda:maker", args=[slug])) for slug in makers)
    yield from (Entry(reverse("agenda:venue", args=[slug])) for slug in venues)
