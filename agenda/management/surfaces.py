"""What people and calendar apps really get, asked for inside this process, beside what the window holds."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.test import Client
from django.urls import reverse

from agenda.feeds.refresh import refresh
from agenda.models import Listing, Occurrence, Scope, StoredFeed
from agenda.services.feeds.recipe import in_window

BEHIND = timedelta(seconds=60)
EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)


def differences(now: datetime, pages: int) -> Iterator[str]:
    """Feeds that stay behind, the whole feed date by date, and the pages of what changed last."""
    yield from feeds_behind(now)
    refresh(now)
    yield from whole_feed(now)
    yield from pages_of_listings(pages)


def feeds_behind(now: datetime) -> Iterator[str]:
    scope = Scope.objects.filter(name=OuterRef("scope"), changed_at__lt=now - BEHIND)
    behind = StoredFeed.objects.annotate(now=Subquery(scope.values("version"))).filter(version__lt=F("now"))
    for address in behind.values_list("address", flat=True):
        yield f"feed {address} loopt meer dan een minuut achter"


def whole_feed(now: datetime) -> Iterator[str]:
    """Every date of the window of days is in the whole feed, byte for byte, and nothing else is."""
    answer = _client().get(reverse("agenda:feed"))
    if answer.status_code != 200:
        yield f"/agenda.ics antwoordt met {answer.status_code}"
        return
    found = set(EVENT.findall(answer.content.decode()))
    wanted = set(in_window(Occurrence.objects.all(), now).values_list("vevent", flat=True))
    for text in sorted(wanted - found):
        yield f"/agenda.ics mist {_uid(text)}"
    for text in sorted(found - wanted):
        yield f"/agenda.ics heeft {_uid(text)} anders of te veel"


def pages_of_listings(most: int) -> Iterator[str]:
    """The detail pages of what changed last: there with its title, or gone when it was withdrawn."""
    client = _client()
    live = set(Listing.objects.live().values_list("uuid", flat=True))
    for listing in Listing.objects.order_by("-change_number").only("uuid", "slug", "title")[:most]:
        path = reverse("agenda:activity", args=[listing.slug])
        answer = client.get(path)
        is_shown = answer.status_code == 200 and escape(listing.title) in answer.content.decode()
        if is_shown != (listing.uuid in live):
            yield f"{path} antwoordt met {answer.status_code}, dat klopt niet met de agenda"


def _uid(vevent: str) -> str:
    return next((line for line in vevent.splitlines() if line.startswith("UID:")), "UID:?")


def _client() -> Client:
    """A visitor without a session, at our own origin."""
    origin = urlsplit(settings.SITE_ORIGIN)
    headers = {"host": origin.netloc}
    client = Client(raise_request_exception=False, headers=headers)
    client.defaults["wsgi.url_scheme"] = origin.scheme
    return client
