"""Writing a decision down: the next release of an activity; at most one of them is open."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from agenda.models import Activity, Release
from agenda.tasks import publish_release
from cultuurportaal.nudge import nudge
from partners.models import User

MARGIN = 0.3  # seconds after the hold, so that a clock that is a little ahead does not come in vain


def hold() -> timedelta:
    """How long an ordinary decision stays inside, so that its editor can undo it."""
    return timedelta(seconds=settings.HOLD_SECONDS)


def decide(  # noqa: PLR0913 - a decision has this many facts; all are named
    activity: Activity,
    *,
    kind: str,
    rule: str,
    snapshot: dict[str, Any],
    by: User | None,
    now: datetime,
    publish_at: datetime,
    seen_version: int | None = None,
) -> Release:
    """Write the next release of `activity` and void the one that was open.

    The caller is in a transaction and holds the row of the activity (by a step, or `select_for_update`).
    """
    void_open(activity, now=now)
    last = activity.releases.aggregate(last=Max("number"))["last"] or 0
    return Release.objects.create(
        activity=activity,
        number=last + 1,
        kind=kind,
        rule=rule,
        snapshot=snapshot,
        seen_version=activity.version if seen_version is None else seen_version,
        by=by,
        created_at=now,
        publish_at=publish_at,
    )


def announce(release: Release, *, now: datetime) -> None:
    """Nudge the worker after commit, for when the hold is over; an embargo is the sweeper's."""
    wait = (release.publish_at - now).total_seconds()
    if wait <= settings.HOLD_SECONDS:
        countdown = wait + MARGIN if wait > 0 else 0
        transaction.on_commit(partial(nudge, publish_release, release.pk, countdown=countdown))


def void_open(activity: Activity, *, now: datetime) -> None:
    """The release that is open, when there is one, never becomes public."""
    Release.objects.open().filter(activity=activity).update(voided_at=now)


def last_published(activity: Activity) -> Release | None:
    """The decision whose text the public sees, or saw until it was withdrawn."""
    return Release.objects.published().filter(activity=activity).last()
