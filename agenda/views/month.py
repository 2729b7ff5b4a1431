"""The month as a table: a cell for each day, with the number of dates and a link to that day."""

from calendar import Calendar, monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count
from django.utils.formats import date_format

from agenda import days
from agenda.filters.selection import Selection, within
from agenda.views.choices import address
from agenda.views.window import Here


@dataclass(frozen=True)
class Cell:
    """One day; `url` is '' outside the month."""

    day: date
    count: int = 0
    url: str = ""
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month of the agenda; `before` is '' for the month that is now. `total`: dates in this month."""

    name: str
    total: int
    weekdays: list[tuple[str, str]]
    weeks: list[list[Cell]]
    before: str
    after: str


def month(selection: Selection, here: Here) -> Month:
    """The month of the first day asked for, else this month. One query, and one more when searching."""
    today = days.today(here.now)
    first = (selection.period(here.now).first or today).replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    free = selection.without("periode")
    counted = (
        free.occurrences(here.now)
        .filter(within(days.Period(first, last)))
        .order_by()
        .values_list("day")
        .annotate(count=Count("pk"))
    )
    numbers = dict(counted)
    weeks = [
        [_cell(day, first, numbers, free, today) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        date_format(first, "F Y"),
        sum(numbers.values()),
        [(date_format(cell.day, "l"), date_format(cell.day, "D")) for cell in weeks[0]],
        weeks,
        _link(free, first - timedelta(days=1)) if first > today else "",
        _link(free, last + timedelta(days=1)),
    )


def _cell(day: date, first: date, numbers: dict[date, int], free: Selection, today: date) -> Cell:
    if day.month != first.month:
        return Cell(day)
    return Cell(day, numbers.get(day, 0), address(replace(free, van=day, tot=day)), day == today)


def _link(free: Selection, day: date) -> str:
    first = day.replace(day=1)
    return address(
        replace(free, van=first, tot=first.replace(day=monthrange(first.year, first.month)[1])),
        weergave="maand",
    )
