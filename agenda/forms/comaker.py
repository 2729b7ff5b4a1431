"""With whom something is made: an organisation by its name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField
from partners.models import City, Organisation


class CoMakerForm(forms.Form):
    name = LineField(
        label=gettext_lazy("Welke organisatie?"),
        help_text=gettext_lazy("Typ de naam en kies uit de lijst."),
        longest=120,
        error_messages={"required": gettext_lazy("Vul de naam van een organisatie in")},
        widget=forms.TextInput(attrs={"list": "organisaties", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, city: City) -> None:
        super().__init__(data)
        self.organisations = Organisation.objects.active().filter(city=city).order_by("name")

    def clean_name(self) -> Organisation:
        found = self.organisations.filter(name__iexact=self.cleaned_data["name"]).first()
        if found is None:
            raise forms.ValidationError(
                gettext_lazy("Deze organisatie kennen we niet. Kies een naam uit de lijst."), code="unknown"
            )
        return found
