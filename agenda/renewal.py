"""Last season's activities as next season's: the weekday stays, what falls on a holiday is left out and said.

A season runs from August to July and is called by the year in which it begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from agenda import permissions, signatures, workflow
from agenda.document import AMSTERDAM
from agenda.models import Activity
from agenda.when import DayOff, Slot
from partners.models import User

LATER = timedelta(weeks=52)  # whole weeks, so that a Tuesday stays a Tuesday
FIRST_MONTH = 8
SERIES = 4  # so many dates that keep clear of the school holidays do so on purpose
HOLIDAY = "feestdag"


@dataclass(frozen=True)
class Skipped:
    """A day that was left out, with the name of the holiday on it."""

    day: date
    why: str


@dataclass(frozen=True)
class Proposal:
    """`source` one season later. Its `token` is the same each time, and only we know it."""

    source: Activity
    slots: tuple[Slot, ...]
    skipped: tuple[Skipped, ...]
    season: int

    @property
    def token(self) -> UUID:
        return signatures.secret_uuid("agenda.renewal", f"{self.source.uuid}.{self.season}")


def season_of(day: date) -> int:
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def bounds(season: int) -> tuple[datetime, datetime]:
    """Its first moment, and the first moment after it."""
    first, following = (datetime(year, FIRST_MONTH, 1, tzinfo=AMSTERDAM) for year in (season, season + 1))
    return first, following


def sources(user: User, season: int) -> "QuerySet[Activity]":
    """The activities of one's own organisations that were let through and had a date in this season."""
    first, following = bounds(season)
    own = permissions.own_of(user).filter(status=workflow.APPROVED, organisation__isnull=False)
    held = own.filter(moments__start__gte=first, moments__start__lt=following)
    return held.order_by("organisation__name", "title", "pk").distinct()


def seasons(user: User) -> list[int]:
    """The seasons in which one's own organisations held something, the latest first."""
    own = permissions.own_of(user).filter(status=workflow.APPROVED, organisation__isnull=False)
    starts = own.filter(moments__isnull=False).values_list("moments__start", flat=True)
    return sorted({season_of(start.astimezone(AMSTERDAM).date()) for start in starts}, reverse=True)


def propose(activity: Activity, season: int, days_off: Sequence[DayOff]) -> Proposal:
    """The dates that `activity` had in `season`, a year later. Its moments are read."""
    first, following = bounds(season)
    held = [moment for moment in activity.moments.all() if first <= moment.start < following]
    before = [Slot(one.start.astimezone(AMSTERDAM), _local(one.end), one.is_all_day) for one in held]
    avoided = _avoided(before, days_off)
    slots, skipped = [], []
    for slot in before:
        later = _shifted(slot, _year_later(slot.start.date(), days_off))
        why = _name(later.start.date(), avoided)
        if why and _name(slot.start.date(), days_off) != why:
            skipped.append(Skipped(later.start.date(), why))
        else:
            slots.append(later)
    return Proposal(activity, tuple(slots), tuple(skipped), season + 1)


def _avoided(before: Sequence[Slot], days_off: Sequence[DayOff]) -> list[DayOff]:
    """The public holidays; for a series that kept clear of the school holidays, those too."""
    schools = [one for one in days_off if one.kind != HOLIDAY]
    keeps_clear = len(before) >= SERIES and not any(_name(slot.start.date(), schools) for slot in before)
    return [one for one in days_off if keeps_clear or one.kind == HOLIDAY]


def _year_later(day: date, days_off: Iterable[DayOff]) -> date:
    """52 weeks later; what is held on a public holiday goes along with that holiday."""
    holidays = [one for one in days_off if one.kind == HOLIDAY]
    name, near = _name(day, holidays), day + LATER
    namesakes = [one.first for one in holidays if one.name == name and abs(one.first - near) < LATER / 4]
    return namesakes[0] if namesakes else near


def _name(day: date, days_off: Iterable[DayOff]) -> str:
    return next((one.name for one in days_off if one.first <= day <= one.last), "")


def _shifted(slot: Slot, day: date) -> Slot:
    """The same times on the clock on another day."""
    start = datetime.combine(day, slot.start.time(), AMSTERDAM)
    if slot.end is None:
        return Slot(start, None, slot.all_day)
    days = slot.end.date() - slot.start.date()
    return Slot(start, datetime.combine(day + days, slot.end.time(), AMSTERDAM), slot.all_day)


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(AMSTERDAM) if moment else None
