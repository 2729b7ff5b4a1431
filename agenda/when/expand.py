"""From a plan to dates: single days resolved, series run between their bounds, exceptions taken out."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from agenda.when.exceptions import Off, all_skipped, ask_holidays, check_hits, without_exceptions
from agenda.when.notes import Notes
from agenda.when.overrides import overridden
from agenda.when.plan import Day, Group, Item, Month, MonthDay, Plan, Span, Vacation, Weekday
from agenda.when.series import RULES, Entry, Window, entries_between
from agenda.when.singles import single_entries
from agenda.when.words import day_in_words, full_day, month_name, weekday_name
from agenda.when.years import Years

HALF_A_YEAR = timedelta(182)


@dataclass
class Expansion:
    """Turns one plan into dates. `first_day` is the first that a series without a written begin may use;
    days in `skip` are left out of a series."""

    plan: Plan
    years: Years
    off: Off
    notes: Notes
    first_day: date
    skip: Set[date] = frozenset()

    def entries(self) -> list[Entry]:
        """Dates with the group whose times they have, in order; notes what was assumed, asked or wrong."""
        self._settle()
        entries = self._series() if self._is_series() else self._singles()
        return self._left_over(overridden(entries, self.plan.groups, self.notes))

    def _singles(self) -> list[Entry]:
        """Single days; a period beside them that they are not in is left unused."""
        entries = single_entries(self.plan, self.years, self.notes)
        for item in self.plan.periods:
            if self.off.knows(item) and not all(self.off.covers(item, day) for day, _group in entries):
                self.notes.leave(_name(item))
        return entries

    def _items(self) -> list[Item]:
        return [item for group in self.plan.groups for item in group.items]

    def _is_series(self) -> bool:
        plan, items = self.plan, self._items()
        has_rule = any(isinstance(item, RULES) for item in items)
        spans = any(isinstance(item, Span) for item in items)
        bounded = plan.begin or plan.end or plan.count > 1 or spans or plan.periods or plan.length
        return plan.is_every or (has_rule and bool(bounded))

    def _settle(self) -> None:
        """Bounds and counts beside single days: what they can only mean."""
        plan, items = self.plan, self._items()
        if self._is_series() or any(not isinstance(item, Day) for item in items):
            return
        if plan.begin and not items:
            plan.group.items.append(plan.begin)
            items = [plan.begin]
        if plan.end and len(items) <= 1:
            self._until(items)
        elif plan.count > 1 and len(items) == 1:
            self._weekly(items[0])
        elif plan.length and len(items) == 1:
            self._for_days(items[0])

    def _until(self, items: list[Item]) -> None:
        today = self.years.today
        first = items[0] if items else Day(today.month, today.day, today.year)
        if not items:
            self.notes.assume(_("We beginnen vandaag en lezen dit als elke dag."))
        if self.plan.end and isinstance(first, Day):
            group = next((group for group in self.plan.groups if group.items), self.plan.group)
            group.items[:] = [Span(first, self.plan.end)]

    def _weekly(self, item: Item) -> None:
        day = self.years.resolve(item) if isinstance(item, Day) else None
        if day:
            self.plan.is_every, self.plan.unit = True, "week"
            name = {"weekday": weekday_name(day.weekday())}
            self.notes.assume(_("We lezen dit als elke week op %(weekday)s.") % name)

    def _for_days(self, item: Item) -> None:
        first = self.years.resolve(item) if isinstance(item, Day) else None
        if first and self.plan.length % 7 == 0:
            self._weekly(item)
        elif first:
            last = first + timedelta(self.plan.length - 1)
            group = next(group for group in self.plan.groups if group.items)
            group.items[:] = [Span(_day(first), _day(last))]

    def _series(self) -> list[Entry]:
        groups = self._rule_groups()
        windows = self._windows(groups)
        if not windows:
            return []
        if self._starts_late(groups):
            first = windows[0].first
            self._follow(groups, first)
        entries = entries_between(self.plan, groups, windows)
        self._say_first(entries)
        return entries + self._extra_days(groups)

    def _rule_groups(self) -> list[Group]:
        """The groups that repeat; days with times of their own beside them are extra days."""
        groups = [group for group in self.plan.groups if any(isinstance(i, RULES) for i in group.items)]
        if groups:
            before = self.plan.groups[: self.plan.groups.index(groups[0])]
            return [group for group in before if self._is_wide(group)] + groups
        return [group for group in self.plan.groups if group.has_time][:1] or self.plan.groups[:1]

    def _is_wide(self, group: Group) -> bool:
        """Times for every day beside those of some weekdays: "1 t/m 13 december 10-17 uur, do tot 21 uur"."""
        if not group.has_time or group.is_shared:
            return False
        return self.plan.unit == "day" or any(isinstance(item, Span) for item in group.items)

    def _extra_days(self, groups: list[Group]) -> list[Entry]:
        has_rules = any(isinstance(item, RULES) for group in groups for item in group.items)
        own = [group for group in self.plan.groups if has_rules and group not in groups and group.has_time]
        kept = [item for item in self.plan.kept if isinstance(item, Day) and not item.feast]
        extra = [(group, [item for item in group.items if isinstance(item, Day)]) for group in own]
        if groups:
            extra.append((groups[0], kept))
        return [(day, group) for group, days in extra for day in self.years.resolve_all(days)]

    def _starts_late(self, groups: list[Group]) -> bool:
        """No rule is written: the day the series begins on says which weekday or day of the month."""
        has_rules = any(isinstance(item, RULES) for group in groups for item in group.items)
        return not has_rules and self.plan.unit != "day" and (self.plan.unit != "" or bool(self._begin_day()))

    def _follow(self, groups: list[Group], first: date) -> None:
        rule = MonthDay(first.day) if self.plan.unit == "month" else Weekday(first.weekday())
        for group in groups:
            group.items.append(rule)

    def _begin_day(self) -> Day | None:
        """The first day of the series: after "vanaf", or a day without times of its own."""
        if self.plan.begin:
            return self.plan.begin
        rule_groups = self._rule_groups()
        for group in self.plan.groups:
            if group in rule_groups or not group.has_time:
                found = next((item for item in group.items if isinstance(item, Day)), None)
                if found:
                    return found
        return None

    def _windows(self, groups: list[Group]) -> list[Window]:
        spans = [span for item in self._items() if isinstance(item, Span) and (span := self.years.span(item))]
        if spans or any(isinstance(item, Span) for item in self._items()):
            return [Window(*span) for span in spans]
        begin_day = self._begin_day()
        begin = self.years.resolve(begin_day) if begin_day else self._first_day()
        if begin is None or (not begin_day and not self._repeats(groups)):
            return []
        periods = self._periods(begin)
        return periods if periods is not None else self._between(begin)

    def _first_day(self) -> date:
        """The first day that a series may use: after a school holiday when that is written."""
        after = [
            off.last for off in self.off.vacations(self.plan.after_vacation) if off.last >= self.first_day
        ]
        return min(after) + timedelta(1) if self.plan.after_vacation and after else self.first_day

    def _repeats(self, groups: list[Group]) -> bool:
        """ "Elke" alone says nothing yet, nor does "elke week" or "elke maand"."""
        return self.plan.unit == "day" or any(isinstance(i, RULES) for group in groups for i in group.items)

    def _between(self, begin: date) -> list[Window]:
        plan = self.plan
        if plan.end:
            end = self.years.resolve(plan.end, since=None if plan.end.year else begin)
            bounds = self.years.ordered(begin, end, plan.end)
            return [Window(*bounds)] if bounds else []
        before = [off.first for off in self.off.vacations(plan.before_vacation) if off.first > begin]
        if plan.before_vacation and before:
            return [Window(begin, min(before) - timedelta(1))]
        if plan.season:
            return [Window(begin, self._end_of_season(begin))]
        if plan.length:
            return [Window(begin, begin + timedelta(plan.length - 1))]
        if plan.count:
            return [Window(begin, self.years.last_day())]
        self.notes.assume(_("Geen einddatum gelezen. We plannen een half jaar vooruit."))
        return [Window(begin, begin + HALF_A_YEAR)]

    def _end_of_season(self, begin: date) -> date:
        end = self.years.resolve(Day(6, 30), since=begin) or begin
        self.notes.assume(_("We lezen het seizoen als tot en met %(day)s.") % {"day": day_in_words(end)})
        return end

    def _periods(self, begin: date) -> list[Window] | None:
        """Whole months and school holidays that the series is in; None when none are written."""
        windows = [window for item in self.plan.periods if (window := self._period(item, begin))]
        if not self.plan.periods:
            return None
        end = self.years.resolve(self.plan.end, since=begin) if self.plan.end else None
        cut = [Window(max(w.first, begin), min(w.last, end or w.last)) for w in windows]
        return [window for window in cut if window.first <= window.last]

    def _period(self, item: Item, begin: date) -> Window | None:
        if isinstance(item, Vacation):
            found = [off for off in self.off.vacations(item.name) if off.last >= begin]
            first = min(found, key=lambda off: off.first, default=None)
            if first is None and self.off.knows(item):
                self.notes.leave(_name(item))
            return Window(first.first, first.last) if first else None
        if isinstance(item, Month):
            last = self.years.resolve(Day(item.month, 0, item.year), since=begin)
            return Window(last.replace(day=1), last) if last else None
        return None

    def _say_first(self, entries: list[Entry]) -> None:
        if self.plan.interval > 1 and entries and not self._begin_day() and not self._has_span():
            self.notes.assume(_("We beginnen op %(day)s.") % {"day": full_day(entries[0][0])})

    def _has_span(self) -> bool:
        return any(isinstance(item, Span) for item in self._items())

    def _left_over(self, entries: list[Entry]) -> list[Entry]:
        """Exceptions out, then as many dates as were counted, then the questions."""
        days = sorted({day for day, _group in entries})
        is_series = self._is_series() or self._has_span()
        going = without_exceptions(days, self.plan, self.off, self.years, self.notes)
        if is_series:
            check_hits(days, self.plan, self.off, self.notes)
        left = self._unskipped(going) if is_series else going
        if self.plan.count and is_series:
            left = left[: self.plan.count]
        elif self.plan.count > 1 and len(left) not in (0, self.plan.count):
            counts = {"count": self.plan.count, "read": len(left)}
            self.notes.ask(_("Je schrijft %(count)d keer, maar we lezen %(read)d dagen. Klopt dat?") % counts)
        if is_series:
            asked = [day for day in going if day <= max(left, default=day)]
            ask_holidays(asked, self.plan, self.off, self.skip, self.notes)
        self._say_open_end(left)
        chosen = set(left)
        return [entry for entry in entries if entry[0] in chosen]

    def _unskipped(self, days: list[date]) -> list[date]:
        left = [day for day in days if day not in self.skip]
        if days and not left:
            self.notes.refuse(all_skipped())
        return left

    def _say_open_end(self, days: list[date]) -> None:
        """ "Tot 1 april": said when that day itself is one of them."""
        end = self.plan.end
        if end and self.plan.is_end_open and days and end.in_year(days[-1].year) == days[-1]:
            self.notes.assume(_("We lezen dit tot en met %(day)s.") % {"day": day_in_words(days[-1])})


def _name(item: Item) -> str:
    return (
        month_name(item.month) if isinstance(item, Month) else item.name if isinstance(item, Vacation) else ""
    )


def _day(day: date) -> Day:
    return Day(day.month, day.day, day.year)
