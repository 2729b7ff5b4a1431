"""Log lines: one event is one line, without personal data."""

import logging
import sys

import pytest
import structlog
from pytest_django.fixtures import Settings

from cultuurportaal.logs import OneLine, clean


def line(message: str, *, exc_info: object = None) -> str:
    record = logging.LogRecord("agenda", logging.INFO, "f.py", 1, message, (), exc_info)  # type: ignore[arg-type]
    record.created = 1_795_600_000
    return OneLine().format(record)


def test_a_line_says_when_how_bad_where_and_what() -> None:
    assert line("release 12 published") == "2026-11-25T09:46:40Z INFO agenda release 12 published"


def test_a_line_carries_the_number_of_its_request() -> None:
    with structlog.contextvars.bound_contextvars(request_id="0123456789abcdef"):
        assert line("x") == "2026-11-25T09:46:40Z INFO agenda [01234567] x"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1b[2K"])
def test_nobody_can_write_a_line_of_their_own(end: str) -> None:
    written = line(f"agent {end}2026-11-25T09:46:40Z INFO admin ok")
    assert len(written.splitlines()) == 1
    assert "\x1b" not in written


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("to maker@demo.example: no", "to …@…: no"),
        ("<Jan.de-Boer+x@demo.example>", "<…@…>"),
        ("GET /mijn/agenda/Zm9vYmFyYmF6cXV4MTIzNDU2.ics", "GET /mijn/agenda/….ics"),
        ("link 1a2b3c4d5e6f7g8h9i0j1k2l3m:1vXyZ:abc-DEF", "link …"),
        (f"GET /nu/{'0b0e7c4e' * 4}.1vXyZ-abcDEF_1vXyZ-abcDEF_1vXyZ-abcDEF/", "GET /nu/….…/"),
        ("activity 0b0e7c4e-6f6b-4d3a-9a55-0c9a2f0e7f11", "activity 0b0e7c4e-6f6b-4d3a-9a55-0c9a2f0e7f11"),
        ("agenda.services.publication.sweep failed", "agenda.services.publication.sweep failed"),
    ],
)
def test_addresses_and_signed_links_are_masked_and_ids_stay(message: str, kept: str) -> None:
    assert clean(message) == kept


@pytest.mark.parametrize("in_production", [False, True])
def test_an_exception_is_one_line_and_in_production_does_not_say_what_did_not_fit(
    settings: Settings,
    in_production: bool,
) -> None:
    settings.IN_PRODUCTION = in_production
    try:
        raise ValueError("Jan de Boer\nDETAIL: jan@demo.example")
    except ValueError:
        written = line("failed", exc_info=sys.exc_info())
    assert len(written.splitlines()) == 1
    assert "ValueError" in written
    assert "tests/cultuurportaal/test_logs.py:" in written
    assert ("Jan de Boer" in written) is not in_production
    assert "DETAIL" not in written
