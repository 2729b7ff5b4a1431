"""Links that put one date into somebody's own calendar on the web, and the way to a place. Pure."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from agenda.document import Document, Place, Time

WITHOUT_END = timedelta(hours=2)  # these calendars ask for an end
GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


def google(document: Document, time: Time, url: str) -> str:
    """Times in UTC, so that every time zone reads them right."""
    first, last = time.start, _end(time)
    dates = f"{first:%Y%m%d}/{last:%Y%m%d}" if time.is_all_day else f"{_stamp(first)}/{_stamp(last)}"
    question = {
        "action": "TEMPLATE",
        "text": document.title,
        "dates": dates,
        "details": f"{document.summary}\n{url}".strip(),
        "location": document.place.line if document.place else "",
    }
    return f"{GOOGLE}?{urlencode(question)}"


def outlook(document: Document, time: Time, url: str) -> str:
    """Times with the city's own offset on that day."""
    first, last = time.start, _end(time)
    question = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": document.title,
        "startdt": f"{first:%Y-%m-%d}" if time.is_all_day else first.isoformat(timespec="seconds"),
        "enddt": f"{last:%Y-%m-%d}" if time.is_all_day else last.isoformat(timespec="seconds"),
        "body": f"{document.summary}\n{url}".strip(),
        "location": document.place.line if document.place else "",
    }
    if time.is_all_day:
        question["allday"] = "true"
    return f"{OUTLOOK}?{urlencode(question)}"


def routes(place: Place) -> list[tuple[str, str]]:
    """Name and address of maps that show the way to this place; none without an address."""
    if place.latitude is not None and place.longitude is not None:
        there = f"{place.latitude},{place.longitude}"
    elif place.street:
        there = f"{place.street}, {place.town or place.postcode}"
    else:
        return []
    return [
        ("OpenStreetMap", f"https://www.openstreetmap.org/directions?{urlencode({'to': there})}"),
        ("Google Maps", f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': there})}"),
    ]


def _end(time: Time) -> datetime:
    """The end; of a whole day the day after, as these calendars count."""
    if time.is_all_day:
        return (time.end or time.start) + timedelta(days=1)
    return time.end or time.start + WITHOUT_END


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
