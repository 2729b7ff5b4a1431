"""A hundred mails, app messages and posters, written and labelled by somebody who had not seen the rules.

What is counted here was measured once before anything was changed for these texts;
the bars below keep what was reached since.
"""

import json
import re
import unicodedata
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agenda.texts import Draft, Known, read
from agenda.when import DayOff
from agenda.when import read as read_sentence

DATA = Path(__file__).parents[1] / "data"
ROWS = [json.loads(line) for line in (DATA / "pasted.jsonl").read_text().splitlines()]
KNOWN = [
    Known(name, tuple(rooms))
    for name, rooms in json.loads((DATA / "texts.json").read_text())["places"].items()
]
DAYS_OFF = [
    DayOff("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), "schoolvakantie"),
    DayOff("voorjaarsvakantie", date(2027, 2, 20), date(2027, 2, 28), "schoolvakantie"),
    DayOff("eerste kerstdag", date(2026, 12, 25), date(2026, 12, 25), "feestdag"),
    DayOff("tweede kerstdag", date(2026, 12, 26), date(2026, 12, 26), "feestdag"),
    DayOff("eerste paasdag", date(2027, 3, 28), date(2027, 3, 28), "feestdag"),
]
EMPTY_WORDS = re.compile(r"\b(?:de|het|een|van|der|den|en|in|op|aan|bij|te|ons|onze|ter|the|voor)\b")


class Result:
    """What came out of one text, beside its label."""

    def __init__(self, row: dict[str, Any]) -> None:
        now = datetime.fromisoformat(row["now"])
        self.row = row
        self.drafts = read(row["text"], now=now, days_off=DAYS_OFF, known=KNOWN).drafts
        texts = [str(draft.values["tekst"]) for draft in self.drafts if draft.values.get("tekst")]
        self.readings = [read_sentence(text, now=now, days_off=DAYS_OFF) for text in texts]
        slots = [slot for reading in self.readings for slot in reading.slots]
        self.starts = {(slot.start.date(), None if slot.all_day else slot.start.time()) for slot in slots}

    @property
    def is_date_right(self) -> bool:
        return self.starts == set(_labelled(self.row["moments"] or []))

    @property
    def says_something_of_the_date(self) -> bool:
        notes = any(field == "tekst" for draft in self.drafts for field, _note in draft.notes)
        return notes or any(
            one.assumptions or one.questions or one.errors or one.not_understood for one in self.readings
        )

    @property
    def asks(self) -> bool:
        notes = any(draft.notes for draft in self.drafts)
        unread = any(one.questions or one.errors or one.not_understood for one in self.readings)
        return notes or unread or not self.starts

    def pairs(self) -> list[tuple[Draft, dict[str, Any]]]:
        """Each draft beside the label of its activity."""
        labels = self.row.get("activities") or [self.row]
        return list(zip(self.drafts, labels if len(labels) == len(self.drafts) else [self.row], strict=False))

    @property
    def is_place_right(self) -> bool:
        return all(
            _is_same(str(draft.values.get("place", "")), label["place"]) for draft, label in self.pairs()
        )

    @property
    def is_price_right(self) -> bool:
        return all(_is_price(draft, label["price"]) for draft, label in self.pairs())


def _labelled(moments: list[dict[str, Any]]) -> list[tuple[date, Any]]:
    found: list[tuple[date, Any]] = []
    for moment in moments:
        start = datetime.fromisoformat(moment["start"])
        if not moment["all_day"]:
            found.append((start.date(), start.time()))
            continue
        last = datetime.fromisoformat(moment["end"]).date() if moment["end"] else start.date()
        found += [(start.date() + timedelta(day), None) for day in range((last - start.date()).days + 1)]
    return found


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFD", text.lower().replace("bieb", "bibliotheek"))
    return set(re.findall(r"[a-z0-9]{2,}", EMPTY_WORDS.sub(" ", plain.encode("ascii", "ignore").decode())))


def _is_same(found: str, label: str | None) -> bool:
    mine, theirs = _words(found), _words(label or "")
    if not mine or not theirs:
        return mine == theirs
    return len(mine & theirs) / min(len(mine), len(theirs)) >= 0.6


def _is_price(draft: Draft, label: dict[str, Any] | None) -> bool:
    kind, amount = draft.values.get("price_kind", "unknown"), draft.values.get("price")
    if label is None or label["kind"] == "unknown":
        return kind == "unknown" or (
            label is not None and any(one == "price_kind" for one, _n in draft.notes)
        )
    if label["kind"] != "paid":
        return bool(kind == label["kind"])
    if label["lowest"] is None:
        return kind in ("paid", "unknown")
    return kind == "paid" and float(amount or 0) == pytest.approx(label["lowest"])


@pytest.fixture(scope="module")
def results() -> list[Result]:
    return [Result(row) for row in ROWS]


def test_no_date_is_wrong_in_silence(results: list[Result]) -> None:
    silent = [
        one.row["id"]
        for one in results
        if one.starts and not one.is_date_right and not one.says_something_of_the_date
    ]
    assert silent == []


def test_no_place_and_no_price_is_wrong_in_silence(results: list[Result]) -> None:
    said = {one.row["id"]: {field for draft in one.drafts for field, _note in draft.notes} for one in results}
    places = [
        one.row["id"]
        for one in results
        if not one.is_place_right
        and any(draft.values.get("place") for draft in one.drafts)
        and "place" not in said[one.row["id"]]
    ]
    prices = [
        one.row["id"]
        for one in results
        if not one.is_price_right
        and any(draft.values.get("price_kind", "unknown") != "unknown" for draft in one.drafts)
        and "price_kind" not in said[one.row["id"]]
    ]
    assert (places, prices) == ([], [])


def test_most_texts_need_no_question(results: list[Result]) -> None:
    """Of the texts about which even an editor would not have to ask."""
    clear = [one for one in results if not one.row["ambiguous"]]
    free = [
        one
        for one in clear
        if not one.asks and one.is_date_right and one.is_place_right and one.is_price_right
    ]
    assert len(free) / len(clear) >= 0.78


def test_place_and_price_are_right(results: list[Result]) -> None:
    assert sum(one.is_place_right for one in results) >= 92
    assert sum(one.is_price_right for one in results) >= 95
