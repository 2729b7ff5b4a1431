"""Date sentences and what each of them means: the golden list, holidays to skip, limits and words."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from agenda.when import DayOff, Slot, read, say, sentence
from agenda.when.slots import AMSTERDAM

FOLDER = Path(__file__).parent.parent / "data" / "when"
CASES = [json.loads(line) for line in (FOLDER / "sentences.jsonl").read_text("utf-8").splitlines()]
DAYS_OFF = [
    DayOff(row["name"], date.fromisoformat(row["first"]), date.fromisoformat(row["last"]), row["kind"])
    for row in json.loads((FOLDER / "days_off.json").read_text("utf-8"))
]
NOW = datetime(2026, 11, 19, 12, tzinfo=AMSTERDAM)


def interval(slot: dict[str, Any]) -> str:
    """A slot of the contract as the golden list writes it: a date, a start, or start/end (ISO 8601)."""
    if slot["hele_dag"]:
        return str(slot["start"])[:10]
    return slot["start"] + (f"/{slot['eind']}" if slot["eind"] else "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["tekst"] or "nothing")
def test_sentence_is_read_as_written_in_the_golden_list(case: dict[str, Any]) -> None:
    reading = read(case["tekst"], now=datetime.fromisoformat(case["nu"]), days_off=DAYS_OFF).as_json()
    read_back = {**reading, "momenten": [interval(slot) for slot in reading["momenten"]]}
    assert read_back == {key: value for key, value in case.items() if key not in ("tekst", "nu")}


def test_golden_list_is_long_and_has_no_sentence_twice() -> None:
    assert len({(case["tekst"], case["nu"]) for case in CASES}) == len(CASES) >= 400


def test_json_has_the_keys_and_times_of_the_contract() -> None:
    reading = read("za 28 nov 22.00-02.00", now=NOW)
    assert reading.as_json() == {
        "momenten": [
            {"start": "2026-11-28T22:00+01:00", "eind": "2026-11-29T02:00+01:00", "hele_dag": False},
        ],
        "in_woorden": "zaterdag 28 november 2026, 22.00 – 02.00 uur",
        "aannames": [],
        "niet_begrepen": [],
        "vragen": [],
        "fouten": [],
    }


def test_holiday_in_a_series_is_questioned_and_kept() -> None:
    reading = read("elke dinsdag 20.00 van 20 april t/m 4 mei", now=NOW, days_off=DAYS_OFF)
    assert [slot.start.day for slot in reading.slots] == [20, 27, 4]
    assert reading.questions == ("27 april is Koningsdag. Overslaan?",)
    assert reading.questioned == (date(2027, 4, 27),)


def test_holiday_is_skipped_when_the_maker_says_so() -> None:
    koningsdag = date(2027, 4, 27)
    text = "elke dinsdag 20.00 van 20 april t/m 4 mei"
    reading = read(text, now=NOW, days_off=DAYS_OFF, skip={koningsdag})
    assert [slot.start.day for slot in reading.slots] == [20, 4]
    assert reading.questions == ()
    assert reading.questioned == (koningsdag,)


def test_counted_series_stays_as_long_when_a_holiday_is_skipped() -> None:
    text = "3 dinsdagen 20.00 vanaf 20 april"
    kept = read(text, now=NOW, days_off=DAYS_OFF)
    skipped = read(text, now=NOW, days_off=DAYS_OFF, skip={date(2027, 4, 27)})
    assert [slot.start.day for slot in kept.slots] == [20, 27, 4]
    assert [slot.start.day for slot in skipped.slots] == [20, 4, 11]


def test_skip_changes_nothing_outside_a_series() -> None:
    reading = read("koningsdag 10.00", now=NOW, days_off=DAYS_OFF, skip={date(2027, 4, 27)})
    assert [slot.start.date() for slot in reading.slots] == [date(2027, 4, 27)]
    assert reading.questioned == ()


def test_skipping_every_day_is_an_error() -> None:
    text = "elke dinsdag 20.00 van 27 april t/m 30 april"
    reading = read(text, now=NOW, days_off=DAYS_OFF, skip={date(2027, 4, 27)})
    assert reading.slots == ()
    assert reading.errors == ("Alle dagen zijn overgeslagen. Welke dag blijft over?",)


def test_unknown_school_holiday_is_said_and_not_guessed() -> None:
    reading = read("elke dinsdag 20.00 t/m 15 december behalve in de kerstvakantie", now=NOW)
    assert reading.not_understood == ("kerstvakantie",)
    assert len(reading.slots) == 4


def test_366_dates_are_read_and_367_are_too_many() -> None:
    most = read("elke dag 10.00 uur van 1 januari 2028 t/m 31 december 2028", now=NOW)
    over = read("elke dag 10.00 uur van 1 januari 2028 t/m 1 januari 2029", now=NOW)
    assert (len(most.slots), most.errors) == (366, ())
    assert (over.slots, over.errors) == ((), ("Dit zijn meer dan 366 keer. Kies een kortere periode",))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("19 november 2024 20.00", None),
        ("18 november 2024 20.00", "18 november 2024 is te lang geleden voor de agenda"),
        ("19 november 2031 20.00", None),
        ("20 november 2031 20.00", "20 november 2031 ligt te ver weg"),
        ("elke dinsdag 20.00 van 4 november 2031 t/m 2 december 2031", "2 december 2031 ligt te ver weg"),
    ],
)
def test_dates_lie_between_two_years_back_and_five_years_ahead(text: str, error: str | None) -> None:
    assert read(text, now=NOW).errors == ((error,) if error else ())


def test_text_of_500_characters_is_read_and_a_longer_one_refused() -> None:
    assert read("za 28 nov 20.00".ljust(500), now=NOW).errors == ()
    with pytest.raises(ValueError, match="500"):
        read("za 28 nov 20.00".ljust(501), now=NOW)


def test_moment_of_reading_may_be_in_another_time_zone() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    assert read("morgen 20.00", now=late).slots == (Slot(datetime(2026, 11, 21, 20, tzinfo=AMSTERDAM)),)


def test_first_of_the_two_times_is_taken_when_the_clock_goes_back() -> None:
    (slot,) = read("31 oktober 2027 02.30 uur", now=NOW).slots
    assert (slot.start.utcoffset(), slot.start.fold) == (timedelta(hours=2), 0)


def test_words_and_sentence_of_no_slots_are_empty() -> None:
    assert (say([]), sentence([])) == ("", "")


def test_english_says_the_same_days_in_english() -> None:
    with translation.override("en"):
        assert read("za 28 nov van 2 tot 5 uur ’s middags", now=NOW).in_words == (
            "Saturday 28 November 2026, 14:00 – 17:00"
        )
        assert read("elke dinsdag 20.00 uur t/m 15 december", now=NOW).in_words == (
            "Tuesday 24 November 2026, 20:00; Tuesday 1 December 2026, 20:00; "
            "Tuesday 8 December 2026, 20:00; Tuesday 15 December 2026, 20:00"
        )
        assert read("elke dinsdag 20.00 uur t/m 1 januari", now=NOW).in_words == (
            "6 times on Tuesday, 20:00. From 24 November 2026 to 29 December 2026."
        )
