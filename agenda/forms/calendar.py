"""Dates without a sentence: a first day, times, and how it repeats."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.when import Slot
from agenda.when.slots import AMSTERDAM, MAX_SLOTS

FIRST_YEAR, LAST_YEAR = 1900, 2100
WRONG_DAY = gettext_lazy("Kies een dag, of schrijf hem zo: 28-11-2026")
WRONG_TIME = gettext_lazy("Schrijf de tijd zo: 20:00")


class Repeat(models.TextChoices):
    """How often the chosen day comes back; the value is a number of days."""

    ONCE = "", gettext_lazy("één keer")
    DAILY = "1", gettext_lazy("elke dag")
    WEEKLY = "7", gettext_lazy("elke week")
    FORTNIGHTLY = "14", gettext_lazy("om de week")


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
            required=False,
            error_messages={"invalid": WRONG_DAY},
            **kwargs,
        )

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Deze datum kan niet kloppen. Kijk het jaar na."), code="year")
        return day


class TimeField(forms.TimeField):
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M", "%H.%M"], required=False, error_messages={"invalid": WRONG_TIME}, **kwargs
        )


class CalendarForm(forms.Form):
    """One day with its times, or a series of it."""

    first_day = DayField(label=gettext_lazy("Dag"))
    start = TimeField(label=gettext_lazy("Begint om"))
    end = TimeField(label=gettext_lazy("Eindigt om"))
    is_all_day = forms.BooleanField(label=gettext_lazy("De hele dag"), required=False)
    repeat = forms.ChoiceField(label=gettext_lazy("Hoe vaak?"), choices=Repeat.choices, required=False)
    last_day = DayField(label=gettext_lazy("Laatste dag"))

    @property
    def is_filled(self) -> bool:
        return self.is_bound and any(
            self.data.get(self.add_prefix(name), "").strip() for name in ("first_day", "start", "last_day")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.is_filled or self.errors:
            return cleaned
        first, last = cleaned["first_day"], cleaned["last_day"]
        if not first:
            self.add_error("first_day", _("Kies op welke dag het is."))
        if not cleaned["start"] and not cleaned["is_all_day"]:
            self.add_error("start", _("Hoe laat begint het?"))
        if first and cleaned["repeat"]:
            self._check_last(first, last, int(cleaned["repeat"]))
        return cleaned

    def _check_last(self, first: date, last: date | None, step: int) -> None:
        if last is None:
            self.add_error("last_day", _("Kies tot en met welke dag het zich herhaalt."))
        elif last < first:
            self.add_error("last_day", _("De laatste dag ligt vóór de eerste."))
        elif (last - first).days // step >= MAX_SLOTS:
            self.add_error("last_day", _("Dit zijn meer dan 366 keer. Kies een kortere periode"))

    def slots(self) -> list[Slot]:
        """The dates of a valid form."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        step = int(self.cleaned_data["repeat"] or 0)
        count = (last - first).days // step if step else 0
        return [self._slot(first + timedelta(step * place)) for place in range(count + 1)]

    def _slot(self, day: date) -> Slot:
        """An end at or before the start is in the night after."""
        if self.cleaned_data["is_all_day"]:
            return Slot(datetime.combine(day, time(), AMSTERDAM), None, all_day=True)
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        last = day + timedelta(days=1) if end and end < start else day
        return Slot(
            datetime.combine(day, start, AMSTERDAM), datetime.combine(last, end, AMSTERDAM) if end else None
        )
