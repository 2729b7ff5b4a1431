"""One invented activity as a maker would have filled it in."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.utils.text import slugify

from agenda.models import Activity
from partners.demo import scenario
from partners.models import (
    AccessFact,
    Audience,
    City,
    CoreValue,
    Discipline,
    Kind,
    Organisation,
    Pass,
    Room,
    Segment,
    Term,
    Venue,
)

NAMESPACE = uuid.UUID("6f0f3a5e-6a0b-4b7e-9d3e-1c5f1a2b3c4d")
PRICES = {"gratis": "free", "gratis_aanmelden": "free"}
FAMILY, CHILD, YOUNG, ADULT = 8, 12, 18, 18


def activity(entry: Mapping[str, Any], shift: timedelta, city: City) -> Activity:
    """Not yet saved; its token says which activity of which season it is, so that it is made once."""
    venue = Venue.objects.filter(city=city, slug=slugify(names("locaties")[entry["locatie"]])).first()
    return Activity(
        city=city,
        token=uuid.uuid5(NAMESPACE, f"{entry['id']} {shift.days}"),
        organisation=Organisation.objects.get(slug=slugify(names("organisaties")[entry["organisatie"]])),
        title=entry["titel"],
        summary=entry["samenvatting"],
        description=entry["omschrijving"],
        venue=venue,
        room=Room.objects.filter(venue=venue, name=entry["zaal"]).first() if entry["zaal"] else None,
        kind=Kind.objects.get(city=city, code=entry["type"]),
        age_from=entry["leeftijd_van"],
        age_to=entry["leeftijd_tot"],
        **price(entry["prijs"]),
        booking_url=entry["ticketlink"] or entry["aanmeldlink"] or "",
        language=entry["taal"],
        is_demo=True,
    )


def sets(entry: Mapping[str, Any], city: City) -> dict[str, list[Term]]:
    """The words of the city's vocabularies that belong to it."""
    return {
        "disciplines": terms(Discipline, city, entry["disciplines"]),
        "audiences": terms(Audience, city, audiences(entry["leeftijd_van"], entry["leeftijd_tot"])),
        "segments": terms(Segment, city, [slugify(name) for name in entry["doelgroepen"]]),
        "core_values": terms(CoreValue, city, entry["kernwaarden"]),
        "passes": terms(Pass, city, entry["prijs"].get("passen", [])),
        "access": terms(AccessFact, city, entry["toegankelijkheid"]),
    }


def terms(model: type[Term], city: City, codes: Iterable[str]) -> list[Term]:
    wanted = set(codes)
    return list(model._default_manager.filter(city=city, code__in=wanted)) if wanted else []


def audiences(age_from: int | None, age_to: int | None) -> list[str]:
    """For whom, in the public's words, from the ages that the scenario gives."""
    low, high = age_from or 0, age_to or 99
    found = ["gezinnen"] if low <= FAMILY and high <= YOUNG else []
    found += ["kinderen"] if low < CHILD and high <= YOUNG else []
    found += ["jongeren"] if low < YOUNG and CHILD < high < ADULT + 10 else []
    found += ["volwassenen"] if low >= ADULT else []
    return found or ["iedereen"]


def price(given: Mapping[str, Any]) -> dict[str, Any]:
    """Kind, lowest amount in euros, and the rates in words."""
    if given["type"] in PRICES:
        note = "Meld je wel aan" if given["type"] == "gratis_aanmelden" else ""
        return {"price_kind": "free", "price": None, "price_note": note}
    rates = given["tarieven"]
    words = ", ".join(f"{rate['naam'].lower()} {euros(rate['bedrag'])}" for rate in rates)
    return {
        "price_kind": "paid",
        "price": f"{min(rate['bedrag'] for rate in rates):.2f}",
        "price_note": words[:200] if len(rates) > 1 else "",
    }


def euros(amount: float) -> str:
    return f"€ {amount:.2f}".replace(".", ",").replace(",00", "")


@cache
def names(part: str) -> dict[str, str]:
    """Name by id, of 'organisaties' or 'locaties'."""
    return {one["id"]: one["naam"] for one in scenario()[part]}
