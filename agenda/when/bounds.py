"""Reading where a series begins and ends: vanaf 5 januari, t/m 15 mei, tot en met juni, einde 22.00 uur."""

from dataclasses import replace
from datetime import date

from agenda.when.clocks import end_at
from agenda.when.cursor import Cursor
from agenda.when.days import day_at, year_at
from agenda.when.kinds import Kind
from agenda.when.plan import Clock, Day, Plan


def parse_from(cursor: Cursor, plan: Plan, today: date) -> int:
    """Vanaf a day or a month; a time after it is for somebody else."""
    place = cursor.place + 1
    found = day_at(cursor, place, today)
    if found is not None:
        plan.begin, after = found
        return after
    if cursor.kind(place) is Kind.MONTH and cursor.kind(cursor.place) is Kind.FROM:
        year, after = year_at(cursor, place + 1)
        plan.begin = Day(cursor.at(place).number, 1, year)
        return after
    return 0


def parse_bound(cursor: Cursor, plan: Plan, today: date) -> int:
    """The end of the time before it, or of the whole series."""
    after = _parse_end_time(cursor, plan)
    if after:
        return after
    place = cursor.place + 1
    found = day_at(cursor, place, today)
    if found is not None and cursor.kind(cursor.place) is not Kind.DASH:
        plan.end, after = found
        plan.is_end_open = cursor.kind(cursor.place) is Kind.UNTIL
        return after
    if cursor.kind(place) is Kind.VACATION and cursor.kind(cursor.place) is Kind.UNTIL:
        plan.before_vacation = cursor.at(place).name
        return place + 1 if plan.before_vacation else 0
    place += cursor.kind(place) is Kind.ENDS
    if cursor.kind(place) is Kind.MONTH and cursor.kind(cursor.place) is not Kind.ENDS:
        return _until_month(cursor, plan, place)
    return 0


def _parse_end_time(cursor: Cursor, plan: Plan) -> int:
    """The end of the times before it; "tot 22.00 uur" by itself is no beginning, so it is named."""
    place, is_dash = cursor.place + 1, cursor.kind(cursor.place) is Kind.DASH
    clock = end_at(cursor, place) or _bare_hour(cursor, plan, place)
    if clock is None:
        return 0
    where = (cursor.at(cursor.place).start, cursor.at(clock[1] - 1).end)
    if _close(plan, clock[0], is_dash=is_dash):
        plan.group.places = plan.group.places or where
        return clock[1]
    if is_dash or cursor.kind(place) is not Kind.TIME:
        return 0
    plan.leftover.append(where)
    return clock[1]


def _bare_hour(cursor: Cursor, plan: Plan, place: int) -> tuple[Clock, int] | None:
    token = cursor.at(place)
    if (
        token.kind is not Kind.NUMBER
        or token.number > 24
        or cursor.unit(place) not in (Kind.BREAK, Kind.HOUR)
    ):
        return None
    after = cursor.kind(place + 1)
    if not plan.group.hours or after in (Kind.TIMES, Kind.LESSONS, Kind.UNIT, Kind.AGE):
        return None
    return Clock(token.number, is_spoken=token.number <= 12), place + 1


def _close(plan: Plan, end: Clock, *, is_dash: bool) -> bool:
    hours = plan.group.hours
    if not hours and plan.group.items and not plan.group.is_all_day and not is_dash:
        plan.group.closes = end
        return True
    if not hours or hours[-1].end is not None:
        return False
    hours[-1] = replace(hours[-1], end=end)
    return True


def _until_month(cursor: Cursor, plan: Plan, place: int) -> int:
    """Tot en met mei runs to its last day; "tot mei" to the day before its first."""
    year, after = year_at(cursor, place + 1)
    month = cursor.at(place).number
    is_until = cursor.kind(cursor.place) is Kind.UNTIL
    if is_until:
        plan.assumptions.append("until-month")
        month, year = (month - 1, year) if month > 1 else (12, year - 1 if year else 0)
    plan.end = Day(month, 0, year)
    return after
