"""What a sheet says so far, as the document it would become: for the example beside the form, not to keep."""

from collections.abc import Iterable
from typing import Any

from agenda.document import AMSTERDAM, Document, Image, Maker, Place, Time, Word
from agenda.forms.sheet import Sheet
from agenda.models import Picture
from agenda.services import pictures, preview
from agenda.when import Slot
from agenda.workflow import DateStatus
from partners.models import Term, Venue


def document_of(sheet: Sheet) -> Document:
    """With what is well-formed; what is not, or not yet, is left out. Times are of Europe/Amsterdam."""
    if sheet.what.is_bound:
        sheet.is_valid()
    said = _Said(sheet)
    uuid = str(sheet.activity.uuid if sheet.activity else said("token"))
    picture = said("picture")
    document = Document(
        uuid=uuid,
        slug=uuid,
        title=said("title") or "",
        summary=said("summary") or "",
        description=said("description") or "",
        maker=Maker(0, "", ""),
        place=_place(sheet),
        district=None,
        kind=None,
        schema_org_type="Event",
        disciplines=(),
        audiences=_words(said("audiences")),
        core_values=(),
        reach=None,
        age_from=said("age_from"),
        age_to=said("age_to"),
        price_kind=said("price_kind") or "unknown",
        price=said("price"),
        price_note=said("price_note") or "",
        passes=(),
        booking_url=said("booking_url") or "",
        website=said("website") or "",
        language=said("language") or "nl",
        access=_words(said("access")),
        image=_image(sheet, picture, said("picture_alt") or "") if isinstance(picture, Picture) else None,
        times=tuple(_time(slot) for slot in _slots(sheet)),
    )
    return preview.at_the_desk(document)


class _Said:
    """The answer in a field of the sheet: as it was cleaned, or as the page began with it."""

    def __init__(self, sheet: Sheet) -> None:
        forms = (sheet.state, sheet.what)
        self.answers = {
            name: value
            for form in forms
            for name, value in (form.cleaned_data if form.is_bound else form.initial).items()
        }
        if not sheet.what.is_bound and sheet.activity:
            self.answers |= {name: getattr(sheet.activity, name).all() for name in ("audiences", "access")}

    def __call__(self, name: str) -> Any:
        return self.answers.get(name)


def _place(sheet: Sheet) -> Place | None:
    where = sheet.where
    if where.is_bound:
        venue, text = where.known[0], where.place_text
    else:
        venue, text = where.near.get(where.initial.get("venue", "")), where.initial.get("place", "")
    if venue:
        return _venue(venue)
    return Place(name=text) if text else None


def _venue(venue: Venue) -> Place:
    return Place(name=venue.name, id=venue.pk, slug=venue.slug)


def _slots(sheet: Sheet) -> Iterable[Slot]:
    understood = sheet.when.understood
    return understood.slots if understood else ()


def _time(slot: Slot) -> Time:
    end = slot.end.astimezone(AMSTERDAM) if slot.end else None
    return Time("", slot.start.astimezone(AMSTERDAM), end, slot.all_day, DateStatus.SCHEDULED)


def _words(terms: Iterable[Any] | None) -> tuple[Word, ...]:
    return tuple(Word(one.code, one.name, one.name_en) for one in terms or () if isinstance(one, Term))


def _image(sheet: Sheet, picture: Picture, alt: str) -> Image:
    """It can be looked at once it is kept with the activity."""
    is_kept = sheet.activity is not None and sheet.activity.picture == picture
    return Image(str(picture.uuid), alt, pictures.addresses(picture) if is_kept else {})
