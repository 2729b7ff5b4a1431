"""Reading weekdays: di t/m zo, volgende week dinsdag, het weekend, elke tweede en vierde dinsdag."""

from dataclasses import replace
from datetime import date

from agenda.when.cursor import Cursor
from agenda.when.days import JOINS, dates_at, day_at, year_at
from agenda.when.groups import add_item
from agenda.when.kinds import Kind
from agenda.when.plan import Day, Group, Item, MonthDay, Nth, Plan, Weekday, Weekend
from agenda.when.tokens import Token


def parse_weekday(cursor: Cursor, plan: Plan, today: date) -> int:
    """A weekday by itself, or a range of them (di t/m zo)."""
    token = cursor.at(cursor.place)
    if bool(token.numbers[1]) and not plan.is_every and _labels_dates(cursor, today):
        if plan.group.items and plan.group.has_time:
            plan.groups.append(Group())
        plan.group.weekday = token.number
        plan.group.part = token.name or plan.group.part
        return cursor.place + 1
    plan.is_every = plan.is_every or bool(token.numbers[1])
    last = cursor.at(cursor.place + 2)
    days, after = [token.number], cursor.place + 1
    is_range = cursor.kind(after) in JOINS and last.kind is Kind.WEEKDAY
    if is_range and day_at(cursor, after + 1, today) is None:
        days = [(token.number + step) % 7 for step in range((last.number - token.number) % 7 + 1)]
        after += 2
    for day in days:
        add_item(plan, Weekday(day, *_week_before(cursor)))
    if token.name:
        plan.group.part = token.name
    return after


def _labels_dates(cursor: Cursor, today: date) -> bool:
    """ "Zaterdagen 5, 12 en 19 december" are those days; with "5 t/m 19 december" they are a series."""
    found = dates_at(cursor, cursor.place + 1, today)
    return found is not None and isinstance(found[0], Day)


def _week_before(cursor: Cursor) -> tuple[str, int]:
    before = cursor.at(cursor.place - 1)
    return (before.name, before.number) if before.kind is Kind.WEEK else ("", 0)


def parse_week(cursor: Cursor, plan: Plan, _today: date) -> int:
    """Aanstaande, volgende week: a word about the weekday after it, or before it."""
    token, after = cursor.at(cursor.place), cursor.kind(cursor.place + 1)
    if after in (Kind.WEEKDAY, Kind.WEEKEND):
        return cursor.place + 1
    items = plan.group.items
    changed = [_in_week(item, token) for item in items]
    plan.group.items = changed
    return cursor.place + 1 if changed != items or not token.number else 0


def _in_week(item: Item, week: Token) -> Item:
    if isinstance(item, Weekday) and not item.mode:
        return replace(item, mode=week.name, weeks=week.number)
    return item


def parse_weekend(cursor: Cursor, plan: Plan, today: date) -> int:
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


def parse_workdays(cursor: Cursor, plan: Plan, _today: date) -> int:
    plan.is_every = True
    for day in range(5):
        add_item(plan, Weekday(day))
    return cursor.place + 1


def parse_ordinal(cursor: Cursor, plan: Plan, _today: date) -> int:
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
    if (
        len(numbers) == 1
        and plan.is_every
        and numbers[0] in (2, 3)
        and cursor.kind(after) is not Kind.OF_MONTH
    ):
        plan.assumptions.append("nth-of-month")
    plan.is_every = True
    for number in numbers:
        add_item(plan, Nth(number, weekday.number))
    return after
