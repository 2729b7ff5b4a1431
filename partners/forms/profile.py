"""What an organisation tells the public about itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField, LinkField, MailField, ProseField
from partners.models import Discipline, District, Organisation

ONE_OF_THESE = {"invalid_choice": gettext_lazy("Kies iets uit de lijst.")}
MAIL_LIKE_THIS = {
    "required": gettext_lazy("Vul het mailadres in"),
    "invalid": gettext_lazy("Schrijf het mailadres zo: naam@voorbeeld.nl"),
    "max_length": gettext_lazy("Dit mailadres is te lang. Schrijf het zo: naam@voorbeeld.nl"),
}


class NameForm(forms.Form):
    """Only what it is called: enough to begin with."""

    name = LineField(
        label=gettext_lazy("Jullie naam"),
        help_text=gettext_lazy("De naam van je vereniging, koor, theater of groep. Die zien bezoekers."),
        longest=120,
        error_messages={"required": gettext_lazy("Vul de naam in, bijvoorbeeld: popkoor De Waterlelie")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


class ProfileForm(NameForm):
    """`fields_said()` and `sets_said()` are for `services.organisations.describe`, as is `version`."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    description = ProseField(
        label=gettext_lazy("Over jullie"),
        help_text=gettext_lazy("Wie zijn jullie, wat maken jullie, wie kan meedoen?"),
        longest=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = LinkField(label=gettext_lazy("Website"), longest=200, required=False)
    mail = MailField(
        label=gettext_lazy("Mailadres voor het publiek"),
        help_text=gettext_lazy("Iedereen kan dit zien. Kies liever geen adres van één persoon."),
        max_length=254,
        required=False,
        error_messages=MAIL_LIKE_THIS,
    )
    phone = LineField(
        label=gettext_lazy("Telefoon voor het publiek"),
        longest=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    disciplines = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Wat maken jullie?"),
        queryset=Discipline.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_OF_THESE,
    )
    district = forms.ModelChoiceField(
        label=gettext_lazy("In welke wijk zitten jullie?"),
        queryset=District.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Geen vaste wijk"),
        error_messages=ONE_OF_THESE,
    )
    districts = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Waar zijn jullie nog meer actief?"),
        queryset=District.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=ONE_OF_THESE,
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data, initial=_now(organisation))
        for name, model in (("disciplines", Discipline), ("district", District), ("districts", District)):
            words = model.objects.filter(city=organisation.city_id, is_active=True)
            self.fields[name].queryset = words  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and sum(character.isdigit() for character in phone) < 8:
            raise forms.ValidationError(gettext_lazy("Schrijf het nummer zo: 079 123 45 67"), code="phone")
        return phone

    def fields_said(self) -> dict[str, Any]:
        names = ("name", "description", "website", "mail", "phone", "district")
        return {name: self.cleaned_data[name] for name in names}

    def sets_said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("disciplines", "districts")}


def _now(organisation: Organisation) -> dict[str, Any]:
    """What it says today, as the form shows it."""
    texts = ("version", "name", "description", "website", "mail", "phone")
    return {
        **{name: getattr(organisation, name) for name in texts},
        "disciplines": [term.code for term in organisation.disciplines.all()],
        "district": organisation.district.code if organisation.district else "",
        "districts": [term.code for term in organisation.districts.all()],
    }
