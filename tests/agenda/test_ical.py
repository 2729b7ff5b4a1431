"""Dates as iCalendar: a golden file per problem, read back by two readers, and properties of any text."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from agenda import ical
from agenda.document import Document, Time
from tests.agenda.ical_cases import CASES, DOCUMENT, EVENING, FOLDER, ORIGIN, STAMP

ANY_TEXT = st.text(max_size=200)
NAMES = pytest.mark.parametrize("name", CASES)


def made(document: Document = DOCUMENT, time: Time = EVENING, *, is_dropped: bool = False) -> str:
    return ical.vevent(document, time, sequence=0, stamp=STAMP, origin=ORIGIN, is_dropped=is_dropped)


def only_event(text: str):
    return Calendar.from_ical(text).events[0]


def in_utc(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def lines(name: str) -> list[str]:
    return CASES[name].calendar().replace("\r\n ", "").split("\r\n")


@NAMES
def test_golden_file(name: str) -> None:
    assert CASES[name].calendar().encode() == (FOLDER / f"{name}.ics").read_bytes()


def test_no_golden_file_without_a_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.ics")} == set(CASES)


@NAMES
def test_icalendar_reads_the_right_moments(name: str) -> None:
    events = Calendar.from_ical(CASES[name].calendar()).events
    found = [(in_utc(event.start), in_utc(event.end) if "DTEND" in event else None) for event in events]
    assert found == list(CASES[name].expected)


@NAMES
def test_recurring_ical_events_finds_each_date_once(name: str) -> None:
    calendar = Calendar.from_ical(CASES[name].calendar())
    found = recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2041, 1, 1))
    assert sorted(str(in_utc(event.start)) for event in found) == sorted(
        str(start) for start, _end in CASES[name].expected
    )


@NAMES
def test_lines_end_in_crlf_and_are_at_most_75_octets(name: str) -> None:
    text = CASES[name].calendar()
    assert re.search(r"(?<!\r)\n|\r(?!\n)", text) is None
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@NAMES
def test_same_document_gives_same_bytes(name: str) -> None:
    assert CASES[name].calendar() == CASES[name].calendar()


def test_calendar_carries_what_rfc_7986_asks_and_no_uid() -> None:
    text = CASES["bare"].calendar()
    head = text.split("BEGIN:VTIMEZONE")[0].split("\r\n")
    assert head == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cultuurportaal//NL",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Cultuuragenda Zoetermeer",
        "X-WR-CALNAME:Cultuuragenda Zoetermeer",
        "COLOR:teal",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "SOURCE;VALUE=URI:https://agenda.example/agenda.ics",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Europe/Amsterdam",
        "",
    ]
    assert text.count("BEGIN:VTIMEZONE") == 1
    assert text.count("RRULE:") == 2


def test_calendar_without_dates_is_whole() -> None:
    text = ical.calendar("Leeg", [], source_url=f"{ORIGIN}/agenda.ics")
    assert Calendar.from_ical(text).events == []
    assert text.endswith("END:VTIMEZONE\r\nEND:VCALENDAR\r\n")


def test_cancelled_is_said_in_status_title_and_description() -> None:
    event = only_event(CASES["cancelled"].calendar())
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "AFGELAST: Open podium"
    assert event["DESCRIPTION"].startswith("AFGELAST. Deze datum gaat niet door (ziekte).\n\n")


def test_withdrawn_is_cancelled_under_its_own_uid() -> None:
    before, after = only_event(made_calendar(made())), only_event(CASES["withdrawn"].calendar())
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")


def made_calendar(vevent: str) -> str:
    return ical.calendar("Agenda", [vevent], source_url=f"{ORIGIN}/agenda.ics")


def test_cancelled_in_title_only_is_confirmed() -> None:
    event = only_event(CASES["cancelled_in_title_only"].calendar())
    assert (event["STATUS"], event["SUMMARY"]) == ("CONFIRMED", "AFGELAST: Open podium")


def test_cancelled_can_be_left_out_and_never_reminds() -> None:
    off = made(time=replace(EVENING, status="cancelled"))
    assert ical.Wish(cancelled="weg").text(off) == ""
    assert ical.Wish(reminder=30).text(off) == off
    assert ical.Wish(cancelled="weg").text(made()) == made()


def test_a_title_that_looks_like_a_status_changes_nothing() -> None:
    forged = made(
        replace(DOCUMENT, title="x\r\nSTATUS:CANCELLED\r\nSEQUENCE:9", summary="SEQUENCE:9\r\nDTSTAMP:x")
    )
    assert not ical.is_off(forged)
    assert ical.essence(forged).count("SEQUENCE:9") == 2


def test_moved_says_when_it_was() -> None:
    event = only_event(CASES["moved"].calendar())
    assert event["STATUS"] == "CONFIRMED"
    first = event["DESCRIPTION"].split("\n")[0]
    assert first == "VERPLAATST. Eerst gepland op vrijdag 27 november 2026, 20.30 uur."


def test_sold_out_is_said_in_description_only() -> None:
    event = only_event(CASES["sold_out"].calendar())
    assert (event["SUMMARY"], event["STATUS"]) == ("Open podium", "CONFIRMED")
    assert event["DESCRIPTION"].startswith("UITVERKOCHT.\n\n")


def test_organiser_is_a_name_without_a_personal_address() -> None:
    mailed = replace(DOCUMENT, maker=replace(DOCUMENT.maker, mail="sam@buurtmakers.example"))
    text = made(mailed)
    assert "sam@" not in text
    assert "ORGANIZER;CN=Buurtmakers:mailto:geen-antwoord@zoetermeer.cultuur.example\r\n" in text


def test_other_room_replaces_the_room_in_location() -> None:
    event = only_event(CASES["other_room_and_doors"].calendar())
    assert event["LOCATION"] == "Stadstheater, Kleine zaal, Theaterplein 1, 2711 EC Zoetermeer"
    assert "Deur open: 19.30 uur" in event["DESCRIPTION"]


def test_picture_is_the_widest_wide_jpeg() -> None:
    image = "IMAGE;DISPLAY=BADGE;FMTTYPE=image/jpeg;VALUE=URI:https://agenda.example/media/breed-1440.jpg"
    assert image in lines("picture")


def test_reminder_is_a_display_alarm_before_the_start() -> None:
    (alarm,) = only_event(CASES["reminder"].calendar()).walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-90))


def test_components_of_rfc_9073_only_in_the_rich_profile() -> None:
    with_them = [name for name in CASES if "BEGIN:VLOCATION" in CASES[name].calendar()]
    assert with_them == ["rich_profile"]
    (place,) = only_event(CASES["rich_profile"].calendar()).walk("VLOCATION")
    assert place["NAME"] == "Stadstheater"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"price_kind": "free"}, "Gratis"),
        ({"price_kind": "donation"}, "Vrije gift"),
        (
            {"price_kind": "paid", "price": DOCUMENT.price, "price_note": "CJP € 10"},
            "Prijs: € 12,50 (CJP € 10)",
        ),
        ({"price_kind": "paid", "price": None, "price_note": "aan de deur"}, "Prijs: aan de deur"),
    ],
)
def test_description_says_what_it_costs(changes: dict, words: str) -> None:
    event = only_event(made_calendar(made(replace(DOCUMENT, **changes))))
    assert words in event["DESCRIPTION"].split("\n")


def test_stamps_change_nothing_of_the_essence() -> None:
    text = made()
    later = ical.with_stamps(text, sequence=12, stamp=STAMP + timedelta(days=1))
    assert later == text.replace("SEQUENCE:0", "SEQUENCE:12").replace("20261122T040000Z", "20261123T040000Z")
    assert ical.essence(later) == ical.essence(text) != text


@given(title=ANY_TEXT, description=ANY_TEXT, name=ANY_TEXT, place=ANY_TEXT)
def test_any_text_comes_back_whole(title: str, description: str, name: str, place: str) -> None:
    document = replace(
        DOCUMENT,
        title=title,
        description=description,
        maker=replace(DOCUMENT.maker, name=name),
        place=replace(DOCUMENT.place, name=f"x{place}"),
    )
    text = made_calendar(made(document))
    event = only_event(text)
    assert event["SUMMARY"] == ical.clean(title)
    assert ical.clean(description.strip()) in event["DESCRIPTION"]
    assert event["LOCATION"].startswith(ical.clean(f"x{place}"))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert len(Calendar.from_ical(text).events) == 1


@given(st.datetimes(datetime(2026, 1, 1), datetime(2045, 1, 1)))  # noqa: DTZ001 - hypothesis adds the zone
def test_any_moment_comes_back_as_the_same_moment(moment: datetime) -> None:
    start = moment.replace(microsecond=0, tzinfo=UTC)
    event = only_event(
        made_calendar(made(time=replace(EVENING, start=start, end=start + timedelta(hours=30))))
    )
    local = start.astimezone(event.start.tzinfo)
    assert in_utc(event.start) == (start if not local.fold else start - timedelta(hours=1))
