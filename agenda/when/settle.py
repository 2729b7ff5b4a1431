"""What bounds and counts beside single days can only mean: "28 november 20.00 t/m 3 december"."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import Day, Item, Plan, Span, Weekday
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
    """ "Elke dinsdag: 1, 8 en 22 december" are those days, which must all be that weekday."""
    bounds = plan.bounds.keys() - {"lasts", "repeat"}
    days = [item for item in plan.group.items if isinstance(item, Day)]
    rest = [item for item in plan.group.items if not isinstance(item, Day)]
    if not plan.is_every or bounds or plan.periods or len(plan.groups) > 1 or len(days) < 2:
        return
    if all(isinstance(item, Weekday) for item in rest) and not plan.unit:
        weekday = rest[0].weekday if len(rest) == 1 and isinstance(rest[0], Weekday) else None
        plan.group.items = [day if weekday is None else replace(day, weekday=weekday) for day in days]
        plan.is_every = False


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
