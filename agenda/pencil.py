"""Dates in pencil by day, each with what else is on at the same time: in pencil, and in the agenda."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from agenda.busy import held_on
from agenda.models import Option
from agenda.permissions import may_change_options, may_see_options
from agenda.radar import Held, Hours
from partners.permissions import Person


@dataclass(frozen=True)
class Pencilled:
    """`beside`: the other options at the same time; `held`: what the public sees at the same time."""

    option: Option
    is_own: bool
    beside: tuple[Option, ...]
    held: tuple[Held, ...]


def pencilled(user: Person, today: date) -> dict[date, list[Pencilled]]:
    """All that are open, in order; nothing for whoever may not see them."""
    if not may_see_options(user):
        return {}
    rows = list(Option.objects.open(today).select_related("organisation__kind", "venue"))
    by_day: dict[date, list[Pencilled]] = defaultdict(list)
    held = list(held_on({row.day for row in rows}))
    for row in rows:
        by_day[row.day].append(_beside(row, rows, held, is_own=may_change_options(user, row.organisation)))
    return dict(by_day)


def _beside(row: Option, rows: list[Option], held: list[Held], *, is_own: bool) -> Pencilled:
    hours = hours_of(row)
    others = (one for one in rows if one.day == row.day and one.pk != row.pk)
    return Pencilled(
        option=row,
        is_own=is_own,
        beside=tuple(one for one in others if hours_of(one).is_beside(hours)),
        held=tuple(one for one in held if one.hours.day == row.day and one.hours.is_beside(hours)),
    )


def hours_of(row: Option) -> Hours:
    return Hours.of(row.start, row.end, is_all_day=row.is_all_day)
