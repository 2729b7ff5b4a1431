"""A day that says times of its own inside a row of days that share theirs: "zondag om 14.30 uur"."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import Day, Group, Plan, Weekday
from agenda.when.series import Entry
from agenda.when.words import day_in_words, listed, weekday_name


def share_times(plan: Plan) -> None:
    """Days without times have those of the next days that have them, or else of the ones before; "donderdag
    tot 21 uur" has those before it with another end."""
    groups = plan.groups
    timed = [place for place, group in enumerate(groups) if group.has_time]
    for place, group in enumerate(groups):
        if group.has_time or not timed:
            continue
        before = next((other for other in reversed(timed) if other < place), timed[0])
        after = next((other for other in timed if other > place), timed[-1])
        source = groups[before if group.closes else after]
        group.hours, group.is_all_day = list(source.hours), source.is_all_day
        group.part = group.part or source.part
        group.is_shared = not group.closes
        if group.closes:
            group.hours = [replace(one, end=group.closes, length=0) for one in group.hours]


def own_weekdays(group: Group) -> set[int]:
    """The weekdays of a group that names nothing else and has times of its own."""
    items = group.items
    if group.is_shared or not group.has_time or not all(isinstance(i, Weekday) and not i.mode for i in items):
        return set()
    return {item.weekday for item in items if isinstance(item, Weekday)}


def inside(group: Group, entries: list[Entry]) -> list[date]:
    """The days of an earlier row that a bare weekday stands for: some of them, never all."""
    weekdays = own_weekdays(group)
    rows = {id(other): [day for day, owner in entries if owner is other] for _day, other in entries}
    for days in rows.values():
        held = [day for day in days if day.weekday() in weekdays]
        if held and len(held) < len(days):
            return held
    return []


def overridden(entries: list[Entry], groups: list[Group], notes: Notes) -> list[Entry]:
    """Without the times of a wider row on days that a narrower one gives its own."""
    days = {id(group): {day for day, owner in entries if owner is group} for group in groups}
    dropped: set[tuple[date, int]] = set()
    for place, group in enumerate(groups):
        if group.is_also or not (own_weekdays(group) or _is_one_day(group)):
            continue
        for wider in groups[:place] if own_weekdays(group) else groups:
            both = days[id(group)] & days[id(wider)]
            if both and days[id(group)] < days[id(wider)] and wider.hours != group.hours:
                dropped |= {(day, id(wider)) for day in both}
                _say(own_weekdays(group), both, notes)
    return [(day, group) for day, group in entries if (day, id(group)) not in dropped]


def _is_one_day(group: Group) -> bool:
    """ "Op 5 december om half 11": a date with a time, inside a series."""
    has_own = group.has_time and not group.is_shared
    return has_own and len(group.items) == 1 and isinstance(group.items[0], Day)


def _say(weekdays: set[int], days: set[date], notes: Notes) -> None:
    names = [weekday_name(day) for day in sorted(weekdays)] or [day_in_words(day) for day in sorted(days)]
    text = _("Op %(days)s lezen we alleen de tijd die erbij staat.")
    notes.assume(text % {"days": listed(names)})
