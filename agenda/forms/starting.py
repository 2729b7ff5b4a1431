"""Beginning with something that stands elsewhere: a link or a calendar file, and what it fills in."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.forms.sheet import Sheet
from agenda.forms.when import understand
from agenda.forms.where import ELSEWHERE
from agenda.forms.who import SenderForm
from agenda.imports import base, words
from agenda.imports.base import Findings, Found
from agenda.imports.lines import MOST_BYTES
from agenda.services.places import find_place
from agenda.when import sentence
from cultuurportaal.fields import LineField
from partners.models import Organisation
from partners.permissions import Person, is_editor, is_owner, organisations_of

SALT, KEPT_SECONDS = "agenda.start", 24 * 3600
MOST_SHOWN = 60
WHAT = ("title", "summary", "description", "booking_url", "website", "price_note", "age_from", "age_to")


class StartForm(forms.Form):
    """A link or a file; the link is checked where it is opened (`cultuurportaal.fetch`)."""

    link = LineField(
        label=gettext_lazy("Link van een pagina of agenda"),
        longest=2000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "autocomplete": "off"}),
    )
    bestand = forms.FileField(
        label=gettext_lazy("Of een agendabestand (.ics)"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
    )

    def clean_bestand(self) -> Any:
        file = self.cleaned_data["bestand"]
        if file and (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("Dit bestand is te groot: hoogstens 5 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("link") and not cleaned.get("bestand"):
            self.add_error("link", _("Plak een link, of kies een agendabestand."))
        return cleaned


class SourceForm(forms.Form):
    """A feed to follow, for an organisation of which one is an owner; an editor does it for any."""

    url = LineField(
        label=gettext_lazy("Link van je agenda"),
        help_text=gettext_lazy(
            "Een link die eindigt op .ics, of begint met webcal. Je vindt hem bij delen of abonneren."
        ),
        longest=2000,
        error_messages={"required": gettext_lazy("Plak de link van je agenda")},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "off", "autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Van wie is deze agenda?"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Kies van welke organisatie dit is"),
            "invalid_choice": gettext_lazy("Kies een organisatie uit de lijst"),
        },
    )

    def __init__(self, data: Any = None, *, user: Person) -> None:
        if is_editor(user):
            rows = Organisation.objects.filter(status=Organisation.Status.ACTIVE)
        else:
            rows = Organisation.objects.filter(
                pk__in=[one.pk for one in organisations_of(user) if is_owner(user, one)]
            )
        super().__init__(data)
        self.organisations = list(rows)
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]
        if len(self.organisations) == 1:
            self.fields["organisation"].required = False

    def clean_organisation(self) -> Organisation:
        chosen: Organisation | None = self.cleaned_data["organisation"]
        return chosen or self.organisations[0]


@dataclass
class Start:
    """What the page says about what was filled in: from where, what needs a look, and what is offered."""

    origin: str
    found: Found
    remarks: list[str] = field(default_factory=list)
    calendars: tuple[str, ...] = ()
    names: set[str] = field(default_factory=set)

    @property
    def image(self) -> str:
        return self.found.text("image")

    @property
    def has_price(self) -> bool:
        return bool(self.names & {"price", "price_note", "booking_url"})

    @property
    def has_text(self) -> bool:
        return bool(self.names & {"summary", "description", "website"})

    @property
    def has_ages(self) -> bool:
        return bool(self.names & {"age_from", "age_to"})


def origin_of(link: str, name: str) -> str:
    """How we call the source: the name of the site, or of the file."""
    return (urlsplit(link).hostname or "").removeprefix("www.") or name


def keep(findings: Findings, origin: str) -> str:
    """What was found, signed, so that a choice can come back without reading the source again."""
    return signing.dumps([origin, base.dump(findings)], salt=SALT, compress=True)


def kept(text: str) -> tuple[str, Findings]:
    """Raises signing.BadSignature when it is not ours or older than a day."""
    origin, raw = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
    return origin, base.load(raw)


def fill(sheet: Sheet, found: Found, *, origin: str) -> Start:
    """Puts what was found in an empty sheet; every field that it fills says where that came from."""
    start = Start(origin, found, [words.words(one) for one in found.remarks])
    for name in WHAT:
        if text := found.text(name):
            _put(start, sheet.what, name, text)
    _fill_price(start, sheet)
    _fill_when(start, sheet)
    _fill_where(start, sheet)
    if isinstance(sheet.who, SenderForm) and found.text("organizer"):
        _put(start, sheet.who, "sender_organisation", found.text("organizer"))
    if found.is_cancelled:
        start.remarks.insert(0, _("Volgens de bron gaat dit niet door."))
    return start


def _put(start: Start, form: forms.Form, name: str, value: Any) -> None:
    form.initial[name] = value
    form.fields[name].help_text = _("Gevonden op %(origin)s. Klopt dit?") % {"origin": start.origin}
    start.names.add(name)


def _fill_price(start: Start, sheet: Sheet) -> None:
    if text := start.found.text("price"):
        amount = Decimal(text)
        _put(start, sheet.what, "price_kind", "paid" if amount else "free")
        if amount:
            _put(start, sheet.what, "price", amount)


def _fill_when(start: Start, sheet: Sheet) -> None:
    coming = [slot for slot in start.found.slots if slot.start.date() >= sheet.when.now.date()]
    if start.found.slots and not coming:
        start.remarks.append(_("Alle dagen zijn al geweest. Vul in wanneer het weer is."))
    text = sentence(coming)
    if coming and not text:
        start.remarks.append(_("Er zijn te veel losse dagen voor één zin. Schrijf zelf op wanneer het is."))
    if not start.found.has_clock:
        text = text.replace(" hele dag", "")
    if text:
        _put(start, sheet.when, "tekst", text)
        sheet.when.understood = understand(
            text, now=sheet.when.now, days_off=sheet.when.days_off, skip=frozenset()
        )


def _fill_where(start: Start, sheet: Sheet) -> None:
    """The name, when the city knows it; else with the address, so that people find it."""
    place, address = start.found.text("place"), start.found.text("address")
    venue, room = find_place(sheet.where.city, place)
    if venue and not room and venue.slug in sheet.where.near:
        _put(start, sheet.where, "venue", venue.slug)
        return
    if not venue and address and address not in place:
        place = ", ".join(filter(None, (place, address)))[:200]
    if place:
        sheet.where.initial["venue"] = ELSEWHERE
        _put(start, sheet.where, "place", place)
