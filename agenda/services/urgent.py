"""What cannot wait for an editor: a date is cancelled, sold out, moved to another room or time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from agenda import permissions
from agenda.models import Activity, Moment, Release
from agenda.services import publication, snapshot
from agenda.services.amendment import amend
from cultuurportaal.workflow import NotAllowed
from partners.models import Reason, Room, User, Venue
from partners.permissions import Person


@transaction.atomic
def change_moment(  # noqa: PLR0913 - all but the first are named
    moment: Moment,
    *,
    status: str,
    reason: Reason | None = None,
    start: datetime | None = None,
    room: Room | None = None,
    door_time: datetime | None = None,
    by: Person,
    now: datetime,
) -> Release:
    """Change one date that is let through, at once; codes and times only. None leaves a value as it is.

    Public text gets exactly these fields, pending text stays inside. Raises the version of the working copy,
    so that no editor approves without having seen it. NotAllowed: "forbidden", "not_live" (nothing of this
    date was let through yet: the maker just edits it), "no_such_status".
    """
    publication.lock_catalogue()
    activity = (
        Activity.objects.select_for_update(of=("self",)).select_related("venue").get(pk=moment.activity_id)
    )
    _check(activity, status, reason, by)
    change = Change(str(moment.uuid), status, reason, start, room, door_time, activity.venue)
    _write_desk(moment, change, now=now)
    activity.refresh_from_db()
    person = by if isinstance(by, User) else None
    release = amend(
        activity, change.patch, kind=Release.Kind.URGENT, rule=Release.Rule.URGENT, by=person, now=now
    )
    if release is None:
        raise NotAllowed("not_live", step="change_urgently", found=activity.status, version=activity.version)
    moment.refresh_from_db()
    return release


@dataclass(frozen=True)
class Change:
    """The urgent fields of one date; None leaves a value as it is."""

    uuid: str
    status: str
    reason: Reason | None
    start: datetime | None
    room: Room | None
    door_time: datetime | None
    venue: Venue | None

    def patch(self, document: dict[str, Any]) -> dict[str, Any]:
        """The JSON of a release with this change in it; the same when it does not have this date."""
        times = [self._changed(time) if time["uuid"] == self.uuid else time for time in document["times"]]
        return {**document, "times": times}

    def _changed(self, time: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {"status": self.status, "reason": snapshot.word(self.reason)}
        if self.start:
            fields |= _moved(time, self.start)
        if self.door_time:
            fields["door_time"] = snapshot.local(self.door_time)
        if self.room:
            fields["room"] = snapshot.room_name(self.room, self.venue)
        return {**time, **fields}


def _moved(time: dict[str, Any], start: datetime) -> dict[str, Any]:
    """The end moves along; the first start that was public stays the one "eerst gepland op"."""
    old = datetime.fromisoformat(time["start"])
    if old == start:
        return {}
    end = datetime.fromisoformat(time["end"]) + (start - old) if time["end"] else None
    first = time["previous_start"] or time["start"]
    return {"start": snapshot.local(start), "end": snapshot.local(end), "previous_start": first}


def _check(activity: Activity, status: str, reason: Reason | None, by: Person) -> None:
    state: dict[str, Any] = {"step": "change_urgently", "found": activity.status, "version": activity.version}
    if not permissions.may_change_urgently(by, activity):
        raise NotAllowed("forbidden", **state)
    if status not in Moment.Status.values or (reason and reason.use != Reason.Use.URGENT):
        raise NotAllowed("no_such_status", **state)


def _write_desk(moment: Moment, change: Change, *, now: datetime) -> None:
    row = Moment.objects.select_for_update(of=("self",)).get(pk=moment.pk)
    fields: dict[str, Any] = {"status": change.status, "reason": change.reason}
    if change.start and change.start != row.start:
        fields |= {"start": change.start, "previous_start": row.previous_start or row.start}
        fields["end"] = row.end + (change.start - row.start) if row.end else None
    if change.door_time:
        fields["door_time"] = change.door_time
    if change.room:
        fields["room"] = change.room
    Moment.objects.filter(pk=row.pk).update(**fields)
    Activity.objects.filter(pk=row.activity_id).update(version=F("version") + 1, changed_at=now)
