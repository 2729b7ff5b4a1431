"""Phrases with numbers that are not the time of the activity: doors, deadlines, prices, ages."""

from datetime import date

from agenda.when.clocks import clock_at, hours_at
from agenda.when.cursor import Cursor
from agenda.when.days import day_at
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Plan

_LEADS = frozenset(
    {Kind.FROM, Kind.BETWEEN, Kind.UNTIL, Kind.TO, Kind.ALSO, Kind.BEGINS, Kind.DASH, Kind.THROUGH}
)


_LATEST = frozenset({Kind.UNTIL, Kind.TO, Kind.THROUGH})
_FAR = 8  # words


def parse_ignored(cursor: Cursor, plan: Plan, today: date) -> int:
    """Notes a phrase that we understand and leave out; 0 when it is none."""
    kind = cursor.kind(cursor.place)
    if kind is Kind.DOOR:
        after = _after_door(cursor, plan)
    elif kind is Kind.DEADLINE:
        after = _after_deadline(cursor, today)
    elif kind in (Kind.MONEY, Kind.AGE):
        after = cursor.place + 1
    elif kind is Kind.TIME:
        after = _time_of_door(cursor)
    else:
        after = _after_age(cursor)
    if after > cursor.place:
        plan.ignored.append((cursor.at(cursor.place).start, cursor.at(after - 1).end))
    return after


def parse_vague_time(cursor: Cursor, plan: Plan, _today: date) -> int:
    """ "Voor 13.00 uur" and "na afloop om 22.00" say no beginning: named, not read."""
    found = clock_at(cursor, cursor.place + 1)
    if found is None:
        return 0
    plan.leftover.append((cursor.at(cursor.place).start, cursor.at(found[1] - 1).end))
    return found[1]


def parse_replaced(cursor: Cursor, plan: Plan, today: date) -> int:
    """ "Was 17 december", "afgelopen zaterdag": a day that it is not; named."""
    place = cursor.place + 1
    found = day_at(cursor, place, today)
    after = found[1] if found else place + 1 if cursor.kind(place) is Kind.WEEKDAY else 0
    if after:
        plan.leftover.append((cursor.at(cursor.place).start, cursor.at(after - 1).end))
    return after


def _skip(cursor: Cursor, place: int) -> int:
    while cursor.kind(place) in _LEADS:
        place += 1
    return place


def _after_door(cursor: Cursor, _plan: Plan) -> int:
    """Not when a range follows: "museum open van 10 tot 17 uur" says when it is."""
    place = _skip(cursor, cursor.place + 1)
    found, hours = clock_at(cursor, place), hours_at(cursor, place)
    if found is None or (hours and hours[0][0].end and cursor.at(cursor.place).name == "open"):
        return cursor.place + 1
    return found[1]


def _time_of_door(cursor: Cursor) -> int:
    """ "19.30 inloop, 20.00 aanvang": the time stands before its word."""
    found = clock_at(cursor, cursor.place)
    if found is None or cursor.kind(found[1]) is not Kind.DOOR:
        return 0
    after_door = found[1] + 1
    following = clock_at(cursor, _skip(cursor, after_door))
    if following and cursor.kind(following[1]) is not Kind.BEGINS:
        return 0
    return after_door


def _after_deadline(cursor: Cursor, today: date) -> int:
    place = _skip(cursor, cursor.place + 1)
    day = day_at(cursor, place, today) or _deadline_further_on(cursor, today)
    if day is None and place > cursor.place + 1 and cursor.kind(place) is Kind.WEEKDAY:
        return place + 1
    after = day[1] if day else place
    hours = hours_at(cursor, after)
    if hours:
        return hours[1]
    return after if day else cursor.place + 1


def _deadline_further_on(cursor: Cursor, today: date) -> tuple[Day, int] | None:
    """ "Opgeven voor het podium kan tot 2 januari": a few words on, right after "tot" or "voor"."""
    place = cursor.place + 1
    while cursor.kind(place) in _LEADS | {Kind.UNKNOWN, Kind.LABEL} and place <= cursor.place + _FAR:
        place += 1
    return day_at(cursor, place, today) if cursor.kind(place - 1) in _LATEST else None


def _after_age(cursor: Cursor) -> int:
    """Van 8 tot 12 jaar, vanaf 6 jaar."""
    place = _skip(cursor, cursor.place)
    if cursor.kind(place) is not Kind.NUMBER or cursor.unit(place) is not Kind.AGE:
        return 0
    return cursor.unit_token(place) + 1
