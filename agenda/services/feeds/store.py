"""Making, refreshing and forgetting stored feeds."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from agenda.models.listing import FeedPiece, Scope, StoredFeed
from agenda.services.feeds import pieces, weeks
from agenda.services.feeds.content import Content, keep_copy, read
from agenda.services.feeds.recipe import Recipe, turn_of_day

log = logging.getLogger(__name__)

MAIN: Final = frozenset({"/agenda.ics", "/en/agenda.ics"})
UNASKED_DAYS: Final = timedelta(days=30)
REFRESH_SECONDS: Final = 20
MOST_FEEDS: Final = 5000


def build(recipe: Recipe, now: datetime) -> StoredFeed:
    """The stored feed, made now unless somebody else just did: one at a time for each address.

    The version is read before the dates, so a change in between only means that it is made again.
    """
    with transaction.atomic():
        _wait_for_turn(recipe.address)
        before = StoredFeed.objects.with_current().filter(address=recipe.address).first()
        if before and is_fresh(before, now):
            return before
        scope = Scope.objects.filter(name=recipe.scope).first()
        kept = {(one.position, one.signature): one for one in _standing(recipe.address)}
        made = weeks.make(recipe, kept, now)
        feed = _row(recipe, made, before, scope, now)
        feed.save(force_insert=before is None, force_update=before is not None)
        _write(feed, made)
    if recipe.address in MAIN:
        _keep_copy(recipe.address)
    return feed


def unstored(recipe: Recipe, now: datetime) -> Content:
    """The same, but nothing is kept."""
    return Content.of(weeks.make(recipe, {}, now), turn_of_day(now))


def distrust() -> None:
    """Make every piece again next time: the texts of dates changed without a release."""
    FeedPiece.objects.update(signature="")


def has_room() -> bool:
    """Whether another feed can be stored: nobody fills the database by asking for ever other filters."""
    return StoredFeed.objects.count() < MOST_FEEDS


def is_fresh(feed: StoredFeed, now: datetime) -> bool:
    """Whether nothing was published since and the day has not turned; for a row of `with_current`."""
    current: int | None = getattr(feed, "current_version", None)
    return (current or 0) <= feed.version and feed.built_at >= turn_of_day(now)


def refresh(recipe_of: Callable[[str], Recipe | None], now: datetime) -> int:
    """Make again what is behind, the whole agenda first, then what was asked last; returns how many.

    The feeds of the whole agenda are made before anybody asks. An address that no longer has a recipe is
    forgotten. After REFRESH_SECONDS the rest waits for the next round, or until somebody asks.
    """
    behind = StoredFeed.objects.behind(turn_of_day(now)).order_by("-asked_at")
    missing = MAIN - set(StoredFeed.objects.filter(address__in=MAIN).values_list("address", flat=True))
    rest = sorted(behind.values_list("address", flat=True), key=lambda one: one not in MAIN)
    addresses = [*sorted(missing), *rest]
    until = time.monotonic() + REFRESH_SECONDS
    for done, address in enumerate(addresses):
        if time.monotonic() > until:
            log.warning("feeds: %s of %s made again, the rest next round", done, len(addresses))
            return done
        recipe = recipe_of(address)
        if recipe and recipe.is_possible:
            build(recipe, now)
        else:
            StoredFeed.objects.filter(address=address).delete()
    return len(addresses)


def evict(now: datetime) -> int:
    """Forget what nobody asked for in thirty days; the whole agenda stays."""
    unasked = StoredFeed.objects.filter(asked_at__lt=now - UNASKED_DAYS).exclude(address__in=MAIN)
    return unasked.delete()[0]


def _wait_for_turn(address: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"feed {address}"])


def _standing(address: str) -> list[FeedPiece]:
    return list(FeedPiece.objects.filter(feed=address).defer("data"))


def _write(feed: StoredFeed, made: list[FeedPiece]) -> None:
    """Write the pieces that are new, forget those of weeks that are no longer there."""
    feed.pieces.exclude(position__in=[one.position for one in made]).delete()
    new = [one for one in made if one.pk is None]
    for one in new:
        one.feed = feed
    FeedPiece.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["feed", "position"],
        update_fields=["signature", "digest", "checksum", "length", "data"],
    )


def _keep_copy(address: str) -> None:
    content = read(address)
    if content:
        keep_copy(address, content)


def _row(
    recipe: Recipe, made: list[FeedPiece], before: StoredFeed | None, scope: Scope | None, now: datetime
) -> StoredFeed:
    etag = pieces.etag(made)
    checksum, length = pieces.total(made)
    return StoredFeed(
        address=recipe.address,
        scope=recipe.scope,
        version=scope.version if scope else 0,
        etag=etag,
        last_modified=_last_modified(etag, before, scope, now),
        checksum=checksum,
        length=length,
        built_at=now,
        asked_at=before.asked_at if before else now,
    )


def _last_modified(etag: str, before: StoredFeed | None, scope: Scope | None, now: datetime) -> datetime:
    """When the text last changed: by a release or because the day turned. Never goes back, whole seconds."""
    if before and before.etag == etag:
        return before.last_modified
    moments = [turn_of_day(now)]
    if scope:
        moments.append(scope.changed_at)
    if before:
        moments.append(before.last_modified + timedelta(seconds=1))
    return max(moments).replace(microsecond=0)
