"""A place or a room as who keeps it describes it, with yes, no or "we don't know" for every fact."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField, ProseField
from partners.forms.profile import ONE_OF_THESE
from partners.models import AccessFact, AccessStatement, City, District, Room, Venue

POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Z]{2})")
Answer = AccessStatement.Answer


class AccessForm(forms.Form):
    """A question for every fact of the city."""

    def __init__(self, data: Any = None, *, city: City, known: dict[str, str], initial: Any = None) -> None:
        answers = {f"access-{code}": answer for code, answer in known.items()}
        super().__init__(data, initial={**answers, **(initial or {})})
        self.facts = list(AccessFact.objects.filter(city=city, is_active=True))
        for fact in self.facts:
            self.fields[f"access-{fact.code}"] = forms.ChoiceField(
                label=fact.label,
                choices=Answer.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=Answer.UNKNOWN,
                error_messages=ONE_OF_THESE,
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[f"access-{fact.code}"] for fact in self.facts]

    def access_said(self) -> dict[str, str]:
        said = {fact.code: self.cleaned_data[f"access-{fact.code}"] for fact in self.facts}
        return {code: answer or Answer.UNKNOWN for code, answer in said.items()}


class VenueForm(AccessForm):
    name = LineField(
        label=gettext_lazy("Naam van de plek"),
        longest=120,
        error_messages={"required": gettext_lazy("Vul in hoe de plek heet")},
    )
    street = LineField(label=gettext_lazy("Straat en nummer"), longest=120, required=False)
    postcode = LineField(label=gettext_lazy("Postcode"), longest=10, required=False)
    town = LineField(label=gettext_lazy("Plaats"), longest=80, required=False)
    district = forms.ModelChoiceField(
        label=gettext_lazy("Wijk"),
        queryset=District.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Weet ik niet"),
        error_messages=ONE_OF_THESE,
    )
    description = ProseField(
        label=gettext_lazy("Over deze plek"),
        help_text=gettext_lazy("Ingang, parkeren, fietsen, bus of tram."),
        longest=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_own = forms.BooleanField(label=gettext_lazy("Dit is onze eigen plek"), required=False)

    def __init__(self, data: Any = None, *, city: City, venue: Venue | None = None) -> None:
        super().__init__(data, city=city, known=_known(venue), initial=_venue_now(venue, city))
        self.fields["district"].queryset = District.objects.filter(city=city, is_active=True)  # type: ignore[attr-defined]

    def clean_postcode(self) -> str:
        typed: str = self.cleaned_data["postcode"]
        found = POSTCODE.fullmatch(typed.upper())
        if typed and not found:
            raise forms.ValidationError(gettext_lazy("Schrijf de postcode zo: 2711 AB"), code="postcode")
        return f"{found[1]} {found[2]}" if found else ""

    def fields_said(self) -> dict[str, Any]:
        district = self.cleaned_data["district"]
        names = ("name", "street", "postcode", "town", "description")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "district": district.code if district else "",
        }


class RoomForm(AccessForm):
    name = LineField(
        label=gettext_lazy("Naam van de zaal"),
        longest=80,
        error_messages={"required": gettext_lazy("Vul in hoe de zaal heet")},
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen passen erin?"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "kort"}),
        error_messages={
            "invalid": gettext_lazy("Schrijf een heel getal, zoals 120"),
            "min_value": gettext_lazy("Schrijf een heel getal, zoals 120"),
            "max_value": gettext_lazy("Dit getal is te groot"),
        },
    )

    def __init__(self, data: Any = None, *, venue: Venue, room: Room | None = None) -> None:
        now = {"name": room.name, "capacity": room.capacity} if room else {}
        super().__init__(data, city=venue.city, known=_known(venue, room) if room else {}, initial=now)

    def fields_said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "capacity")}


def _known(venue: Venue | None, room: Room | None = None) -> dict[str, str]:
    if venue is None:
        return {}
    return dict(venue.access.filter(room=room).values_list("fact__code", "answer"))


def _venue_now(venue: Venue | None, city: City) -> dict[str, Any]:
    if venue is None:
        return {"town": city.name, "is_own": True}
    names = ("name", "street", "postcode", "town", "description")
    district = venue.district.code if venue.district else ""
    return {**{name: getattr(venue, name) for name in names}, "district": district}
