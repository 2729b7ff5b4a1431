"""A place as people write it, and as we write it back."""

from agenda.models import Activity
from partners.models import City, Room, Venue

Found = tuple[Venue | None, Room | None]


def find_place(city: City, text: str) -> Found:
    """'Stadstheater' and 'Stadstheater, Grote zaal', in any case; (None, None) for every other text."""
    if not text:
        return None, None
    places = Venue.objects.active().filter(city=city)
    whole = places.filter(name__iexact=text).first()
    if whole:
        return whole, None
    name, _comma, hall = (part.strip() for part in text.rpartition(","))
    room = Room.objects.filter(venue__in=places, venue__name__iexact=name, name__iexact=hall).select_related(
        "venue"
    )
    found = room.first()
    return (found.venue, found) if found else (None, None)


def place_in_words(activity: Activity) -> str:
    """The place of an activity as `find_place` reads it back."""
    if not activity.venue:
        return activity.place_text
    return in_words(activity.venue, activity.room)


def in_words(venue: Venue, room: Room | None) -> str:
    return f"{venue.name}, {room.name}" if room else venue.name
