"""Reading days: 28 november, za 28 en zo 29 november, 28-11-2026, eerste kerstdag, november 28."""

from datetime import date, timedelta

from agenda.when.cursor import Cursor
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Item, Span

JOINS = frozenset({Kind.DASH, Kind.THROUGH, Kind.UNTIL})
_NUMBERS = (Kind.NUMBER, Kind.ORDINAL)


def day_at(cursor: Cursor, place: int, today: date) -> tuple[Day, int] | None:
    """One written day, a weekday before it included, and the place after it."""
    weekday = None
    token = cursor.at(place)
    start = place
    if token.kind is Kind.WEEKDAY and not token.numbers[1]:
        weekday = token.number
        start = place + 2 if _comma_joins(cursor, place) else place + 1
    found = _dated(cursor, start, today)
    if found is None:
        return None
    day, after = found
    if weekday is not None:
        day = Day(day.month, day.day, day.year, weekday, day.feast, day.nth)
    return day, after


def _comma_joins(cursor: Cursor, place: int) -> bool:
    """ "zaterdag, 28 november": one date, not a weekday and a date."""
    after = cursor.kind(place + 2)
    is_date = after is Kind.DATE or (after in _NUMBERS and cursor.unit_token(place + 2) == place + 3)
    is_month_first = after is Kind.MONTH and _month_first(cursor, place + 2) is not None
    return cursor.kind(place + 1) is Kind.COMMA and (is_date or is_month_first)


def _dated(cursor: Cursor, place: int, today: date) -> tuple[Day, int] | None:
    token = cursor.at(place)
    if token.kind is Kind.DATE:
        year, month, day = token.numbers
        return Day(month, day, year), place + 1
    if token.kind in _NUMBERS and token.number > 0 and cursor.unit(place) is Kind.MONTH:
        return _numbered(cursor, place)
    if token.kind is Kind.MONTH:
        return _month_first(cursor, place)
    if token.kind is Kind.FEAST:
        year, after = year_at(cursor, place + 1)
        return Day(feast=token.name, year=year), after
    if token.kind is Kind.RELATIVE:
        day_ = today + timedelta(token.number)
        return Day(day_.month, day_.day, day_.year), place + 1
    return None


def _numbered(cursor: Cursor, place: int) -> tuple[Day, int]:
    month_place = cursor.unit_token(place)
    year, after = year_at(cursor, month_place + 1)
    day = Day(cursor.at(month_place).number, cursor.at(place).number, year)
    return day, after if month_place == place + 1 else place + 1


def _month_first(cursor: Cursor, place: int) -> tuple[Day, int] | None:
    """ "november 28, 2026", as English has it."""
    number = cursor.at(place + 1)
    if number.kind not in _NUMBERS or not 1 <= number.number <= 31:
        return None
    if cursor.unit(place + 1) in (Kind.MONTH, Kind.HOUR, Kind.TIME) or cursor.kind(place + 2) is Kind.TIMES:
        return None
    comma = cursor.kind(place + 2) is Kind.COMMA
    year, after = year_at(cursor, place + 2 + comma)
    return Day(cursor.at(place).number, number.number, year), after if year else place + 2


def year_at(cursor: Cursor, place: int) -> tuple[int, int]:
    """A written year (0 when there is none) and the place after it."""
    token = cursor.at(place)
    is_long = token.kind is Kind.NUMBER and len(token.numbers) > 1 and token.numbers[1] >= 4
    if token.kind is Kind.YEAR or (is_long and not token.name):
        return token.number, place + 1
    return 0, place


def dates_at(cursor: Cursor, place: int, today: date) -> tuple[Item, int] | None:
    """A day or a span of days, and the place after it."""
    found = day_at(cursor, place, today)
    if found is None:
        return None
    first, after = found
    if cursor.kind(after) not in JOINS:
        return first, after
    last = day_at(cursor, after + 1, today)
    return (Span(first, last[0]), last[1]) if last else (first, after)
