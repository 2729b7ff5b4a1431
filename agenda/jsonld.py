"""A document as schema.org Events, one per date (https://schema.org/Event). Pure: no request, no clock."""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from agenda import text
from agenda.document import Document, Place, Time

STATUSES = {
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "moved": "EventRescheduled",
}
SAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def events(document: Document, times: Iterable[Time], *, url: str, origin: str) -> list[dict[str, Any]]:
    """An Event for each of these dates; `url` is the page's own address, `origin` goes before pictures."""
    shared = _shared(document, url=url, origin=origin)
    return [{**shared, **_dated(document, time, url)} for time in times]


def script(data: object) -> SafeString:
    """JSON that can stand in a script element: no text in it can end the element."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(SAFE)
    return mark_safe(written)  # noqa: S308 - '<', '>' and '&' are escapes now


def _shared(document: Document, *, url: str, origin: str) -> dict[str, Any]:
    description = document.summary or text.first_words(document.description, 300)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": document.schema_org_type or "Event",
            "name": document.title,
            "description": description,
            "url": url,
            "image": _images(document, origin),
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": _location(document.place),
            "organizer": _filled(
                {"@type": "Organization", "name": document.maker.name, "url": document.maker.website}
            ),
            "isAccessibleForFree": True if document.is_free else None,
            "inLanguage": document.language,
            "typicalAgeRange": _ages(document),
        }
    )


def _dated(document: Document, time: Time, url: str) -> dict[str, Any]:
    """What differs from date to date. A date that moved to another room only is still as scheduled."""
    status = STATUSES.get(time.status, "EventScheduled")
    if time.status == "moved" and time.previous_start is None:
        status = "EventScheduled"
    return _filled(
        {
            "@id": f"{url}#{time.uuid}",
            "startDate": _moment(time),
            "endDate": _end(time),
            "doorTime": time.door_time.isoformat() if time.door_time else None,
            "previousStartDate": time.previous_start.isoformat() if time.previous_start else None,
            "eventStatus": f"https://schema.org/{status}",
            "offers": _offer(document, time, url),
        }
    )


def _moment(time: Time) -> str:
    return time.start.date().isoformat() if time.is_all_day else time.start.isoformat()


def _end(time: Time) -> str | None:
    if time.end is None:
        return None
    return time.end.date().isoformat() if time.is_all_day else time.end.isoformat()


def _offer(document: Document, time: Time, url: str) -> dict[str, Any] | None:
    if document.lowest_price is None:
        return None
    availability = "SoldOut" if time.status == "sold_out" else "InStock"
    return {
        "@type": "Offer",
        "price": f"{document.lowest_price:.2f}",
        "priceCurrency": "EUR",
        "availability": f"https://schema.org/{availability}",
        "url": document.booking_url or url,
    }


def _location(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    address = _filled(
        {
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.town,
        }
    )
    is_on_map = place.latitude is not None and place.longitude is not None
    geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
    return _filled(
        {
            "@type": "Place",
            "name": place.name,
            "address": {"@type": "PostalAddress", **address, "addressCountry": "NL"}
            if address
            else place.line,
            "geo": geo if is_on_map else None,
        }
    )


def _images(document: Document, origin: str) -> list[str]:
    """The widest JPEG of each ratio."""
    renditions = document.image.renditions.values() if document.image else ()
    jpegs = [formats["jpeg"] for formats in renditions if formats.get("jpeg")]
    return [absolute(widths[max(widths, key=int)], origin) for widths in jpegs]


def absolute(address: str, origin: str) -> str:
    """A path of ours with the origin before it; a whole address as it is."""
    return f"{origin}{address}" if address.startswith("/") else address


def _ages(document: Document) -> str:
    if document.age_from is None and document.age_to is None:
        return ""
    return f"{document.age_from or 0}-{'' if document.age_to is None else document.age_to}"


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in (None, "", [], {})}
