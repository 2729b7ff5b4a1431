"""The document of a release: what was let through, as plain values. Pure: no database, no clock, no HTTP.

`services.snapshot.freeze` writes it as JSON, `Document.read` reads it back; pages and feeds are made of it.
Times are aware datetimes in Europe/Amsterdam.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from agenda.workflow import DateStatus

VERSION = 1
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFF = frozenset({"cancelled", "postponed"})  # the statuses of a date to which nobody should come
NOTICES = {str(value): label for value, label in DateStatus.choices if value != DateStatus.SCHEDULED}
"""What every page says of a date that does not simply take place as planned, in one word or three."""


@dataclass(frozen=True)
class Word:
    """A term of a vocabulary in the languages that it has."""

    code: str
    name: str
    name_en: str = ""

    def label(self, language: str) -> str:
        return self.name_en if language.startswith("en") and self.name_en else self.name


@dataclass(frozen=True)
class Maker:
    """The organisation as the public knows it. `id` is the key of its row."""

    id: int
    slug: str
    name: str
    website: str = ""
    mail: str = ""


@dataclass(frozen=True)
class AccessAnswer:
    """One fact about getting in: 'yes', 'no' or 'unknown', with where that comes from and when (ISO date)."""

    fact: Word
    answer: str
    source: str
    checked_on: str


@dataclass(frozen=True)
class Place:
    """Where it is: a registered venue (`id` and `slug` set) or a place in words (`name` alone)."""

    name: str
    id: int | None = None
    slug: str = ""
    room: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: tuple[AccessAnswer, ...] = ()

    @property
    def line(self) -> str:
        """'Stadstheater, Grote zaal, Theaterplein 1, 2711 EC Zoetermeer', without what is missing."""
        town = f"{self.postcode} {self.town}".strip()
        return ", ".join(part for part in (self.name, self.room, self.street, town) if part)


@dataclass(frozen=True)
class Image:
    """A picture (`id`: its uuid): address of each rendition as {ratio: {format: {width: url}}}.

    Ratios: '16x9', '4x3', '1x1', and 'hele' (a portrait poster kept whole). Formats: 'avif', 'webp', 'jpeg'.
    """

    id: str
    alt: str = ""
    renditions: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Time:
    """One date. `uuid` never changes and is the iCalendar UID; `room` is only set where it differs."""

    uuid: str
    start: datetime
    end: datetime | None
    is_all_day: bool
    status: str
    reason: Word | None = None
    previous_start: datetime | None = None
    door_time: datetime | None = None
    room: str = ""

    @property
    def notice(self) -> str:
        """'gaat niet door'; "" for a date that takes place as planned."""
        return str(NOTICES.get(self.status, ""))


@dataclass(frozen=True)
class Document:
    """Everything that the public may know of one activity."""

    uuid: str
    slug: str
    title: str
    summary: str
    description: str
    maker: Maker
    place: Place | None
    district: Word | None
    kind: Word | None
    schema_org_type: str
    disciplines: tuple[Word, ...]
    audiences: tuple[Word, ...]
    core_values: tuple[Word, ...]
    reach: Word | None
    age_from: int | None
    age_to: int | None
    price_kind: str
    price: Decimal | None
    price_note: str
    passes: tuple[Word, ...]
    booking_url: str
    website: str
    language: str
    access: tuple[Word, ...]
    image: Image | None
    times: tuple[Time, ...]
    co_makers: tuple[Maker, ...] = ()
    is_demo: bool = False
    uid_domain: str = ""
    version: int = VERSION
    confirmed_on: date | None = None  # when its maker last said that it still holds

    @classmethod
    def read(cls, data: dict[str, Any]) -> "Document":
        """From the JSON of a release. ValueError for a version that this code does not know."""
        if data.get("version") != VERSION:
            raise ValueError(f"a document of version {data.get('version')} cannot be read")
        return cls(
            **{name: data[name] for name in _PLAIN},
            maker=Maker(**data["maker"]),
            co_makers=tuple(Maker(**one) for one in data.get("co_makers", ())),
            place=_place(data["place"]),
            district=_word(data["district"]),
            kind=_word(data["kind"]),
            disciplines=_words(data["disciplines"]),
            audiences=_words(data["audiences"]),
            core_values=_words(data["core_values"]),
            reach=_word(data["reach"]),
            price=Decimal(data["price"]) if data["price"] is not None else None,
            passes=_words(data["passes"]),
            access=_words(data["access"]),
            image=_image(data["image"]),
            times=tuple(_time(one) for one in data["times"]),
            confirmed_on=_day(data.get("confirmed_on")),
        )

    @property
    def is_free(self) -> bool:
        return self.price_kind == "free" or self.price == 0

    @property
    def lowest_price(self) -> Decimal | None:
        """In euros; 0 when free or a free gift, None when unknown."""
        return Decimal(0) if self.price_kind in {"free", "donation"} else self.price

    @property
    def has_higher_rates(self) -> bool:
        """Whether the note names an amount in euros above the price: then the price is only the lowest."""
        named = (one[0] or one[1] for one in _EUROS.findall(self.price_note))
        return self.price is not None and any(Decimal(one.replace(",", ".")) > self.price for one in named)


_EUROS = re.compile(
    r"(?:€|\bEUR)\s?([0-9]{1,6}(?:[.,][0-9]{2})?)|([0-9]{1,6}(?:[.,][0-9]{2})?)\s?(?:euro\b|€)", re.IGNORECASE
)

_PLAIN = (
    "uuid",
    "slug",
    "title",
    "summary",
    "description",
    "schema_org_type",
    "age_from",
    "age_to",
    "price_kind",
    "price_note",
    "booking_url",
    "website",
    "language",
    "is_demo",
    "uid_domain",
    "version",
)


def _word(data: dict[str, str] | None) -> Word | None:
    return Word(**data) if data else None


def _words(data: list[dict[str, str]]) -> tuple[Word, ...]:
    return tuple(Word(**one) for one in data)


def _place(data: dict[str, Any] | None) -> Place | None:
    if not data:
        return None
    access = tuple(AccessAnswer(**{**one, "fact": Word(**one["fact"])}) for one in data["access"])
    return Place(**{**data, "access": access})


def _image(data: dict[str, Any] | None) -> Image | None:
    """None while its renditions are still being made: the block pattern shows then."""
    return Image(**data) if data and data["renditions"] else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(AMSTERDAM) if text else None


def _day(text: str | None) -> date | None:
    """Younger than the other values: documents from before do not have it."""
    return date.fromisoformat(text) if text else None


def _time(data: dict[str, Any]) -> Time:
    start = _moment(data["start"])
    if start is None:
        raise ValueError("a date without a start")
    return Time(
        uuid=data["uuid"],
        start=start,
        end=_moment(data["end"]),
        is_all_day=data["is_all_day"],
        status=data["status"],
        reason=_word(data["reason"]),
        previous_start=_moment(data["previous_start"]),
        door_time=_moment(data["door_time"]),
        room=data["room"],
    )
