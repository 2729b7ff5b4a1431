"""Between which days a series runs: written bounds, months, school holidays, the season, or half a year."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.exceptions import Off
from agenda.when.notes import Notes
from agenda.when.plan import Day, Item, Month, Plan, Span, Vacation
from agenda.when.series import Window
from agenda.when.words import day_in_words, month_name
from agenda.when.years import Years

HALF_A_YEAR = timedelta(182)


def name_of(item: Item) -> str:
    """The name of a period, as it is named when it was not used."""
    if isinstance(item, Month):
        return month_name(item.month)
    return item.name if isinstance(item, Vacation) else ""


@dataclass
class Bounds:
    """Finds the windows of a plan; marks in it which bounds made a difference."""

    plan: Plan
    years: Years
    off: Off
    notes: Notes
    first_day: date

    def spans(self) -> list[Window]:
        """The written spans; periods beside them say nothing more."""
        for item in self.plan.periods:
            self.notes.leave(name_of(item))
        items = [item for item in self.plan.items if isinstance(item, Span)]
        return [Window(*span) for item in items if (span := self.years.span(item))]

    def after_vacation(self) -> date:
        """The first day that a series may use: after a school holiday when that is written."""
        name = self.plan.after_vacation
        after = [off.last for off in self.off.vacations(name) if off.last >= self.first_day]
        if not name or not after:
            return self.first_day
        self.plan.used.add("after_vacation")
        return min(after) + timedelta(1)

    def since(self, begin: date) -> list[Window]:
        """The windows of a series that begins on a day or later."""
        if self.plan.count > 1 and all(self.off.covers(item, begin) for item in self.plan.periods):
            return self._until(begin)
        return self._periods(begin) if self.plan.periods else self._until(begin)

    def _until(self, begin: date) -> list[Window]:
        """One window, by the first of its bounds that is written."""
        plan = self.plan
        if plan.end:
            plan.used.add("end")
            end = self.years.resolve(plan.end, since=None if plan.end.year else begin)
            bounds = self.years.ordered(begin, end, plan.end)
            return [Window(*bounds)] if bounds else []
        before = [off.first for off in self.off.vacations(plan.before_vacation) if off.first > begin]
        if plan.before_vacation and before:
            plan.used.add("before_vacation")
            return [Window(begin, min(before) - timedelta(1))]
        return [Window(begin, self._last(begin))]

    def _last(self, begin: date) -> date:
        plan = self.plan
        if plan.season:
            plan.used.add("season")
            year = plan.season if plan.season > 1 else 0
            end = self.years.resolve(Day(6, 30, year), since=begin) or begin
            self.notes.assume(_("We lezen het seizoen als tot en met %(day)s.") % {"day": day_in_words(end)})
            return end
        if plan.length:
            plan.used.add("length")
            return begin + timedelta(plan.length - 1)
        is_per_day = plan.unit == "day" and any(len(group.hours) == plan.count for group in plan.groups)
        if plan.count and not is_per_day:
            return self.years.last_day()
        self.notes.assume(_("Geen einddatum gelezen. We plannen een half jaar vooruit."))
        return begin + HALF_A_YEAR

    def _periods(self, begin: date) -> list[Window]:
        """Whole months and school holidays that the series is in."""
        windows = [window for item in self.plan.periods if (window := self._period(item, begin))]
        self.plan.used.add("end")
        end = self.years.resolve(self.plan.end, since=begin) if self.plan.end else None
        cut = [Window(max(w.first, begin), min(w.last, end or w.last)) for w in windows]
        return [window for window in cut if window.first <= window.last]

    def _period(self, item: Item, begin: date) -> Window | None:
        if isinstance(item, Vacation):
            found = [off for off in self.off.vacations(item.name) if off.last >= begin]
            first = min(found, key=lambda off: off.first, default=None)
            if first is None and self.off.knows(item):
                self.notes.leave(name_of(item))
            return Window(first.first, first.last) if first else None
        if isinstance(item, Month):
            last = self.years.resolve(Day(item.month, 0, item.year), since=begin)
            return Window(last.replace(day=1), last) if last else None
        return None
