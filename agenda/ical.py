"""iCalendar text (RFC 5545, 7986) of a document's dates and of a whole feed. Pure: no request, HTTP or clock.

`vevent` is called once per date when a release is published; feeds only join the stored texts. What depends
on the subscriber (`afgelast=titel`, `herinner=30`) is a small change to the finished text.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Component, Event, Timezone, vCalAddress, vDuration, vUri

from agenda.document import AMSTERDAM, Document, Image, Time
from agenda.ical_words import description, prefix

DAY: Final = timedelta(days=1)
EVENT_END: Final = "END:VEVENT\r\n"
CALENDAR_END: Final = "END:VCALENDAR\r\n"
PRODUCT: Final = "-//Cultuurportaal//NL"
SHAPES: Final = ("16x9", "4x3", "1x1", "hele")
OFF: Final = frozenset({"cancelled", "postponed"})
_STAMPS = re.compile(r"^(?:SEQUENCE|DTSTAMP|LAST-MODIFIED):[^\r\n]*\r\n", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")

# Kept by hand: icalendar's own list of dates puts ical.js an hour off all summer and libical after 2037.
TIMEZONE: Final = Timezone.from_ical(
    """BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
)


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
    return _text(event)


def essence(vevent: str) -> str:
    """The text without SEQUENCE, DTSTAMP and LAST-MODIFIED: equal when nothing changed for a subscriber."""
    return _STAMPS.sub("", vevent)


def with_stamps(vevent: str, *, sequence: int, stamp: datetime) -> str:
    """The same text with another SEQUENCE, DTSTAMP and LAST-MODIFIED."""
    moment = f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    values = {"SEQUENCE": str(sequence), "DTSTAMP": moment, "LAST-MODIFIED": moment}

    def renewed(line: re.Match[str]) -> str:
        name = line.group().split(":", 1)[0]
        return f"{name}:{values[name]}\r\n"

    return _STAMPS.sub(renewed, vevent)


def is_off(vevent: str) -> bool:
    """Whether this date does not take place. Text inside a property never starts a line, so this is sure."""
    return "\r\nSTATUS:CANCELLED\r\n" in vevent


def in_title_only(vevent: str) -> str:
    """For apps that hide what is cancelled (`afgelast=titel`): the word in the title, STATUS:CONFIRMED."""
    return vevent.replace("\r\nSTATUS:CANCELLED\r\n", "\r\nSTATUS:CONFIRMED\r\n")


def with_parts(vevent: str, parts: Iterable[Component]) -> str:
    """With components inside: an alarm, or those of RFC 9073 (`agenda.ical_rich`)."""
    inner = "".join(_text(part) for part in parts)
    return vevent.removesuffix(EVENT_END) + inner + EVENT_END


def alarm(minutes: int, text: str) -> Alarm:
    """A reminder on the subscriber's screen, so many minutes before the start (`herinner=30`)."""
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", clean(text))
    reminder["TRIGGER"] = vDuration(-timedelta(minutes=minutes))
    return reminder


def calendar(name: str, vevents: Iterable[str], *, source_url: str, colour: str = "") -> str:
    """A whole feed: the opening, the stored texts in the order given, the end."""
    return opening(name, source_url=source_url, colour=colour) + "".join(vevents) + CALENDAR_END


def opening(name: str, *, source_url: str, colour: str = "") -> str:
    """All of a feed before its first VEVENT. `colour` is a CSS3 name (RFC 7986 §5.9).

    No UID: with one on the calendar, vdirsyncer takes the whole feed for one item. icalendar forgets the
    VALUE parameters that RFC 7986 §5.7 and §5.8 require.
    """
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    head.add("method", "PUBLISH")
    head.add("name", clean(name))
    head.add("x-wr-calname", clean(name))
    head.add("x-wr-timezone", "Europe/Amsterdam")
    if colour:
        head.add("color", colour)
    head["REFRESH-INTERVAL"] = vDuration(timedelta(hours=1), params={"VALUE": "DURATION"})
    head.add("x-published-ttl", "PT1H")
    head["SOURCE"] = vUri(source_url, params={"VALUE": "URI"})
    head.add_component(TIMEZONE)
    return _text(head).removesuffix(CALENDAR_END)


def clean(text: str) -> str:
    """Line ends as \\n and no control characters, which RFC 5545 §3.1 does not allow."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text(component: Component) -> str:
    data: bytes = component.to_ical()
    return data.decode()


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
    """An end at midnight already is the day after; any other time is within the last day."""
    start, end = moment.start.astimezone(AMSTERDAM), (moment.end or moment.start).astimezone(AMSTERDAM)
    if end <= start:
        return start.date() + DAY
    return end.date() if end.time() == time(0) else end.date() + DAY


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
