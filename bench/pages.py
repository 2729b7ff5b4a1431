"""Which addresses are measured, for a window of N activities."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from agenda.filters import cursor
from agenda.models import Occurrence, Scope
from agenda.views.cards import MOST_CARDS
from bench import documents, words
from bench.load import Target, fetch
from partners.models import Audience, Kind

DEEP_PAGE = 400
SEARCHES = {
    "search, common word": words.COMMON,
    "search, rare word": words.RARE,
    "search, absent word": words.ABSENT,
    "search, two words": f"{words.COMMON} {words.NOUNS[0]}",
    "search, three words": f"{words.COMMON} {words.NOUNS[0]} plein",
    "search, common and absent": f"{words.COMMON} {words.ABSENT}",
}


def public(origin: str) -> Iterator[Target]:
    """Pages and feeds; those that are "new" carry a parameter that nobody asked before."""
    some = _filters()
    yield Target("agenda, new", origin, "/", is_fresh=True)
    yield Target("agenda, kept", origin, "/")
    yield Target("filter, new", origin, f"/?{some}", is_fresh=True)
    yield Target("filter, kept", origin, f"/?{some}")
    yield Target("detail, new", origin, f"/agenda/{documents.slug(11)}/", is_fresh=True)
    yield Target("detail, kept", origin, f"/agenda/{documents.slug(11)}/")
    yield Target("maker, new", origin, "/makers/maker-5/", is_fresh=True)
    yield Target("venue, new", origin, "/plekken/plek-5/", is_fresh=True)
    yield Target("page 400, new", origin, f"/?na={deep_cursor(timezone.now())}", is_fresh=True)
    for name, text in SEARCHES.items():
        yield Target(name, origin, f"/?q={text.replace(' ', '+')}", is_fresh=True)
    yield Target("feed, 200", origin, "/agenda.ics")
    yield Target("feed of a filter, 200", origin, f"/agenda.ics?{some}")
    yield _unchanged("feed, 304", Target("", origin, "/agenda.ics"))


def after_release(origin: str) -> list[Target]:
    """Pages of which nothing is kept: each request comes after a change of the agenda."""
    return [
        Target("agenda, after a release", origin, "/", before=raise_version),
        Target("filter, after a release", origin, f"/?{_filters()}", before=raise_version),
    ]


def yardsticks(origin: str, static: str | None, sizes: Mapping[str, int]) -> Iterator[Target]:
    """The plain view, nginx with as many bytes as the answers by these names have, and the ordinary page.

    That one comes last: what it has not answered when its time is over keeps the server busy.
    """
    yield Target("plain view", origin, f"/bench/plain/{sizes['agenda, kept']}/")
    if static:
        for name in sizes:
            yield Target(f"nginx: {name}", static, f"/{file_name(name)}")
        yield _unchanged("nginx: 304", Target("", static, f"/{file_name('feed, 200')}"))
    yield Target("ordinary ORM page", origin, "/bench/ordinary/")


def raise_version() -> None:
    """As every release does: nothing that web processes keep is good any more."""
    Scope.objects.filter(name=Scope.AGENDA).update(version=F("version") + 1)


def file_name(name: str) -> str:
    return name.replace(" ", "-").replace(",", "") + ".bin"


def deep_cursor(now: datetime) -> str:
    """Where page 400 begins; in a small agenda the last whole page."""
    coming = Occurrence.objects.public().filter(until__gt=now)
    place = min(DEEP_PAGE * MOST_CARDS, coming.count() - 2 * MOST_CARDS)
    row = coming.in_order()[max(0, place)]
    return cursor.write(row.day, row.start, row.uuid)


def _filters() -> str:
    """Two choices that many dates have."""
    kind = Kind.objects.filter(is_active=True)[1]
    audience = Audience.objects.filter(is_active=True)[1]
    return f"doelgroep={audience.code}&soort={kind.code}"


def _unchanged(name: str, target: Target) -> Target:
    """The same with the ETag of what it answers now."""
    headers = {**target.headers, "If-None-Match": fetch(target)[1]["etag"]}
    return Target(name, target.origin, target.path, headers, status=304)
