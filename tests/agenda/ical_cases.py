"""Dates that calendar apps are known to get wrong, and when they really are, in UTC.

Each is written out in `tests/data/ics/<name>.ics`, which is also what the calendar clients read
(`tests/clients`). `python -m tests.agenda.ical_cases` writes them again after a meant change; read the diff.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from agenda import ical
from agenda.document import AMSTERDAM, Document, Image, Maker, Place, Time, Word

FOLDER = Path(__file__).parent.parent / "data" / "ics"
ORIGIN = "https://agenda.example"
STAMP = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)

DOCUMENT = Document(
    uuid="6f1c9f6e-0000-4000-8000-000000000000",
    slug="open-podium",
    title="Open podium",
    summary="Iedereen mag op het toneel.",
    description="Neem je gitaar mee.\n\nOf kom luisteren.",
    maker=Maker(id=7, slug="buurtmakers", name="Buurtmakers", website="https://buurtmakers.example/"),
    place=Place(
        name="Stadstheater",
        id=3,
        slug="stadstheater",
        room="Grote zaal",
        street="Theaterplein 1",
        postcode="2711 EC",
        town="Zoetermeer",
        latitude=52.061,
        longitude=4.496,
    ),
    district=None,
    kind=Word("concert", "Concert"),
    schema_org_type="MusicEvent",
    disciplines=(Word("muziek", "Muziek"),),
    audiences=(Word("gezinnen", "Gezinnen"),),
    core_values=(Word("speels", "Speels"),),
    reach=None,
    age_from=None,
    age_to=None,
    price_kind="paid",
    price=Decimal("12.50"),
    price_note="",
    passes=(),
    booking_url="https://kaarten.example/open-podium",
    website="",
    language="nl",
    access=(),
    image=None,
    times=(),
    uid_domain="zoetermeer.cultuur.example",
)


@dataclass(frozen=True)
class Case:
    """A document's dates with the UTC start and end of each; `wish` is the subscriber's."""

    times: tuple[Time, ...]
    expected: tuple[tuple[datetime | date, datetime | date | None], ...]
    document: Document = DOCUMENT
    wish: ical.Wish = ical.PLAIN
    is_dropped: bool = False

    def vevents(self) -> list[str]:
        made = (
            ical.vevent(
                self.document, time, sequence=1, stamp=STAMP, origin=ORIGIN, is_dropped=self.is_dropped
            )
            for time in self.times
        )
        return [self.wish.text(text, self.document) for text in made]

    def calendar(self) -> str:
        source = f"{ORIGIN}/agenda.ics"
        return ical.calendar("Cultuuragenda Zoetermeer", self.vevents(), source_url=source, colour="teal")


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=AMSTERDAM)  # type: ignore[arg-type]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type]


def at(number: int, start: datetime, end: datetime | None = None, **changes: object) -> Time:
    uuid = f"0b0c5c1e-0000-4000-8000-{number:012d}"
    return replace(Time(uuid, start, end, is_all_day=False, status="scheduled"), **changes)  # type: ignore[arg-type]


EVENING = at(1, local(2026, 11, 28, 20), local(2026, 11, 28, 22))
EVENING_UTC = (utc(2026, 11, 28, 19), utc(2026, 11, 28, 21))

CASES: dict[str, Case] = {
    "dst_autumn": Case(
        (
            at(1, local(2026, 10, 24, 20), local(2026, 10, 24, 22)),
            at(2, local(2026, 10, 25, 1, 30), local(2026, 10, 25, 4)),
            at(3, local(2026, 10, 25, 20), local(2026, 10, 25, 22)),
        ),
        (
            (utc(2026, 10, 24, 18), utc(2026, 10, 24, 20)),
            (utc(2026, 10, 24, 23, 30), utc(2026, 10, 25, 3)),
            (utc(2026, 10, 25, 19), utc(2026, 10, 25, 21)),
        ),
    ),
    "dst_spring": Case(
        (
            at(1, local(2027, 3, 27, 20), local(2027, 3, 27, 22)),
            at(2, local(2027, 3, 28, 1, 30), local(2027, 3, 28, 3, 30)),
            at(3, local(2027, 3, 28, 20), local(2027, 3, 28, 22)),
        ),
        (
            (utc(2027, 3, 27, 19), utc(2027, 3, 27, 21)),
            (utc(2027, 3, 28, 0, 30), utc(2027, 3, 28, 1, 30)),
            (utc(2027, 3, 28, 18), utc(2027, 3, 28, 20)),
        ),
    ),
    "summer": Case(
        (at(1, local(2027, 7, 3, 20), local(2027, 7, 3, 23, 30)),),
        ((utc(2027, 7, 3, 18), utc(2027, 7, 3, 21, 30)),),
    ),
    "winter_2040": Case(
        (
            at(1, local(2040, 1, 15, 20), local(2040, 1, 15, 22)),
            at(2, local(2040, 7, 15, 20), local(2040, 7, 15, 22)),
        ),
        (
            (utc(2040, 1, 15, 19), utc(2040, 1, 15, 21)),
            (utc(2040, 7, 15, 18), utc(2040, 7, 15, 20)),
        ),
    ),
    "all_day": Case(
        (
            at(1, local(2027, 1, 18), is_all_day=True),
            at(2, local(2027, 3, 27), local(2027, 3, 29), is_all_day=True),
        ),
        ((date(2027, 1, 18), date(2027, 1, 19)), (date(2027, 3, 27), date(2027, 3, 30))),
    ),
    "across_midnight": Case(
        (at(1, local(2026, 12, 31, 22), local(2027, 1, 1, 2)),),
        ((utc(2026, 12, 31, 21), utc(2027, 1, 1, 1)),),
    ),
    "no_end": Case((at(1, local(2026, 11, 28, 20)),), ((utc(2026, 11, 28, 19), None),)),
    "cancelled": Case(
        (replace(EVENING, status="cancelled", reason=Word("ziekte", "ziekte")),), (EVENING_UTC,)
    ),
    "cancelled_in_title_only": Case(
        (replace(EVENING, status="cancelled"),), (EVENING_UTC,), wish=ical.Wish(cancelled="titel")
    ),
    "postponed": Case((replace(EVENING, status="postponed"),), (EVENING_UTC,)),
    "withdrawn": Case((EVENING,), (EVENING_UTC,), is_dropped=True),
    "sold_out": Case((replace(EVENING, status="sold_out"),), (EVENING_UTC,)),
    "moved": Case(
        (replace(EVENING, status="moved", previous_start=local(2026, 11, 27, 20, 30)),), (EVENING_UTC,)
    ),
    "other_room_and_doors": Case(
        (replace(EVENING, room="Kleine zaal", door_time=local(2026, 11, 28, 19, 30)),), (EVENING_UTC,)
    ),
    "emoji_and_folding": Case(
        (EVENING,),
        (EVENING_UTC,),
        document=replace(
            DOCUMENT,
            title='Open podium, jam; "café" \\ avond — een lange titel met ünïcödé om te vouwen 🎭🎶👩‍👩‍👧',
            description="Regel 1\r\nRegel 2; a,b\\n\n" + "🎶" * 40,
            maker=replace(DOCUMENT.maker, name='Stichting "De Toon"; klank, kleur: & meer'),
        ),
    ),
    "place_in_words": Case(
        (EVENING,), (EVENING_UTC,), document=replace(DOCUMENT, place=Place("Bij Sam in de tuin"))
    ),
    "bare": Case(
        (EVENING,),
        (EVENING_UTC,),
        document=replace(
            DOCUMENT,
            description="",
            place=None,
            kind=None,
            disciplines=(),
            audiences=(),
            core_values=(),
            price_kind="unknown",
            price=None,
            booking_url="",
        ),
    ),
    "picture": Case(
        (EVENING,),
        (EVENING_UTC,),
        document=replace(
            DOCUMENT,
            image=Image(
                id="1",
                alt="Een podium",
                renditions={
                    "1x1": {"jpeg": {"640": "/media/vierkant.jpg"}},
                    "16x9": {"jpeg": {"960": "/media/breed-960.jpg", "1440": "/media/breed-1440.jpg"}},
                },
            ),
        ),
    ),
    "reminder": Case((EVENING,), (EVENING_UTC,), wish=ical.Wish(reminder=90)),
    "rich_profile": Case((EVENING,), (EVENING_UTC,), wish=ical.Wish(is_rich=True)),
}


def write() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, case in CASES.items():
        (FOLDER / f"{name}.ics").write_bytes(case.calendar().encode())


if __name__ == "__main__":
    write()
