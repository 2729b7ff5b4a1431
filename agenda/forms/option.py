"""A date in pencil, in one line: what, when and where."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda import days
from agenda.forms.when import WhenForm
from agenda.models import Option
from agenda.permissions import may_change_options
from agenda.services.places import find_place
from agenda.when import Slot
from cultuurportaal.fields import LineField
from partners.models import City, Organisation, User


class OptionForm(WhenForm):
    """The date sentence of the makers' form; `slots` has its coming times."""

    title = LineField(
        label=gettext_lazy("Wat denken jullie te doen?"),
        longest=100,
        error_messages={"required": gettext_lazy("Vul in wat jullie denken te doen")},
    )
    place = LineField(label=gettext_lazy("Waar"), longest=200, required=False)
    note = LineField(
        label=gettext_lazy("Opmerking"),
        help_text=gettext_lazy("Andere makers en de redactie lezen dit mee."),
        longest=200,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Van wie is dit?"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies van welke organisatie dit is"),
            "invalid_choice": gettext_lazy("Kies een organisatie uit de lijst"),
        },
    )
    field_order = ["title", "tekst", "place", "note", "organisation"]

    def __init__(self, data: Any = None, *, city: City, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.city = city
        own = Organisation.objects.of_member(user).select_related("kind") if isinstance(user, User) else ()
        self.own = [one for one in own if may_change_options(user, one)]
        self.fields["tekst"].label = _("Wanneer")
        self.fields["organisation"].required = len(self.own) > 1
        self.fields["organisation"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in self.own]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.understood and not self.errors and not self.slots():
            self.add_error("tekst", _("Die dag is al geweest. Kies een dag die nog komt."))
        return cleaned

    def slots(self) -> list[Slot]:
        first = days.today(self.now)
        found = self.understood.slots if self.understood else ()
        return [slot for slot in found if days.day_of(slot.start, is_all_day=slot.all_day) >= first]

    def option(self) -> Option:
        """Not saved, and still without a date."""
        cleaned = self.cleaned_data
        venue, _room = find_place(self.city, cleaned["place"])
        return Option(
            organisation=cleaned.get("organisation") or self.own[0],
            title=cleaned["title"],
            venue=venue,
            place_text="" if venue else cleaned["place"],
            note=cleaned["note"],
        )
