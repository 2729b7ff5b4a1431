"""What an editor fills in to decide: the version they saw, a reason with own words, an organisation."""

import json
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.document import Document
from cultuurportaal.fields import LineField, ProseField
from partners.models import City, Organisation, Reason

_SEEN = "agenda.seen"


class SeenField(forms.CharField):
    """The document as it stood on the editor's screen, signed; None when it is missing or not ours."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return Document.read(signing.loads(str(value or ""), salt=_SEEN))
        except (signing.BadSignature, ValueError, KeyError, TypeError):
            return None


def sign(snapshot: dict[str, Any]) -> str:
    """A snapshot for the hidden field of a form."""
    return signing.dumps(json.loads(json.dumps(snapshot)), salt=_SEEN, compress=True)


class SeenForm(forms.Form):
    """Which version is decided on."""

    version = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    seen = SeenField(required=False)


class ReasonForm(SeenForm):
    """A question to the maker, or why it is not placed: a template, own words, or both."""

    reason = forms.ModelChoiceField(
        label=gettext_lazy("Kies een zin"),
        queryset=Reason.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Kies een zin uit de lijst.")},
    )
    text = ProseField(
        label=gettext_lazy("Eigen woorden"),
        longest=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, city: City, use: str, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"id_{use}_%s", **kwargs)
        self.use = use
        rows = Reason.objects.filter(city=city, use=use, is_active=True)
        self.fields["reason"].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("reason") and not cleaned.get("text"):
            raise ValidationError(_("Kies een zin of schrijf zelf iets."), code="empty")
        return cleaned


class OrganisationForm(forms.Form):
    """Of whom it is: an organisation that we know, or the name of a new one."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Bestaande organisatie"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Nee, een nieuwe"),
        error_messages={"invalid_choice": gettext_lazy("Kies een organisatie uit de lijst.")},
    )
    name = LineField(label=gettext_lazy("Naam van de nieuwe organisatie"), longest=120, required=False)

    def __init__(self, data: Any = None, *, city: City, sender_organisation: str = "", **kwargs: Any) -> None:
        known = Organisation.objects.filter(city=city, status__in=Organisation.OPEN)
        same = known.filter(name__iexact=sender_organisation).first() if data is None else None
        initial = {"organisation": same.slug if same else "", "name": "" if same else sender_organisation}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["organisation"].queryset = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("organisation") and not cleaned.get("name"):
            raise ValidationError(_("Kies een organisatie of schrijf de naam van een nieuwe."), code="empty")
        return cleaned
