"""What bounds and counts beside single days can only mean: "28 november 20.00 t/m 3 december"."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import Day, Item, Nth, Plan, Span, Weekday
from agenda.when.series import RULES
from agenda.when.words import weekday_name
from agenda.when.years import Years


def is_series(plan: Plan) -> bool:
    """Whether days repeat: by "elke", or a weekday between bounds."""
    if plan.is_every:
        return True
    has_rule = any(isinstance(item, RULES) for item in plan.items)
    is_bounded = plan.begin or plan.end or plan.count > 1 or plan.has_span or plan.periods or plan.length
    return has_rule and bool(is_bounded or plan.season or plan.before_vacation or plan.after_vacation)


def settle(plan: Plan, years: Years, notes: Notes) -> None:
    """Changes the plan: one day with an end becomes a span, one day with a count a series."""
    _unrepeat(plan)
    _name_day(plan, years)
    if is_series(plan) or any(not isinstance(item, Day) for item in plan.items):
        return
    if plan.begin and not plan.items:
        plan.used.add("begin")
        plan.group.items.append(plan.begin)
    items = plan.items
    if plan.end and len(items) <= 1:
        _until(plan, items, years.today, notes)
    elif plan.count > 1 and len(items) == 1:
        _weekly(plan, items[0], years, notes)
    elif plan.length and len(items) == 1:
        _for_days(plan, items[0], years, notes)


def _unrepeat(plan: Plan) -> None:
    """ "Elke dinsdag: 1, 8 en 22 december" are those days, which must all be that weekday; so are "laatste
    vrijdag van de maand: 27 november, 29 januari" and "6 bijeenkomsten op vrijdag: 15/1, 29/1"."""
    _drop_every_week(plan)
    days = [item for item in plan.items if isinstance(item, Day)]
    rules = [item for item in plan.items if not isinstance(item, Day)]
    bounds = plan.bounds.keys() - {"lasts", "repeat", "count"}
    is_listed = len(days) > 1 and not bounds and not plan.periods and bool(rules or plan.is_every)
    is_row = plan.is_every or plan.count > 1 or any(isinstance(item, Nth) for item in rules)
    timed = [group for group in plan.groups if group.has_time and not group.is_shared]
    if not is_listed or not is_row or len(timed) > 1 or plan.unit not in ("", "week", "month"):
        return
    weekdays = {item.weekday for item in rules if isinstance(item, Weekday | Nth)}
    if all(isinstance(item, Weekday | Nth) for item in rules):
        weekday = weekdays.pop() if len(weekdays) == 1 else None
        for group in plan.groups:
            group.items = [_named(item, weekday) for item in group.items if isinstance(item, Day)]
        if plan.interval > 1 and "repeat" in plan.said:
            plan.unplaced.append(plan.said["repeat"])
        plan.is_every, plan.unit = False, ""


def _drop_every_week(plan: Plan) -> None:
    """ "Jazz op zondag, elke laatste zondag van de maand": once a month."""
    ranked = {item.weekday for item in plan.items if isinstance(item, Nth)}
    for group in plan.groups if ranked else ():
        group.items = [i for i in group.items if not (isinstance(i, Weekday) and i.weekday in ranked)]


def _named(day: Day, weekday: int | None) -> Day:
    return day if weekday is None or day.weekday is not None else replace(day, weekday=weekday)


def _name_day(plan: Plan, years: Years) -> None:
    """ "Vrijdagavond van 20 tot 22 uur, 4 december": one day, named before its times."""
    items = plan.items
    if plan.is_every or len(items) != 2 or not isinstance(items[0], Weekday) or items[0].mode:
        return
    day = items[1]
    if not isinstance(day, Day) or day.weekday is not None or len(plan.groups) != 2:
        return
    is_own = plan.groups[1].has_time and not plan.groups[1].is_shared
    if not is_own and _is_named(day, items[0].weekday, years):
        plan.groups[0].items, plan.groups[1].items = [day], []


def _is_named(day: Day, weekday: int, years: Years) -> bool:
    found = [when for n in range(2) if (when := day.in_year(day.year or years.today.year + n))]
    coming = next((when for when in found if when >= years.today), None)
    return coming is not None and coming.weekday() == weekday


def _until(plan: Plan, items: list[Item], today: date, notes: Notes) -> None:
    plan.used.add("end")
    first = items[0] if items else Day(today.month, today.day, today.year)
    if not items:
        notes.assume(_("We beginnen vandaag en lezen dit als elke dag."))
    if plan.end and isinstance(first, Day):
        group = next((group for group in plan.groups if group.items), plan.group)
        group.items[:] = [Span(first, plan.end)]


def _weekly(plan: Plan, item: Item, years: Years, notes: Notes) -> None:
    day = years.resolve(item) if isinstance(item, Day) else None
    if day:
        plan.is_every, plan.unit = True, "week"
        name = {"weekday": weekday_name(day.weekday())}
        notes.assume(_("We lezen dit als elke week op %(weekday)s.") % name)


def _for_days(plan: Plan, item: Item, years: Years, notes: Notes) -> None:
    first = years.resolve(item) if isinstance(item, Day) else None
    if first and plan.length % 7 == 0:
        _weekly(plan, item, years, notes)
    elif first:
        plan.used.add("length")
        last = first + timedelta(plan.length - 1)
        group = next(group for group in plan.groups if group.items)
        group.items[:] = [Span(Day.of(first), Day.of(last))]
