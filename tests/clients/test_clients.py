"""Every client sees every date of our feeds, at the right moment."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from agenda import ical
from tests.agenda.ical_cases import CASES, ORIGIN
from tests.clients.conftest import COUNTS
from tests.clients.readers import READERS, Seen, as_shown, icalendar, moment

CLIENTS = pytest.mark.parametrize("client", READERS)


@pytest.fixture(scope="session")
def problems(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All golden files in one feed, but the rich profile, which some clients skip (`agenda.ical.rich`)."""
    cases = {name: case for name, case in CASES.items() if not case.wish.is_rich}
    own = (replace(case.document, uid_domain=f"{name}.example") for name, case in cases.items())
    texts = [
        text
        for case, document in zip(cases.values(), own, strict=True)
        for text in replace(case, document=document).vevents()
    ]
    path = tmp_path_factory.mktemp("problems") / "feed.ics"
    path.write_bytes(ical.calendar("Problemen", texts, source_url=f"{ORIGIN}/agenda.ics").encode())
    return path


@pytest.fixture
def demo(db: None, tmp_path: Path) -> Path:
    """The feed of the demo city, as the portal sends it."""
    call_command("demo")
    (tmp_path / "served").mkdir()
    path = tmp_path / "served" / "feed.ics"
    path.write_bytes(Client().get("/agenda.ics").content)
    return path


@CLIENTS
def test_client_sees_the_moments_of_every_problem(client: str, problems: Path, tmp_path: Path) -> None:
    expected = [
        Seen(moment(start), moment(end) if end else "")
        for case in CASES.values()
        if not case.wish.is_rich
        for start, end in case.expected
    ]
    seen = READERS[client](problems, tmp_path)
    COUNTS[client, "problemen"] = f"{len(seen)} van {len(expected)}"
    assert seen == as_shown(READERS[client], expected)


@CLIENTS
def test_client_sees_all_of_the_demo_city(client: str, demo: Path, tmp_path: Path) -> None:
    expected = icalendar(demo, tmp_path)
    assert len(expected) > 300
    assert {datetime.fromisoformat(one.start).month for one in expected} >= {1, 6, 12}
    seen = READERS[client](demo, tmp_path)
    COUNTS[client, "demo"] = f"{len(seen)} van {len(expected)}"
    assert seen == as_shown(READERS[client], expected)
