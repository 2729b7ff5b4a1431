"""A spreadsheet to begin with, and each of its rows as the sheet of one activity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.sheet import Sheet
from agenda.imports.table import Row
from partners.models import City, Organisation, User

MOST_BYTES = 5 * 1024 * 1024


class TableForm(forms.Form):
    """The file, and for which of one's organisations it is."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Van wie is dit?"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Kies van welke organisatie dit is"),
            "invalid_choice": gettext_lazy("Kies een organisatie uit de lijst"),
        },
    )
    file = forms.FileField(
        label=gettext_lazy("Jullie lijst"),
        help_text=gettext_lazy("Een bestand uit Excel, Numbers of Google Spreadsheets: .xlsx of .csv"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Kies een bestand"),
            "empty": gettext_lazy("Dit bestand is leeg. Kies een ander bestand."),
            "invalid": gettext_lazy("Kies een bestand"),
        },
    )

    def __init__(self, data: Any = None, files: Any = None, *, user: User) -> None:
        own = Organisation.objects.of_member(user)
        super().__init__(data, files, initial={"organisation": next((one.slug for one in own[:1]), None)})
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("Dit bestand is te groot: hoogstens 5 MB. Knip de lijst in stukken."))
        return file


@dataclass(frozen=True)
class Checked:
    """A row with what is wrong with it, and what somebody should look at; wrong rows are not taken over."""

    row: Row
    sheet: Sheet
    problems: list[str]
    doubts: list[str]

    @property
    def is_good(self) -> bool:
        return not self.problems


def check(row: Row, *, organisation: Organisation, city: City, user: User, now: datetime) -> Checked:
    """By the very rules of the page on which one activity is added."""
    data = QueryDict(mutable=True)
    data.update({**row.fields, "organisation": organisation.slug})
    sheet = Sheet(data, city=city, user=user, now=now)
    sheet.is_valid()
    understood = sheet.when.understood
    doubts = [*understood.remarks, *understood.reading.questions] if understood else []
    unread = understood.reading.not_understood if understood else ()
    doubts += [_("Dit stukje begrepen we niet: %s") % piece for piece in unread]
    return Checked(row, sheet, list(_problems(sheet)), doubts)


def _problems(sheet: Sheet) -> Iterator[str]:
    for form in sheet:
        for name, errors in form.errors.items():
            label = str(form.fields[name].label) if name in form.fields else ""
            yield from (f"{label}: {error}" if label else str(error) for error in errors)
