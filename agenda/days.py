"""The city's days: a night belongs to the day before it, until five in the morning. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from agenda.document import AMSTERDAM

NIGHT = timedelta(hours=5)  # a date that starts before 05.00 belongs to the evening before
EVENING = time(17)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Period:
    """Days from `first` up to and including `last`; None is open. `starts_from`: no earlier start counts."""

    first: date | None = None
    last: date | None = None
    starts_from: datetime | None = None


def day_of(start: datetime, *, is_all_day: bool) -> date:
    """The day under which a date stands in the agenda."""
    local = start.astimezone(AMSTERDAM)
    return local.date() if is_all_day else (local - NIGHT).date()


def today(now: datetime) -> date:
    """The day of the agenda at this moment: at 02.00 at night still the day before."""
    return day_of(now, is_all_day=False)


def period(name: str, now: datetime) -> Period:
    """The days of vandaag, vanavond, morgen, weekend, week or maand. KeyError for another name."""
    day = today(now)
    ends = {
        "vandaag": day,
        "vanavond": day,
        "morgen": day + timedelta(days=1),
        "weekend": day + timedelta(days=SUNDAY - day.weekday()),
        "week": day + timedelta(days=SUNDAY - day.weekday()),
        "maand": day.replace(day=monthrange(day.year, day.month)[1]),
    }
    last = ends[name]
    starts = {"morgen": last, "weekend": max(day, last - timedelta(days=SUNDAY - SATURDAY))}
    evening = datetime.combine(day, EVENING, AMSTERDAM) if name == "vanavond" else None
    return Period(starts.get(name, day), last, evening)
