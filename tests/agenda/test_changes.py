"""What an editor is shown between two documents: only what differs, every date by its own uuid."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from agenda.changes import Change, DateChange, Piece, compare, facts, in_words, times_in_words
from agenda.document import AMSTERDAM, Document, Image, Maker, Place, Time, Word


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM)


def time(uuid: str, start: datetime, end: datetime | None = None, **fields: object) -> Time:
    values = {"is_all_day": False, "status": "scheduled", **fields}
    return Time(uuid=uuid, start=start, end=end, **values)  # type: ignore[arg-type]


CHOIR = Document(
    uuid="7f0e",
    slug="klimaatkoor-zoekt-stemmen",
    title="Klimaatkoor zoekt stemmen",
    summary="Kom zingen over water, wind en de polder. Je hoeft geen noten te kunnen lezen.",
    description="",
    maker=Maker(1, "popkoor", "Popkoor De Waterlelie"),
    place=Place("Buurthuis", room="Zaal 1"),
    district=None,
    kind=Word("concert", "Concert"),
    schema_org_type="Event",
    disciplines=(),
    audiences=(Word("iedereen", "Iedereen"),),
    core_values=(),
    reach=None,
    age_from=None,
    age_to=None,
    price_kind="free",
    price=None,
    price_note="",
    passes=(),
    booking_url="",
    website="",
    language="nl",
    access=(),
    image=None,
    times=(time("a", at(28, 14), at(28, 16)),),
)


def test_same_documents_have_no_changes_and_all_facts_as_the_same() -> None:
    changes = compare(CHOIR, CHOIR)
    assert (len(changes), changes.is_new) == (0, False)
    assert [fact.label for fact in changes.same] == [
        "Wanneer",
        "Titel",
        "In één zin",
        "Waar",
        "Prijs",
        "Soort",
        "Voor wie",
        "Taal",
        "Organisatie",
    ]


def test_price_that_changed_shows_was_and_becomes() -> None:
    changes = compare(CHOIR, replace(CHOIR, price_kind="paid", price=Decimal("7.50")))
    pieces = (Piece("was", "Gratis"), Piece("new", "€\N{NO-BREAK SPACE}7,50"))
    assert changes.fields == (Change("price", "Prijs", "Gratis", "€\N{NO-BREAK SPACE}7,50", pieces),)
    assert changes.dates == ()


def test_sentence_added_in_a_long_text_is_the_only_new_piece() -> None:
    longer = (
        "Kom zingen over water, wind en de polder. Na afloop is er soep. Je hoeft geen noten te kunnen lezen."
    )
    (change,) = compare(CHOIR, replace(CHOIR, summary=longer)).fields
    assert change.pieces == (
        Piece("same", "Kom zingen over water, wind en de polder. "),
        Piece("new", "Na afloop is er soep. "),
        Piece("same", "Je hoeft geen noten te kunnen lezen."),
    )


def test_long_text_written_anew_is_shown_whole() -> None:
    other = "Iets volstrekt anders: urban dansvoorstelling met veertig jongeren, buiten, gratis toegankelijk!"
    (change,) = compare(CHOIR, replace(CHOIR, summary=other)).fields
    assert [piece.kind for piece in change.pieces] == ["was", "new"]


def test_text_that_was_emptied_shows_only_what_went() -> None:
    (change,) = compare(CHOIR, replace(CHOIR, summary="")).fields
    assert (change.before, change.after) == (CHOIR.summary, "")
    assert change.pieces == (Piece("was", CHOIR.summary),)


def test_date_keeps_its_uuid_and_shows_was_and_becomes() -> None:
    moved = replace(CHOIR, times=(time("a", at(28, 13), at(28, 16)),))
    assert compare(CHOIR, moved).dates == (
        DateChange("zaterdag 28 november 2026, 14.00 – 16.00", "zaterdag 28 november 2026, 13.00 – 16.00"),
    )


def test_dates_added_and_dropped_stand_in_order_of_time() -> None:
    before = replace(CHOIR, times=(time("a", at(28, 14)), time("b", at(5, 14, month=12))))
    after = replace(CHOIR, times=(time("a", at(28, 14)), time("c", at(29, 14))))
    assert compare(before, after).dates == (
        DateChange("", "zondag 29 november 2026, 14.00 uur"),
        DateChange("zaterdag 5 december 2026, 14.00 uur", ""),
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time("a", at(28, 0), is_all_day=True), "zaterdag 28 november 2026, hele dag"),
        (time("a", at(28, 22), at(29, 2)), "zaterdag 28 november 2026, 22.00 – 02.00"),
        (
            time("a", at(28, 10), at(29, 17)),
            "zaterdag 28 november 2026, 10.00 – zondag 29 november 2026 17.00",
        ),
        (
            time("a", at(28, 20), status="cancelled", reason=Word("ziekte", "Ziekte")),
            "zaterdag 28 november 2026, 20.00 uur, gaat niet door, Ziekte",
        ),
        (
            time("a", at(28, 20), room="Kleine zaal", door_time=at(28, 19, 30)),
            "zaterdag 28 november 2026, 20.00 uur, Kleine zaal, deur open 19.30",
        ),
    ],
)
def test_date_in_words(moment: Time, words: str) -> None:
    assert in_words(moment) == words


def test_new_activity_shows_everything_that_was_filled_in() -> None:
    changes = compare(None, CHOIR)
    assert changes.is_new
    assert [change.field for change in changes.fields] == [
        "title",
        "summary",
        "place",
        "price",
        "kind",
        "audiences",
        "language",
        "maker",
    ]
    assert changes.dates == (DateChange("", "zaterdag 28 november 2026, 14.00 – 16.00"),)
    assert changes.same == ()


def test_another_picture_with_the_same_words_is_a_change() -> None:
    def with_image(number: str) -> Document:
        return replace(CHOIR, image=Image(id=number, alt="Koor op de dijk"))

    (change,) = compare(with_image("a"), with_image("b")).fields
    assert (change.field, change.before, change.after) == (
        "image",
        "Koor op de dijk",
        "andere foto: Koor op de dijk",
    )
    assert len(compare(with_image("a"), with_image("a"))) == 0


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        ((4, 12), "4 tot en met 12 jaar"),
        ((0, None), "vanaf 0 jaar"),
        ((None, 12), "tot en met 12 jaar"),
        ((None, None), ""),
    ],
)
def test_ages_in_words(ages: tuple[int | None, int | None], words: str) -> None:
    document = replace(CHOIR, age_from=ages[0], age_to=ages[1])
    assert next(fact.text for fact in facts(document) if fact.field == "age") == words


def test_series_is_said_as_a_number_of_times() -> None:
    series = [time(str(week), at(1 + 7 * week, 20)) for week in range(4)] + [time("x", at(2, 20))]
    assert times_in_words(series).startswith("5 keer op maandag en zondag, 20.00 uur.")
