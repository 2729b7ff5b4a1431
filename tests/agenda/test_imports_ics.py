"""Calendar files of other people: right, odd, broken and hostile ones; each event is used or named."""

import resource
import time
from datetime import datetime, timedelta

import pytest

from agenda.imports import sandbox, words
from agenda.imports.base import Findings
from agenda.imports.ics import Window, read
from agenda.imports.lines import decoded
from agenda.when.slots import AMSTERDAM
from tests import corpora

NOW = datetime(2026, 11, 25, 10, tzinfo=AMSTERDAM)
READABLE = {"ical.net__c7a4122d__Language2.ics", "ical.net__ef170509__Bug2912657.ics"}
"""Refused by other readers because of their byte order mark; we read BOM and UTF-16 (bad input I07)."""


def calendar(*rows: str, end: str = "\r\n") -> bytes:
    return end.join(["BEGIN:VCALENDAR", "VERSION:2.0", *rows, "END:VCALENDAR", ""]).encode()


def event(*rows: str, uid: str = "a", title: str = "Concert", start: str = "20261201T200000") -> str:
    first = [f"UID:{uid}"] if uid else []
    when = [f"DTSTART;TZID=Europe/Amsterdam:{start}"] if start else []
    return "\r\n".join(["BEGIN:VEVENT", *first, f"SUMMARY:{title}", *when, *rows, "END:VEVENT"])


def ask(body: bytes) -> Findings:
    return read(body, Window.ahead(NOW))


def starts(findings: Findings) -> list[str]:
    return [f"{slot.start:%Y-%m-%d %H:%M}" for one in findings.found for slot in one.slots]


def codes(findings: Findings) -> list[str]:
    remarks = [remark for one in findings.found for remark in one.remarks]
    return [one.code for one in (*findings.problems, *remarks)]


def test_event_is_read_with_its_texts() -> None:
    rows = (
        "DTEND;TZID=Europe/Amsterdam:20261201T220000",
        "LOCATION:Oude Kerk\\, Dorpsstraat 59",
        "DESCRIPTION:Eerste regel.\\n\\nTweede\\; regel.",
        "URL:https://koor.example/c",
        'ORGANIZER;CN="Popkoor":mailto:info@koor.example',
        "IMAGE;VALUE=URI:https://koor.example/c.jpg",
    )
    (found,) = ask(calendar(event(*rows))).found
    assert {name: value.text for name, value in found.values.items()} == {
        "title": "Concert",
        "description": "Eerste regel.\n\nTweede; regel.",
        "place": "Oude Kerk, Dorpsstraat 59",
        "website": "https://koor.example/c",
        "image": "https://koor.example/c.jpg",
        "organizer": "Popkoor",
    }
    (slot,) = found.slots
    assert (slot.start.isoformat(), slot.end and slot.end.isoformat()) == (
        "2026-12-01T20:00:00+01:00",
        "2026-12-01T22:00:00+01:00",
    )


# --- I01, I08: too much ---------------------------------------------------------------------------------


def test_more_than_two_thousand_events_are_a_partial_report() -> None:
    findings = ask(calendar(*(event(uid=str(number)) for number in range(2_100))))
    assert (len(findings.found), findings.events, codes(findings)) == (2_000, 2_000, ["left_out"])
    assert words.words(findings.problems[0]).endswith("De laatste 100 lazen we niet.")


def test_file_beyond_five_megabytes_is_read_until_there() -> None:
    long = "DESCRIPTION:" + "x" * 50_000
    findings = ask(calendar(*(event(long, uid=str(number)) for number in range(150))))
    assert codes(findings)[0] == "cut_file"
    assert 50 < len(findings.found) < 150


def test_line_of_four_megabytes_costs_only_itself() -> None:
    began = time.monotonic()
    findings = ask(calendar(event("DESCRIPTION:" + "x" * 4_000_000, "LOCATION:Kerk")))
    assert (findings.found[0].text("place"), findings.found[0].text("description")) == ("Kerk", "")
    assert time.monotonic() - began < 2


# --- I02, I07: folding and ways of writing --------------------------------------------------------------


@pytest.mark.parametrize("fold", ["\r\n ", "\n ", "\r\n\t", "\n\t"])
def test_line_that_is_folded_inside_a_letter_is_whole(fold: str) -> None:
    whole = calendar(event(title="Café Überal"))
    letter = "é".encode()
    folded = whole.replace(letter, letter[:1] + fold.encode() + letter[1:])
    assert ask(folded).found[0].title == "Café Überal"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_every_way_of_writing_gives_the_right_text(name: str) -> None:
    body = calendar(event(title="Café Überal"), end="\n").decode().encode(name)
    assert ask(body).found[0].title == "Café Überal"


# --- I03: zones -----------------------------------------------------------------------------------------

CUSTOM = "\r\n".join(
    ["BEGIN:VTIMEZONE", "TZID:Onze tijd", "BEGIN:STANDARD", "DTSTART:19700101T000000",
     "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("start", "moment", "remark"),
    [
        ("DTSTART:20261201T200000", "2026-12-01 20:00", []),
        ("DTSTART:20261201T190000Z", "2026-12-01 20:00", []),
        ("DTSTART;TZID=Europe/Amsterdam:20260702T200000", None, []),
        ("DTSTART;TZID=Europe/Brussels:20261201T200000", "2026-12-01 20:00", []),
        ("DTSTART;TZID=W. Europe Standard Time:20261201T200000", "2026-12-01 20:00", []),
        ("DTSTART;TZID=Mars/Olympus:20261201T200000", "2026-12-01 20:00", ["zone_unknown"]),
        ("DTSTART;TZID=America/New_York:20261201T200000", "2026-12-02 02:00", ["zone"]),
        ("DTSTART;TZID=Onze tijd:20261201T200000", "2026-12-01 18:00", ["zone"]),
        ("DTSTART;VALUE=DATE:20261201", "2026-12-01 00:00", []),
    ],
)
def test_zone_is_understood_or_named(start: str, moment: str | None, remark: list[str]) -> None:
    findings = ask(calendar(CUSTOM, event(start, start="")))
    assert (starts(findings), codes(findings)) == ([moment] if moment else [], remark)


def test_clock_stays_the_same_across_summer_time() -> None:
    findings = ask(calendar(event("RRULE:FREQ=MONTHLY;COUNT=6")))
    assert {one[-5:] for one in starts(findings)} == {"20:00"}


# --- I04, I05: what is missing, and what is there twice -------------------------------------------------


def test_event_without_a_number_gets_the_same_one_every_time() -> None:
    first, again = (ask(calendar(event(uid=""))).found[0].uid for _ in range(2))
    assert first == again != ask(calendar(event(uid="", title="Anders"))).found[0].uid


def test_event_without_a_start_is_a_row_of_the_report() -> None:
    findings = ask(calendar(event(start=""), event(uid="b")))
    assert ([one.uid for one in findings.found], codes(findings)) == (["b"], ["no_start"])
    assert (
        words.words(findings.problems[0]) == "Concert: er staat geen begin bij. Die hebben we overgeslagen."
    )


def test_same_number_for_two_events_gives_both_and_says_so() -> None:
    findings = ask(calendar(event(), event(title="Anders"), event()))
    assert [one.title for one in findings.found] == ["Concert", "Anders"]
    assert codes(findings) == ["same_uid", "double"]


def test_changed_date_of_a_series_is_applied_and_an_orphan_is_named() -> None:
    changed = event("RECURRENCE-ID;TZID=Europe/Amsterdam:20261208T200000", start="20261209T190000")
    findings = ask(calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"), changed))
    assert starts(findings) == ["2026-12-01 20:00", "2026-12-09 19:00", "2026-12-15 20:00"]
    assert codes(ask(calendar(changed))) == ["orphan"]


def test_cancelled_date_of_a_series_is_left_out() -> None:
    gone = event(
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261208T200000", "STATUS:CANCELLED", start="20261208T200000"
    )
    findings = ask(
        calendar(event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Amsterdam:20261215T200000"), gone)
    )
    assert starts(findings) == ["2026-12-01 20:00"]
    assert not findings.found[0].is_cancelled


# --- I06, I14: what is never opened, and what stays text ------------------------------------------------


def test_alarms_and_attachments_are_left_alone() -> None:
    rows = (
        "BEGIN:VALARM",
        "ACTION:PROCEDURE",
        "ATTACH:file:///bin/sh",
        "TRIGGER:-PT5M",
        "END:VALARM",
        "ATTACH:http://127.0.0.1:6379/",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:!!!geen base64!!!",
    )
    findings = ask(calendar(event(*rows)))
    assert (len(findings.found), codes(findings)) == (1, [])


def test_script_in_a_calendar_is_text_or_gone() -> None:
    rows = (
        "URL:javascript:alert(1)",
        "DESCRIPTION:<img src=x onerror=alert(1)>Hallo",
        "CATEGORIES:<script>",
        "X-ALT-DESC;FMTTYPE=text/html:<script>alert(1)</script>",
        "IMAGE:data:image/png;base64,AA",
    )
    (found,) = ask(calendar(event(*rows, title="<script>alert(1)</script>Feest"))).found
    assert {name: value.text for name, value in found.values.items()} == {
        "title": "Feest",
        "description": "Hallo",
    }


# --- D08–D10: rules -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("FREQ=SECONDLY", "sub_daily"),
        ("FREQ=MINUTELY;COUNT=3", "sub_daily"),
        ("FREQ=HOURLY", "sub_daily"),
        ("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,5,10,15,20,25,30,35,40", "sub_daily"),
        ("FREQ=DAILY;INTERVAL=0", "bad_rule"),
        ("FREQ=DAILY;INTERVAL=100000000000000000000", "bad_rule"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20270101T000000Z", "bad_rule"),
    ],
)
def test_rule_that_cannot_be_placed_is_a_row_of_the_report(rule: str, code: str) -> None:
    began = time.monotonic()
    findings = ask(calendar(event(f"RRULE:{rule}"), event(uid="b")))
    assert ([one.uid for one in findings.found], codes(findings)) == (["b"], [code])
    assert time.monotonic() - began < 2


def test_endless_daily_rule_is_bounded() -> None:
    (found,) = ask(calendar(event("RRULE:FREQ=DAILY", start="20000101T200000"))).found
    assert len(found.slots) == 500
    assert found.slots[0].start.date() == NOW.date()
    assert [one.code for one in found.remarks] == ["many"]


def test_rule_without_a_single_date_is_no_error() -> None:
    findings = ask(calendar(event("RRULE:FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", start="20261201T200000")))
    assert codes(findings) == []


def test_whole_days_are_one_date_each() -> None:
    days = event("DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261208", start="")
    findings = ask(calendar(days))
    assert starts(findings) == ["2026-12-05 00:00", "2026-12-06 00:00", "2026-12-07 00:00"]
    assert all(slot.all_day and slot.end is None for slot in findings.found[0].slots)


# --- I12: what is no calendar ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "no_calendar"),
        (b"<!doctype html><h1>404</h1>", "no_calendar"),
        (calendar(), "no_events"),
        (b"BEGIN:VCALENDAR\r\n" * 50_000, "damaged"),
        (calendar(event())[:-30], "damaged"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "no_calendar"),
        (b"\xff\xfe\x00", "no_calendar"),
    ],
    ids=["empty", "page", "no events", "nested", "cut", "fragment", "bytes"],
)
def test_what_is_no_calendar_is_refused_in_dutch(body: bytes, code: str) -> None:
    findings = ask(body)
    assert (findings.refused, findings.found) == (code, ())
    assert words.refusal(findings).endswith(".")


def test_two_calendars_in_one_file_are_both_read() -> None:
    findings = ask(calendar(event()) + calendar(event(uid="b")))
    assert [one.uid for one in findings.found] == ["a", "b"]


# --- I13: versions --------------------------------------------------------------------------------------


def test_cancelled_event_is_told_with_its_version() -> None:
    (found,) = ask(calendar(event("STATUS:CANCELLED", "SEQUENCE:4", "LAST-MODIFIED:20261101T100000Z"))).found
    assert (found.is_cancelled, found.sequence, found.stamp) == (True, 4, "20261101T100000Z")


def test_fingerprint_says_whether_the_event_changed() -> None:
    first = ask(calendar(event("DTSTAMP:20260101T000000Z", "SEQUENCE:1"))).found[0].fingerprint
    assert first == ask(calendar(event("DTSTAMP:20270101T000000Z", "SEQUENCE:2"))).found[0].fingerprint
    assert first != ask(calendar(event(title="Anders"))).found[0].fingerprint


# --- In the child process -------------------------------------------------------------------------------


def test_child_reads_a_calendar_as_we_do() -> None:
    body = calendar(event("RRULE:FREQ=WEEKLY;COUNT=3"), event("RRULE:FREQ=HOURLY", uid="b"))
    assert sandbox.read(body, now=NOW) == ask(body)


def test_child_that_takes_too_much_costs_one_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", 0.01)
    assert sandbox.read(calendar(event()), now=NOW).refused == "heavy"


# --- 475 files of other people, where they are at hand ---------------------------------------------------


def wrong(row: dict[str, str]) -> str:
    """What is not as the manifest says; "" when all is well."""
    start = datetime.fromisoformat(row["window_start"] or "2026-01-01").replace(tzinfo=AMSTERDAM)
    end = datetime.fromisoformat(row["window_end"] or "2028-01-01").replace(tzinfo=AMSTERDAM)
    began = time.process_time()
    findings = read((corpora.FOLDER / "ics" / row["file"]).read_bytes(), Window(start, end))
    took = time.process_time() - began
    said = [words.words(one) for one in findings.problems]
    said += [words.refusal(findings)] if findings.refused else []
    if took > 5 or not all(one.endswith((".", "?")) for one in said):
        return f"{took} s, {said}"
    if row["expected"] == "reject":
        return "" if findings.refused or row["file"] in READABLE else "not refused"
    if row["expected"] == "parse ok":
        return wrong_count(row, findings)
    return ""


def wrong_count(row: dict[str, str], findings: Findings) -> str:
    """Of events always; of dates where the two parsers of the manifest agree, sub-daily rules aside."""
    if findings.events != int(row["vevent_icalendar"]) or bool(findings.refused) is not (
        findings.events == 0
    ):
        return f"{findings.events} events, {findings.refused}"
    theirs, also = row["occurrences_recurring_ical_events"], row["occurrences_icaljs"]
    dates = sum(one.instances for one in findings.found)
    is_counted = theirs == also and theirs.isdigit() and "sub_daily" not in codes(findings)
    return f"{dates} dates" if is_counted and dates != int(theirs) else ""


def test_files_of_other_people_are_refused_or_have_their_counts() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {row["file"]: wrong(row) for row in corpora.rows("ics_manifest.csv")}
    assert {name: problem for name, problem in found.items() if problem} == {}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_window_is_today_and_eighteen_months() -> None:
    window = Window.ahead(NOW)
    assert window.start.isoformat() == "2026-11-25T00:00:00+01:00"
    assert timedelta(days=540) < window.end - window.start < timedelta(days=560)


def test_character_that_no_database_keeps_is_left_out() -> None:
    assert decoded(b"BEGIN:VCALENDAR\r\nUID:a\0b") == "BEGIN:VCALENDAR\r\nUID:ab"
