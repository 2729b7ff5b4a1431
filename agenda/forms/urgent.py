"""What cannot wait for an editor: one date is cancelled, sold out, or gets another time or hall."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.calendar import DayField, TimeField
from agenda.models import Moment
from agenda.when.place import skipped_by_the_clock
from agenda.when.slots import AMSTERDAM
from partners.models import City, Reason, Room


class Change(models.TextChoices):
    """What a maker may say about one date."""

    CANCELLED = "cancelled", capfirst(Moment.Status.CANCELLED.label)
    SOLD_OUT = "sold_out", capfirst(Moment.Status.SOLD_OUT.label)
    TIME = "time", gettext_lazy("Andere dag of tijd")
    ROOM = "room", gettext_lazy("Andere zaal")
    SCHEDULED = "scheduled", gettext_lazy("Gaat toch gewoon door")


class UrgentForm(forms.Form):
    """`changed()` gives the arguments of `services.urgent.change_moment`."""

    change = forms.ChoiceField(
        label=gettext_lazy("Wat verandert er?"),
        choices=Change.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wat er verandert"),
            "invalid_choice": gettext_lazy("Kies iets uit de lijst."),
        },
    )
    reason = forms.ModelChoiceField(
        label=gettext_lazy("Waarom?"),
        queryset=Reason.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Zeg ik liever niet"),
        error_messages={"invalid_choice": gettext_lazy("Kies iets uit de lijst.")},
    )
    day = DayField(label=gettext_lazy("Nieuwe dag"))
    start = TimeField(label=gettext_lazy("Nieuwe begintijd"))
    room = forms.ModelChoiceField(
        label=gettext_lazy("Nieuwe zaal"),
        queryset=Room.objects.none(),
        required=False,
        empty_label=gettext_lazy("Kies een zaal"),
        error_messages={"invalid_choice": gettext_lazy("Kies een zaal uit de lijst.")},
    )

    def __init__(self, data: Any = None, *, moment: Moment, city: City, **kwargs: Any) -> None:
        local = timezone.localtime(moment.start)
        super().__init__(data, initial={"day": local.date(), "start": local.time()}, **kwargs)
        self.moment = moment
        self.fields["reason"].queryset = Reason.objects.filter(  # type: ignore[attr-defined]
            city=city, use=Reason.Use.URGENT, is_active=True
        )
        self.fields["room"].queryset = Room.objects.filter(venue=moment.activity.venue_id)  # type: ignore[attr-defined]
        self.fields["change"].choices = self.choices()  # type: ignore[attr-defined]

    def choices(self) -> list[tuple[str, str]]:
        """Without what would change nothing here."""
        absent = {self.moment.status} | (set() if self.has_rooms else {Change.ROOM})
        return [(value, str(label)) for value, label in Change.choices if value not in absent]

    @property
    def has_rooms(self) -> bool:
        return bool(self.fields["room"].queryset)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        change = cleaned.get("change")
        if change == Change.ROOM and not cleaned.get("room") and "room" not in self.errors:
            self.add_error("room", _("Kies in welke zaal het is."))
        if change == Change.TIME and not {"day", "start"} & self.errors.keys():
            self._check_start(cleaned)
        return cleaned

    def _check_start(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("day") or not cleaned.get("start"):
            self.add_error("day", _("Kies de nieuwe dag en de nieuwe tijd."))
            return
        start = datetime.combine(cleaned["day"], cleaned["start"], AMSTERDAM)
        skipped = skipped_by_the_clock(start)
        if skipped:
            self.add_error("start", skipped)
        elif start == self.moment.start:
            self.add_error("start", _("Dit is dezelfde tijd als eerst. Kies een andere."))
        elif abs(start.year - timezone.now().year) > 2:
            self.add_error("day", _("Deze datum kan niet kloppen. Kijk het jaar na."))
        elif cleaned["day"] < timezone.localdate():
            self.add_error("day", _("Deze dag is al geweest. Klopt het jaar?"))
        cleaned["new_start"] = start

    def changed(self) -> dict[str, Any]:
        change, reason = self.cleaned_data["change"], self.cleaned_data["reason"]
        if change == Change.TIME:
            return {"status": Moment.Status.MOVED, "reason": reason, "start": self.cleaned_data["new_start"]}
        if change == Change.ROOM:
            return {"status": Moment.Status.MOVED, "reason": reason, "room": self.cleaned_data["room"]}
        return {"status": change, "reason": None if change == Change.SCHEDULED else reason}
