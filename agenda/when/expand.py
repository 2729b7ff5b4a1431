"""From a plan to dates: single days resolved, series run between their bounds, exceptions taken out."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from agenda.when.exceptions import Off, all_skipped, ask_holidays, check_hits, without_exceptions
from agenda.when.notes import Notes
from agenda.when.overrides import overridden
from agenda.when.plan import Day, Group, MonthDay, Plan, Span, Weekday
from agenda.when.series import RULES, Entry, Window, entries_between
from agenda.when.settle import is_series, settle
from agenda.when.singles import single_entries
from agenda.when.windows import Bounds, name_of
from agenda.when.words import day_in_words, full_day
from agenda.when.years import Years


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
    extra: list[Entry] = field(default_factory=list)  # days beside a series

    def entries(self) -> list[Entry]:
        """Dates with the group whose times they have, in order; notes what was assumed, asked or wrong."""
        settle(self.plan, self.years, self.notes)
        entries = self._series() if is_series(self.plan) else self._singles()
        return self._left_over(overridden(entries, self.plan.groups, self.notes))

    def _singles(self) -> list[Entry]:
        """Single days; a period beside them that they are not in is left unused."""
        entries = single_entries(self.plan, self.years, self.notes)
        for item in self.plan.periods:
            if self.off.knows(item) and not all(self.off.covers(item, day) for day, _group in entries):
                self.notes.leave(name_of(item))
        return entries

    def _series(self) -> list[Entry]:
        groups = self._rule_groups()
        windows = self._windows(groups)
        if not windows:
            return []
        if self._starts_late(groups):
            self._follow(groups, windows[0].first)
        self.plan.used |= {"parity", "repeat"}
        entries = entries_between(self.plan, groups, windows)
        self._say_first(entries)
        self.extra = self._extra_days(groups)
        self._name_unused(groups, windows, entries)
        return entries + self.extra

    def _name_unused(self, groups: list[Group], windows: list[Window], entries: list[Entry]) -> None:
        """Times of no day, and periods that no day of the series is in."""
        placed = {id(group) for _day, group in self.extra} | {id(group) for group in groups}
        late = [group for group in self.plan.groups if id(group) not in placed and not group.is_shared]
        self.plan.unplaced += [group.places for group in late if group.hours and group.places]
        if any(day > windows[-1].last for day, _group in self.extra):
            self.plan.used.discard("length")
        is_one_of_more = len(windows) > 1 or bool(self.extra)
        for window in windows if is_one_of_more and self.plan.has_span else ():
            if not any(window.first <= day <= window.last for day, _group in entries):
                self.notes.leave(f"{day_in_words(window.first)} – {day_in_words(window.last)}")

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
        """Days beside a series: in a row with times of their own, or written beside its weekdays."""
        own = [group for group in self.plan.groups if group not in groups and group.has_time]
        extra = [(group, [item for item in group.items if isinstance(item, Day)]) for group in own]
        if groups:
            kept = [item for item in self.plan.kept if isinstance(item, Day) and not item.feast]
            begin = None if self.plan.has_span else self._begin_day()
            beside = [item for group in groups for item in group.items if isinstance(item, Day)]
            extra.append((groups[0], [*kept, *(item for item in beside if item is not begin)]))
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
        bounds = Bounds(self.plan, self.years, self.off, self.notes, self.first_day)
        if self.plan.has_span:
            return bounds.spans()
        begin_day = self._begin_day()
        self.plan.used.add("begin")
        begin = self.years.resolve(begin_day) if begin_day else bounds.after_vacation()
        if begin is None or (not begin_day and not self._repeats(groups)):
            return []
        return bounds.since(begin)

    def _repeats(self, groups: list[Group]) -> bool:
        """ "Elke" alone says nothing yet, nor does "elke week" or "elke maand"."""
        return self.plan.unit == "day" or any(isinstance(i, RULES) for group in groups for i in group.items)

    def _say_first(self, entries: list[Entry]) -> None:
        if self.plan.interval > 1 and entries and not self._begin_day() and not self.plan.has_span:
            self.notes.assume(_("We beginnen op %(day)s.") % {"day": full_day(entries[0][0])})

    def _left_over(self, entries: list[Entry]) -> list[Entry]:
        """Exceptions out, then as many dates as were counted, then the questions."""
        days = sorted({day for day, _group in entries})
        is_row = is_series(self.plan) or self.plan.has_span
        left = going = without_exceptions(days, self.plan, self.off, self.years, self.notes)
        if is_row:
            left = self._unskipped(going)
        left = self._counted(left, is_row=is_row)
        in_reach = [day for day in days if not left or day <= left[-1]]
        check_hits(in_reach, self.plan, self.off, self.notes, is_series=is_row)
        for day in {day for day, _group in self.extra} - set(going):
            self.notes.leave(day_in_words(day))
        for item in self.plan.kept:
            if isinstance(item, Day) and item.year and not any(self.off.covers(item, day) for day in left):
                self.notes.leave(f"{item.feast or item.day} {item.year}")
        if is_row:
            asked = [day for day in going if day <= max(left, default=day)]
            ask_holidays(asked, self.plan, self.off, self.skip, self.notes)
        self._say_open_end(left)
        chosen = set(left)
        return [entry for entry in entries if entry[0] in chosen]

    def _counted(self, days: list[date], *, is_row: bool) -> list[date]:
        """As many days of a row as are counted; a count that is not what is read is asked about."""
        count = self.plan.count
        self.plan.used.add("count")
        plan = self.plan
        is_bounded = plan.end or plan.has_span or plan.periods or self.extra or plan.length or plan.season
        is_bounded = is_bounded or not is_row
        weekdays = {item.weekday for item in plan.items if isinstance(item, Weekday)}
        is_short = is_row and 1 < count < len(weekdays)
        if is_short:
            days = days[: len(weekdays)]
        if count > 1 and (is_bounded or is_short) and not self._is_per_day() and len(days) not in (0, count):
            counts = {"count": count, "read": len(days)}
            self.notes.ask(_("Je schrijft %(count)d keer, maar we lezen %(read)d dagen. Klopt dat?") % counts)
            return days
        if not count or not is_row or self._is_per_day():
            return days
        extra = {day for day, _group in self.extra}
        row = [day for day in days if day not in extra][:count]
        return sorted({*row, *(extra & set(days))})

    def _is_per_day(self) -> bool:
        """ "Dagelijks twee keer, om 11.30 en 15.00 uur"."""
        is_daily = self.plan.unit == "day" and self.plan.interval == 1
        return is_daily and any(len(group.hours) == self.plan.count for group in self.plan.groups)

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
