"""One date of a document as a VEVENT (RFC 5545 §3.6.1); made once, when a release is published. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Event, vCalAddress, vUri

from agenda.document import AMSTERDAM, OFF, Document, Image, Time
from agenda.ical.text import clean, text_of
from agenda.ical.words import description, prefix

DAY: Final = timedelta(days=1)
SHAPES: Final = ("16x9", "4x3", "1x1", "hele")


def vevent(  # noqa: PLR0913 - what the text depends on; all but the first two are named
    document: Document, moment: Time, *, sequence: int, stamp: datetime, origin: str, is_dropped: bool = False
) -> str:
    """One date as a VEVENT, CRLF, folded at 75 octets. `stamp` is aware; `origin` as 'https://agenda.example'.

    A date that is off (cancelled, postponed, dropped by its maker or withdrawn with its activity) has
    STATUS:CANCELLED and says so before the title, since several apps ignore STATUS. Without a known end there
    is no DTEND: an invented end would be a claim. A date never blocks a subscriber's own agenda (TRANSP).
    """
    status = "cancelled" if is_dropped and moment.status not in OFF else moment.status
    moment = replace(moment, status=status)
    page = f"{origin}/agenda/{document.slug}/"
    event = Event()
    event.add("uid", f"{moment.uuid}@{document.uid_domain}")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("last-modified", stamp.astimezone(UTC))
    event.add("status", "CANCELLED" if status in OFF else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("summary", clean(prefix(status) + document.title))
    event.add("description", clean(description(document, moment, page)))
    event.add("url", page)
    _add_maker(event, document)
    _add_when(event, moment)
    _add_where(event, document, moment)
    _add_categories(event, document)
    _add_image(event, document.image, origin)
    return text_of(event)


def _add_maker(event: Event, document: Document) -> None:
    """METHOD:PUBLISH wants an ORGANIZER in every VEVENT; the address is nobody's, the name is the maker's.

    A parameter value cannot hold a double quote without RFC 6868, which not every app reads.
    """
    name = " ".join(clean(document.maker.name).replace('"', "'").replace("^", "").split())
    address = f"mailto:geen-antwoord@{document.uid_domain}"
    event["ORGANIZER"] = vCalAddress(address, params={"CN": name})


def _add_when(event: Event, moment: Time) -> None:
    """All-day as VALUE=DATE with an exclusive end (RFC 5545 §3.6.1); others in Europe/Amsterdam."""
    if moment.is_all_day:
        event.add("dtstart", moment.start.astimezone(AMSTERDAM).date())
        event.add("dtend", _day_after(moment))
        return
    event.add("dtstart", moment.start.astimezone(AMSTERDAM))
    if moment.end and moment.end > moment.start:
        event.add("dtend", moment.end.astimezone(AMSTERDAM))


def _day_after(moment: Time) -> date:
    """The last day is the one in which it ends; DTEND is the day after."""
    last = max(moment.start, moment.end or moment.start)
    return last.astimezone(AMSTERDAM).date() + DAY


def _add_where(event: Event, document: Document, moment: Time) -> None:
    if not document.place:
        return
    place = replace(document.place, room=moment.room) if moment.room else document.place
    if place.line:
        event.add("location", clean(place.line))
    if place.latitude is not None and place.longitude is not None:
        event.add("geo", (place.latitude, place.longitude))


def _add_categories(event: Event, document: Document) -> None:
    words = (document.kind, *document.disciplines, *document.audiences, *document.core_values)
    names = dict.fromkeys(clean(word.name) for word in words if word)
    if names:
        event.add("categories", list(names))


def _add_image(event: Event, image: Image | None, origin: str) -> None:
    """The widest JPEG; written by hand, as icalendar loses its VALUE parameter (RFC 7986 §5.10)."""
    renditions = image.renditions if image else {}
    jpegs = next((renditions[shape]["jpeg"] for shape in SHAPES if "jpeg" in renditions.get(shape, {})), None)
    if jpegs:
        address = jpegs[max(jpegs, key=int)]
        full = origin + address if address.startswith("/") else address
        event["IMAGE"] = vUri(full, params={"VALUE": "URI", "FMTTYPE": "image/jpeg", "DISPLAY": "BADGE"})
