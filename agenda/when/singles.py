"""Days that do not repeat: dates, spans, the coming weekdays and weekends."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.overrides import inside
from agenda.when.plan import Day, Group, Plan, Span, Weekday, Weekend
from agenda.when.series import Entry
from agenda.when.words import full_day
from agenda.when.years import Years


def single_entries(plan: Plan, years: Years, notes: Notes) -> list[Entry]:
    """The dates of a plan without a series, each with its group."""
    dates = _written(plan, years)
    entries: list[Entry] = []
    previous = years.today
    for group in plan.groups:
        for place, item in enumerate(group.items):
            found: list[date] = []
            if isinstance(item, Day):
                found = [day] if (day := dates.get(id(item))) else []
            elif isinstance(item, Span):
                found = _span(item, years)
            elif isinstance(item, Weekday) and (held := inside(group, entries)):
                found = [day for day in held if day.weekday() == item.weekday]
            elif isinstance(item, Weekday):
                found = [_weekday(item, _before(group, place, dates), previous, years.today, notes)]
            elif isinstance(item, Weekend):
                found = _weekend(item, years.today, notes)
            previous = max([previous, *found]) if isinstance(item, Day) else (found or [previous])[-1]
            entries.extend((day, group) for day in found)
    return entries


def _written(plan: Plan, years: Years) -> dict[int, date]:
    """The dates of all written days together, so that a year written once holds for its neighbours."""
    days = [item for group in plan.groups for item in group.items if isinstance(item, Day)]
    found = years.resolve_all(days)
    return {id(day): when for day, when in zip(days, found, strict=True)} if len(found) == len(days) else {}


def _span(span: Span, years: Years) -> list[date]:
    bounds = years.span(span)
    if bounds is None:
        return []
    return [bounds[0] + timedelta(offset) for offset in range((bounds[1] - bounds[0]).days + 1)]


def _before(group: Group, place: int, dates: dict[int, date]) -> date | None:
    """The date right after a bare weekday: "vrijdag en zaterdag 28 november"."""
    following = next((item for item in group.items[place + 1 :] if isinstance(item, Day)), None)
    return dates.get(id(following)) if following else None


def _weekday(item: Weekday, before: date | None, since: date, today: date, notes: Notes) -> date:
    monday = today - timedelta(today.weekday())
    ahead = timedelta((item.weekday - today.weekday()) % 7)
    if item.mode == "week":
        return monday + timedelta(7 * item.weeks + item.weekday)
    if item.mode == "this":
        return today + ahead
    if item.mode == "later":
        return today + (ahead or timedelta(7)) + timedelta(7 * item.weeks)
    if item.mode == "following":
        return _said(monday + timedelta(7 + item.weekday), notes)
    if before is not None and not item.mode:
        return _said(before - timedelta((before.weekday() - item.weekday) % 7 or 7), notes)
    day = since + timedelta((item.weekday - since.weekday()) % 7 or 7)
    return day if item.mode == "next" else _said(day, notes)


def _said(day: date, notes: Notes) -> date:
    notes.assume(_("We lezen dit als %(day)s.") % {"day": full_day(day)})
    return day


def _weekend(item: Weekend, today: date, notes: Notes) -> list[date]:
    saturday = today - timedelta(today.weekday()) + timedelta(5 + 7 * item.weeks)
    notes.assume(_("We lezen dit als zaterdag en zondag."))
    return [day for day in (saturday, saturday + timedelta(1)) if day >= today]
