"""Calendar feeds: the whole agenda or any filter of it, one activity, a maker, a place."""

import gzip
import logging
from datetime import datetime, timedelta
from functools import partial
from hashlib import blake2b
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda import ical
from agenda.feeds import addresses
from agenda.feeds.answers import answer
from agenda.models.listing import Occurrence, StoredFeed
from agenda.services import feeds
from cultuurportaal import limits
from cultuurportaal.views import too_many, unavailable
from partners.origin import client_ip

log = logging.getLogger(__name__)

PATIENCE: Final = timedelta(seconds=30)  # so long the worker gets to make a feed again before a request does
ASKED_EVERY: Final = timedelta(hours=1)
MOST_NEW, MINUTE = (
    30,
    60,
)  # new filters for one address; services that read for many people ask for known ones


@login_not_required
@require_safe
def feed(request: HttpRequest, slug: str = "agenda") -> HttpResponse:
    """A stored feed. While the database is down, the last known copy of the whole agenda, or 503."""
    address = addresses.address(request.path, request.META.get("QUERY_STRING", ""))
    filename = f"{slug}.ics"
    try:
        known = _stored(address, timezone.now(), client_ip(request))
        if known is None:
            return too_many(request, seconds=MINUTE)
        return answer(request, known, partial(_content, address, known), filename=filename)
    except (OperationalError, InterfaceError):
        copy = feeds.last_known(address)
        log.warning("feed %s while the database is down: %s", address, "a copy" if copy else "503")
        return answer(request, copy, lambda: copy, filename=filename) if copy else unavailable(request)


@login_not_required
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """All dates of one activity: few enough to join when asked, in one query."""
    since = feeds.dropped_since(timezone.now())
    rows = list(
        Occurrence.objects.in_feeds(since)
        .filter(listing__slug=slug)
        .order_by("start", "uuid")
        .values_list("vevent", "listing__title", "listing__changed_at")
    )
    if not rows:
        raise Http404
    source = settings.SITE_ORIGIN + request.path
    text = ical.calendar(rows[0][1], [row[0] for row in rows], source_url=source).encode()
    made = feeds.Content(blake2b(text, digest_size=16).hexdigest(), rows[0][2], gzip.compress(text, mtime=0))
    return answer(request, made, lambda: made, filename=f"{slug}.ics")


def _stored(address: str, now: datetime, who: str) -> StoredFeed | feeds.Content | None:
    """The row without its text, in one query when it is there. 404 when there is no such maker or place.

    None when `who` asked for too many new ones: each costs a making and a row.
    """
    found = StoredFeed.objects.current(address)
    if found and not _is_overdue(found, now):
        if found.asked_at < now - ASKED_EVERY:
            StoredFeed.objects.filter(address=address).update(asked_at=now)
        return found
    recipe = addresses.recipe_of(address, now)
    if recipe is None:
        raise Http404
    is_new = found is None and recipe.is_possible and "?" in address
    if is_new and not limits.take("new-feed", who, most=MOST_NEW, seconds=MINUTE):
        return None
    if recipe.is_possible and (found or feeds.has_room()):
        return feeds.build(recipe, now)
    return feeds.unstored(recipe, now)


def _content(address: str, known: StoredFeed | feeds.Content) -> feeds.Content:
    """The copy on disk when it is of the same text, else the pieces in the database."""
    if isinstance(known, feeds.Content):
        return known
    copy = feeds.last_known(address)
    content = copy if copy and copy.etag == known.etag else feeds.read(address)
    if content is None:
        raise Http404
    return content


def _is_overdue(feed: StoredFeed, now: datetime) -> bool:
    """Behind for longer than the worker and the sweeper may take: then it is made here."""
    changed_at: datetime = max(getattr(feed, "changed_at", None) or feed.built_at, feeds.turn_of_day(now))
    return not feeds.is_fresh(feed, now) and changed_at < now - PATIENCE
