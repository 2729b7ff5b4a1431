"""When nothing was found: which choice stands in the way, and on which days there is something."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, Q

from agenda import days
from agenda.filters.facets import window
from agenda.filters.selection import Selection, within
from agenda.models.listing import Occurrence, OccurrenceQuerySet

NEAREST_DAYS = 3


@dataclass(frozen=True)
class WayOut:
    """Leaving out `parameter` ('periode' for the days) gives `count` dates."""

    parameter: str
    count: int
    selection: Selection


def best_way_out(selection: Selection, now: datetime) -> WayOut | None:
    """The parameter whose removal gives most dates; None when no single one helps. At most three queries."""
    ways = _without_each(selection, now)
    if selection.q:
        without = selection.without("q")
        ways["q"] = _counted(without, now).count()
    name = max(ways, key=lambda one: ways[one], default="")
    return WayOut(name, ways[name], selection.without(name)) if name and ways[name] else None


def _without_each(selection: Selection, now: datetime) -> dict[str, int]:
    """Number of dates without each of the conditions, in one statement."""
    conditions = selection.conditions(now)
    if not conditions:
        return {}
    anyway, _is_whole = window(selection.without("periode"), now)
    asked = conditions.setdefault("periode", within(anyway))
    numbers = {
        name: Count("pk", filter=_all(one for other, one in conditions.items() if other != name))
        for name in conditions
    }
    coming = Occurrence.objects.public().filter(within(anyway) | asked, until__gt=now)
    found = selection.searched(coming).aggregate(**numbers)
    return {name: found[name] for name in conditions if name != "periode" or selection.has_period}


def _counted(selection: Selection, now: datetime) -> OccurrenceQuerySet:
    """The dates of the selection within the days that are counted."""
    return selection.occurrences(now).filter(within(window(selection, now)[0]))


def nearest_days(selection: Selection, now: datetime) -> list[date]:
    """The first days from the day asked for on which the rest of the selection has something."""
    first = selection.period(now).first or days.today(now)
    dates = selection.without("periode").occurrences(now).filter(day__gte=first)
    return list(dates.order_by("day").values_list("day", flat=True).distinct()[:NEAREST_DAYS])


def on(selection: Selection, day: date) -> Selection:
    """The rest of the selection on this day."""
    return replace(selection.without("periode"), van=day, tot=day)


def _all(conditions: Iterable[Q]) -> Q:
    combined = Q()
    for one in conditions:
        combined &= one
    return combined
