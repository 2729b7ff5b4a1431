"""A query string as a form: whatever is typed in it gives words, never an error page."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from agenda.filters.parameters import MOMENTS, SETS, VIEWS
from agenda.filters.vocabulary import Vocabulary, names
from partners.models import Organisation, Venue

MOST_WORDS = 40
CODE = re.compile(r"[\w-]{1,90}", re.ASCII)
CURSOR = re.compile(r"\d{4}-\d{2}-\d{2}_\d{1,12}_[0-9a-f]{32}", re.ASCII)
UNKNOWN = _("We kennen “%(value)s” niet.")
AGE = _("Schrijf een leeftijd als getal van 0 tot en met 120.")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class WordsField(forms.Field):
    """Every value of a repeated parameter, cleaned to a tuple of known codes; the rest is a problem."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[str, ...]:
        asked = sorted({one.strip() for one in value or () if one.strip()})
        return tuple(asked[:MOST_WORDS])

    def clean(self, value: Any) -> tuple[str, ...]:
        return self.to_python(value)


class DayField(forms.DateField):
    """A day that exists, written as 2026-11-28."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Deze datum bestaat niet. Schrijf een datum zo: 2026-11-28.")},
        )

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"])
        return day


class SelectionForm(forms.Form):
    """The parameters of contract.md. `cleaned_data` is what can be used; `errors` what cannot, in words."""

    q = forms.CharField(required=False, max_length=200)
    van = DayField()
    tot = DayField()
    wanneer = forms.ChoiceField(required=False, choices=[("", "")])
    leeftijd = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=120,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), AGE),
    )
    weergave = forms.ChoiceField(required=False, choices=[("", ""), *((one, one) for one in VIEWS)])
    na = forms.RegexField(CURSOR, required=False, error_messages={"invalid": UNKNOWN % {"value": "na"}})

    def __init__(self, query: QueryDict, vocabulary: Vocabulary) -> None:
        super().__init__(query)
        self.vocabulary = vocabulary
        self.labels: dict[str, Mapping[str, Any]] = {}
        wanneer = self.fields["wanneer"]
        wanneer.choices = [("", ""), *MOMENTS.items()]  # type: ignore[attr-defined]
        for choice in ("wanneer", "weergave"):
            self.fields[choice].error_messages["invalid_choice"] = UNKNOWN
        for name in SETS:
            self.fields[name] = WordsField(required=False)

    def clean_q(self) -> str:
        return " ".join(self.cleaned_data["q"].split())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name in SETS:
            data[name] = self._known(name, data.get(name, ()))
        van, tot = data.get("van"), data.get("tot")
        if van and tot and van > tot:
            data["van"] = data["tot"] = None
            self.add_error(None, _("De eerste dag ligt na de laatste dag."))
        return data

    def _known(self, name: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words that exist; for each other one a problem."""
        well_formed = [word for word in words if CODE.fullmatch(word)]
        self.labels[name] = known = self._labels(name, well_formed)
        for word in words:
            if word not in known:
                self.add_error(None, ValidationError(UNKNOWN, params={"value": word[:40]}))
        return tuple(word for word in words if word in known)

    def _labels(self, name: str, words: list[str]) -> Mapping[str, Any]:
        if name in {"plek", "maker"}:
            return names(Venue if name == "plek" else Organisation, words) if words else {}
        if name in {"campagne", "taal"}:
            return {word: word for word in words}
        return self.vocabulary.labels(name)
