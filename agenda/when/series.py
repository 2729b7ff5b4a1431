"""The dates of a series: rules (weekday, n-th weekday, day of the month, daily) between two bounds."""

from dataclasses import dataclass
from datetime import date, timedelta

from agenda.when.plan import Group, Item, MonthDay, Nth, Plan, Weekday, nth_weekday

Entry = tuple[date, Group]
RULES = (Weekday, Nth, MonthDay)


@dataclass(frozen=True)
class Window:
    """First and last day that a series may use, both included."""

    first: date
    last: date


def entries_between(plan: Plan, groups: list[Group], windows: list[Window]) -> list[Entry]:
    """Every date on which a group's rules hold, in order, with its group. `plan.interval` counts from the
    first date found; a week runs from Monday."""
    entries: list[Entry] = []
    anchor: date | None = None
    for window in windows:
        for offset in range((window.last - window.first).days + 1):
            day = window.first + timedelta(offset)
            holding = [group for group in groups if _holds(plan, group, day)]
            if holding and _in_step(plan, anchor or day, day):
                anchor = anchor or day
                entries.extend((day, group) for group in holding)
    return sorted(entries, key=lambda entry: entry[0])


def _holds(plan: Plan, group: Group, day: date) -> bool:
    if plan.parity is not None and day.isocalendar().week % 2 != plan.parity:
        return False
    rules = [item for item in group.items if isinstance(item, RULES)]
    return not rules or any(_matches(item, day) for item in rules)


def _matches(item: Item, day: date) -> bool:
    match item:
        case Weekday():
            return item.weekday == day.weekday()
        case Nth():
            return nth_weekday(day.year, day.month, item.n, item.weekday) == day
        case MonthDay():
            return item.day == day.day
    return False


def _in_step(plan: Plan, anchor: date, day: date) -> bool:
    if plan.interval == 1:
        return True
    if plan.unit == "day":
        return (day - anchor).days % plan.interval == 0
    if plan.unit == "month":
        return ((day.year - anchor.year) * 12 + day.month - anchor.month) % plan.interval == 0
    return (_monday(day) - _monday(anchor)).days // 7 % plan.interval == 0


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())
