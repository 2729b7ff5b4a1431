"""From written times to minutes of the day: which eight o'clock, and when it ends."""

from dataclasses import dataclass, replace
from datetime import time

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import Clock, Day, Hours
from cultuurportaal.templatetags.portal import clock

DAY = 24 * 60
_EARLY = 6 * 60
_CHOSEN = "hour"
_SPOKEN_EVENING = 9  # "8 uur" is read as 20.00, "9 uur" as 09.00


@dataclass(frozen=True)
class Minutes:
    """Minutes since midnight; an end above 1440 is on the next day. `until` is another day it ends on."""

    start: int
    end: int | None = None
    until: Day | None = None

    def of_the_night(self) -> "Minutes":
        """The same after midnight, when it is of a night that began the day before."""
        if self.start >= DAY // 2:
            return self
        return Minutes(self.start + DAY, None if self.end is None else self.end + DAY, self.until)


def in_minutes(hours: Hours, part: str, notes: Notes) -> Minutes | None:
    """The times of one performance; None (with an error noted) for a time that does not exist."""
    clocks = [clock for clock in (hours.start, hours.end) if clock]
    if not all(_exists(clock, is_end=clock is not hours.start, notes=notes) for clock in clocks):
        return None
    choices = Notes()
    minutes = _minutes(hours, part, choices, notes)
    if minutes and choices.assumptions:
        _say(minutes, notes)
    return minutes


def _minutes(hours: Hours, part: str, choices: Notes, notes: Notes) -> Minutes | None:
    start, end = _with_parts(hours, part)
    first = _start(start, end, choices)
    if end is None:
        return Minutes(first, first + hours.length if hours.length else None)
    if hours.until is not None:
        return Minutes(first, _alone(end, choices), hours.until)
    return _closed(first, end, choices, notes)


def _exists(clock: Clock, *, is_end: bool, notes: Notes) -> bool:
    written = f"{clock.hour:02d}.{clock.minute:02d}"
    if clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute):
        notes.refuse(_("%(time)s uur bestaat niet. Schrijf het zo: 20.00 uur") % {"time": written})
        return False
    if clock.hour == 24 and not is_end:
        notes.refuse(_("24.00 uur kan geen begintijd zijn. Schrijf 00.00 uur en de dag erna"))
        return False
    return True


def _with_parts(hours: Hours, part: str) -> tuple[Clock, Clock | None]:
    """The part of the day that each time has, from itself, from the other one, or from the days."""
    end_part = hours.end.part if hours.end else ""
    shared = "avond" if end_part == "nacht" else end_part
    start = replace(hours.start, part=hours.start.part or shared or part)
    end = replace(hours.end, part=end_part or part) if hours.end else None
    return start, end


def _placed(clock: Clock) -> int:
    """The minutes of a time whose part of the day is known, or that is written in 24 hours."""
    hour, total = clock.hour, clock.hour * 60 + clock.minute
    if not clock.is_spoken:
        late = hour < 12 and clock.part == "avond" and hour >= 5
        return total + 720 if late or (clock.part == "middag" and hour < 6) else total
    if clock.part == "avond":
        return total + 720 if hour < 12 else DAY + clock.minute
    if clock.part == "middag":
        return total + 720 if hour < 10 else total
    if clock.part == "nacht":
        return total % 720 if hour == 12 or hour < 9 else total + 720
    return total


def _start(start: Clock, end: Clock | None, notes: Notes) -> int:
    if start.part or not start.is_spoken:
        if start.is_short and start.hour < _SPOKEN_EVENING and not start.part:
            notes.assume(_CHOSEN)
        return _placed(start)
    if end is None:
        return _alone(start, notes)
    return _start_of_range(start, end, notes)


def _alone(clock: Clock, notes: Notes) -> int:
    """A time by itself; an hour that could be of the morning or the evening is said."""
    total = _placed(clock)
    if clock.part or not clock.is_spoken or clock.hour >= 12:
        return total
    total += 720 if clock.hour < _SPOKEN_EVENING else 0
    notes.assume(_CHOSEN)
    return total


def _start_of_range(start: Clock, end: Clock, notes: Notes) -> int:
    """10 tot 17 uur is as written; 2 tot 5 uur is in the afternoon."""
    total, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    is_written = not end.is_spoken and end.hour > 12 and start.hour >= 7
    if start.hour >= _SPOKEN_EVENING or is_written:
        return total
    if not end.is_spoken and total < last <= 12 * 60:
        notes.assume(_CHOSEN)
        return total
    if not end.is_spoken and end.hour > 12 and total + 720 >= last:
        return total
    total += 720
    notes.assume(_CHOSEN)
    return total


def _closed(start: int, end: Clock, choices: Notes, notes: Notes) -> Minutes | None:
    last = _placed(end)
    if end.is_spoken and (not end.part or last <= start) and last <= start:
        last = next(option for option in (last + 720, last + DAY, last + DAY + 720) if option > start)
        if not end.part and not (end.is_short and last % DAY == end.hour * 60 + end.minute):
            choices.assume(_CHOSEN)
    if last < start and last > _EARLY and not (start >= 18 * 60 and last <= 9 * 60):
        notes.refuse(
            _("De eindtijd (%(end)s uur) ligt voor de begintijd (%(start)s uur)") % _span(start, last)
        )
        return None
    if last == start:
        notes.assume(_("Begin en eind zijn gelijk. We zetten alleen het begin in de agenda."))
        return Minutes(start)
    return Minutes(start, last if last > start else last + DAY)


def _span(start: int, end: int) -> dict[str, str]:
    return {"start": clock_text(start), "end": clock_text(end)}


def clock_text(minutes: int) -> str:
    """20.00 (English: 20:00), of minutes since midnight."""
    return clock(time(minutes // 60 % 24, minutes % 60))


def _say(minutes: Minutes, notes: Notes) -> None:
    """ "We lezen dit als 20.00 uur." """
    start, end = clock_text(minutes.start), clock_text(minutes.end or 0)
    time = start if minutes.end is None or minutes.until else f"{start} – {end}"
    notes.assume(_("We lezen dit als %(time)s uur.") % {"time": time})
