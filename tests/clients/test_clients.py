"""Every client sees every date of our feeds, at the right moment."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from agenda import ical
from agenda.models import Occurrence
from agenda.services import publication
from agenda.services.feeds.recipe import in_window
from tests.agenda.ical_cases import CASES, ORIGIN
from tests.clients.conftest import COUNTS
from tests.clients.readers import READERS, Seen, as_shown, moment

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


@dataclass(frozen=True)
class Demo:
    """The feed of the demo city as the portal sends it, and what its window holds."""

    feed: Path
    dates: list[Seen]


@pytest.fixture(scope="session")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Demo:
    """The city itself is rolled back."""
    path = tmp_path_factory.mktemp("demo") / "feed.ics"
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        while publication.sweep(timezone.now()):
            """Until everything that is due is in the agenda."""
        path.write_bytes(Client().get("/agenda.ics").content)
        dates = [of_window(one) for one in in_window(Occurrence.objects.all(), timezone.now())]
        transaction.set_rollback(True)
    return Demo(path, dates)


def of_window(one: Occurrence) -> Seen:
    if one.is_all_day:
        day = timezone.localdate(one.start)
        return Seen(moment(day), moment(timezone.localdate(one.end or one.start) + timedelta(days=1)))
    return Seen(moment(one.start), moment(one.end) if one.end else "")


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
def test_client_sees_all_of_the_demo_city(client: str, demo: Demo, tmp_path: Path) -> None:
    assert len(demo.dates) > 300
    assert {int(one.start[5:7]) for one in demo.dates} == set(range(1, 13))
    seen = READERS[client](demo.feed, tmp_path)
    COUNTS[client, "demo"] = f"{len(seen)} van {len(demo.dates)}"
    assert seen == as_shown(READERS[client], demo.dates)
