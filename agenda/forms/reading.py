"""The date reader by itself, as the contract promises it: `tekst`, `nu`, and the days to leave out."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from agenda.forms.when import WhenForm, understand
from agenda.when.slots import AMSTERDAM

FIRST_YEAR, LAST_YEAR = 2000, 2100


class ReadingForm(WhenForm):
    """`nu` is a local moment (default: now)."""

    nu = forms.CharField(required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, is_needed=False, **kwargs)

    field_order = ["nu", "tekst"]

    def clean_nu(self) -> datetime:
        text = self.cleaned_data["nu"]
        if not text:
            return self.now
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_("Schrijf het moment zo: 2026-11-22T12:00"))
        local = moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
        self.now = local
        return local

    def clean(self) -> dict[str, Any]:
        """Mistakes in the sentence are part of the answer, so they are no mistakes of this form."""
        if not self.errors:
            self.understood = understand(
                self.cleaned_data["tekst"] or self.from_calendar(),
                now=self.now,
                days_off=self.days_off,
                skip=self.skipped(),
            )
        return self.cleaned_data

    def as_json(self) -> dict[str, Any]:
        """The contract's JSON, without the days that are left out."""
        if self.understood is None:
            raise ValueError("only a valid form has an answer")
        seen = self.understood
        slots = () if seen.problems else seen.slots
        reading = replace(seen.reading, slots=slots, assumptions=seen.remarks, errors=seen.problems)
        return replace(reading, in_words=seen.in_words).as_json()
