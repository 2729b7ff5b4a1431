"""What a feed is made of, and which days it covers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from agenda import days, ical
from agenda.document import AMSTERDAM
from agenda.models.listing import OccurrenceQuerySet

DAYS_BACK: Final = timedelta(days=31)
DROPPED_DAYS: Final = timedelta(days=30)
MONTHS_AHEAD: Final = 18


@dataclass(frozen=True)
class Recipe:
    """A feed in words: its dates (not yet limited to the window of days) and what stands around them.

    An impossible one was asked for with a value that does not exist; it has no dates and is not stored.
    """

    address: str
    scope: str
    name: str
    source_url: str
    occurrences: OccurrenceQuerySet
    wish: ical.Wish = field(default=ical.PLAIN)
    colour: str = ""
    is_possible: bool = True

    @property
    def opening(self) -> str:
        return ical.opening(self.name, source_url=self.source_url, colour=self.colour)


def turn_of_day(now: datetime) -> datetime:
    """When the present day of the agenda began: the window of feeds moves then."""
    return datetime.combine(days.today(now), datetime.min.time(), AMSTERDAM) + days.NIGHT


def dropped_since(now: datetime) -> datetime:
    """What was withdrawn or dropped stays in feeds, as cancelled, until 30 days after its date."""
    return turn_of_day(now) - DROPPED_DAYS


def in_window(occurrences: OccurrenceQuerySet, now: datetime) -> OccurrenceQuerySet:
    """The dates that feeds carry: 31 days back to 18 months ahead."""
    today = turn_of_day(now)
    return occurrences.in_feeds(dropped_since(now)).filter(
        until__gte=today - DAYS_BACK, start__lt=_months_later(today, MONTHS_AHEAD)
    )


def _months_later(moment: datetime, months: int) -> datetime:
    years, month = divmod(moment.month - 1 + months, 12)
    return moment.replace(year=moment.year + years, month=month + 1, day=min(moment.day, 28))
