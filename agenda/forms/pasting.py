"""From pasted text to a sheet: the text itself, what was found in it, and the sheet that begins with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from agenda.forms.sheet import Sheet, days_off
from agenda.forms.when import understand
from agenda.forms.where import ELSEWHERE
from agenda.texts import LONGEST, Draft, Known, Pasted, read
from cultuurportaal.fields import LinkField, ProseField
from partners.models import City, Venue

FIELDS = {
    "title": (gettext_lazy("naam"), "id_title"),
    "tekst": (gettext_lazy("wanneer"), "id_tekst"),
    "place": (gettext_lazy("waar"), "id_place"),
    "price_kind": (gettext_lazy("prijs"), "id_price_kind"),
    "age_from": (gettext_lazy("leeftijd"), "id_age_from"),
    "age_to": (gettext_lazy("leeftijd"), "id_age_to"),
    "booking_url": (gettext_lazy("link voor kaarten"), "id_booking_url"),
    "website": (gettext_lazy("website"), "id_website"),
    "summary": (gettext_lazy("in één zin"), "id_summary"),
    "description": (gettext_lazy("meer erover"), "id_description"),
}
"""What a mark in the text is called, and the field of the sheet that it filled."""
ASKED = ("title", "tekst", "place", "price_kind")


class PasteForm(forms.Form):
    """`keuze` is the number of one activity, or "alle"; `reeks` makes a second click harmless."""

    plak = ProseField(
        label=gettext_lazy("Plak hier je mail, bericht of tekst"),
        help_text=gettext_lazy("Wij vullen in wat we herkennen. Er wordt nog niets verstuurd."),
        longest=LONGEST,
        error_messages={"required": gettext_lazy("Plak eerst een tekst in dit vak")},
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    keuze = forms.CharField(required=False, widget=forms.HiddenInput)
    reeks = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_reeks(self) -> UUID:
        return self.cleaned_data["reeks"] or uuid4()


@dataclass(frozen=True)
class Piece:
    """A stretch of the pasted text; `number` is 0 for what was not used."""

    text: str
    number: int = 0
    label: str = ""
    target: str = ""


def read_for(city: City, text: str, now: datetime) -> Pasted:
    """The activities in a text, with the places and days off of this city."""
    venues = Venue.objects.active().filter(city=city).prefetch_related("rooms")
    known = [Known(venue.name, tuple(room.name for room in venue.rooms.all())) for venue in venues]
    return read(text, now=now, days_off=days_off(city), known=known)


def pieces(pasted: Pasted, draft: Draft) -> Iterator[Piece]:
    """The whole text in order; one number for each field, in the order in which they stand in the text."""
    numbers: dict[str, int] = {}
    place = 0
    for mark in draft.marks:
        label, target = FIELDS[mark.field]
        number = numbers.setdefault(target, len(numbers) + 1)
        if mark.start > place:
            yield Piece(pasted.text[place : mark.start])
        yield Piece(pasted.text[mark.start : mark.end], number, str(label), target)
        place = mark.end
    if place < len(pasted.text):
        yield Piece(pasted.text[place:])


def missing(draft: Draft) -> list[str]:
    """The questions of the page to which the text has no answer."""
    unsaid = {"price_kind"} if draft.values.get("price_kind", "unknown") == "unknown" else set()
    return [str(FIELDS[name][0]) for name in ASKED if name not in draft.values or name in unsaid]


def answers(draft: Draft) -> dict[str, Any]:
    """What a maker would have typed."""
    said = {name: value for name, value in draft.values.items() if name not in ("booking_url", "website")}
    links = {name: link for name in ("booking_url", "website") if (link := _link(draft.values.get(name)))}
    return {**said, **links, "venue": ELSEWHERE, "language": "nl"}


def _link(value: object) -> str:
    """As a field would keep it; "" for an address that it would refuse."""
    try:
        return str(LinkField(required=False).clean(value or ""))
    except ValidationError:
        return ""


def fill(sheet: Sheet, draft: Draft) -> None:
    """An empty sheet begins with what was found; a registered place that has a chip is that chip."""
    said = answers(draft)
    chips = {venue.name: slug for slug, venue in sheet.where.near.items()}
    if said.get("place") in chips:
        said |= {"venue": chips[said["place"]], "place": ""}
    for form in sheet:
        form.initial.update({name: said[name] for name in form.fields if name in said})
    if text := said.get("tekst"):
        when = sheet.when
        when.understood = understand(text, now=when.now, days_off=when.days_off, skip=frozenset())
