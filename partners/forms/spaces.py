"""Room to spare or wanted, in four short answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cultuurportaal.fields import LineField
from partners.forms.profile import ONE_OF_THESE
from partners.models import Organisation, Space, Venue

WHOLE = gettext_lazy("Schrijf een heel getal, zoals 30")


class SpaceForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Hebben jullie ruimte over, of zoeken jullie ruimte?"),
        choices=Space.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={**ONE_OF_THESE, "required": gettext_lazy("Kies over of gezocht")},
    )
    what = LineField(
        label=gettext_lazy("Wat voor ruimte?"),
        help_text=gettext_lazy("Bijvoorbeeld: oefenruimte met piano, muur voor een expositie"),
        longest=200,
        error_messages={"required": gettext_lazy("Schrijf wat voor ruimte het is")},
    )
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Waar?"),
        queryset=Venue.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=gettext_lazy("Staat in de tekst"),
        error_messages=ONE_OF_THESE,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Voor hoeveel mensen?"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "kort"}),
        error_messages={
            "invalid": WHOLE,
            "min_value": WHOLE,
            "max_value": gettext_lazy("Dit getal is te groot"),
        },
    )
    when_text = LineField(
        label=gettext_lazy("Wanneer?"),
        help_text=gettext_lazy("Bijvoorbeeld: dinsdagavond, tot de zomer"),
        longest=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        own = Venue.objects.active().filter(organisation=organisation)
        self.fields["venue"].queryset = own  # type: ignore[attr-defined]
        if not own.exists():
            del self.fields["venue"]

    def said(self) -> dict[str, Any]:
        return {"venue": None, **self.cleaned_data}
