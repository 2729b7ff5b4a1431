"""What the date reader takes in and gives back: days off, slots and a reading."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MAX_LENGTH = 500
MAX_SLOTS = 366


@dataclass(frozen=True, order=True)
class Slot:
    """One time that something happens. Aware, Europe/Amsterdam; an all-day slot starts at local midnight."""

    start: datetime
    end: datetime | None = None
    all_day: bool = False


@dataclass(frozen=True)
class DayOff:
    """A public holiday (first and last are the same day) or a school holiday, both ends included."""

    name: str
    first: date
    last: date
    kind: Literal["feestdag", "schoolvakantie"]


@dataclass(frozen=True)
class Reading:
    """What was understood of a sentence; with errors it cannot be placed in the agenda as it stands.

    `questioned` has the public holidays inside a series, also those that the reader was told to skip: the
    days a form asks about."""

    slots: tuple[Slot, ...] = ()
    in_words: str = ""
    assumptions: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
    questioned: tuple[date, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The date reader's JSON of the contract; times as `2026-11-24T20:00+01:00`."""
        return {
            "momenten": [_slot_json(slot) for slot in self.slots],
            "in_woorden": self.in_words,
            "aannames": list(self.assumptions),
            "niet_begrepen": list(self.not_understood),
            "vragen": list(self.questions),
            "fouten": list(self.errors),
        }


def _slot_json(slot: Slot) -> dict[str, Any]:
    end = slot.end.isoformat(timespec="minutes") if slot.end else None
    return {"start": slot.start.isoformat(timespec="minutes"), "eind": end, "hele_dag": slot.all_day}
