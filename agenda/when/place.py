"""From dates and minutes to slots in Europe/Amsterdam, past midnight and in the nights the clock changes."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from agenda.when.hours import Minutes
from agenda.when.notes import Notes
from agenda.when.slots import AMSTERDAM, Slot
from agenda.when.words import clock_in_words, day_in_words
from agenda.when.years import Years


def all_day(day: date) -> Slot:
    return Slot(datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM), None, all_day=True)


def placed(day: date, minutes: Minutes, years: Years, notes: Notes) -> Slot | None:
    """One performance on a day; None, with an error noted, for a time that the clock skips."""
    start = _moment(day, minutes.start, notes)
    if start is None or minutes.end is None:
        return Slot(start) if start else None
    last = years.resolve(minutes.until, since=day) if minutes.until else day
    end = _moment(last, minutes.end, notes) if last else None
    if end is None:
        return None
    if end < start:
        names = {"end": day_in_words(end.date()), "begin": day_in_words(day)}
        notes.refuse(_("Het einde (%(end)s) ligt voor het begin (%(begin)s)") % names)
        return None
    return Slot(start, end)


def _moment(day: date, minutes: int, notes: Notes) -> datetime | None:
    """Local time; in the autumn overlap the first of the two."""
    days, rest = divmod(minutes, 24 * 60)
    midnight = datetime(day.year, day.month, day.day) + timedelta(days)  # noqa: DTZ001
    local = (midnight + timedelta(minutes=rest)).replace(tzinfo=AMSTERDAM)
    problem = skipped_by_the_clock(local)
    if problem:
        notes.refuse(problem)
    return None if problem else local


def skipped_by_the_clock(local: datetime) -> str:
    """In words, with what it may be instead, when the clock jumps over this local time; else ''."""
    real = local.astimezone(UTC).astimezone(AMSTERDAM)
    if real.replace(fold=0) == local and real.hour == local.hour:
        return ""
    names = {"day": day_in_words(local.date()), "time": clock_in_words(local), "real": clock_in_words(real)}
    return (
        _("Op %(day)s bestaat %(time)s uur niet: de klok gaat een uur vooruit. Bedoel je %(real)s uur?")
        % names
    )
