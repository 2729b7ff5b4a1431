"""A document in memory, for what needs no database."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from agenda.document import AMSTERDAM, AccessAnswer, Document, Maker, Place, Time, Word

STEP_FREE = Word("rolstoel", "Rolstoeltoegankelijk", "Wheelchair accessible")
LOOP = Word("ringleiding", "Ringleiding", "Hearing loop")


def local(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


def time(number: int = 1, **fields: Any) -> Time:
    fields = {"start": local(2026, 11, 28, 20), "end": local(2026, 11, 28, 22), **fields}
    uuid = f"00000000-0000-4000-8000-{number:012}"
    return Time(**{"uuid": uuid, "is_all_day": False, "status": "scheduled", **fields})


def place(**fields: Any) -> Place:
    known = {
        "name": "Stadstheater",
        "id": 1,
        "slug": "stadstheater",
        "room": "Grote zaal",
        "street": "Theaterplein 1",
        "postcode": "2711 EC",
        "town": "Zoetermeer",
        "latitude": 52.06,
        "longitude": 4.49,
        "access": (
            AccessAnswer(STEP_FREE, "yes", "de plek zelf", "2026-11-02"),
            AccessAnswer(LOOP, "unknown", "de plek zelf", "2026-11-02"),
        ),
    }
    return Place(**{**known, **fields})


def document(**fields: Any) -> Document:
    known: dict[str, Any] = {
        "uuid": "00000000-0000-4000-8000-000000000000",
        "slug": "zing-mee",
        "title": "Zing mee & <b>wees blij</b>",
        "summary": "Een avond zingen.",
        "description": "Kom *ook*.",
        "maker": Maker(
            1, "waterlelie", "Popkoor De Waterlelie", "https://koor.example/", "koor@demo.example"
        ),
        "place": place(),
        "district": Word("dorp", "Dorp"),
        "kind": Word("concert", "Concert", "Concert"),
        "schema_org_type": "MusicEvent",
        "disciplines": (Word("muziek", "Muziek", "Music"),),
        "audiences": (Word("gezinnen", "Gezinnen", "Families"),),
        "core_values": (),
        "reach": None,
        "age_from": 6,
        "age_to": None,
        "price_kind": "paid",
        "price": Decimal("7.50"),
        "price_note": "",
        "passes": (),
        "booking_url": "",
        "website": "",
        "language": "nl",
        "access": (LOOP,),
        "image": None,
        "times": (time(),),
    }
    return Document(**{**known, **fields})
