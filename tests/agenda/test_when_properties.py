"""What holds for every date sentence, whatever is written."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.when import Reading, Slot, read, sentence
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
    ended = {slot.start for slot in slots if slot.end}
    distinct = {slot for slot in slots if slot.end or slot.all_day or slot.start not in ended}
    ordered = sorted(distinct, key=lambda slot: (slot.start, slot.end or slot.start, slot.all_day))
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


@given(st.sampled_from(CASES))
def test_words_of_the_echo_are_read_as_the_same_slots_or_asked_about(case: dict[str, str]) -> None:
    now = datetime.fromisoformat(case["nu"])
    reading = read(case["tekst"], now=now)
    again = read(reading.in_words, now=now) if reading.slots else reading
    is_said = bool(again.questions or again.not_understood)
    assert again.slots == reading.slots or is_said, reading.in_words


DATES = st.lists(
    st.dates(date(2026, 11, 20), date(2027, 10, 15)), min_size=2, max_size=6, unique=True
).flatmap(lambda dates: st.tuples(st.just(dates), st.permutations(dates)))
WRITTEN = st.sampled_from(["%d-%m-%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"])
MONTH_NAMES = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]


def in_a_list(dates: list[date], form: str) -> str:
    """Dates as a form of strftime has it, or as "5 dec" when there is none."""
    texts = [f"{day:{form}}" if form else f"{day.day} {MONTH_NAMES[day.month - 1]}" for day in dates]
    return f"{', '.join(texts[:-1])} en {texts[-1]} om 20.00 uur"


@given(DATES, WRITTEN | st.just(""))
def test_order_of_a_list_of_dates_changes_nothing(dates: tuple[list[date], list[date]], form: str) -> None:
    one, other = (read(in_a_list(listed, form), now=NOW) for listed in dates)
    assert (one.slots, one.not_understood) == (other.slots, ())
    assert [slot.start.date() for slot in one.slots] == sorted(dates[0])


@given(st.lists(st.sampled_from(range(20, 31)), min_size=2, max_size=6, unique=True), st.randoms())
def test_order_of_days_within_a_month_changes_nothing(days: list[int], chance: Random) -> None:
    shuffled = chance.sample(days, len(days))
    texts = [f"{', '.join(map(str, row[:-1]))} en {row[-1]} november 20.00 uur" for row in (days, shuffled)]
    one, other = (read(text, now=NOW) for text in texts)
    assert one == other
    assert [slot.start.day for slot in one.slots] == sorted(days)


@given(st.lists(MINUTES, min_size=2, max_size=4, unique=True), st.randoms())
def test_order_of_times_on_a_day_changes_nothing(minutes: list[int], chance: Random) -> None:
    rows = (minutes, chance.sample(minutes, len(minutes)))
    texts = [", ".join(f"{total // 60:02d}.{total % 60:02d}" for total in row) for row in rows]
    one, other = (read(f"zaterdag 28 november {text} uur", now=NOW) for text in texts)
    assert one.slots == other.slots
    assert [slot.start.hour * 60 + slot.start.minute for slot in one.slots] == sorted(minutes)


@given(st.lists(st.sampled_from(["vr 27 nov 20.15", "za 28 nov 14.00", "28 dec 10-12 uur", "1 mei 9 uur"])))
def test_order_of_parts_between_semicolons_changes_nothing(parts: list[str]) -> None:
    one, other = (read("; ".join(row), now=NOW) for row in (parts, sorted(parts)))
    assert one.slots == other.slots


ADDED = [
    *(
        "37",
        "zaal 2",
        "3 maart",
        "3 maart 11.00 uur",
        "11.11 uur",
        "in augustus",
        "t/m 3 maart 2025",
        "vanaf 3 maart",
    ),
    *(
        "koningsdag",
        "tot de zomervakantie",
        "na de meivakantie",
        "17 keer",
        "19x",
        "5 weken lang",
        "3 t/m 5 maart",
    ),
    *(
        "elke 3e zaterdag",
        "om de 3 weken",
        "niet op 3 maart",
        "12+",
        "duurt 77 minuten",
    ),
    *("€ 7,77", "06-12345678", "'77", "1977", "in 2025", "week 11", "3 maart t/m 4 maart", "oktober 2027"),
]


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(CASES), st.sampled_from(ADDED), st.sampled_from(["{}, {}", "{} {}", "{}; {}", "{1}: {0}"])
)
def test_number_month_or_feast_makes_a_difference_or_is_named(
    case: dict[str, str], added: str, form: str
) -> None:
    """Nothing with a digit, a month or a feast goes by in silence, unless it says what was said already."""
    now = datetime.fromisoformat(case["nu"])
    before, after = read(case["tekst"], now=now), read(form.format(case["tekst"], added), now=now)
    assert after != before or before.errors or says_nothing_new(added, case["tekst"], before)


_EXCEPT = ("behalve", "niet", "gesloten", "except", "m.u.v.", "geen", "uitgezonderd", "dicht", "ook op")


def says_nothing_new(added: str, text: str, reading: Reading) -> bool:
    """Said in the text, a day that it is on, a day off that it is not on, or weeks apart within one week."""
    days = {slot.start.date() for slot in reading.slots}
    if added == "om de 3 weken":
        return added in text or (max(days) - min(days)).days < 7
    if added == "3 t/m 5 maart" and date(2027, 3, 5) in days:
        return True
    on_a_day = {"koningsdag": date(2027, 4, 27), "3 maart": date(2027, 3, 3)}
    is_exception = added in on_a_day and any(word in text for word in _EXCEPT)
    is_later = "in juli en augustus" in text or "augstus" in text
    return (
        is_later
        or added in text
        or on_a_day.get(added) in days
        or is_exception
        or added == "t/m 3 maart 2025"
    )
