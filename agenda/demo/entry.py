"""One invented activity as a maker would have filled it in."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from django.db.models import Model
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


class Rows:
    """What the city has, each table read once: terms by code, organisations and places by slug."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._held: dict[type[Model], dict[str, Any]] = {}

    def of(self, model: type[Model]) -> dict[str, Any]:
        if model not in self._held:
            word = "code" if issubclass(model, Term) else "slug"
            rows = model._default_manager.filter(city=self.city)
            self._held[model] = {getattr(row, word): row for row in rows}
        return self._held[model]

    def terms(self, model: type[Term], codes: Iterable[str]) -> list[Term]:
        return [self.of(model)[code] for code in codes if code in self.of(model)]


def activity(entry: Mapping[str, Any], shift: timedelta, rows: Rows) -> Activity:
    """Not yet saved; its token says which activity of which season it is, so that it is made once."""
    venue = rows.of(Venue).get(slugify(names("locaties")[entry["locatie"]]))
    return Activity(
        city=rows.city,
        token=uuid.uuid5(NAMESPACE, f"{entry['id']} {shift.days}"),
        organisation=rows.of(Organisation)[slugify(names("organisaties")[entry["organisatie"]])],
        title=entry["titel"],
        summary=entry["samenvatting"],
        description=entry["omschrijving"],
        venue=venue,
        room=Room.objects.filter(venue=venue, name=entry["zaal"]).first() if entry["zaal"] else None,
        kind=rows.of(Kind)[entry["type"]],
        age_from=entry["leeftijd_van"],
        age_to=entry["leeftijd_tot"],
        **price(entry["prijs"]),
        booking_url=entry["ticketlink"] or entry["aanmeldlink"] or "",
        language=entry["taal"],
        is_demo=True,
    )


def without_account(activity: Activity, entry: Mapping[str, Any]) -> None:
    """Sent by somebody who gave a name, an organisation and a mail address, and has not confirmed yet."""
    activity.organisation = None
    activity.sender_name = "Secretaris"
    activity.sender_organisation = names("organisaties")[entry["organisatie"]]
    activity.sender_mail = entry["contact"]["mail"]


def sets(entry: Mapping[str, Any], rows: Rows) -> dict[str, list[Term]]:
    """The words of the city's vocabularies that belong to it."""
    ages = audiences(entry["leeftijd_van"], entry["leeftijd_tot"])
    return {
        "disciplines": rows.terms(Discipline, entry["disciplines"]),
        "audiences": rows.terms(Audience, ages),
        "segments": rows.terms(Segment, [slugify(name) for name in entry["doelgroepen"]]),
        "core_values": rows.terms(CoreValue, entry["kernwaarden"]),
        "passes": rows.terms(Pass, entry["prijs"].get("passen", [])),
        "access": rows.terms(AccessFact, entry["toegankelijkheid"]),
    }


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
