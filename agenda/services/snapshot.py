"""Freezing a working copy: the one function that writes the JSON of a release (`Document.read` reads it)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from agenda.document import AMSTERDAM, VERSION
from agenda.models import Activity, Moment, Picture
from agenda.services.pictures import addresses
from partners.models import AccessStatement, Organisation, Room, Term, Venue

RELATED = (
    "city",
    "organisation",
    "venue__district",
    "room",
    "kind",
    "district",
    "reach",
    "picture",
    "sender",
)
"""What `freeze` reads beside the row itself."""


def freeze(activity: Activity) -> dict[str, Any]:
    """Everything of `activity` that the public may know. It must have an organisation and a slug."""
    assert activity.organisation is not None and activity.slug  # noqa: S101, PT018 - approve gives both
    kind = activity.kind
    district = activity.district or (activity.venue.district if activity.venue else None)
    return {
        "version": VERSION,
        "uuid": str(activity.uuid),
        "slug": activity.slug,
        "title": activity.title,
        "summary": activity.summary,
        "description": activity.description,
        "maker": maker(activity.organisation),
        "co_makers": co_makers(activity),
        "place": place(activity.venue, activity.room) if activity.venue else _words(activity.place_text),
        "district": word(district),
        "kind": word(kind),
        "schema_org_type": kind.schema_org_type if kind else "Event",
        "disciplines": words(activity.disciplines.all()),
        "audiences": words(activity.audiences.all()),
        "core_values": words(activity.core_values.all()),
        "reach": word(activity.reach),
        "age_from": activity.age_from,
        "age_to": activity.age_to,
        "price_kind": activity.price_kind,
        "price": str(activity.price) if activity.price is not None else None,
        "price_note": activity.price_note,
        "passes": words(activity.passes.all()),
        "booking_url": activity.booking_url,
        "website": activity.website,
        "language": activity.language,
        "access": words(activity.access.all()),
        "image": image(activity.picture, activity.picture_alt),
        "times": [time(moment, activity.venue) for moment in _moments(activity)],
        "is_demo": activity.is_demo,
        "uid_domain": activity.city.uid_domain,
    }


def word(term: Term | None) -> dict[str, str] | None:
    return {"code": term.code, "name": term.name, "name_en": term.name_en} if term else None


def words(terms: Iterable[Term]) -> list[dict[str, str] | None]:
    return [word(term) for term in terms]


def maker(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.pk,
        "slug": organisation.slug,
        "name": organisation.name,
        "website": organisation.website,
        "mail": organisation.mail,
    }


def co_makers(activity: Activity) -> list[dict[str, Any]]:
    """Those that accepted, in the order in which they were asked."""
    return [maker(row.organisation) for row in activity.co_makers.shown().select_related("organisation")]


def place(venue: Venue, room: Room | None) -> dict[str, Any]:
    """A registered venue, with what is known about getting in: the room's own answer before the venue's."""
    return {
        "name": venue.name,
        "id": venue.pk,
        "slug": venue.slug,
        "room": room.name if room else "",
        "street": venue.street,
        "postcode": venue.postcode,
        "town": venue.town,
        "latitude": float(venue.latitude) if venue.latitude is not None else None,
        "longitude": float(venue.longitude) if venue.longitude is not None else None,
        "access": [_answer(statement) for statement in _statements(venue, room)],
    }


def _words(place_text: str) -> dict[str, Any] | None:
    return {"name": place_text, "access": []} if place_text else None


def _statements(venue: Venue, room: Room | None) -> list[AccessStatement]:
    rows = venue.access.select_related("fact").order_by("fact__position", "fact__name", "pk")
    found = {row.fact_id: row for row in rows if row.room_id is None}
    if room:
        found |= {row.fact_id: row for row in rows if row.room_id == room.pk}
    return list(found.values())


def _answer(statement: AccessStatement) -> dict[str, Any]:
    return {
        "fact": word(statement.fact),
        "answer": statement.answer,
        "source": statement.source,
        "checked_on": statement.checked_on.isoformat(),
    }


def image(picture: Picture | None, alt: str) -> dict[str, Any] | None:
    """None without a picture that can be shown; while it is being made only its id, for a refresh later."""
    if picture is None or picture.status == Picture.Status.FAILED:
        return None
    return {"id": str(picture.uuid), "alt": alt, "renditions": addresses(picture)}


def _moments(activity: Activity) -> Iterable[Moment]:
    return activity.moments.select_related("reason", "room__venue").order_by("start", "id")


def time(moment: Moment, venue: Venue | None) -> dict[str, Any]:
    return {
        "uuid": str(moment.uuid),
        "start": local(moment.start),
        "end": local(moment.end),
        "is_all_day": moment.is_all_day,
        "status": moment.status,
        "reason": word(moment.reason),
        "previous_start": local(moment.previous_start),
        "door_time": local(moment.door_time),
        "room": room_name(moment.room, venue),
    }


def room_name(room: Room | None, venue: Venue | None) -> str:
    """'Kleine zaal'; with its venue when that is another than the activity's own."""
    if room is None:
        return ""
    return room.name if venue and room.venue_id == venue.pk else f"{room.venue.name}, {room.name}"


def local(moment: datetime | None) -> str | None:
    """ISO 8601 in Amsterdam time, so that the same moment always gives the same bytes."""
    return moment.astimezone(AMSTERDAM).isoformat() if moment else None
