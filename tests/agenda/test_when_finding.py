"""What a mail or a poster says about when, found among everything else."""

from datetime import datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agenda.when import Slot, gist, passages, read
from agenda.when.slots import AMSTERDAM, MAX_LENGTH

NOW = datetime(2026, 11, 19, 12, tzinfo=AMSTERDAM)
MAIL = """Beste redactie,

Op zaterdag 12 december treedt ons koor op in de Oude Kerk, Dorpsstraat 12, om 20.00 uur. De zaal gaat
open om 19.30 uur. Kaarten kosten € 12,50 en zijn te bestellen via 06-00000000. Aanmelden kan tot 5 december.

Met vriendelijke groet,
de voorzitter, sinds 1998"""


def starts(text: str) -> list[str]:
    return [f"{slot.start:%d-%m %H.%M}" for slot in read(gist(text), now=NOW).slots]


def test_mail_gives_its_day_and_time_and_not_its_doors_or_deadline() -> None:
    reading = read(gist(MAIL), now=NOW)
    assert reading.slots == (Slot(datetime(2026, 12, 12, 20, tzinfo=AMSTERDAM)),)
    assert (reading.not_understood, reading.questions, reading.errors) == ((), (), ())


def test_passages_stand_where_they_are_in_the_text() -> None:
    found = passages(MAIL)
    assert [text for one in found if (text := MAIL[one.start : one.end]) != one.text] == []
    assert [one.text for one in found][:2] == ["zaterdag 12 december", "20.00 uur"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("REPAIR CAFÉ\nWanneer: zaterdag 5 december\nTijd: 10.00 - 13.00 uur\nPalet 3", ["05-12 10.00"]),
        ("Hoi! Zaterdag 28/11 open podium bij ons, 20u, inloop half 8. Gratis!", ["28-11 20.00"]),
        (
            "Papier scheppen (8 tot 12 jaar) op woensdag 9 december van 2 tot 4. Kosten 5 euro.",
            ["09-12 14.00"],
        ),
        ("Vr 27 nov 20.15\nZa 28 nov 20.15\nZo 29 nov 14.30", ["27-11 20.15", "28-11 20.15", "29-11 14.30"]),
        ("Sinds 1974 vieren we iedere zomer feest in de wijk.", []),
        ("Er zijn 3 zalen, 2 podia en 120 stoelen.", []),
    ],
)
def test_days_and_times_of_a_text(text: str, expected: list[str]) -> None:
    assert starts(text) == expected


def test_text_without_a_day_has_no_gist() -> None:
    assert (gist("Wij zoeken een bas voor ons koor."), passages("")) == ("", [])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=3000))
def test_gist_is_short_enough_to_read(text: str) -> None:
    assert len(gist(text)) <= MAX_LENGTH
    read(gist(text), now=NOW)


def test_work_on_a_long_text_is_bounded() -> None:
    began = process_time()
    gist("elke 2e dinsdag van 28 november t/m 5 januari 20.00 uur zaal 3 en 4 of 5, " * 300)
    assert process_time() - began < 2
