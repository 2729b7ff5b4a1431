"""Publishing a release: once, in order, by the database clock; and sweeping up what was missed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Min
from django.db.models.functions import Now
from django.utils import timezone

from agenda.models import Listing, Release
from agenda.services import exposure, window
from agenda.tasks import rebuild_feeds
from cultuurportaal.nudge import nudge
from cultuurportaal.workflow import NotAllowed
from partners.permissions import Person, is_editor

log = logging.getLogger(__name__)
CATALOGUE = 2_026_001  # the advisory lock under which the window is written
ONE_RELEASE = 2_026_002  # first key of the lock on one release
MOST_ATTEMPTS = 3
ROUND = 500  # releases per round of the sweeper


def publish(release: Release) -> bool:
    """Make the window show `release` when it is due; True when that happened now.

    Idempotent and monotonic: nothing happens when it is void, published, or older than what stands there. The
    database clock decides. An attempt is counted before it begins, so that a release that kills its worker is
    given up too; a given-up release stays open, visible and alarming until `retry`.
    """
    with _alone_with(release) as is_alone:
        if not is_alone or not _begin(release):
            return False
        try:
            with transaction.atomic():
                lock_catalogue()
                return _publish(release.pk)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("release %s could not be published", release.pk)
            _note_failure(release, error)
            return False


def lock_catalogue() -> None:
    """One writer of the window at a time, until the transaction ends. Taken before any row is locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CATALOGUE])


@contextmanager
def _alone_with(release: Release) -> Iterator[bool]:
    """False when another worker is busy with this very release; a lock of the session, gone when it dies."""
    keys = [ONE_RELEASE, release.pk % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        is_alone = bool(cursor.fetchone()[0])
    try:
        yield is_alone
    finally:
        if is_alone and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)


def _begin(release: Release) -> bool:
    """Count the attempt, in a transaction of its own; False when it is not due or has been tried enough."""
    due = Release.objects.open().filter(pk=release.pk, failed_at=None, publish_at__lte=Now())
    if due.filter(attempts__lt=MOST_ATTEMPTS).update(attempts=F("attempts") + 1):
        return True
    due.update(failed_at=Now(), last_error="the process ended while publishing")
    return False


def _note_failure(release: Release, error: Exception) -> None:
    rows = Release.objects.open().filter(pk=release.pk)
    rows.update(last_error=_without_values(error))
    rows.filter(attempts__gte=MOST_ATTEMPTS).update(failed_at=Now())


def _without_values(error: Exception) -> str:
    """What went wrong, without the text of rows: its type, and the key or constraint that it is about."""
    if isinstance(error, KeyError):
        about = repr(error)
    else:
        diagnosis = getattr(error.__cause__, "diag", None)
        about = " ".join(filter(None, [type(error).__name__, getattr(diagnosis, "constraint_name", "")]))
    return about[:300]


def _publish(pk: int) -> bool:
    """Under the catalogue lock, in a transaction."""
    release = Release.objects.select_for_update(of=("self",)).select_related("activity").get(pk=pk)
    if not release.is_open:
        return False
    shown = (
        Listing.objects.filter(uuid=release.activity.uuid).values_list("release_number", flat=True).first()
    )
    if shown is not None and shown >= release.number:
        Release.objects.filter(pk=pk).update(voided_at=Now())
        return False
    put(release)
    return True


def put(release: Release) -> None:
    """Write the window and note in the release that it is public. Under the catalogue lock."""
    at, number = moment(), window.next_change_number()
    exposure.follow(release)
    names = window.write(release, number=number, at=at)
    window.raise_scopes(names, number=number, at=at)
    Release.objects.filter(pk=release.pk).update(
        published_at=at, change_number=number, failed_at=None, last_error=""
    )
    release.refresh_from_db()
    transaction.on_commit(partial(nudge, rebuild_feeds, countdown=1))


def moment() -> datetime:
    """The database clock, never before the last publication: "changed" only goes forward."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    last = Release.objects.exclude(change_number=None).order_by("-change_number").first()
    return max(now, last.published_at) if last and last.published_at else now


def take_down(release: Release) -> None:
    """Publish a withdrawal at once, whatever state its text is in. Under the catalogue lock.

    When its cancelled dates cannot be written, it goes off all pages all the same, and the sweeper tries
    again.
    """
    try:
        with transaction.atomic():
            put(release)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("release %s could not be published; its listing is taken down", release.pk)
        window.hide(release.activity.uuid, number=window.next_change_number(), at=moment())


def retry(release: Release, *, by: Person) -> bool:
    """Another three attempts for a release that was given up, the first at once. NotAllowed("forbidden")."""
    if not is_editor(by):
        raise NotAllowed("forbidden", step="retry")
    Release.objects.open().filter(pk=release.pk).update(attempts=0, failed_at=None, last_error="")
    return publish(release)


def sweep(now: datetime) -> int:
    """Publish what is due and was missed, in order; how many. The database clock has the last word."""
    due = Release.objects.due(now)[:ROUND]
    return sum(publish(release) for release in list(due))


def oldest_open_release(now: datetime | None = None) -> datetime | None:
    """Since when the longest waiting release should have been public; None when nothing is late."""
    late = Release.objects.open().filter(publish_at__lte=now or timezone.now())
    oldest: datetime | None = late.aggregate(oldest=Min("publish_at"))["oldest"]
    return oldest
