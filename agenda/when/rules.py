"""Reading how often and when not: om de week, 10 lessen, over twee weken, behalve in de kerstvakantie."""

from dataclasses import replace
from datetime import date, timedelta

from agenda.when.cursor import Cursor
from agenda.when.days import dates_at
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Holidays, Item, Month, Nth, Plan, Vacation, Weekday, Weekend

_UNIT_DAYS = {"day": 1, "week": 7}
_BETWEEN_EXCEPTIONS = frozenset({Kind.AND, Kind.OR, Kind.COMMA, Kind.BETWEEN, Kind.EXCEPT, Kind.LESSONS})
_AFTER_CLOSED = frozenset({Kind.COMMA, Kind.BREAK, Kind.AND, Kind.UNKNOWN})
_CLOSABLE = frozenset({Kind.WEEKDAY, Kind.MONTH, Kind.FEAST, Kind.DATE, Kind.VACATION, Kind.RELATIVE})


def parse_every(cursor: Cursor, plan: Plan, _today: date) -> int:
    """Elke, om de week, elke drie weken."""
    token, place = cursor.at(cursor.place), cursor.place + 1
    if cursor.kind(place) is Kind.AGE:
        plan.leftover.append((token.start, cursor.at(place).end))
        return place + 1
    if cursor.kind(place) in (Kind.HOUR, Kind.MINUTES, Kind.DASH, Kind.UNKNOWN) or _counts_minutes(cursor):
        return 0
    plan.is_every = True
    if token.name or token.number > 1:
        plan.interval, plan.unit = token.number, token.name
        return place
    number, unit = cursor.at(place), cursor.at(place + 1)
    if number.kind in (Kind.NUMBER, Kind.ORDINAL) and unit.kind is Kind.UNIT and 1 <= number.number < 100:
        plan.interval, plan.unit = number.number, unit.name
        return place + 2
    if number.kind is Kind.UNIT:
        plan.unit = number.name
        return place + 1
    return place


def _counts_minutes(cursor: Cursor) -> bool:
    """Elke 30 minuten, elk uur: said about one day."""
    return cursor.kind(cursor.place + 1) is Kind.NUMBER and cursor.kind(cursor.place + 2) in (
        Kind.MINUTES,
        Kind.HOUR,
    )


def parse_later(cursor: Cursor, plan: Plan, today: date) -> int:
    """Over twee weken: that weekday then, or that many days from now."""
    number, unit = cursor.at(cursor.place + 1), cursor.at(cursor.place + 2)
    if number.kind is not Kind.NUMBER or unit.name not in _UNIT_DAYS or number.number > 260:
        return 0
    after = cursor.place + 3
    if unit.name == "week" and cursor.kind(after) is Kind.WEEKDAY:
        plan.group.items.append(Weekday(cursor.at(after).number, "week", number.number))
        return after + 1
    days = number.number * _UNIT_DAYS[unit.name]
    items = plan.group.items
    if items and isinstance(items[-1], Weekday):
        items[-1] = replace(items[-1], mode="later", weeks=number.number)
    else:
        start = _pop_today(plan, today)
        day = start + timedelta(days)
        items.append(Day(day.month, day.day, day.year))
    return after


def _pop_today(plan: Plan, today: date) -> date:
    """ "Morgen over een week" counts from tomorrow."""
    last = plan.group.items[-1] if plan.group.items else None
    if not isinstance(last, Day) or not last.year:
        return today
    plan.group.items.pop()
    return last.in_year(last.year) or today


def parse_count(cursor: Cursor, plan: Plan, _today: date) -> int:
    """10x, tien lessen, 6 weken lang, zes dinsdagen, duurt 2 uur."""
    token, place = cursor.at(cursor.place), cursor.place
    if cursor.kind(place - 1) is Kind.PER:
        return 0
    if token.kind is Kind.LASTING:
        return _lasting(cursor, plan)
    if token.kind is Kind.TIMES:
        return _counted(cursor, plan, token.number, place + 1) if token.number else 0
    after = cursor.at(place + 1)
    is_plural_day = after.kind is Kind.WEEKDAY and bool(after.numbers[1])
    is_evenings = after.kind is Kind.PART and after.end - after.start > 6
    if after.kind in (Kind.TIMES, Kind.LESSONS) or is_plural_day or (is_evenings and token.name != "word"):
        return _counted(cursor, plan, token.number, place + 1 if is_plural_day else place + 2)
    if after.kind is Kind.UNIT and after.name in _UNIT_DAYS and 1 <= token.number <= 260:
        plan.length = token.number * _UNIT_DAYS[after.name]
        return place + 2
    return 0


def _counted(cursor: Cursor, plan: Plan, count: int, place: int) -> int:
    if cursor.kind(place) is Kind.PER or not count:
        return 0
    plan.count = count
    return place


def _lasting(cursor: Cursor, plan: Plan) -> int:
    """Duurt 2 uur, 1 uur en 15 minuten, anderhalf uur; said before the times it holds for all of them."""
    minutes, place = _minutes_at(cursor, cursor.place + 1)
    if minutes and cursor.kind(place) is Kind.AND and cursor.kind(place + 2) is Kind.MINUTES:
        more, place = _minutes_at(cursor, place + 1)
        minutes += more
    if not 0 < minutes <= 24 * 60:
        return 0
    if not plan.group.hours:
        plan.lasts = minutes
    elif all(hours.end for hours in plan.group.hours):
        plan.leftover.append((cursor.at(cursor.place).start, cursor.at(place - 1).end))
    else:
        plan.group.hours = [replace(hours, length=minutes) for hours in plan.group.hours]
        if plan.lasts and plan.lasts != minutes:
            plan.unplaced.append(plan.said["lasts"])
        plan.lasts = plan.lasts or minutes
        plan.used.add("lasts")
    return place


def parse_length(cursor: Cursor, plan: Plan, _today: date) -> int:
    """Anderhalf uur, 1,5 uur: only a length, right after the times that it holds for."""
    if not plan.group.hours or plan.group.hours[-1].end:
        return 0
    minutes = cursor.at(cursor.place).number
    plan.group.hours = [replace(hours, length=minutes) for hours in plan.group.hours]
    return cursor.place + 1


def _minutes_at(cursor: Cursor, place: int) -> tuple[int, int]:
    number, unit = cursor.at(place), cursor.kind(place + 1)
    if number.kind is Kind.LENGTH:
        return number.number, place + 1
    minutes = {Kind.HOUR: 60, Kind.MINUTES: 1}.get(unit, 0) * number.number
    return (minutes, place + 2) if number.kind is Kind.NUMBER and minutes else (0, place)


def parse_except(cursor: Cursor, plan: Plan, today: date) -> int:
    """The days after "niet", "behalve", "gesloten op"."""
    found, after = _day_set(cursor, plan, cursor.place + 1, today)
    plan.exceptions.extend(found)
    return after if found else 0


def parse_closed(cursor: Cursor, plan: Plan, _today: date) -> int:
    """The days before "gesloten", "vervalt", "gaat niet door" or "is er geen": ma en di gesloten."""
    after = cursor.kind(cursor.place - 1)
    is_last = cursor.kind(cursor.place + 1) in _AFTER_CLOSED
    if after not in _CLOSABLE or not (is_last or cursor.kind(cursor.place) is Kind.CANCELLED):
        return 0
    groups, items, periods = plan.line
    on_line = plan.group.items[items if len(plan.groups) == groups else 0 :]
    is_period = after is Kind.VACATION or (
        after is Kind.MONTH and cursor.kind(cursor.place - 2) not in (Kind.NUMBER, Kind.ORDINAL)
    )
    closes_days = bool(on_line) and not is_period and _closes_before(plan, on_line)
    if plan.is_repeating and len(plan.periods) > periods and (closes_days or is_period):
        plan.exceptions += plan.periods[periods:]
        del plan.periods[periods:]
        if is_period:
            return cursor.place + 1
    if not closes_days:
        if on_line and cursor.kind(cursor.place) is Kind.CANCELLED and not plan.group.has_time:
            plan.called_off.append(on_line[-1])
            is_numbered = cursor.kind(cursor.place - 2) in (Kind.NUMBER, Kind.ORDINAL)
            first = cursor.at(cursor.place - 2 if is_numbered else cursor.place - 1)
            plan.leftover.append((first.start, cursor.at(cursor.place).end))
            return cursor.place + 1
        return 0
    is_weekday = isinstance(on_line[-1], Weekday)
    while on_line and isinstance(on_line[-1], Weekday) is is_weekday:
        plan.exceptions.append(on_line.pop())
        plan.group.items.pop()
    if not plan.group.items and len(plan.groups) > 1:
        plan.groups.pop()
    return cursor.place + 1


def _closes_before(plan: Plan, on_line: list[Item]) -> bool:
    """ "Maandag gesloten": days without times, beside others that go on."""
    is_beside = len(plan.groups) > 1 or len(plan.items) > 1 or plan.is_every or plan.periods
    return (isinstance(on_line[-1], Weekday) or bool(is_beside)) and not plan.group.has_time


def parse_kept(cursor: Cursor, plan: Plan, today: date) -> int:
    """ "Ook op Koningsdag": a holiday that goes on. Takes feasts and holidays; dates are days like others."""
    found, after = _day_set(cursor, plan, cursor.place + 1, today)
    if (
        cursor.kind(after) is Kind.TIME
        or not plan.is_every
        or not found
        or not all(isinstance(item, Day | Holidays) for item in found)
    ):
        return 0
    plan.kept.extend(found)
    return after


def _day_set(cursor: Cursor, plan: Plan, place: int, today: date) -> tuple[list[Item], int]:
    """Days of any kind, joined by commas and "en", and the place after the last one. A later day that
    brings a time of its own is no exception when the series has its time already."""
    items: list[Item] = []
    after = place
    while True:
        while cursor.kind(place) in _BETWEEN_EXCEPTIONS or _also_not(cursor, place):
            place += 1
        if items and cursor.kind(place) is Kind.WEEKDAY and cursor.kind(place + 1) is Kind.TIME:
            return items, after
        found = dates_at(cursor, place, today) or _set_word(cursor, place)
        if found is None or (items and plan.group.has_time and cursor.kind(found[1]) is Kind.TIME):
            return items, after
        items.append(found[0])
        after = place = found[1]


def _also_not(cursor: Cursor, place: int) -> bool:
    return cursor.kind(place) is Kind.ALSO and cursor.kind(place + 1) is Kind.EXCEPT


def _set_word(cursor: Cursor, place: int) -> tuple[Item, int] | None:
    token, after = cursor.at(place), cursor.at(place + 1)
    if token.kind is Kind.ORDINAL and after.kind is Kind.WEEKDAY:
        return Nth(token.number, after.number), place + 2 + (cursor.kind(place + 2) is Kind.OF_MONTH)
    words: dict[Kind, Item] = {
        Kind.VACATION: Vacation(token.name),
        Kind.HOLIDAYS: Holidays(),
        Kind.WEEKDAY: Weekday(token.number),
        Kind.MONTH: Month(token.number),
        Kind.WEEKEND: Weekend(),
    }
    item = words.get(token.kind)
    return (item, place + 1) if item else None
