"""Reading a night that has two dates: in de nacht van 28 op 29 november, van zaterdag op zondag."""

from dataclasses import replace
from datetime import date, timedelta

from agenda.when.cursor import Cursor
from agenda.when.days import day_at
from agenda.when.groups import add_item
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Plan, Weekday

_LEAP = 2028
_NUMBERS = (Kind.NUMBER, Kind.ORDINAL)


def parse_night(cursor: Cursor, plan: Plan, today: date) -> int:
    """The day the night begins on; small hours are of the day after it. 0 when it is no such night."""
    place = cursor.place
    if cursor.at(place).name != "nacht" or cursor.kind(place + 1) is not Kind.BETWEEN:
        return 0
    first, second = cursor.at(place + 2), cursor.at(place + 3)
    if (
        first.kind is Kind.WEEKDAY
        and second.kind is Kind.WEEKDAY
        and day_at(cursor, place + 3, today) is None
    ):
        if (first.number + 1) % 7 != second.number:
            return 0
        add_item(plan, Weekday(first.number))
        _mark(plan)
        return place + 4
    return _dated(cursor, plan, today, place + 2)


def parse_two_days(cursor: Cursor, plan: Plan, today: date) -> int:
    """ "Van zaterdag 30 op zondag 31 januari", without the word night: nothing joins the two days."""
    kinds = [cursor.kind(cursor.place + step) for step in range(1, 5)]
    if kinds[0] is not Kind.WEEKDAY or kinds[1] not in _NUMBERS or kinds[2] is not Kind.WEEKDAY:
        return 0
    first, second = cursor.at(cursor.place + 1), cursor.at(cursor.place + 3)
    return _dated(cursor, plan, today, cursor.place + 1) if (first.number + 1) % 7 == second.number else 0


def _dated(cursor: Cursor, plan: Plan, today: date, place: int) -> int:
    weekday = cursor.at(place).number if cursor.kind(place) is Kind.WEEKDAY else None
    place += weekday is not None
    number = cursor.at(place)
    has_month = cursor.kind(place + 1) is Kind.MONTH
    found = day_at(cursor, place + 1 + has_month, today)
    if number.kind not in _NUMBERS or found is None or found[0].feast:
        return 0
    last = found[0].in_year(found[0].year or _LEAP)
    before = last - timedelta(1) if last else None
    if before is None or (before.day != number.number and (before.month, number.number) != (2, 28)):
        return 0
    if has_month and cursor.at(place + 1).number != before.month:
        return 0
    year = found[0].year and before.year
    add_item(plan, replace(Day(before.month, number.number, year), weekday=weekday))
    _mark(plan)
    return found[1]


def _mark(plan: Plan) -> None:
    plan.group.is_night, plan.group.part = True, "nacht"
