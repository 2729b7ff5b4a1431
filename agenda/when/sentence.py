"""A sentence that the reader reads back to the same slots: how a maker edits what was entered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from agenda.when.slots import MAX_LENGTH, Slot
from agenda.when.vocabulary import MONTHS, WEEKDAYS

_FEW = 3


def sentence(slots: Sequence[Slot]) -> str:
    """A sentence of at most 500 characters for editing, "" when there is none that short. Always Dutch, with
    every year written, so that it means the same tomorrow."""
    text = "; ".join(_parts(slots))
    return text if len(text) <= MAX_LENGTH else ""


def _parts(slots: Sequence[Slot]) -> list[str]:
    """One part for each set of days with the same times; parts are independent of one another."""
    days: dict[date, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.start, slot.end or slot.start)):
        days[slot.start.date()].append(slot)
    rows: dict[tuple[str, ...], list[date]] = defaultdict(list)
    parts: list[str] = []
    for day, held in days.items():
        rows[tuple(_time(slot) for slot in held if not _is_long(slot))].append(day)
        parts.extend(_long(slot) for slot in held if _is_long(slot))
    for times, dates in rows.items():
        parts.extend(_row(times, dates))
    return parts


def _row(times: tuple[str, ...], dates: list[date]) -> list[str]:
    """All-day parts stand apart from parts with times."""
    clocks = [time for time in times if time != _ALL_DAY]
    kinds = [_ALL_DAY] * (_ALL_DAY in times) + ([" en ".join(clocks)] if clocks else [])
    return [f"{_days(dates)} {kind}" for kind in kinds]


_ALL_DAY = "hele dag"


def _is_long(slot: Slot) -> bool:
    """Ends on another day, other than in the night after."""
    if slot.end is None or slot.end.date() == slot.start.date():
        return False
    is_next = slot.end.date() == slot.start.date() + timedelta(1)
    return not is_next or slot.end.hour >= 6 or slot.end.time() >= slot.start.time()


def _time(slot: Slot) -> str:
    if slot.all_day:
        return _ALL_DAY
    start = f"{slot.start:%H.%M}"
    return f"{start}-{slot.end:%H.%M}" if slot.end and slot.end != slot.start else f"{start} uur"


def _long(slot: Slot) -> str:
    end = slot.end or slot.start
    return f"{_date(slot.start.date())} {slot.start:%H.%M} tot {_date(end.date())} {end:%H.%M}"


def _date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _days(dates: list[date]) -> str:
    """The shortest of: every date, a series on weekdays with its exceptions, a span of days."""
    options = [_listed(dates)]
    if len(dates) > _FEW:
        options += [_weekly(dates, interval) for interval in (1, 2)]
    if len(dates) > 1 and (dates[-1] - dates[0]).days == len(dates) - 1:
        options.append(f"{_date(dates[0])} t/m {_date(dates[-1])}")
    return min((option for option in options if option), key=len)


def _listed(dates: Iterable[date]) -> str:
    """1, 8 en 15 december 2026 en 5 januari 2027"""
    months = groupby(dates, key=lambda day: (day.year, day.month))
    parts = [
        f"{', '.join(str(day.day) for day in days)} {MONTHS[month - 1]} {year}"
        for (year, month), days in months
    ]
    return ", ".join(parts)


def _weekly(dates: list[date], interval: int) -> str:
    """Every week, or every other one, on their weekdays from the first to the last; "" if that is not so."""
    weekdays = sorted({day.weekday() for day in dates})
    monday = dates[0] - timedelta(dates[0].weekday())
    span = [dates[0] + timedelta(offset) for offset in range((dates[-1] - dates[0]).days + 1)]
    series = [d for d in span if d.weekday() in weekdays and ((d - monday).days // 7) % interval == 0]
    if not set(dates) <= set(series):
        return ""
    every = "elke" if interval == 1 else "om de week op"
    skipped = [day for day in series if day not in set(dates)]
    without = f" niet op {_listed(skipped)}," if skipped else ""
    names = ", ".join(WEEKDAYS[day] for day in weekdays)
    return f"{every} {names} van {_date(dates[0])} t/m {_date(dates[-1])},{without}"
