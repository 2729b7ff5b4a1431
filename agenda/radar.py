"""Datumradar: how busy a day is for the same people, and which days near it are quieter. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from agenda.days import day_of
from agenda.document import AMSTERDAM
from agenda.when import DayOff

WEEKS = (-3, -2, -1, 1, 2, 3)
MOST_QUIETER = 3
DAY_ENDS = 29 * 60  # a day in the agenda lasts until five in the night
USUAL_LENGTH = 120
HOLIDAY = "feestdag"


@dataclass(frozen=True)
class Hours:
    """A day in the agenda, and from when till when on it, in minutes by the clock from its midnight."""

    day: date
    first: int
    last: int

    @classmethod
    def of(cls, start: datetime, end: datetime | None, *, is_all_day: bool) -> "Hours":
        """Without an end it takes two hours; of what lasts for days only the first counts."""
        day = day_of(start, is_all_day=is_all_day)
        if is_all_day:
            return cls(day, 0, DAY_ENDS)
        first = _minutes(start, day)
        last = _minutes(end, day) if end else first + USUAL_LENGTH
        return cls(day, first, min(max(last, first + 1), DAY_ENDS))

    def is_beside(self, other: "Hours") -> bool:
        """At the same time, by the clock; on whatever day."""
        return self.first < other.last and other.first < self.last


def _minutes(moment: datetime, day: date) -> int:
    local = moment.astimezone(AMSTERDAM).replace(tzinfo=None)
    return int((local - datetime.combine(day, datetime.min.time())).total_seconds() // 60)


@dataclass(frozen=True)
class Held:
    """Something that is held: when, for whom (codes; without one for everybody) and in which district."""

    hours: Hours
    audiences: frozenset[str] = frozenset()
    district: str = ""
    title: str = ""
    link: str = ""
    start: datetime | None = None

    def is_for_the_same(self, other: "Held") -> bool:
        return not self.audiences or not other.audiences or bool(self.audiences & other.audiences)

    def is_in_the_same_district(self, other: "Held") -> bool:
        return bool(self.district) and self.district == other.district


@dataclass(frozen=True)
class Busyness:
    """Of one day: what is held for the same people; of these at the same time, and in the same district."""

    day: date
    others: int = 0
    at_once: int = 0
    nearby: int = 0

    @property
    def rank(self) -> tuple[int, int, int]:
        """The lower the quieter: what takes place at the same time counts before all else."""
        return self.at_once, self.others, self.nearby


@dataclass(frozen=True)
class Radar:
    """What to know of the day that somebody plans. Information: it never stops anybody."""

    plan: Held
    held: tuple[Held, ...]
    days_off: tuple[DayOff, ...]
    today: date

    @property
    def day(self) -> date:
        return self.plan.hours.day

    @cached_property
    def others(self) -> list[Held]:
        """That day, for the same people: those at the same time first, then by the clock."""
        found = [one for one in self.held if one.hours.day == self.day and one.is_for_the_same(self.plan)]
        return sorted(found, key=lambda one: (not self.is_at_once(one), one.hours.first, one.title))

    def is_at_once(self, other: Held) -> bool:
        return other.hours.is_beside(self.plan.hours)

    @cached_property
    def busyness(self) -> Busyness:
        return self._busyness(self.day, self.others)

    @property
    def named(self) -> list[str]:
        """The holidays on that day, public ones first."""
        return [one.name for one in sorted(self._off_on(self.day), key=lambda one: one.kind != HOLIDAY)]

    @cached_property
    def quieter(self) -> list[Busyness]:
        """At most three days near it, on the same day of the week, that are quieter; the quietest first."""
        by_day = _by_day(one for one in self.held if one.is_for_the_same(self.plan))
        found = [
            self._busyness(day, by_day.get(day, ()))
            for day in days_near(self.day)
            if day >= self.today and not self._is_off(day)
        ]
        quieter = [one for one in found if one.rank < self.busyness.rank]
        return sorted(quieter, key=lambda one: (one.rank, abs(one.day - self.day), one.day))[:MOST_QUIETER]

    def _busyness(self, day: date, others: Sequence[Held]) -> Busyness:
        return Busyness(
            day=day,
            others=len(others),
            at_once=sum(self.is_at_once(one) for one in others),
            nearby=sum(one.is_in_the_same_district(self.plan) for one in others),
        )

    def _is_off(self, day: date) -> bool:
        """A public holiday; or a school holiday, unless it is planned in one."""
        in_school_time = not any(one.kind != HOLIDAY for one in self._off_on(self.day))
        return any(one.kind == HOLIDAY or in_school_time for one in self._off_on(day))

    def _off_on(self, day: date) -> list[DayOff]:
        return [one for one in self.days_off if one.first <= day <= one.last]


def days_near(day: date) -> list[date]:
    """The same day of the week, three weeks back and ahead."""
    return [day + timedelta(weeks=weeks) for weeks in WEEKS]


def _by_day(held: Iterable[Held]) -> dict[date, list[Held]]:
    days = sorted(held, key=lambda one: one.hours.day)
    return {day: list(found) for day, found in groupby(days, key=lambda one: one.hours.day)}
