"""Moments as machines write them, in the ways that pages in the wild have."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from agenda.imports.base import Remark, local
from agenda.when.slots import AMSTERDAM, Slot

LONG = timedelta(hours=36)
MOST_DAYS = 400
_FORM = re.compile(
    r"(?P<y>\d{4})-?(?P<m>\d{2})-?(?P<d>\d{2})"
    r"(?:[T ]+(?P<h>\d{1,2})[:.]?(?P<min>\d{2})(?:[:.]?(?P<s>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Stamp:
    """A day, perhaps with a time on the clock, perhaps with its distance to UTC as the source said it."""

    day: date
    clock: time | None = None
    offset: timedelta | None = None

    @property
    def moment(self) -> datetime:
        """In Amsterdam; a day without a time begins at midnight, a time without a zone is of Amsterdam."""
        naive = datetime.combine(self.day, self.clock or time())
        if self.offset is None or self.clock is None:
            return naive.replace(tzinfo=AMSTERDAM)
        return local((naive - self.offset).replace(tzinfo=UTC))

    @property
    def is_elsewhere(self) -> bool:
        """The source says a distance to UTC that Amsterdam does not have at that moment."""
        return self.offset is not None and self.clock is not None and self.moment.utcoffset() != self.offset


def stamp(text: str) -> Stamp | None:
    """'2026-12-05T20:00:00+01:00', '20261205T190000Z', '2026-12-05 20:00', '2026-12-05'; None otherwise."""
    found = _FORM.match(text.strip())
    if not found:
        return None
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
        if found["h"] is None:
            return Stamp(day)
        return Stamp(day, time(int(found["h"]), int(found["min"])), _offset(found["zone"]))
    except ValueError:
        return None


def _offset(zone: str | None) -> timedelta | None:
    if not zone:
        return None
    digits = re.search(r"([+-])(\d{1,2}):?(\d{2})?", zone)
    if not digits:
        return timedelta(0)
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    if minutes > 14 * 60:
        raise ValueError(zone)
    return timedelta(minutes=minutes if digits[1] == "+" else -minutes)


@dataclass(frozen=True)
class Period:
    """What a start and an end are together. Without a clock: one slot for each day."""

    slots: tuple[Slot, ...]
    has_clock: bool
    remarks: tuple[Remark, ...]


def period(start: Stamp, end: Stamp | None) -> Period:
    """The slots of one start and end, and what about them must be looked at."""
    remarks: list[Remark] = []
    if start.is_elsewhere:
        said = f"{start.clock:%H.%M}" if start.clock else ""
        remarks.append(Remark("zone", f"{said}|{start.moment:%H.%M}"))
    if end and (end.moment < start.moment if end.clock else end.day < start.day):
        remarks.append(Remark("end_before"))
        end = None
    if start.clock is None or _is_midnight(start, end):
        slots = _days(start.moment.date(), (end or start).moment.date())
        return Period(slots, has_clock=False, remarks=(*remarks, Remark("no_clock")))
    if end and end.clock is None and end.day != start.day:
        remarks.append(Remark("no_end_clock"))
    finish = end.moment if end and end.clock else None
    if finish and finish - start.moment > LONG:
        remarks.append(Remark("long", str((finish - start.moment).days)))
    slot = Slot(start.moment, finish if finish != start.moment else None)
    return Period((slot,), has_clock=True, remarks=tuple(remarks))


def _is_midnight(start: Stamp, end: Stamp | None) -> bool:
    """Midnight without an end, or until midnight or a minute before: a day whose time nobody filled in."""
    if start.clock != time() or start.is_elsewhere:
        return False
    return end is None or end.clock in {None, time(), time(23, 59)}


def _days(first: date, last: date) -> tuple[Slot, ...]:
    days = min((last - first).days, MOST_DAYS - 1) + 1
    midnights = (datetime.combine(first + timedelta(number), time(), AMSTERDAM) for number in range(days))
    return tuple(Slot(midnight, None, all_day=True) for midnight in midnights)
