"""Which year a written day is in, and whether it exists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.notes import Notes
from agenda.when.plan import Day, Span
from agenda.when.words import day_in_words, month_name, weekday_name

YEARS_BACK, YEARS_AHEAD = 2, 5
_RECENT = timedelta(183)
_SOON = timedelta(31)
_LONGEST = 330  # days that a period without written years may last


@dataclass
class Years:
    """Dates for written days, seen from today; what does not exist is refused in the notes."""

    today: date
    notes: Notes

    def resolve_all(self, days: Sequence[Day]) -> list[date]:
        """The dates of days in one list; a year written for one holds for its neighbours."""
        found: list[date] = []
        previous: date | None = None
        for place, day in enumerate(days):
            later = next((other for other in days[place:] if other.year), None)
            until = later.in_year(later.year) if later and not day.year else None
            resolved = self.resolve(day, since=previous, until=until)
            if resolved:
                found.append(resolved)
                previous = resolved if day.year or previous else None
        return self._begun(days, found) if len(found) == len(days) else found

    def _begun(self, days: Sequence[Day], found: list[date]) -> list[date]:
        """A row that began some weeks ago and goes on now: its first days are of this year."""
        goes_on = any(self.today <= when <= self.today + _SOON for when in found)
        if not goes_on:
            return found
        return [self._earlier(day, when) for day, when in zip(days, found, strict=True)]

    def _earlier(self, day: Day, when: date) -> date:
        past = None if day.year else day.in_year(when.year - 1)
        is_near = past is not None and self.today - _SOON <= past < self.today
        is_named = past is not None and day.weekday in (None, past.weekday())
        return past if past and is_near and is_named else when

    def resolve(self, day: Day, *, since: date | None = None, until: date | None = None) -> date | None:
        """The date in its written year, or the last one until, or the first one since (default today)."""
        if not self.is_possible(day):
            return None
        years = self._years(day, since, until)
        found = next((found for year in years if (found := self._fits(day, year, since, until))), None)
        found = found or next((other for year in years if (other := day.in_year(year))), None)
        if found is None:
            self.notes.refuse(_("Deze datum bestaat niet"))
        if found is None or not self._in_window(found):
            return None
        return self._right_weekday(day, found)

    def _years(self, day: Day, since: date | None, until: date | None) -> list[int]:
        if day.year:
            return [day.year]
        if until:
            return [until.year - back for back in range(9)]
        return [(since or self.today).year + ahead for ahead in range(9)]

    def _fits(self, day: Day, year: int, since: date | None, until: date | None) -> date | None:
        found = day.in_year(year)
        if found is None or day.year:
            return found
        if until:
            return found if found <= until else None
        return found if found >= (since or self.today) else None

    def is_possible(self, day: Day) -> bool:
        """Whether the day exists in some year, and in its own; if not, it is refused."""
        if day.feast or day.nth or day.day == 0:
            return True
        if not 1 <= day.month <= 12:
            text = _("De datum %(day)d-%(month)d bestaat niet") % {"day": day.day, "month": day.month}
        elif Day(day.month, day.day).in_year(2028) is None:
            text = _("%(day)s bestaat niet") % {"day": f"{day.day} {month_name(day.month)}"}
        elif day.year and 1 <= day.year <= 9999 and day.in_year(day.year) is None:
            text = _("%(day)s bestaat niet") % {"day": f"{day.day} {month_name(day.month)} {day.year}"}
        elif day.year and not 1583 <= day.year <= 4099:
            text = _("Het jaar %(year)d kan niet in de agenda") % {"year": day.year}
        else:
            return True
        self.notes.refuse(text)
        return False

    def last_day(self) -> date:
        """The last day that a new date may be on."""
        return _plus_years(self.today, YEARS_AHEAD)

    def _in_window(self, found: date) -> bool:
        """New dates lie between two years back and five years ahead."""
        if _plus_years(self.today, -YEARS_BACK) <= found <= _plus_years(self.today, YEARS_AHEAD):
            return True
        day = {"day": day_in_words(found)}
        is_past = found < self.today
        text = _("%(day)s is te lang geleden voor de agenda") if is_past else _("%(day)s ligt te ver weg")
        self.notes.refuse(text % day)
        return False

    def _right_weekday(self, day: Day, found: date) -> date | None:
        if day.weekday is None or found.weekday() == day.weekday:
            return found
        past = None if day.year else day.in_year(found.year - 1)
        if past and past.weekday() == day.weekday and self.today - past <= _RECENT:
            return past
        names = {
            "day": day_in_words(found),
            "is": weekday_name(found.weekday()),
            "not": weekday_name(day.weekday),
        }
        self.notes.refuse(_("%(day)s is een %(is)s, geen %(not)s") % names)
        return None

    def span(self, span: Span, *, begins_later: bool = False) -> tuple[date, date] | None:
        """First and last date; one that runs today counts as this one, unless it may only begin later."""
        first, last = span.first, span.last
        if first.year or begins_later:
            begin = self.resolve(first)
            end = self.resolve(last, since=begin) if begin else None
            return self.ordered(begin, end, last)
        end = self.resolve(last)
        begin = self.resolve(first, until=end) if end else None
        if begin and begin < self.today - _RECENT and not last.year:
            begin = self.resolve(first)
            end = self.resolve(last, since=begin) if begin else None
        return self.ordered(begin, end, last)

    def ordered(self, begin: date | None, end: date | None, last: Day) -> tuple[date, date] | None:
        """First and last date; refused when the last is earlier, or would be but for its unwritten year."""
        if begin is None or end is None:
            return None
        if not last.year and (end - begin).days > _LONGEST:
            end = last.in_year(end.year - 1) or end
        if end < begin:
            names = {"end": day_in_words(end), "begin": day_in_words(begin)}
            self.notes.refuse(_("De laatste dag (%(end)s) ligt voor de eerste dag (%(begin)s)") % names)
            return None
        return begin, end


def _plus_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
