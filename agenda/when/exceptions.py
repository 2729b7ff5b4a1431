"""Which days of a series are left out, and which public holidays are asked about."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import (
    Day,
    Holidays,
    Item,
    Month,
    Nth,
    Plan,
    Span,
    Vacation,
    Weekday,
    Weekend,
    nth_weekday,
)
from agenda.when.slots import DayOff
from agenda.when.words import month_name
from agenda.when.years import Years


@dataclass(frozen=True)
class Off:
    """The days off that are known, and what a written item covers of them."""

    days_off: Sequence[DayOff]

    def vacations(self, name: str) -> list[DayOff]:
        """School holidays of a name in lower case; an empty name gives all."""
        all_ = [off for off in self.days_off if off.kind == "schoolvakantie"]
        return [off for off in all_ if name in off.name.lower()]

    def holidays(self) -> list[DayOff]:
        return [off for off in self.days_off if off.kind == "feestdag"]

    def covers(self, item: Item, day: date) -> bool:
        """Whether a written item holds for a day."""
        match item:
            case Weekday():
                return item.weekday == day.weekday()
            case Vacation():
                return any(off.first <= day <= off.last for off in self.vacations(item.name))
            case Holidays():
                return any(off.first <= day <= off.last for off in self.holidays())
        return _holds(item, day)

    def knows(self, item: Item) -> bool:
        if isinstance(item, Vacation):
            return bool(self.vacations(item.name))
        return not isinstance(item, Holidays) or bool(self.holidays())


def _holds(item: Item, day: date) -> bool:
    """Whether a written item that needs no list of days off holds for a day."""
    match item:
        case Day():
            return item.in_year(item.year or day.year) == day
        case Span():
            return _in_span(item, day)
        case Nth():
            return nth_weekday(day.year, day.month, item.n, item.weekday) == day
        case Month():
            return item.month == day.month and item.year in (0, day.year)
    return isinstance(item, Weekend) and day.weekday() >= 5


def _in_span(span: Span, day: date) -> bool:
    for year in (day.year, day.year - 1):
        first = span.first.in_year(span.first.year or year)
        last = span.last.in_year(span.last.year or year)
        if first and last and last < first and not span.last.year:
            last = span.last.in_year(year + 1)
        if first and last and first <= day <= last:
            return True
    return False


def without_exceptions(days: list[date], plan: Plan, off: Off, years: Years, notes: Notes) -> list[date]:
    """The days that are left; an exception that does not exist is said."""
    known = [item for item in plan.exceptions if off.knows(item) and _exists(item, years)]
    left = [day for day in days if not any(off.covers(item, day) for item in known)]
    if days and not left:
        notes.refuse(all_skipped())
    return left


def all_skipped() -> str:
    return _("Alle dagen zijn overgeslagen. Welke dag blijft over?")


def _exists(item: Item, years: Years) -> bool:
    """Refuses 31 november, and a weekday that disagrees with a date whose year is written."""
    days = (item.first, item.last) if isinstance(item, Span) else (item,) if isinstance(item, Day) else ()
    return all(years.is_possible(day) for day in days)


def check_hits(days: list[date], plan: Plan, off: Off, notes: Notes, *, is_series: bool) -> None:
    """A written date that is not in the series is probably a mistake: the real one would not be skipped.
    Beside single days it says nothing."""
    known = [item for item in plan.exceptions if off.knows(item)]
    dated = [item for item in known if isinstance(item, Day | Span | Month) and _name(item)]
    missed = [item for item in dated if not any(off.covers(item, day) for day in days)]
    for item in missed if days else ():
        name = {"day": _name(item)}
        if not is_series or isinstance(item, Month):
            notes.assume(_("Dit zetten we niet bij de tijd: %(piece)s.") % {"piece": name["day"]})
        elif len(missed) == len(known):
            notes.refuse(_("%(day)s valt niet in deze reeks. Kijk de datum na") % name)
        else:
            notes.ask(_("%(day)s valt niet in deze reeks. Klopt de dag?") % name)


def _name(item: Day | Span | Month) -> str:
    """3 maart, 3 maart – 5 maart, maart; "" for a feast, which is on its day every year."""
    if isinstance(item, Span):
        return " – ".join(name for day in (item.first, item.last) if (name := _name(day)))
    if isinstance(item, Month):
        return month_name(item.month)
    if not item.day or not 1 <= item.month <= 12:
        return ""
    return " ".join(str(part) for part in (item.day, month_name(item.month), item.year) if part)


def ask_holidays(days: Sequence[date], plan: Plan, off: Off, skip: Set[date], notes: Notes) -> None:
    """A public holiday inside a series is asked about, never dropped by itself; `skip` has the answers."""
    for day in days:
        if any(off.covers(item, day) for item in plan.kept):
            continue
        for holiday in off.holidays():
            if holiday.first <= day <= holiday.last:
                name = {"day": f"{day.day} {month_name(day.month)}", "name": holiday.name}
                question = "" if day in skip else _("%(day)s is %(name)s. Overslaan?") % name
                notes.ask_about(day, question)
