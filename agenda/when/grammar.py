"""From tokens to a plan: which words say days, times, rules, bounds and exceptions; the rest is reported."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agenda.when.bounds import parse_bound, parse_from
from agenda.when.clocks import hours_at
from agenda.when.cursor import Cursor
from agenda.when.days import dates_at, day_at, year_at
from agenda.when.kinds import Kind
from agenda.when.plan import (
    Day,
    Group,
    Hours,
    Item,
    Month,
    MonthDay,
    Nth,
    Plan,
    Span,
    Vacation,
    Weekday,
    Weekend,
)
from agenda.when.remarks import parse_ignored
from agenda.when.rules import parse_count, parse_every, parse_except, parse_kept, parse_later

Handler = Callable[[Cursor, Plan, date], int]
_SILENT = frozenset(
    {Kind.AND, Kind.COMMA, Kind.BREAK, Kind.DASH, Kind.BETWEEN, Kind.TO, Kind.PAST, Kind.BEGINS, Kind.ALSO}
    | {Kind.HOUR, Kind.OF_MONTH, Kind.FROM, Kind.LASTING}
)
_CLOCKS = (Kind.TIME, Kind.NUMBER, Kind.HALF, Kind.QUARTER)
_RANGES = (Kind.THROUGH, Kind.DASH, Kind.UNTIL)


def parse(cursor: Cursor, today: date) -> Plan:
    """Reads all tokens; each one is used, silent, or left over. Never fails."""
    plan = Plan()
    while not cursor.is_done:
        kind = cursor.kind(cursor.place)
        after = _first(cursor, plan, today, kind)
        if after <= cursor.place:
            _leave(cursor, plan)
            after = cursor.place + 1
        cursor.place = after
    return plan


def _first(cursor: Cursor, plan: Plan, today: date, kind: Kind) -> int:
    for step in _HANDLERS.get(kind, ()):
        if (after := step(cursor, plan, today)) > cursor.place:
            return after
    return 0


def _leave(cursor: Cursor, plan: Plan) -> None:
    """Reports a token that was not used; neighbours are one piece."""
    place, token = cursor.place, cursor.at(cursor.place)
    after = cursor.kind(place + 1)
    if token.kind in _SILENT and not (token.kind is Kind.BEGINS and after is Kind.MONTH):
        return
    if token.kind is Kind.FUZZY and after in _CLOCKS:
        return
    start = plan.leftover.pop()[0] if cursor.left_at == place - 1 else token.start
    plan.leftover.append((start, token.end))
    cursor.left_at = place


def add_item(plan: Plan, item: Item) -> None:
    """A day joins the days before it, unless those have their times already."""
    group = plan.group
    if group.items and group.has_time and not group.is_time_first:
        plan.groups.append(Group())
    plan.group.items.append(item)


def add_hours(plan: Plan, hours: list[Hours]) -> None:
    """Times join the days before them; in a sentence that puts times first they open a new row of days."""
    group = plan.group
    if group.is_time_first and group.items:
        plan.groups.append(Group(is_time_first=True))
    elif not group.items and not group.has_time:
        group.is_time_first = True
    plan.group.hours.extend(hours)


def _parse_dates(cursor: Cursor, plan: Plan, today: date) -> int:
    found = dates_at(cursor, cursor.place, today)
    if found is None:
        return 0
    item, after = found
    for place in range(cursor.place, after):
        if cursor.at(place).kind in (Kind.RELATIVE, Kind.WEEKDAY) and cursor.at(place).name:
            _part(plan, cursor.at(place).name, item)
            return after
    add_item(plan, item)
    return after


def _part(plan: Plan, part: str, item: Item | None = None) -> None:
    if item is not None:
        add_item(plan, item)
    plan.group.part = part


def _parse_hours(cursor: Cursor, plan: Plan, today: date) -> int:
    found = hours_at(cursor, cursor.place)
    if found is None:
        return 0
    hours, after = found
    until = _until_other_day(cursor, plan, after, today)
    if until is not None and len(hours) == 1:
        day, after, end = until
        hours = [replace(hours[0], until=day, end=end.start)]
    add_hours(plan, hours)
    return after


def _until_other_day(cursor: Cursor, plan: Plan, place: int, today: date) -> tuple[Day, int, Hours] | None:
    """ "28 november 20.00 tot 29 november 02.00": the end has a day of its own."""
    if cursor.kind(place) not in _RANGES or plan.is_every or not _is_one_day(plan):
        return None
    day = day_at(cursor, place + 1, today)
    end = hours_at(cursor, day[1]) if day else None
    if day is None or end is None or len(end[0]) != 1 or end[0][0].end is not None:
        return None
    return day[0], end[1], end[0][0]


def _is_one_day(plan: Plan) -> bool:
    items = plan.group.items
    return bool(items) and isinstance(items[-1], Day)


def _parse_weekday(cursor: Cursor, plan: Plan, today: date) -> int:
    """A weekday by itself, or a range of them (di t/m zo)."""
    token = cursor.at(cursor.place)
    plan.is_every = plan.is_every or bool(token.numbers[1])
    last = cursor.at(cursor.place + 2)
    days, after = [token.number], cursor.place + 1
    is_range = cursor.kind(after) in _RANGES and last.kind is Kind.WEEKDAY
    if is_range and day_at(cursor, after + 1, today) is None:
        days = [(token.number + step) % 7 for step in range((last.number - token.number) % 7 + 1)]
        after += 2
    for day in days:
        add_item(plan, Weekday(day, *_week_before(cursor)))
    if token.name:
        plan.group.part = token.name
    return after


def _week_before(cursor: Cursor) -> tuple[str, int]:
    before = cursor.at(cursor.place - 1)
    return (before.name, before.number) if before.kind is Kind.WEEK else ("", 0)


def _parse_week(cursor: Cursor, plan: Plan, _today: date) -> int:
    """Aanstaande, volgende week: a word about the weekday after it, or before it."""
    token, after = cursor.at(cursor.place), cursor.kind(cursor.place + 1)
    if after in (Kind.WEEKDAY, Kind.WEEKEND):
        return cursor.place + 1
    items = plan.group.items
    changed = [replace(i, mode=token.name, weeks=token.number) if _is_bare(i) else i for i in items]
    plan.group.items = changed
    return cursor.place + 1 if changed != items or not token.number else 0


def _is_bare(item: Item) -> bool:
    return isinstance(item, Weekday) and not item.mode


def _parse_weekend(cursor: Cursor, plan: Plan, today: date) -> int:
    before = cursor.at(cursor.place - 1)
    if cursor.kind(cursor.place + 1) is Kind.BETWEEN and day_at(cursor, cursor.place + 2, today):
        return cursor.place + 1
    if plan.is_every or before.kind is Kind.EVERY:
        for day in (5, 6):
            add_item(plan, Weekday(day))
    elif before.kind is Kind.WEEK:
        add_item(plan, Weekend(before.number))
    else:
        return 0
    return cursor.place + 1


def _parse_workdays(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.is_every = True
    for day in range(5):
        add_item(plan, Weekday(day))
    return cursor.place + 1


def _parse_ordinal(cursor: Cursor, plan: Plan, _today: date) -> int:
    """De tweede en vierde dinsdag (van de maand, van december); de 15e van de maand."""
    numbers, place = [cursor.at(cursor.place).number], cursor.place + 1
    while cursor.kind(place) in (Kind.AND, Kind.COMMA) and cursor.kind(place + 1) is Kind.ORDINAL:
        numbers.append(cursor.at(place + 1).number)
        place += 2
    if cursor.kind(place) is Kind.WEEKDAY:
        return _nth(cursor, plan, numbers, place)
    if cursor.kind(place) is Kind.OF_MONTH or plan.unit == "month" or plan.is_every:
        plan.is_every, plan.unit = True, "month"
        for number in numbers:
            add_item(plan, MonthDay(number))
        return place
    return 0


def _nth(cursor: Cursor, plan: Plan, numbers: list[int], place: int) -> int:
    weekday, after = cursor.at(place), place + 1
    month_place = after + 1 if cursor.kind(after) is Kind.BETWEEN else after
    if weekday.name:
        plan.group.part = weekday.name
    if cursor.kind(month_place) is Kind.MONTH and not plan.is_every:
        year, after = year_at(cursor, month_place + 1)
        for number in numbers:
            add_item(plan, Day(cursor.at(month_place).number, year=year, nth=(number, weekday.number)))
        return after
    if len(numbers) == 1 and plan.is_every and numbers[0] in (2, 3) and cursor.kind(after) is not Kind.OF_MONTH:
        plan.assumptions.append("nth-of-month")
    plan.is_every = True
    for number in numbers:
        add_item(plan, Nth(number, weekday.number))
    return after


def _parse_month(cursor: Cursor, plan: Plan, _today: date) -> int:
    """A whole month as the period of a series; "eind mei" is too vague."""
    if cursor.kind(cursor.place - 1) in (Kind.FUZZY, Kind.HALF, Kind.BEGINS, Kind.ENDS, Kind.UNKNOWN):
        return 0
    month = cursor.at(cursor.place).number
    year, after = year_at(cursor, cursor.place + 1)
    if cursor.kind(after) in _RANGES and cursor.kind(after + 1) is Kind.MONTH:
        last_year, end = year_at(cursor, after + 2)
        last = Day(cursor.at(after + 1).number, 0, last_year)
        add_item(plan, Span(Day(month, 1, year), last))
        return end
    plan.periods.append(Month(month, year))
    return after


def _parse_vacation(cursor: Cursor, plan: Plan, _today: date) -> int:
    name = cursor.at(cursor.place).name
    if not name:
        return 0
    plan.periods.append(Vacation(name))
    return cursor.place + 1


def _parse_part(cursor: Cursor, plan: Plan, _today: date) -> int:
    """'s Avonds; after "elke" it also says every day."""
    if cursor.kind(cursor.place - 1) is Kind.EVERY:
        plan.unit = plan.unit or "day"
    plan.group.part = cursor.at(cursor.place).name
    return cursor.place + 1


def _parse_all_day(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.group.is_all_day = True
    return cursor.place + 1


def _parse_parity(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.parity, plan.is_every = cursor.at(cursor.place).number, True
    return cursor.place + 1


_HANDLERS: dict[Kind, tuple[Handler, ...]] = {
    Kind.WEEKDAY: (_parse_dates, _parse_weekday),
    Kind.DATE: (_parse_dates,),
    Kind.FEAST: (_parse_dates,),
    Kind.RELATIVE: (_parse_dates,),
    Kind.NUMBER: (parse_count, parse_ignored, _parse_dates, _parse_hours),
    Kind.ORDINAL: (_parse_dates, _parse_ordinal),
    Kind.MONTH: (_parse_dates, _parse_month),
    Kind.TIME: (parse_ignored, _parse_hours),
    Kind.HALF: (_parse_hours,),
    Kind.QUARTER: (_parse_hours,),
    Kind.BETWEEN: (parse_ignored, _parse_hours),
    Kind.FROM: (parse_ignored, parse_from, _parse_hours),
    Kind.BEGINS: (parse_from,),
    Kind.THROUGH: (parse_bound,),
    Kind.UNTIL: (parse_bound,),
    Kind.DASH: (parse_bound,),
    Kind.ENDS: (parse_bound,),
    Kind.EVERY: (parse_every,),
    Kind.PAST: (parse_later,),
    Kind.TIMES: (parse_count,),
    Kind.LASTING: (parse_count,),
    Kind.EXCEPT: (parse_except,),
    Kind.ALSO: (parse_kept,),
    Kind.DOOR: (parse_ignored,),
    Kind.DEADLINE: (parse_ignored,),
    Kind.MONEY: (parse_ignored,),
    Kind.AGE: (parse_ignored,),
    Kind.WEEK: (_parse_week,),
    Kind.WEEKEND: (_parse_weekend,),
    Kind.WORKDAYS: (_parse_workdays,),
    Kind.PART: (_parse_part,),
    Kind.ALL_DAY: (_parse_all_day,),
    Kind.PARITY: (_parse_parity,),
    Kind.VACATION: (_parse_vacation,),
}
