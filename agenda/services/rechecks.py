"""Klopt dit nog? What lasts long is confirmed by its maker every few weeks, or leaves the pages."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet

from agenda import notifications, permissions
from agenda.document import AMSTERDAM
from agenda.models import Activity, Listing, Recheck, Release
from agenda.services import decision, publication
from agenda.services.amendment import amend, issue_again
from agenda.services.refresh import as_of_today
from cultuurportaal.workflow import NotAllowed
from partners.models import User
from partners.permissions import Person

LONG = timedelta(weeks=6)  # from the first date to the last: what lasts shorter is not asked about
EVERY = timedelta(weeks=6)
REMIND = timedelta(weeks=1)  # after the question
HIDE = timedelta(weeks=1)  # after the reminder; so nothing is visible longer than eight weeks unconfirmed


def run(now: datetime) -> int:
    """Take the next step with everything that it is time for; how many steps. Again changes nothing."""
    return sum(_step(pk, now) for pk in due(now).values_list("pk", flat=True))


def due(now: datetime) -> "QuerySet[Activity]":
    """Long, in the agenda with a date to come, and neither let through nor confirmed in the last weeks.

    Not while a decision about it waits to go out: that will speak for itself.
    """
    listed = Q(occurrences__is_listed=True)
    long = (
        Listing.objects.live()
        .annotate(
            first=Min("occurrences__start", filter=listed), last=Max("occurrences__until", filter=listed)
        )
        .filter(Q(last__gt=now), Q(last__gt=F("first") + LONG))
    )
    fresh = Release.objects.published().filter(kind=Release.Kind.PUBLISH, published_at__gt=now - EVERY)
    rows = Activity.objects.filter(uuid__in=long.values("uuid"))
    confirmed = Q(recheck__confirmed_at__gt=now - EVERY)
    decided = Release.objects.filter(Q(pk__in=fresh) | Q(pk__in=Release.objects.open()))
    return rows.exclude(pk__in=decided.values("activity")).exclude(confirmed).order_by("pk")


@transaction.atomic
def _step(pk: int, now: datetime) -> bool:
    """Ask, remind or hide; the dates of the steps say which."""
    publication.lock_catalogue()
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=pk)
    if Release.objects.open().filter(activity=activity).exists():
        return False
    recheck, _made = Recheck.objects.get_or_create(activity=activity)
    since = _let_through_at(activity)
    if recheck.asked_at is None or (since and recheck.asked_at < since):
        _note(recheck, asked_at=now, reminded_at=None, hidden_at=None)
        notifications.recheck("recheck_asked", activity, now=now)
    elif recheck.reminded_at is None and recheck.asked_at <= now - REMIND:
        _note(recheck, reminded_at=now)
        notifications.recheck("recheck_reminder", activity, now=now, last_day=now + HIDE)
    elif recheck.reminded_at and recheck.reminded_at <= now - HIDE:
        _note(recheck, hidden_at=now)
        _hide(activity, now=now)
        notifications.recheck("recheck_hidden", activity, now=now)
    else:
        return False
    return True


def _let_through_at(activity: Activity) -> datetime | None:
    rows = Release.objects.published().filter(activity=activity, kind=Release.Kind.PUBLISH)
    last = rows.last()
    return last.published_at if last else None


def _note(recheck: Recheck, **fields: datetime | None) -> None:
    Recheck.objects.filter(pk=recheck.pk).update(**fields)


def _hide(activity: Activity, *, now: datetime) -> None:
    """Off all pages and feeds, cancelled nowhere: we do not know that it does not take place."""
    last = decision.last_published(activity)
    if last is None or last.kind == Release.Kind.WITHDRAW:
        return
    kind, rule = Release.Kind.WITHDRAW, Release.Rule.SILENT
    release = decision.decide(
        activity, kind=kind, rule=rule, snapshot=last.snapshot, by=None, now=now, publish_at=now
    )
    publication.take_down(release)


@transaction.atomic
def confirm(activity: Activity, *, by: Person, now: datetime) -> None:
    """Its maker says that it still holds: pages say when, and what was hidden for it is back at once.

    Safe to repeat. NotAllowed: "forbidden", "not_live" (nothing of it is public, or was).
    """
    publication.lock_catalogue()
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if not permissions.may_change_urgently(by, row):
        raise NotAllowed("forbidden", step="confirm", found=row.status, version=row.version)
    last = decision.last_published(row)
    if last is None or (last.kind == Release.Kind.WITHDRAW and not last.is_hiding):
        raise NotAllowed("not_live", step="confirm", found=row.status, version=row.version)
    _publish_confirmed(row, last, by=by if isinstance(by, User) else None, now=now)
    fields = {"asked_at": None, "reminded_at": None, "hidden_at": None, "confirmed_at": now}
    Recheck.objects.update_or_create(activity=row, defaults=fields)


def _publish_confirmed(activity: Activity, last: Release, *, by: User | None, now: datetime) -> None:
    day = now.astimezone(AMSTERDAM).date().isoformat()
    words: dict[str, Any] = {
        "kind": Release.Kind.REFRESH,
        "rule": Release.Rule.CONFIRMED,
        "by": by,
        "now": now,
    }

    def patch(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "confirmed_on": day}

    if not last.is_hiding:
        amend(activity, patch, **words)
        return
    waiting = Release.objects.open().filter(activity=activity).first()
    text = patch(as_of_today(activity, last.snapshot))
    publication.put(decision.decide(activity, snapshot=text, publish_at=now, **words))
    if waiting:
        issue_again(activity, waiting, patch, now=now)
