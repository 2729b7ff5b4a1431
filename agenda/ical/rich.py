"""Place and maker as components of RFC 9073, only for who asks (`profiel=rijk`). Pure.

calcurse skips an event that has them ("only one location allowed") and libical 3 counts errors, so no other
feed carries them.
"""

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Component

from agenda.document import Document, Maker, Place
from agenda.ical.text import clean

ROLE: Final = "SPONSOR"  # who brings it; RFC 9073 §6.2 has no word for an organiser in public


class Location(Component):
    name = "VLOCATION"


class Participant(Component):
    name = "PARTICIPANT"


def parts(document: Document) -> list[Component]:
    """VLOCATION and PARTICIPANT of this document, as far as they are known."""
    place = [_place(document.place)] if document.place else []
    return [*place, _maker(document.maker, document.uid_domain)]


def _place(place: Place) -> Component:
    location = Location()
    location.add("uid", str(uuid5(NAMESPACE_URL, place.line)))
    location.add("name", clean(place.name))
    location.add("description", clean(place.line))
    if place.latitude is not None and place.longitude is not None:
        location.add("geo", (place.latitude, place.longitude))
    return location


def _maker(maker: Maker, domain: str) -> Component:
    participant = Participant()
    participant.add("uid", f"maker-{maker.id}@{domain}")
    participant.add("participant-type", ROLE)
    participant.add("summary", clean(maker.name))
    if maker.website:
        participant.add("url", maker.website)
    return participant
