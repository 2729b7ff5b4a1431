"""From tokens to a plan: which words say days, times, rules, bounds and exceptions; the rest is reported."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agenda.when.bounds import parse_bound, parse_from
from agenda.when.clocks import hours_at
from agenda.when.cursor import Cursor
from agenda.when.days import dates_at, day_at
from agenda.when.finish import finish, remember
from agenda.when.groups import add_hours, add_item
from agenda.when.kinds import Kind
from agenda.when.nights import parse_night, parse_two_days
from agenda.when.periods import (
    RANGES,
    parse_after,
    parse_month,
    parse_season,
    parse_until_season,
    parse_vacation,
)
from agenda.when.plan import Day, Hours, Plan, Span
from agenda.when.remarks import parse_ignored, parse_replaced, parse_vague_time
from agenda.when.rules import (
    parse_closed,
    parse_count,
    parse_every,
    parse_except,
    parse_kept,
    parse_later,
    parse_length,
)
from agenda.when.weekdays import parse_ordinal, parse_week, parse_weekday, parse_weekend, parse_workdays

Handler = Callable[[Cursor, Plan, date], int]
_SILENT = frozenset(
    {Kind.AND, Kind.COMMA, Kind.BREAK, Kind.DASH, Kind.BETWEEN, Kind.TO, Kind.PAST, Kind.BEGINS, Kind.ALSO}
    | {Kind.HOUR, Kind.OF_MONTH, Kind.FROM, Kind.LASTING, Kind.BUT}
)
_CLOCKS = (Kind.TIME, Kind.NUMBER, Kind.HALF, Kind.QUARTER)


def parse(cursor: Cursor, today: date) -> Plan:
    """Reads all tokens; each one is used, silent, or left over. Never fails."""
    plan = Plan()
    while not cursor.is_done:
        kind, before = cursor.kind(cursor.place), plan.bounds
        after = _first(cursor, plan, today, kind)
        remember(cursor, plan, before, after)
        if after <= cursor.place:
            _leave(cursor, plan)
            after = cursor.place + 1
        cursor.place = after
    finish(plan)
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


def _parse_dates(cursor: Cursor, plan: Plan, today: date) -> int:
    found = dates_at(cursor, cursor.place, today)
    if found is None:
        return 0
    item, after = found
    add_item(plan, item)
    read = [cursor.at(place) for place in range(cursor.place, after)]
    parts = (token.name for token in read if token.kind in (Kind.RELATIVE, Kind.WEEKDAY) and token.name)
    plan.group.part = next(parts, plan.group.part)
    plan.dashed += [(token.start, token.end) for token in read if token.name == "dashed"]
    return after


def _parse_between_days(cursor: Cursor, plan: Plan, today: date) -> int:
    """ "Tussen 8 juli en 26 augustus": a period."""
    first = day_at(cursor, cursor.place + 1, today) if cursor.at(cursor.place).name == "between" else None
    if first is None or cursor.kind(first[1]) is not Kind.AND:
        return 0
    last = day_at(cursor, first[1] + 1, today)
    if last is None:
        return 0
    add_item(plan, Span(first[0], last[0]))
    return last[1]


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
    plan.group.places = (cursor.at(cursor.place).start, cursor.at(after - 1).end)
    return after


def _until_other_day(cursor: Cursor, plan: Plan, place: int, today: date) -> tuple[Day, int, Hours] | None:
    """ "28 november 20.00 tot 29 november 02.00": the end has a day of its own."""
    if cursor.kind(place) not in RANGES or plan.is_every or not _is_one_day(plan):
        return None
    day = day_at(cursor, place + 1, today)
    end = hours_at(cursor, day[1]) if day else None
    if day is None or end is None or len(end[0]) != 1 or end[0][0].end is not None:
        return None
    return day[0], end[1], end[0][0]


def _is_one_day(plan: Plan) -> bool:
    items = plan.group.items
    return bool(items) and isinstance(items[-1], Day)


def _parse_part(cursor: Cursor, plan: Plan, _today: date) -> int:
    """'s Avonds; after "elke" it also says every day."""
    if cursor.kind(cursor.place - 1) is Kind.EVERY:
        plan.unit = plan.unit or "day"
    plan.group.part = cursor.at(cursor.place).name
    return cursor.place + 1


def _parse_label(cursor: Cursor, plan: Plan, _today: date) -> int:
    """Zaal 3, groep 3 t/m 8: numbers that are no day or time, reported with their word."""
    after = cursor.place + 1
    if cursor.kind(after) is not Kind.NUMBER or cursor.unit(after) is not Kind.BREAK:
        return 0
    while cursor.kind(after + 1) in RANGES and cursor.kind(after + 2) is Kind.NUMBER:
        if cursor.kind(after + 3) in (Kind.MONTH, Kind.HOUR):
            break
        after += 2
    plan.leftover.append((cursor.at(cursor.place).start, cursor.at(after).end))
    return after + 1


def _parse_choice(cursor: Cursor, plan: Plan, _today: date) -> int:
    """ "20.00 of 21.00 uur": both are read, and the maker is asked which one it is."""
    plan.is_choice = True
    return cursor.place + 1


def _parse_also(cursor: Cursor, plan: Plan, _today: date) -> int:
    """ "Zondag ook om 14.30": beside the times that other groups give that day."""
    if plan.group.items and not plan.group.has_time:
        plan.group.is_also = True
    else:
        plan.is_also = True
    return cursor.place + 1


def _parse_break(cursor: Cursor, plan: Plan, _today: date) -> int:
    """A new line: "gesloten" and "geen" after days are about the days of their own line."""
    plan.line = (len(plan.groups), len(plan.group.items), len(plan.periods))
    return cursor.place + 1


def _parse_all_day(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.group.is_all_day = True
    return cursor.place + 1


def _parse_parity(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.parity, plan.is_every = cursor.at(cursor.place).number, True
    return cursor.place + 1


_HANDLERS: dict[Kind, tuple[Handler, ...]] = {
    Kind.WEEKDAY: (_parse_dates, parse_weekday),
    Kind.DATE: (_parse_dates,),
    Kind.FEAST: (_parse_dates,),
    Kind.RELATIVE: (_parse_dates,),
    Kind.NUMBER: (parse_count, parse_ignored, _parse_dates, _parse_hours),
    Kind.ORDINAL: (_parse_dates, parse_ordinal),
    Kind.MONTH: (_parse_dates, parse_month),
    Kind.TIME: (parse_ignored, _parse_hours),
    Kind.HALF: (_parse_hours,),
    Kind.QUARTER: (_parse_hours,),
    Kind.BETWEEN: (parse_ignored, parse_two_days, _parse_between_days, _parse_hours),
    Kind.FROM: (parse_ignored, parse_from, _parse_hours),
    Kind.BEGINS: (parse_from,),
    Kind.THROUGH: (parse_until_season, parse_bound),
    Kind.UNTIL: (parse_until_season, parse_ignored, parse_bound),
    Kind.DASH: (parse_bound,),
    Kind.ENDS: (parse_until_season, parse_bound),
    Kind.AFTER: (parse_after, parse_vague_time),
    Kind.TO: (parse_vague_time,),
    Kind.PREVIOUS: (parse_replaced,),
    Kind.INSTEAD: (parse_replaced,),
    Kind.BREAK: (_parse_break,),
    Kind.SEASON: (parse_season,),
    Kind.LENGTH: (parse_length,),
    Kind.EVERY: (parse_every,),
    Kind.PAST: (parse_later,),
    Kind.TIMES: (parse_count,),
    Kind.LASTING: (parse_count,),
    Kind.EXCEPT: (parse_closed, parse_except),
    Kind.CANCELLED: (parse_closed,),
    Kind.ALSO: (parse_kept, _parse_also),
    Kind.DOOR: (parse_ignored,),
    Kind.DEADLINE: (parse_ignored,),
    Kind.MONEY: (parse_ignored,),
    Kind.AGE: (parse_ignored,),
    Kind.WEEK: (parse_week,),
    Kind.WEEKEND: (parse_weekend,),
    Kind.WORKDAYS: (parse_workdays,),
    Kind.PART: (parse_night, _parse_part),
    Kind.ALL_DAY: (_parse_all_day,),
    Kind.PARITY: (_parse_parity,),
    Kind.VACATION: (parse_vacation,),
    Kind.OR: (_parse_choice,),
    Kind.LABEL: (_parse_label,),
}
