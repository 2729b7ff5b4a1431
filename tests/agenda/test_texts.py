"""Pasted texts: 67 of our own with everything that has to come out, and what holds for every text."""

import json
import time
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.texts import LONGEST, Draft, Known, Pasted, read
from agenda.texts.reader import FIELDS
from agenda.when import DayOff, Slot
from agenda.when import read as read_sentence

DATA = json.loads((Path(__file__).parents[1] / "data" / "texts.json").read_text())
NOW = datetime.fromisoformat(DATA["now"])
KNOWN = [Known(name, tuple(rooms)) for name, rooms in DATA["places"].items()]
DAYS_OFF = [
    DayOff("kerstvakantie", date(2026, 12, 19), date(2027, 1, 3), "schoolvakantie"),
    DayOff("eerste kerstdag", date(2026, 12, 25), date(2026, 12, 25), "feestdag"),
]


def paste(text: str) -> Pasted:
    return read(text, now=NOW, days_off=DAYS_OFF, known=KNOWN)


def dates(draft: Draft) -> list[str]:
    """As the data writes them: begin, and the end after a slash."""
    text = str(draft.values.get("tekst", ""))
    return [_written(slot) for slot in read_sentence(text, now=NOW, days_off=DAYS_OFF).slots] if text else []


def _written(slot: Slot) -> str:
    begin = f"{slot.start:%Y-%m-%dT%H:%M}"
    if slot.end is None:
        return begin
    is_same = slot.end.date() == slot.start.date()
    return f"{begin}/{slot.end:%H:%M}" if is_same else f"{begin}/{slot.end:%Y-%m-%dT%H:%M}"


def price(draft: Draft) -> list[Any]:
    amount = draft.values.get("price")
    kind = draft.values.get("price_kind", "unknown")
    return [kind, float(amount) if isinstance(amount, Decimal) else 0 if kind == "free" else None]


def asks(draft: Draft) -> bool:
    """Whether the page says that something was assumed, is missing from the date, or is not understood."""
    text = str(draft.values.get("tekst", ""))
    reading = read_sentence(text, now=NOW, days_off=DAYS_OFF) if text else None
    if reading is None:
        return True
    return bool(
        draft.notes or reading.errors or reading.not_understood or reading.questions or reading.assumptions
    )


@pytest.mark.parametrize("case", DATA["texts"], ids=lambda case: case["id"])
def test_a_text_gives_what_a_careful_reader_finds_in_it(case: dict[str, Any]) -> None:
    (draft,) = paste(case["text"]).drafts
    values = draft.values
    assert case["when"] is None or dates(draft) == case["when"]
    assert not case["title"] or values.get("title") == case["title"]
    assert values.get("place", "") == case["place"]
    assert not case["price"] or price(draft) == case["price"]
    assert [values.get("age_from"), values.get("age_to")] == (case["ages"] or [None, None])
    assert values.get("booking_url", "") == case["link"]
    assert asks(draft) == case["asks"]


@pytest.mark.parametrize("case", DATA["several"], ids=lambda case: case["id"])
def test_several_activities_are_several_drafts(case: dict[str, Any]) -> None:
    found = [
        {
            "title": draft.title,
            "when": dates(draft),
            "place": draft.values.get("place"),
            "price": price(draft),
        }
        for draft in paste(case["text"]).drafts
    ]
    assert found == case["activities"]


PIECES = Path(__file__).parents[1] / "data" / "text_pieces.txt"
WORDS = st.sampled_from(PIECES.read_text().split("\n"))
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_text_is_read_and_its_marks_lie_inside_it(text: str) -> None:
    pasted = paste(text)
    for draft in pasted.drafts:
        places = [(mark.start, mark.end) for mark in draft.marks]
        assert all(0 <= start < end <= len(pasted.text) for start, end in places)
        assert all(one[1] <= other[0] for one, other in pairwise(places))
        assert {mark.field for mark in draft.marks} <= set(FIELDS)
        assert len(str(draft.values.get("tekst", ""))) <= 500


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONGEST,
        "a.b-" * (LONGEST // 4),
        "A " * (LONGEST // 2),
        "Kerk" * (LONGEST // 4),
        "€ 1 " * (LONGEST // 4),
        "vr 4 dec 20.00 " * (LONGEST // 15),
        "niet op " * (LONGEST // 8),
        "in de " * (LONGEST // 6),
        "[" * LONGEST,
        "> " * (LONGEST // 2),
        '"' * LONGEST,
        "12" * (LONGEST // 2),
        "\n\n" + "1. zaterdag 5 december 20.00 uur Concert\n" * (LONGEST // 42),
        "van " * (LONGEST // 4),
        "@" * LONGEST,
        "a@" * (LONGEST // 2),
    ],
    ids=lambda text: text[:12].strip(),
)
def test_no_text_takes_long(text: str) -> None:
    begin = time.process_time()
    paste(text)
    assert time.process_time() - begin < 2.5


def test_a_text_of_2000_characters_is_read_within_50_milliseconds() -> None:
    """The 95th percentile, of the texts above put together to that length. Twice the bar: a busy machine."""
    texts = [case["text"] for case in DATA["texts"]]
    story = "We vertellen hoe het vroeger was, en iedereen mag meedoen met zingen, dansen en lachen. "
    long = [f"{text}\n\n{story * 30}"[:2000] for text in texts]
    spent = []
    for text in long:
        begin = time.process_time()
        paste(text)
        spent.append(time.process_time() - begin)
    assert sorted(spent)[int(0.95 * len(spent))] < 0.1


@pytest.mark.parametrize("text", ["", " \n ", "\u200b", "\u202e"])
def test_a_text_of_nothing_has_no_activity(text: str) -> None:
    assert paste(text) == Pasted("")


def test_a_date_that_was_not_used_is_said() -> None:
    (draft,) = paste("Concert vrijdag 4 december 20.00 uur in het Forum. Ook leuk: 11 december.").drafts
    assert any(field == "tekst" for field, _note in draft.notes)


def test_a_place_in_a_text_without_a_day_is_asked() -> None:
    (draft,) = paste("In de Pelgrimskerk hangen mooie schilderijen van vroeger.").drafts
    assert ("place", "We lezen Pelgrimskerk als de plek. Klopt dat?") in draft.notes
