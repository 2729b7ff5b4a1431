"""`/gezond/`: 200 only when every part is well, and the web process can answer for itself."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from cultuurportaal.models import Heartbeat
from tests import running


def nothing_open() -> None:
    """Stands in for no release that is late."""


def open_for_an_hour() -> object:
    return timezone.now() - timedelta(hours=1)


@pytest.fixture
def well(db: None, settings: Settings) -> None:
    settings.HEALTH_CHECKS = [f"{__name__}.nothing_open"]
    for name in settings.SWEEPS:
        Heartbeat.objects.create(name=name, at=timezone.now())


def parts(client: Client, expected: int) -> set[str]:
    """The names of what is not well."""
    response = client.get("/gezond/")
    assert (response.status_code, response["Cache-Control"]) == (expected, "no-store")
    assert response.json()["gezond"] is (expected == 200)
    return {name for name, state in response.json()["delen"].items() if state != "goed"}


@pytest.mark.usefixtures("well")
def test_all_well(client: Client) -> None:
    assert parts(client, 200) == set()


@pytest.mark.usefixtures("well")
def test_a_sweep_that_ended_minutes_ago_is_not_well(client: Client) -> None:
    Heartbeat.objects.filter(name=settings.SWEEPS[0]).update(at=timezone.now() - timedelta(minutes=3))
    assert parts(client, 503) == {"veger"}


@pytest.mark.usefixtures("well")
def test_a_broker_that_is_down_is_not_well(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{running.free_port()}"
    assert parts(client, 503) == {"broker"}


@pytest.mark.usefixtures("well")
def test_a_release_open_for_minutes_is_not_well(client: Client, settings: Settings) -> None:
    settings.HEALTH_CHECKS = [f"{__name__}.open_for_an_hour"]
    assert parts(client, 503) == {"vrijgaven"}


def test_without_a_database_the_web_process_answers_for_itself() -> None:
    with running.website(DATABASE_URL="postgres://portaal@/weg?host=/nergens&port=5432") as origin:
        assert running.fetch(f"{origin}/gezond/?deel=web")[0] == 200
        status, headers, body = running.fetch(f"{origin}/gezond/")
        assert (status, headers["Content-Type"]) == (503, "application/json")
        assert '"database": "niet goed"' in body


def test_without_a_database_a_page_says_in_dutch_that_we_are_back_soon() -> None:
    with running.website(DATABASE_URL="postgres://portaal@/weg?host=/nergens&port=5432") as origin:
        status, headers, body = running.fetch(f"{origin}/privacy/")
    assert (status, headers["Retry-After"]) == (503, "30")
    assert "We zijn zo terug" in body


@pytest.mark.django_db
def test_database_is_asked_for_real(client: Client) -> None:
    connection.ensure_connection()
    assert "database" not in parts(client, 503)
