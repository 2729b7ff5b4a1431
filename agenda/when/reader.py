"""Reads a sentence that says when something is, in Dutch or plain English, with rules only."""

from collections import Counter
from collections.abc import Sequence, Set
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from agenda.when.cursor import Cursor
from agenda.when.exceptions import Off
from agenda.when.expand import Expansion
from agenda.when.grammar import parse
from agenda.when.hours import Minutes, in_minutes
from agenda.when.kinds import Kind
from agenda.when.leftovers import say_leftovers, say_unused
from agenda.when.neighbours import by_neighbours
from agenda.when.notes import Notes
from agenda.when.overrides import share_times
from agenda.when.place import all_day, placed
from agenda.when.plan import Day, Group, Plan, Span, Weekday
from agenda.when.series import Entry
from agenda.when.slots import AMSTERDAM, MAX_LENGTH, MAX_SLOTS, DayOff, Reading, Slot
from agenda.when.spelling import corrected
from agenda.when.tokens import Token, tokenise
from agenda.when.words import full_day, say
from agenda.when.years import Years

_PROGRAMME = 3  # starts on one day


def read(
    text: str, *, now: datetime, days_off: Sequence[DayOff] = (), skip: Set[date] = frozenset()
) -> Reading:
    """All dates of a sentence of up to 500 characters, with what was assumed, asked, wrong or not understood.

    `now` is the moment of reading (a naive one is Amsterdam time). Slots come in order, each once, at most
    366. `skip` has the holidays of a series that the maker wants to skip: they are left out before dates are
    counted ("10 lessen" stay ten) and no longer asked about. With errors there are no slots. ValueError for a
    longer text."""
    if len(text) > MAX_LENGTH:
        raise ValueError(f"a sentence has at most {MAX_LENGTH} characters")
    local = now.replace(tzinfo=AMSTERDAM) if now.tzinfo is None else now.astimezone(AMSTERDAM)
    notes, off = Notes(), Off(days_off)
    tokens = corrected(by_neighbours(tokenise(text)), notes)
    slots: list[Slot] = []
    days: list[date] = []
    for plan in _plans(tokens, local.date()):
        say_leftovers(text, plan, off, notes)
        reader = _PlanReader(plan, local, off, frozenset(skip), notes)
        slots.extend(reader.slots())
        if not notes.errors:
            say_unused(text, plan, notes)
        days.extend(reader.days)
        if len(slots) > MAX_SLOTS:
            break
    if "\n" in text:
        _ask_programme(slots, notes)
    return _reading(slots, days, local, notes)


def _ask_programme(slots: list[Slot], notes: Notes) -> None:
    """Many times on one day, on lines of their own, may be the parts of one programme."""
    starts = Counter(slot.start.date() for slot in slots if not slot.end and not slot.all_day)
    for day, count in starts.items():
        if count >= _PROGRAMME:
            names = {"day": full_day(day), "count": count}
            notes.ask(_("Op %(day)s lezen we %(count)d begintijden. Klopt dat?") % names)


def _plans(tokens: list[Token], today: date) -> list[Plan]:
    """One plan for each line or part between semicolons if each says both days and times; else one."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is Kind.BREAK:
            parts.append([])
        else:
            parts[-1].append(token)
    plans = [parse(Cursor(part), today) for part in parts if part]
    if len(plans) > 1 and (apart := _apart(parts, plans, today)):
        return apart
    if len(plans) > 1 and all(_is_whole(plan) for plan in plans) and not _share_bounds(plans):
        return plans
    return [parse(Cursor(tokens), today)]


def _is_whole(plan: Plan) -> bool:
    has_day = any(group.items for group in plan.groups) or plan.is_every
    return has_day and plan.has_time


def _apart(parts: list[list[Token]], plans: list[Plan], today: date) -> list[Plan]:
    """Lines with days of their own that do not say a time, beside others that do: they must not borrow it.
    A day that is named again with its time says nothing new."""
    loose = [plan for plan in plans if _has_days(plan) and not plan.has_time]
    whole = [plan for plan in plans if _has_days(plan) and plan.has_time]
    if not loose or not whole or any(plan.has_time and not plan.items for plan in plans):
        return []
    known = {_key(item) for plan in whole for item in plan.items if isinstance(item, Day)}
    left = [plan for plan in loose if not _says_again(plan, known)]
    rest: list[Token] = []
    for part, plan in zip((part for part in parts if part), plans, strict=True):
        if plan not in loose:
            rest += [*part, Token(Kind.BREAK, part[-1].end, part[-1].end)]
    return [*left, *_plans(rest, today)]


def _has_days(plan: Plan) -> bool:
    return any(isinstance(item, Day | Span) for item in plan.items)


def _key(day: Day) -> tuple[int, int, str]:
    return day.month, day.day, day.feast


def _says_again(plan: Plan, known: set[tuple[int, int, str]]) -> bool:
    """Only days that are known, and nothing else that would get lost."""
    has_more = plan.bounds or plan.leftover or plan.ignored or plan.periods or plan.exceptions
    return not has_more and all(isinstance(item, Day) and _key(item) in known for item in plan.items)


def _share_bounds(plans: list[Plan]) -> bool:
    """One part says only weekdays, another from when to when: together they are one series."""
    has_bounds = any(plan.has_span or plan.begin or plan.end or plan.periods for plan in plans)
    return has_bounds and any(
        all(isinstance(i, Weekday) and not i.mode for i in plan.items) for plan in plans
    )


class _PlanReader:
    """One plan on its way to slots."""

    def __init__(self, plan: Plan, now: datetime, off: Off, skip: Set[date], notes: Notes) -> None:
        self.plan, self.now, self.off, self.skip, self.notes = plan, now, off, skip, notes
        self.years = Years(now.date(), notes)
        self.days: list[date] = []

    def slots(self) -> list[Slot]:
        """The slots of the plan, in no order; errors are noted."""
        share_times(self.plan)
        minutes = {id(group): self._minutes(group) for group in self.plan.groups}
        first_day = self._first_day(minutes)
        entries = Expansion(self.plan, self.years, self.off, self.notes, first_day, self.skip).entries()
        self.days = sorted({day for day, _group in entries})
        self._check(entries)
        if len(self.days) > MAX_SLOTS:
            self.notes.refuse(_too_many())
            return []
        return [slot for day, group in entries for slot in self._placed(day, group, minutes[id(group)])]

    def _minutes(self, group: Group) -> list[Minutes]:
        part = group.part or next((other.part for other in self.plan.groups if other.part), "")
        found = [in_minutes(hours, part, self.notes) for hours in group.hours]
        read = [minutes for minutes in found if minutes]
        return [one.of_the_night() for one in read] if group.is_night else read

    def _first_day(self, minutes: dict[int, list[Minutes]]) -> date:
        """Today, unless all of today's times are over."""
        passed = self.now.hour * 60 + self.now.minute
        ends = [one.end or one.start for found in minutes.values() for one in found]
        return self.now.date() + timedelta(1 if ends and max(ends) < passed else 0)

    def _check(self, entries: list[Entry]) -> None:
        has_time = any(group.has_time for group in self.plan.groups)
        if not entries and not self.notes.errors:
            self.notes.refuse(
                _(
                    "We begrijpen niet op welke dag het is. "
                    "Schrijf het zo: zaterdag 28 november van 14 tot 17 uur"
                )
            )
        if entries and not has_time:
            self.notes.refuse(_("Hoe laat begint het?"))

    def _placed(self, day: date, group: Group, minutes: list[Minutes]) -> list[Slot]:
        if group.is_all_day and not minutes:
            return [all_day(day)]
        return [slot for one in minutes if (slot := placed(day, one, self.years, self.notes))]


def _reading(slots: list[Slot], days: list[date], now: datetime, notes: Notes) -> Reading:
    ended = {slot.start for slot in slots if slot.end}
    distinct = {slot for slot in slots if slot.end or slot.all_day or slot.start not in ended}
    ordered = sorted(distinct, key=lambda slot: (slot.start, slot.end or slot.start, slot.all_day))
    if len(ordered) > MAX_SLOTS:
        notes.refuse(_too_many())
    words = ", ".join(full_day(day) for day in sorted(set(days))[:4]) if len(set(days)) <= 4 else ""
    if not notes.errors:
        words = say(ordered)
        _say_past(ordered, now, notes)
    return Reading(
        slots=() if notes.errors else tuple(ordered),
        in_words=words,
        assumptions=tuple(notes.assumptions),
        not_understood=tuple(notes.unused),
        questions=() if notes.errors else tuple(notes.questions),
        errors=tuple(notes.errors),
        questioned=() if notes.errors else tuple(sorted(set(notes.questioned))),
    )


def _too_many() -> str:
    return _("Dit zijn meer dan 366 keer. Kies een kortere periode")


def _say_past(slots: list[Slot], now: datetime, notes: Notes) -> None:
    if slots and slots[-1].start.date() < now.date():
        notes.assume(_("Deze dag is al geweest. Klopt het jaar?"))
    elif slots and slots[0].start.date() < now.date():
        first = {"day": full_day(slots[0].start.date())}
        notes.assume(_("De eerste dag, %(day)s, is al geweest. Klopt dat?") % first)
