"""The frozen document of an invented activity, as `snapshot.freeze` would write it; no desk behind it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from agenda.document import VERSION
from agenda.services import snapshot
from bench import words
from partners.models import City, Organisation, Venue


@dataclass(frozen=True)
class World:
    """What activities are made of, as the JSON of a release."""

    uid_domain: str
    first: date
    makers: tuple[dict[str, Any], ...]
    places: tuple[tuple[dict[str, Any], dict[str, str] | None], ...]
    terms: dict[str, tuple[dict[str, str], ...]]

    def term(self, name: str, number: int) -> dict[str, str] | None:
        rows = self.terms[name]
        return rows[number % len(rows)] if rows else None

    def some(self, name: str, number: int, count: int) -> list[dict[str, str]]:
        rows = self.terms[name]
        return [rows[(number + step) % len(rows)] for step in range(min(count, len(rows)))]


def world(city: City, models: dict[str, type[Any]], first: date) -> World:
    """Read once: makers, places and words of this city."""
    terms = {
        name: tuple(word for term in model.objects.filter(city=city) if (word := snapshot.word(term)))
        for name, model in models.items()
    }
    venues = Venue.objects.filter(city=city).select_related("district").order_by("pk")
    return World(
        uid_domain=city.uid_domain,
        first=first,
        makers=tuple(snapshot.maker(one) for one in Organisation.objects.filter(city=city).order_by("pk")),
        places=tuple((snapshot.place(one, None), snapshot.word(one.district)) for one in venues),
        terms=terms,
    )


def document(world: World, number: int) -> dict[str, Any]:
    """Activity `number` as JSON that `Document.read` reads."""
    place, district = world.places[number % len(world.places)]
    return {
        "version": VERSION,
        "uuid": str(words.uuid(f"activiteit {number}")),
        "slug": slug(number),
        "title": words.title(number),
        "summary": f"Een middag of avond in {place['name']}, voor wie wil kijken, luisteren of meedoen.",
        "description": words.description(number),
        "maker": world.makers[number * 7 % len(world.makers)],
        "place": place,
        "district": district,
        "kind": world.term("kinds", number),
        "schema_org_type": "Event",
        "disciplines": world.some("disciplines", number, 1),
        "audiences": world.some("audiences", number, number % 3),
        "core_values": world.some("core_values", number, 1),
        "reach": world.term("reach", number),
        **_price_and_ages(number),
        "passes": [],
        "booking_url": f"https://kaarten.example/{number}/",
        "website": "",
        "language": "nl",
        "access": world.some("access_facts", number, 2),
        "image": None,
        "times": _times(world, number),
        "is_demo": True,
        "uid_domain": world.uid_domain,
    }


def slug(number: int) -> str:
    return f"activiteit-{number:07}"


def _price_and_ages(number: int) -> dict[str, Any]:
    is_free = number % 3 == 0
    return {
        "price_kind": "free" if is_free else "paid",
        "price": None if is_free else f"{5 + number % 30}.50",
        "price_note": "",
        "age_from": 6 if number % 5 == 0 else None,
        "age_to": 12 if number % 5 == 0 else None,
    }


def _times(world: World, number: int) -> list[dict[str, Any]]:
    return [
        {
            "uuid": str(words.uuid(f"moment {number} {index}")),
            "start": snapshot.local(start),
            "end": snapshot.local(start + timedelta(minutes=90)),
            "is_all_day": False,
            "status": "scheduled",
            "reason": None,
            "previous_start": None,
            "door_time": None,
            "room": "",
        }
        for index, start in enumerate(words.starts(number, world.first))
    ]
