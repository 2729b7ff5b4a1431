"""What holds for every date sentence, whatever is written."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.when import Slot, read, sentence
from agenda.when.lexicon import TABLE

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 19, 12, tzinfo=AMSTERDAM)
FIRST = date(2026, 11, 20)
MARKS = "28 1 2026 20.00 8 12:30 28-11-2026 5/12 5-12 t/m - , ; en of € 5 31 99 2 ( ) \n 10x 1e 25:61"
PIECES = [*sorted(TABLE), *MARKS.split(" ")]
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data/when/sentences.jsonl").read_text("utf-8").splitlines()
]
TEXTS = st.text(max_size=500) | st.lists(st.sampled_from(PIECES), max_size=30).map(
    lambda words: " ".join(words)[:500]
)
MINUTES = (
    st.integers(0, 24 * 4 - 1).map(lambda quarter: quarter * 15).filter(lambda start: not 120 <= start < 180)
)


def at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=AMSTERDAM)


@st.composite
def performances(draw: st.DrawFn) -> tuple[int, int | None]:
    """A start and perhaps an end, minutes since midnight; the end may be in the night after or days later."""
    start = draw(MINUTES)
    return start, draw(
        st.none() | st.sampled_from([30, 90, 120, 300, 1500, 4000]).map(lambda length: start + length)
    )


def slot_on(day: date, performance: tuple[int, int | None]) -> Slot | None:
    start, end = performance
    last = day + timedelta((end or 0) // 1440)
    if end is not None and 120 <= end % 1440 < 180:
        return None
    return Slot(at(day, start), None if end is None else at(last, end % 1440))


DAYS = st.lists(st.integers(0, 900), min_size=1, max_size=8) | st.tuples(
    st.integers(0, 300), st.sampled_from([1, 7, 14]), st.integers(2, 40)
).map(lambda row: [row[0] + row[1] * step for step in range(row[2])])


@settings(max_examples=120, deadline=None)
@given(DAYS, st.lists(performances(), min_size=1, max_size=2), st.booleans())
def test_sentence_reads_back_to_the_same_slots(
    days: list[int], times: list[tuple[int, int | None]], whole: bool
) -> None:
    made = [slot_on(FIRST + timedelta(day), time) for day in days for time in times]
    slots = {slot for slot in made if slot}
    if whole:
        slots |= {Slot(at(FIRST + timedelta(days[0]), 0), None, all_day=True)}
    ordered = sorted(slots, key=lambda slot: (slot.start, slot.end or slot.start, slot.all_day))
    text = sentence(ordered)
    if text:
        reading = read(text, now=NOW)
        assert (reading.slots, reading.errors) == (tuple(ordered), ()), text


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_read_never_fails_and_keeps_its_promises(text: str) -> None:
    reading = read(text, now=NOW)
    starts = [slot.start for slot in reading.slots]
    assert starts == sorted(starts)
    assert len(set(reading.slots)) == len(reading.slots) <= 366
    assert bool(reading.slots) is not bool(reading.errors)
    assert all(slot.end is None or slot.end > slot.start for slot in reading.slots)
    assert read(text, now=NOW) == reading


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.dates(date(1900, 1, 3), date(2100, 12, 31)))
def test_slots_start_between_two_years_back_and_five_years_ahead(text: str, today: date) -> None:
    first, last = today - timedelta(2 * 366), today + timedelta(5 * 366)
    slots = read(text, now=at(today, 12 * 60)).slots
    assert all(first <= slot.start.date() <= last for slot in slots)


@given(st.sampled_from(CASES), st.integers(3, 999), st.booleans())
def test_number_that_says_no_day_or_time_is_reported(
    case: dict[str, str], number: int, is_first: bool
) -> None:
    text = f"zaal {number}, {case['tekst']}" if is_first else f"{case['tekst']}, zaal {number}"
    reading = read(text, now=datetime.fromisoformat(case["nu"]))
    assert any(str(number) in piece for piece in reading.not_understood), reading


@given(st.sampled_from(CASES), st.sampled_from(["kerst", "pasen", "pinksteren", "carnaval", "ramadan"]))
def test_feast_without_a_date_of_its_own_is_reported(case: dict[str, str], feast: str) -> None:
    reading = read(f"{case['tekst']}, {feast}", now=datetime.fromisoformat(case["nu"]))
    assert any(feast in piece for piece in reading.not_understood), reading


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PIECES) | st.lists(st.sampled_from(PIECES), min_size=2, max_size=6).map(" ".join))
def test_work_is_bounded_however_often_words_are_repeated(words: str) -> None:
    text = (f"{words} " * 500)[:500]
    began = process_time()
    read(text, now=NOW)
    assert process_time() - began < 2


@given(st.sampled_from(CASES))
def test_what_was_read_is_said_back_and_read_again(case: dict[str, str]) -> None:
    now = datetime.fromisoformat(case["nu"])
    reading = read(case["tekst"], now=now)
    text = sentence(reading.slots)
    again = read(text, now=now) if text else reading
    assert (again.slots, again.in_words) == (reading.slots, reading.in_words), text
    assert not text or (again.errors, again.not_understood) == ((), ())
