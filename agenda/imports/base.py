"""What a reader of somebody else's page or calendar gives back. Pure: no Django, no clock, no network.

Readers run in a child process (`imports.sandbox`), so everything here goes to JSON and back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from agenda.when.slots import AMSTERDAM, Slot
from cultuurportaal.characters import one_line, prose

LONGEST = {
    "title": 100,
    "summary": 200,
    "description": 6000,
    "place": 200,
    "price_note": 200,
    "organizer": 120,
}
MOST_SLOTS = 500
LONGEST_UID = 500


@dataclass(frozen=True)
class Value:
    """A text and the way in which the source said it ("JSON-LD", "microdata", …)."""

    text: str
    where: str


@dataclass(frozen=True)
class Remark:
    """What could not be read or was changed; `code` is one of `imports.words`, `detail` fills it."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Found:
    """One activity as a source tells it.

    `values` has the names of the fields of a sheet, and `address`, `organizer` and `image`, which are only
    shown. `slots` are in Amsterdam. `has_clock` is False when the source names days and no times.
    `instances` counts dates before days are split and bounded. `stamp` orders versions of the same uid.
    """

    uid: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
    when_from: str = ""
    has_clock: bool = True
    is_cancelled: bool = False
    remarks: tuple[Remark, ...] = ()
    instances: int = 0
    sequence: int = 0
    stamp: str = ""
    fingerprint: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "uid", _number(self.uid))

    @property
    def title(self) -> str:
        return self.text("title")

    def text(self, name: str) -> str:
        value = self.values.get(name)
        return value.text if value else ""

    def with_remarks(self, *remarks: Remark) -> "Found":
        return replace(self, remarks=tuple(dict.fromkeys((*self.remarks, *remarks))))


def _number(uid: str) -> str:
    """As it can be kept: visible characters, bounded; a digest keeps those that begin alike apart."""
    clean = one_line(uid)
    if len(clean) <= LONGEST_UID:
        return clean
    digest = sha256(clean.encode()).hexdigest()
    return clean[: LONGEST_UID - len(digest)] + digest


@dataclass(frozen=True)
class Findings:
    """Everything that was read from one source. `problems` are about rows that could not be used.

    `refused` is a code of `imports.words` when nothing can be done with it at all.
    """

    kind: str = "page"
    found: tuple[Found, ...] = ()
    problems: tuple[Remark, ...] = ()
    calendars: tuple[str, ...] = ()
    events: int = 0
    refused: str = ""


class Values(dict[str, Value]):
    """Collects values: cleaned, bounded, the first one wins; what was cut is remembered in `remarks`."""

    def __init__(self) -> None:
        super().__init__()
        self.remarks: list[Remark] = []

    def put(self, name: str, text: str, where: str) -> None:
        if name in self:
            return
        clean = prose(text) if name == "description" else one_line(text)
        longest = LONGEST.get(name, 500)
        if len(clean) > longest:
            if name in {"booking_url", "website", "image"}:
                return
            self.remarks.append(Remark("cut", name))
            clean = clean[: longest - 1].rsplit(" ", 1)[0] + "…"
        if clean:
            self[name] = Value(clean, where)


def local(moment: datetime) -> datetime:
    """In Amsterdam, to the minute; a time without a zone is one of Amsterdam."""
    aware = moment.astimezone(AMSTERDAM) if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)
    return aware.replace(second=0, microsecond=0)


# --- To JSON and back -----------------------------------------------------------------------------------


def dump(findings: Findings) -> dict[str, Any]:
    return {
        "kind": findings.kind,
        "found": [_dump_found(one) for one in findings.found],
        "problems": [[one.code, one.detail] for one in findings.problems],
        "calendars": list(findings.calendars),
        "events": findings.events,
        "refused": findings.refused,
    }


def load(raw: Mapping[str, Any]) -> Findings:
    return Findings(
        kind=raw["kind"],
        found=tuple(_load_found(one) for one in raw["found"]),
        problems=tuple(Remark(*one) for one in raw["problems"]),
        calendars=tuple(raw["calendars"]),
        events=raw["events"],
        refused=raw["refused"],
    )


_PLAIN = ("uid", "when_from", "has_clock", "is_cancelled", "instances", "sequence", "stamp", "fingerprint")


def _dump_found(found: Found) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        "values": {name: [value.text, value.where] for name, value in found.values.items()},
        "slots": [dump_slot(one) for one in found.slots],
        "remarks": [[one.code, one.detail] for one in found.remarks],
    }


def _load_found(raw: Mapping[str, Any]) -> Found:
    return Found(
        **{name: raw[name] for name in _PLAIN},
        values={name: Value(*value) for name, value in raw["values"].items()},
        slots=tuple(load_slot(one) for one in raw["slots"]),
        remarks=tuple(Remark(*one) for one in raw["remarks"]),
    )


def dump_slot(slot: Slot) -> list[Any]:
    return [slot.start.isoformat(), slot.end.isoformat() if slot.end else None, slot.all_day]


def load_slot(raw: list[Any]) -> Slot:
    start, end, all_day = raw
    return Slot(
        datetime.fromisoformat(start).astimezone(AMSTERDAM),
        datetime.fromisoformat(end).astimezone(AMSTERDAM) if end else None,
        all_day,
    )
