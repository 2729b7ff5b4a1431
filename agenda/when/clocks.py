"""Reading times of the clock: half acht, kwart voor drie, 20.15, van 10 tot 5."""

from dataclasses import replace

from agenda.when.cursor import Cursor
from agenda.when.kinds import Kind
from agenda.when.plan import Clock, Hours

RANGES = frozenset({Kind.DASH, Kind.UNTIL, Kind.THROUGH, Kind.ENDS})
_LISTS = frozenset({Kind.AND, Kind.COMMA})
_DIGITS = 2  # of an hour; a telephone number has more
_SMALL_HOURS = 7  # "4.30 uur" is in the afternoon, "04.30 uur" and "7.30 uur" are as written
Found = tuple[Clock, int]


def clock_at(cursor: Cursor, place: int) -> Found | None:
    """A time of the clock that begins at a place, and the place after it."""
    found = (
        _exact(cursor, place) or _half(cursor, place) or _around_hour(cursor, place) or _hour(cursor, place)
    )
    return _with_part(cursor, *found) if found else None


def _exact(cursor: Cursor, place: int) -> Found | None:
    token = cursor.at(place)
    if token.kind is not Kind.TIME:
        return None
    after = place + 2 if cursor.kind(place + 1) is Kind.HOUR else place + 1
    hour, minute, width = token.numbers
    is_short = width == 1
    return Clock(hour, minute, is_spoken=is_short and 0 < hour < _SMALL_HOURS, is_short=is_short), after


def _number(cursor: Cursor, place: int, most: int = 24) -> int | None:
    token = cursor.at(place)
    is_hour = token.kind is Kind.NUMBER and token.number <= most and token.numbers[1] <= _DIGITS
    return token.number if is_hour else None


def _spoken(cursor: Cursor, hour: int, minutes: int, place: int) -> Found:
    """A spoken hour with minutes before or after it, which is where "half acht" is half past seven."""
    total = (hour * 60 + minutes) % (24 * 60)
    after = place + 1 if cursor.kind(place) is Kind.HOUR else place
    hour = total // 60 or (12 if hour <= 12 else 0)
    return Clock(hour, total % 60, is_spoken=hour <= 12), after


def _half(cursor: Cursor, place: int) -> Found | None:
    """Half acht; in English "half past seven"."""
    is_past = cursor.kind(place + 1) is Kind.PAST
    hour_place = place + 2 if is_past else place + 1
    if cursor.kind(place) is not Kind.HALF or (hour := _number(cursor, hour_place)) is None:
        return None
    if cursor.unit(hour_place) is Kind.MONTH:
        return None
    return _spoken(cursor, hour, 30 if is_past else -30, hour_place + 1)


def _around_hour(cursor: Cursor, place: int) -> Found | None:
    """Kwart over acht, tien voor half negen, 5 minuten over 8."""
    minutes = 15 if cursor.kind(place) is Kind.QUARTER else _number(cursor, place, 29)
    after = place + 2 if cursor.kind(place + 1) is Kind.MINUTES else place + 1
    side = cursor.kind(after)
    if side is Kind.UNTIL and cursor.kind(place) is Kind.QUARTER:
        side = Kind.TO
    if minutes is None or side not in (Kind.PAST, Kind.TO):
        return None
    half = -30 if cursor.kind(after + 1) is Kind.HALF else 0
    hour_place = after + 2 if half else after + 1
    if (hour := _number(cursor, hour_place)) is None or cursor.unit(hour_place) in (Kind.MONTH, Kind.AGE):
        return None
    if cursor.kind(hour_place + 1) is Kind.UNIT:
        return None
    return _spoken(cursor, hour, half + (minutes if side is Kind.PAST else -minutes), hour_place + 1)


def _hour(cursor: Cursor, place: int) -> Found | None:
    """8 uur; een uur of 8."""
    if cursor.kind(place) is Kind.FUZZY and cursor.at(place).name and cursor.unit(place + 1) is Kind.BREAK:
        about = _number(cursor, place + 1)
        return None if about is None else (Clock(about, is_spoken=about <= 12), place + 2)
    hour = _number(cursor, place, 99)
    if hour is None or cursor.kind(place + 1) is not Kind.HOUR:
        return None
    return Clock(hour, is_spoken=_is_spoken(cursor, place)), place + 2


def _is_spoken(cursor: Cursor, place: int) -> bool:
    """A bare hour up to twelve is; one written as 08 is not."""
    token = cursor.at(place)
    return token.number <= 12 and not (token.numbers[1] == 2 and token.number < 10)


def _with_part(cursor: Cursor, clock: Clock, place: int) -> Found:
    """The part of the day right after a time belongs to that time."""
    if cursor.kind(place) is not Kind.PART:
        return clock, place
    return replace(clock, part=cursor.at(place).name), place + 1


def _bare(cursor: Cursor, place: int) -> Found | None:
    """A number that can only be an hour: its unit is one, or it stands in a range of hours."""
    if cursor.kind(place) is not Kind.NUMBER or cursor.unit(place) in (Kind.MONTH, Kind.AGE):
        return None
    if (
        cursor.at(place).number > 24
        or cursor.at(place).numbers[1] > _DIGITS
        or cursor.kind(place + 1) in (Kind.UNIT, Kind.TIMES, Kind.LESSONS)
    ):
        return None
    return _with_part(cursor, Clock(cursor.at(place).number, is_spoken=_is_spoken(cursor, place)), place + 1)


def hours_at(cursor: Cursor, place: int) -> tuple[list[Hours], int] | None:
    """Times that belong together ("14.00 en 16.00 uur", "van 10 tot 5"), and the place after them."""
    hours: list[Hours] = []
    after = place
    while found := _one(cursor, after):
        one, after = found
        hours.append(one)
        if cursor.kind(after) not in _LISTS or not _starts_time(cursor, after + 1):
            return _in_same_part(hours), after
        after += 1
    return (hours, after) if hours else None


def _in_same_part(hours: list[Hours]) -> list[Hours]:
    """2 en 4 uur 's middags: the part of the day of the last one holds for those before it."""
    part = hours[-1].start.part
    return [one if one.start.part else replace(one, start=replace(one.start, part=part)) for one in hours]


def _starts_time(cursor: Cursor, place: int) -> bool:
    return _one(cursor, place) is not None


def _one(cursor: Cursor, place: int) -> tuple[Hours, int] | None:
    start = place + 1 if cursor.kind(place) in (Kind.BETWEEN, Kind.FROM) else place
    found = clock_at(cursor, start)
    if found is None and (cursor.unit(start) in (Kind.HOUR, Kind.TIME) or _is_bare_range(cursor, start)):
        found = _bare(cursor, start)
    if found is None:
        return None
    return _with_end(cursor, *found, is_between=cursor.kind(place) is Kind.BETWEEN)


def _is_bare_range(cursor: Cursor, place: int) -> bool:
    """Two bare numbers with a dash or "tot" between them, neither counting days, years or weeks."""
    if cursor.kind(place + 1) not in RANGES:
        return False
    return _bare(cursor, place) is not None and _bare(cursor, place + 2) is not None


def _with_end(cursor: Cursor, start: Clock, place: int, *, is_between: bool) -> tuple[Hours, int]:
    joins = RANGES | {Kind.AND} if is_between else RANGES
    comma = 1 if cursor.kind(place) is Kind.COMMA and cursor.kind(place + 1) in (Kind.ENDS, Kind.UNTIL) else 0
    if cursor.kind(place + comma) not in joins:
        return Hours(start), place
    end_place = place + comma + 1
    end_place += cursor.kind(end_place) is Kind.UNTIL
    found = end_at(cursor, end_place) or _bare(cursor, end_place)
    return (Hours(start, found[0]), found[1]) if found else (Hours(start), place)


def end_at(cursor: Cursor, place: int) -> Found | None:
    """A time that ends something: also midnight, which says no beginning."""
    if cursor.kind(place) is Kind.MIDNIGHT:
        return Clock(24), place + 1
    if cursor.kind(place) is Kind.FUZZY and cursor.kind(place + 1) is Kind.TIME:
        place += 1
    return clock_at(cursor, place)
