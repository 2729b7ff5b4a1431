"""Pages of other people's sites, recorded for these tests: what is read, and what needs a look."""

import json
from pathlib import Path
from typing import Any

import pytest

from agenda.imports import base, jsonld
from agenda.imports.base import Findings, Found
from agenda.imports.moments import stamp
from agenda.imports.page import read
from agenda.imports.tree import plain, tree

FOLDER = Path(__file__).parents[1] / "data" / "links"
EXPECTED: dict[str, Any] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
URL = "https://site.example/pagina"


def page(name: str) -> Findings:
    return read((FOLDER / f"{name}.html").read_bytes(), URL)


def written(found: Found) -> list[str | int]:
    """The dates as `start/end`; of a long row the first, the last and how many."""
    rows: list[str | int] = [
        "/".join(one.isoformat(timespec="minutes") for one in (slot.start, slot.end) if one)
        for slot in found.slots
    ]
    return rows if len(rows) < 9 else [rows[0], rows[-1], len(rows)]


def as_expected(findings: Findings) -> dict[str, Any]:
    return {
        "refused": findings.refused,
        "calendars": list(findings.calendars),
        "found": [
            {
                "values": {name: value.text for name, value in one.values.items()},
                "where": sorted({value.where for value in one.values.values()} | {one.when_from} - {""}),
                "when": written(one),
                "has_clock": one.has_clock,
                "is_cancelled": one.is_cancelled,
                "remarks": [remark.code for remark in one.remarks],
            }
            for one in findings.found
        ],
    }


def test_every_recorded_page_has_its_expected_values() -> None:
    assert {path.stem for path in FOLDER.glob("*.html")} == set(EXPECTED)
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("name", EXPECTED)
def test_page_tells_what_it_should(name: str) -> None:
    assert as_expected(page(name)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_findings_survive_the_way_out_of_the_child(name: str) -> None:
    findings = page(name)
    assert base.load(json.loads(json.dumps(base.dump(findings)))) == findings


def test_script_in_a_page_never_becomes_script() -> None:
    (found,) = page("script_in_texts").found
    said = " ".join(value.text for value in found.values.values())
    assert not any(sign in said for sign in ("<", "javascript:", "data:", "user:pass@"))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-05T20:00:00+01:00", "2026-12-05T20:00:00+01:00"),
        ("20261205T190000Z", "2026-12-05T20:00:00+01:00"),
        ("2026-12-05 20:00", "2026-12-05T20:00:00+01:00"),
        ("2026-07-05T20:00:00.000+02", "2026-07-05T20:00:00+02:00"),
        ("2026-07-05T18:00 UTC", "2026-07-05T20:00:00+02:00"),
        ("2026-12-05", "2026-12-05T00:00:00+01:00"),
        ("2026-13-05", None),
        ("2026-12-05T25:00", None),
        ("2026-12-05T20:00+99:00", None),
        ("5 december", None),
        ("", None),
    ],
)
def test_moments_of_machines_are_read_in_amsterdam(text: str, moment: str | None) -> None:
    read_ = stamp(text)
    assert (read_.moment.isoformat() if read_ else None) == moment


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000,
        "<![if IE]><p>x</p><![endif]><![CDATA[x]]><!bogus><?php echo 1 ?>",
        "<a" + " b" * 20_000,
        "<!--" * 20_000,
        "&" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">{"@type":"Event","name":{"@id":"#a"},"@id":"#a"}</script>',
        "\0\ud800".encode("utf-8", "replace").decode(),
    ],
    ids=[
        "deep",
        "declarations",
        "attributes",
        "comments",
        "entities",
        "deep json",
        "json to itself",
        "signs",
    ],
)
def test_page_made_to_break_readers_is_answered(html: str) -> None:
    assert isinstance(read(html, URL), Findings)


def test_events_of_one_page_have_numbers_of_their_own() -> None:
    one = '{"@type":"Event","name":"%s","startDate":"2026-12-05T20:00"}'
    html = f'<script type="application/ld+json">[{one % "Een"},{one % "Twee"}]</script>'
    first, again = ([found.uid for found in read(html, URL).found] for _ in range(2))
    assert first == again
    assert len(set(first)) == 2
    assert all(uid.startswith(f"{URL}#") for uid in first)


def test_plain_text_stays_as_it_is() -> None:
    assert plain("Jan & Piet < 3") == "Jan & Piet < 3"
    assert plain("<p>Een</p><p>Twee &amp; drie<br>vier</p>") == "Een\nTwee & drie\nvier"
    assert tree("<p>a<p>b").text() == "a\nb"


def test_json_with_a_comma_too_many_is_read() -> None:
    assert jsonld.parse('//<!--\n{"a": [1, 2,],}\n//-->') == {"a": [1, 2]}


def test_number_of_an_event_can_be_kept_and_stays_its_own() -> None:
    long = "https://koor.example/" + "x" * 900
    uids = [base.Found(uid=uid).uid for uid in (f"{long}1", f"{long}2", "a\0b")]
    assert [len(uid) for uid in uids[:2]] == [500, 500]
    assert len(set(uids)) == 3
    assert "\0" not in uids[2]
    assert [base.Found(uid=uid).uid for uid in uids] == uids
