"""Taking an urgent change back within minutes: what was public before is public again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from agenda import permissions
from agenda.models import Activity, Moment, Release
from agenda.services import publication, snapshot
from agenda.services.amendment import amend
from cultuurportaal.workflow import NotAllowed
from partners.models import Reason, Room, User, Venue
from partners.permissions import Person

UNDO = timedelta(minutes=10)
Fields = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What an urgent release changed about one date: only the fields that differ, as its JSON has them."""

    uuid: str
    before: Fields
    after: Fields

    def patch(self, document: dict[str, Any]) -> dict[str, Any]:
        """The former values where the changed ones still stand; the same when something else came after."""
        return {**document, "times": [self._restored(time) for time in document["times"]]}

    def _restored(self, time: Fields) -> Fields:
        is_as_changed = time["uuid"] == self.uuid and self.after.items() <= time.items()
        return {**time, **self.before} if is_as_changed else time


def changed_by(release: Release) -> Change | None:
    """Against what was public just before; None when it changed no date."""
    earlier = Release.objects.published().filter(activity=release.activity_id)
    former = earlier.filter(change_number__lt=release.change_number).last()
    times = {time["uuid"]: time for time in former.snapshot["times"]} if former else {}
    for time in release.snapshot["times"]:
        old = times.get(time["uuid"], time)
        names = [name for name in time if old[name] != time[name]]
        if names:
            after = {name: time[name] for name in names}
            return Change(time["uuid"], {name: old[name] for name in names}, after)
    return None


def last_change(activity: Activity, now: datetime) -> Release | None:
    """The newest urgent release of the last minutes: a change that can be taken back, or the taking back."""
    rows = Release.objects.published().filter(activity=activity, kind=Release.Kind.URGENT)
    return rows.filter(created_at__gt=now - UNDO).last()


@transaction.atomic
def undo_change(release: Release, *, by: Person, now: datetime) -> Release:
    """Put the date back as it was before `release`, at once, by a new urgent release.

    NotAllowed: "forbidden", "too_late" (after `UNDO`), "already" (taken back before, or changed since).
    """
    publication.lock_catalogue()
    rows = Activity.objects.select_for_update(of=("self",)).select_related("venue")
    activity = rows.get(pk=release.activity_id)
    change = _checked(release, activity, by, now)
    _write_desk(activity, change, now=now)
    activity.refresh_from_db()
    person = by if isinstance(by, User) else None
    rule = Release.Rule.UNDONE
    made = amend(activity, change.patch, kind=Release.Kind.URGENT, rule=rule, by=person, now=now)
    if made is None:
        raise _refusal("already", activity)
    return made


def _checked(release: Release, activity: Activity, by: Person, now: datetime) -> Change:
    if not permissions.may_change_urgently(by, activity):
        raise _refusal("forbidden", activity)
    if release.created_at <= now - UNDO:
        raise _refusal("too_late", activity)
    change = changed_by(release) if release.rule == Release.Rule.URGENT and release.published_at else None
    if change is None:
        raise _refusal("already", activity)
    return change


def _refusal(reason: str, activity: Activity) -> NotAllowed:
    return NotAllowed(reason, step="undo_change", found=activity.status, version=activity.version)


def _write_desk(activity: Activity, change: Change, *, now: datetime) -> None:
    """The same fields of the working copy, unless its maker gave the date something else meanwhile."""
    rows = Moment.objects.select_for_update(of=("self",)).select_related("reason", "room__venue")
    moment = rows.filter(activity=activity, uuid=change.uuid).first()
    if moment is None or not change.after.items() <= snapshot.time(moment, activity.venue).items():
        return
    columns = {name: _column(name, value, activity) for name, value in change.before.items()}
    Moment.objects.filter(pk=moment.pk).update(**columns)
    Activity.objects.filter(pk=activity.pk).update(version=F("version") + 1, changed_at=now)


def _column(name: str, value: Any, activity: Activity) -> Any:
    """A value of the JSON as the column of a Moment holds it."""
    if not value:
        return None
    if name in {"start", "end", "previous_start", "door_time"}:
        return datetime.fromisoformat(value)
    if name == "reason":
        reasons = Reason.objects.filter(city=activity.city_id, use=Reason.Use.URGENT)
        return reasons.filter(code=value["code"]).first()
    return _room(value, activity.venue) if name == "room" else value


def _room(name: str, venue: Venue | None) -> Room | None:
    """The room that `snapshot.room_name` calls so: by its name here, else by venue and name."""
    full = Concat("venue__name", Value(", "), "name")
    rooms = Room.objects.annotate(full=full).filter(Q(name=name) | Q(full=name)).select_related("venue")
    return next((room for room in rooms if snapshot.room_name(room, venue) == name), None)
