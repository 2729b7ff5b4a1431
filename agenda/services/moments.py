"""The dates of a working copy follow its date sentence, and keep their uuid where they are the same."""

from collections.abc import Sequence
from datetime import datetime

from agenda.document import AMSTERDAM
from agenda.models import Activity, Moment
from agenda.when import Slot


def follow(activity: Activity, slots: Sequence[Slot]) -> None:
    """Make the moments of `activity` those of `slots`.

    Moments are kept by local date and time, then by order (a date that moves keeps its uuid but none of what
    was said about the old time); only what is left unmatched is made or dropped.
    """
    wanted = {local(slot.start): slot for slot in sorted(slots)}
    spare: list[Moment] = []
    for moment in activity.moments.order_by("start", "id"):
        slot = wanted.pop(local(moment.start), None)
        if slot is None:
            spare.append(moment)
        elif (moment.end, moment.is_all_day) != (slot.end, slot.all_day):
            Moment.objects.filter(pk=moment.pk).update(end=slot.end, is_all_day=slot.all_day)
    left = list(wanted.values())
    for moment, slot in zip(spare, left, strict=False):
        _move(moment, slot)
    Moment.objects.filter(pk__in=[moment.pk for moment in spare[len(left) :]]).delete()
    Moment.objects.bulk_create(
        Moment(activity=activity, start=slot.start, end=slot.end, is_all_day=slot.all_day)
        for slot in left[len(spare) :]
    )


def _move(moment: Moment, slot: Slot) -> None:
    Moment.objects.filter(pk=moment.pk).update(
        start=slot.start,
        end=slot.end,
        is_all_day=slot.all_day,
        status=Moment.Status.SCHEDULED,
        reason=None,
        previous_start=None,
        door_time=None,
        room=None,
    )


def local(moment: datetime) -> datetime:
    """Date and time on the clock in Amsterdam, without its zone."""
    return moment.astimezone(AMSTERDAM).replace(tzinfo=None)
