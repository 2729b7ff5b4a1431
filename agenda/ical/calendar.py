"""What stands around the VEVENTs of a feed: VCALENDAR with its name and refresh time, and one VTIMEZONE."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from icalendar import Calendar, Timezone, vDuration, vUri

from agenda.ical.text import clean, text_of

CALENDAR_END: Final = "END:VCALENDAR\r\n"
PRODUCT: Final = "-//Cultuurportaal//NL"

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
    return text_of(head).removesuffix(CALENDAR_END)
