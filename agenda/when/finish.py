"""What the grammar does while and after it reads: where bounds were said, and what is left without use."""

from dataclasses import replace

from agenda.when.cursor import Cursor
from agenda.when.plan import Plan


def remember(cursor: Cursor, plan: Plan, before: dict[str, object], after: int) -> None:
    """Where a bound was said; one that is said again with another value leaves the first one over."""
    for name, value in plan.bounds.items():
        if before.get(name) == value:
            continue
        if name in plan.said:
            plan.leftover.append(plan.said[name])
        plan.said[name] = (cursor.at(cursor.place).start, cursor.at(after - 1).end)


def finish(plan: Plan) -> None:
    """What can only be said at the end: days that are off, times without a day, a length before the times."""
    if len(plan.items) > len(plan.called_off):
        for group in plan.groups:
            group.items = [item for item in group.items if not any(item is off for off in plan.called_off)]
    _name_loose_times(plan)
    for group in plan.groups:
        if plan.lasts and any(not one.end and not one.length for one in group.hours):
            plan.used.add("lasts")
            group.hours = [
                one if one.end or one.length else replace(one, length=plan.lasts) for one in group.hours
            ]


def _name_loose_times(plan: Plan) -> None:
    """An end that closes nothing, and times after the last day of a sentence that puts times first."""
    has_days = bool(plan.items)
    is_timed = False
    for group in plan.groups:
        is_timed = is_timed or group.has_time
        if group.closes and not group.has_time and not is_timed and group.places:
            plan.leftover.append(group.places)
            group.closes = None
        is_late = group is not plan.groups[0] and group.is_time_first and not group.items
        if has_days and is_late and group.places:
            plan.leftover.append(group.places)
            group.hours = []
