"""What a source says as the columns of an activity, and what of an activity is as the source said it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from agenda.document import AMSTERDAM
from agenda.imports.base import Found, dump_slot
from agenda.models import Activity
from agenda.services.places import find_place, place_in_words
from agenda.when import Slot, sentence
from partners.models import City

TEXTS = ("title", "summary", "description", "website", "booking_url", "price_note")
Written = dict[str, Any]


def written(found: Found, city: City, *, now: datetime) -> Written:
    """What would stand in the activity, as plain JSON; without what the source is silent about."""
    said: Written = {name: found.text(name) for name in TEXTS if found.text(name)}
    if place := found.text("place"):
        venue, _room = find_place(city, place)
        address = found.text("address")
        said["place"] = place if venue or not address or address in place else f"{place}, {address}"[:200]
    if price := found.text("price"):
        said["price"] = f"{Decimal(price):.2f}"
    if found.has_clock:
        said["dates"] = [dump_slot(slot) for slot in coming(found.slots, now)]
    return said


def standing(activity: Activity, *, now: datetime) -> Written:
    """The same about the activity as it is."""
    free = activity.price_kind == Activity.Price.FREE
    return {
        **{name: getattr(activity, name) for name in TEXTS},
        "place": place_in_words(activity),
        "price": "0.00" if free else f"{activity.price:.2f}" if activity.price is not None else "",
        "dates": [dump_slot(slot) for slot in coming(slots_of(activity), now)],
    }


def columns(said: Mapping[str, Any], city: City) -> dict[str, Any]:
    """The columns for these fields."""
    made: dict[str, Any] = {name: said[name] for name in TEXTS if name in said}
    if "place" in said:
        venue, room = find_place(city, said["place"])
        made |= {"venue": venue, "room": room, "place_text": "" if venue else said["place"]}
    if "price" in said:
        amount = Decimal(said["price"])
        kind = Activity.Price.PAID if amount else Activity.Price.FREE
        made |= {"price": amount or None, "price_kind": kind}
    return made


def slots_of(activity: Activity) -> list[Slot]:
    return [
        Slot(
            one.start.astimezone(AMSTERDAM),
            one.end.astimezone(AMSTERDAM) if one.end else None,
            one.is_all_day,
        )
        for one in activity.moments.all()
    ]


def coming(slots: Sequence[Slot], now: datetime) -> list[Slot]:
    """From today on: what is over is never changed any more."""
    return [slot for slot in sorted(slots) if slot.start >= midnight(now)]


def with_past(found: Found, activity: Activity, *, now: datetime) -> list[Slot]:
    """The dates of the source, after those that the activity has already had."""
    past = [slot for slot in slots_of(activity) if slot.start < midnight(now)]
    return [*past, *coming(found.slots, now)]


def midnight(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(AMSTERDAM).date(), time(), AMSTERDAM)


def when_text(slots: Sequence[Slot], *, has_clock: bool) -> str:
    text = sentence(slots)
    return text if has_clock else text.replace(" hele dag", "")
