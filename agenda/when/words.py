"""Words for days, times and rows of them, as the echo under the sentence says them.

Its names of days and months are those of `vocabulary` once more: each is a message for who translates.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from agenda.when.slots import Slot
from cultuurportaal.templatetags.portal import clock

LISTED = 4


def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    names = (
        _("maandag"),
        _("dinsdag"),
        _("woensdag"),
        _("donderdag"),
        _("vrijdag"),
        _("zaterdag"),
        _("zondag"),
    )
    return names[weekday]


def month_name(month: int) -> str:
    """January is 1."""
    first = (_("januari"), _("februari"), _("maart"), _("april"), _("mei"), _("juni"))
    last = (_("juli"), _("augustus"), _("september"), _("oktober"), _("november"), _("december"))
    return (*first, *last)[month - 1]


def day_in_words(day: date) -> str:
    """28 november 2026"""
    return f"{day.day} {month_name(day.month)} {day.year}"


def full_day(day: date) -> str:
    """zaterdag 28 november 2026"""
    return f"{weekday_name(day.weekday())} {day_in_words(day)}"


def clock_in_words(moment: datetime) -> str:
    """20.00, in English 20:00"""
    return clock(moment)


def listed(parts: Sequence[str]) -> str:
    """a, b en c"""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s en %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def say(slots: Sequence[Slot]) -> str:
    """Slots in words: a few one by one; many as a number, their weekdays, time, first and last day."""
    rows = _rows(slots)
    if len(rows) <= LISTED:
        return "; ".join(_row(day, times) for day, times in rows)
    return _summary(slots)


def _rows(slots: Sequence[Slot]) -> list[tuple[date, list[str]]]:
    days: dict[date, list[str]] = defaultdict(list)
    for slot in slots:
        days[slot.start.date()].append(_time(slot))
    return sorted(days.items())


def _row(day: date, times: list[str]) -> str:
    return f"{full_day(day)}, {_hours(times)}"


def _time(slot: Slot) -> str:
    if slot.all_day:
        return _("hele dag")
    if slot.end is None:
        return clock_in_words(slot.start)
    end = clock_in_words(slot.end)
    if (slot.end - slot.start).days or (slot.end.date() != slot.start.date() and slot.end.hour >= 12):
        end = f"{full_day(slot.end.date())} {end}"
    return f"{clock_in_words(slot.start)} – {end}"


def _summary(slots: Sequence[Slot]) -> str:
    """How often, on which weekdays at what time, and from when to when."""
    rows = _rows(slots)
    days = [day for day, _times in rows]
    count = _("%(count)d keer") % {"count": len(slots)}
    if len({tuple(times) for _day, times in rows}) == 1:
        return f"{count}{_on_days(days)}, {_hours(rows[0][1])}. {_bounds(days)}"
    parts = _by_weekday(rows)
    if not parts:
        differing = _(", op verschillende tijden")
        return f"{count}{_on_days(days)}{differing}. {_bounds(days)}"
    return f"{count}: {'; '.join(parts)}. {_bounds(days)}"


def _hours(times: Sequence[str]) -> str:
    if list(times) == [_("hele dag")]:
        return times[0]
    return _("%(times)s uur") % {"times": listed(times)}


def _by_weekday(rows: Sequence[tuple[date, list[str]]]) -> list[str]:
    """ "Dinsdag tot en met vrijdag, 10.00 – 17.00 uur", for each set of weekdays with times of their own;
    none when a weekday has other times from one week to the next."""
    held: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for day, times in rows:
        held[day.weekday()].add(tuple(times))
    if any(len(times) > 1 for times in held.values()):
        return []
    weekdays: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for weekday in sorted(held):
        weekdays[next(iter(held[weekday]))].append(weekday)
    return [f"{_weekdays(names)}, {_hours(times)}" for times, names in weekdays.items()]


def _weekdays(weekdays: Sequence[int]) -> str:
    """A few by name, a run of them as "dinsdag tot en met zondag"."""
    if len(weekdays) > 2 and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        run = {"first": weekday_name(weekdays[0]), "last": weekday_name(weekdays[-1])}
        return _("%(first)s tot en met %(last)s") % run
    return listed([weekday_name(day) for day in weekdays])


def _on_days(days: Sequence[date]) -> str:
    """The weekdays of a row of days."""
    weekdays = sorted({day.weekday() for day in days})
    if (days[-1] - days[0]).days == len(days) - 1:
        return _(", elke dag")
    if len(weekdays) == 7:
        return _(", op alle dagen van de week")
    return _(" op %(days)s") % {"days": _weekdays(weekdays)}


def _bounds(days: Sequence[date]) -> str:
    """From when to when; the name of the day stands with it unless it is the only one and said already."""
    is_one_weekday = len({day.weekday() for day in days}) == 1
    first, last = (day_in_words(day) if is_one_weekday else full_day(day) for day in (days[0], days[-1]))
    return _("Van %(first)s tot en met %(last)s.") % {"first": first, "last": last}
