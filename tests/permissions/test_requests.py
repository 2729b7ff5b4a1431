"""Requests that somebody sends on purpose (tests/corpus/requests.json): answered kindly, quickly, once."""

import json
import logging
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponseBase

from cultuurportaal.logs import OneLine
from tests.permissions.reading import writes
from tests.permissions.world import World, taken_back

pytestmark = pytest.mark.django_db
CASES = json.loads((Path(__file__).parents[1] / "corpus" / "requests.json").read_text(encoding="utf-8"))
SLOW = 2.0
FRAMES = "frame-ancestors 'none'"


def address(case: dict[str, Any]) -> str:
    text, times = case.get("times", ["", 0])
    return str(case["address"] + text * times)


def body(response: HttpResponseBase) -> str:
    whole = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined,arg-type]
    return whole.decode(errors="replace")


def headers(case: dict[str, Any]) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": text for name, text in case.get("headers", {}).items()}


def own_site(response: HttpResponseBase) -> bool:
    place = response.headers.get("Location", "/")
    return not urlsplit(place).netloc and not place.startswith(("//", "/\\")) and urlsplit(place).scheme == ""


def is_dutch_page(response: HttpResponseBase, text: str) -> bool:
    return 'lang="nl"' in text and "portal.css" in text and "<h1" in text and "Traceback" not in text


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{number}-{CASES[number]['id']}")
def test_request(number: int, world: World, caplog: pytest.LogCaptureFixture) -> None:
    case = CASES[number]
    client = world.client(case.get("as", "anon"))
    caplog.set_level(logging.DEBUG)
    with taken_back(), writes() as caught:
        began = time.process_time()
        response = client.get(address(case), **headers(case))
        spent = time.process_time() - began
        text = body(response)
    assert response.status_code in case["status"]
    assert spent < case.get("seconds", SLOW)
    assert not caught
    assert [word for word in case.get("hides", []) if word in text] == []
    assert not case.get("own_site") or own_site(response)
    assert not case.get("dutch") or is_dutch_page(response, text)
    assert not case.get("private") or "no-store" in response["Cache-Control"]
    if "frames" in case:
        assert response["X-Frame-Options"] == "DENY"
        assert FRAMES in response["Content-Security-Policy"]
    if case.get("one_line"):
        assert all(len(OneLine().format(record).splitlines()) <= 1 for record in caplog.records)


def test_corpus_only_grows() -> None:
    assert len(CASES) >= 500
