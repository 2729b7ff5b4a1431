"""When it is: one sentence, or dates from a calendar; and the days that the maker leaves out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.calendar import CalendarForm
from agenda.when import DayOff, Reading, Slot, read, say, sentence
from agenda.when.slots import MAX_LENGTH
from agenda.when.words import full_day
from cultuurportaal.fields import ProseField

YEARS_BACK, YEARS_AHEAD = 2, 5
LONGEST = timedelta(days=31)
MOST_SKIPPED = 400


@dataclass(frozen=True)
class Day:
    """A day of the series: its date, in words with its times, and whether the maker skips it."""

    date: date
    words: str
    holiday: str
    is_skipped: bool


@dataclass(frozen=True)
class Understood:
    """What we made of it. `slots` are without the skipped days, `days` with them."""

    text: str
    reading: Reading
    slots: tuple[Slot, ...]
    days: tuple[Day, ...]
    remarks: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def in_words(self) -> str:
        return say(self.slots) if self.slots else self.reading.in_words

    @property
    def headline(self) -> str:
        """The first sentence of it: how often and at what time."""
        return self.in_words.partition(". ")[0]

    @property
    def details(self) -> str:
        return self.in_words.partition(". ")[2]

    @property
    def asked(self) -> tuple[Day, ...]:
        """The public holidays inside the series, answered or not."""
        return tuple(day for day in self.days if day.holiday)

    @property
    def others(self) -> tuple[Day, ...]:
        return tuple(day for day in self.days if not day.holiday)

    @property
    def has_skipped_days(self) -> bool:
        return any(day.is_skipped for day in self.others)

    @property
    def other_questions(self) -> tuple[str, ...]:
        """What the reader asks that a tick cannot answer."""
        about_days = {question_about(day) for day in self.asked}
        return tuple(one for one in self.reading.questions if one not in about_days)

    @property
    def is_sure(self) -> bool:
        """Nothing was left out, assumed or asked."""
        return not (self.remarks or self.reading.not_understood or self.reading.questions)

    @property
    def needs_a_look(self) -> bool:
        return len(self.days) > 1 or not self.is_sure

    @property
    def fingerprint(self) -> str:
        """What the maker has read, to know at the end whether they did."""
        seen = (self.in_words, self.remarks, self.reading.not_understood, self.reading.questions)
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


class WhenForm(forms.Form):
    """The sentence with its calendar; `understood` is there after validation, when there was a text."""

    tekst = ProseField(
        label=gettext_lazy("2. Wanneer is het?"),
        help_text=gettext_lazy(
            "Schrijf het zoals je het zegt, bijvoorbeeld: zaterdag 28 november van 14 tot 17 uur"
        ),
        longest=MAX_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off"}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        now: datetime,
        days_off: Sequence[DayOff],
        is_needed: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.now, self.days_off, self.is_needed = timezone.localtime(now), days_off, is_needed
        self.calendar = CalendarForm(data, prefix="kalender", auto_id=self.auto_id)
        self.understood: Understood | None = None

    def recall(self) -> None:
        """Reads the sentence that was kept, so that a page that opens again says what it means."""
        if text := self.initial.get("tekst"):
            self.understood = understand(text, now=self.now, days_off=self.days_off, skip=frozenset())

    @property
    def has_been_read(self) -> bool:
        """Whether the echo that the maker saw is what we understand now."""
        understood = self.understood
        return understood is not None and self.data.get("gelezen") == understood.fingerprint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "tekst" not in cleaned:
            return cleaned
        text = cleaned["tekst"] or self.from_calendar()
        if cleaned["tekst"] and self.calendar.is_filled:
            raise ValidationError(
                _("Je schreef op wanneer het is en koos ook dagen in de kalender. Laat één van de twee leeg.")
            )
        if text:
            self._read(text)
        elif self.is_needed and not self.calendar.errors:
            self.add_error(
                "tekst", _("Vul in wanneer het is. Schrijf het zo: zaterdag 28 november van 14 tot 17 uur")
            )
        return cleaned

    def from_calendar(self) -> str:
        """The chosen dates as a sentence, so that everything is read in one way."""
        if not self.calendar.is_filled or not self.calendar.is_valid():
            return ""
        text = sentence(self.calendar.slots())
        if not text:
            self.calendar.add_error("last_day", _("Dit zijn te veel dagen. Kies een kortere periode."))
        return text

    def _read(self, text: str) -> None:
        self.understood = understand(text, now=self.now, days_off=self.days_off, skip=self.skipped())
        for problem in self.understood.problems:
            self.add_error("tekst", problem)

    def skipped(self) -> frozenset[date]:
        """The days that are ticked to be left out."""
        texts = self.data.getlist("overslaan") if hasattr(self.data, "getlist") else []
        return frozenset(day for text in texts[:MOST_SKIPPED] if (day := _iso_day(text)))


def understand(text: str, *, now: datetime, days_off: Sequence[DayOff], skip: frozenset[date]) -> Understood:
    """Reads a text; skipped holidays are left out before counting, other skipped days afterwards."""
    holidays = {one.first: one.name for one in days_off if one.kind == "feestdag"}
    reading = read(text, now=now, days_off=days_off, skip=skip & holidays.keys())
    slots = tuple(slot for slot in reading.slots if slot.start.date() not in skip)
    return Understood(
        text=text,
        reading=reading,
        slots=slots,
        days=_days(reading, holidays, skip),
        remarks=(*reading.assumptions, *_long_ones(slots)),
        problems=reading.errors or outside_window(slots, now) or _nothing_left(reading, slots),
    )


def usual_end(understood: Understood | None, duration: timedelta | None) -> datetime | None:
    """When the first date ends if it takes as long as usual; None when an end is said, or without habit."""
    slots = understood.slots if understood and duration else ()
    if not slots or duration is None or any(slot.end or slot.all_day for slot in slots):
        return None
    return slots[0].start + duration


def question_about(day: Day) -> str:
    """The reader's own question about a holiday, said for one day."""
    words = " ".join(full_day(day.date).split()[1:3])
    return _("%(day)s is %(name)s. Overslaan?") % {"day": words, "name": day.holiday}


def outside_window(slots: Sequence[Slot], now: datetime) -> tuple[str, ...]:
    """Dates so far away that they must be a slip of the pen."""
    first, last = now.year - YEARS_BACK, now.year + YEARS_AHEAD
    if all(first <= slot.start.year and (slot.end or slot.start).year <= last for slot in slots):
        return ()
    return (_("Kies een dag tussen %(first)d en %(last)d. Klopt het jaar?") % {"first": first, "last": last},)


def _nothing_left(reading: Reading, slots: Sequence[Slot]) -> tuple[str, ...]:
    if slots or not reading.slots:
        return ()
    return (_("Alle dagen zijn overgeslagen. Welke dag blijft over?"),)


def _days(reading: Reading, holidays: dict[date, str], skip: frozenset[date]) -> tuple[Day, ...]:
    held = {slot.start.date() for slot in reading.slots}
    return tuple(
        Day(
            date=day,
            words=say([slot for slot in reading.slots if slot.start.date() == day]) or full_day(day),
            holiday=holidays.get(day, "") if day in reading.questioned else "",
            is_skipped=day in skip,
        )
        for day in sorted(held | set(reading.questioned))
    )


def _long_ones(slots: Sequence[Slot]) -> tuple[str, ...]:
    long = max((slot.end - slot.start for slot in slots if slot.end), default=timedelta(0))
    if long <= LONGEST:
        return ()
    return (_("Dit duurt %(days)d dagen achter elkaar. Klopt dat?") % {"days": long.days},)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
