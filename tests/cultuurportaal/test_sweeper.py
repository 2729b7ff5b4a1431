"""The sweeper: every sweep on its own, one at a time over all machines, alive after the database was away."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django.fixtures import Settings

from cultuurportaal import sweeper
from cultuurportaal.models import Heartbeat, OutboxMail
from tests import running

SEEN: list[datetime] = []
SLOW_BEGAN, SLOW_GOES_ON = threading.Event(), threading.Event()
HERE = __name__


def note(now: datetime) -> None:
    SEEN.append(now)


def once(now: datetime) -> int:
    """Does one thing, after a while."""
    SLOW_GOES_ON.wait(20)
    return 1


def fail(now: datetime) -> None:
    raise RuntimeError(now)


def slow(now: datetime) -> None:
    SLOW_BEGAN.set()
    SLOW_GOES_ON.wait(20)


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    SEEN.clear()
    SLOW_BEGAN.clear()
    SLOW_GOES_ON.clear()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_gets_the_clock_of_the_database_and_leaves_a_heartbeat() -> None:
    assert sweeper.sweep(f"{HERE}.note")
    assert abs(SEEN[0] - datetime.now(UTC)) < timedelta(seconds=5)
    assert Heartbeat.objects.filter(name=f"{HERE}.note").exists()


@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_fails_says_so_and_leaves_no_heartbeat(caplog: pytest.LogCaptureFixture) -> None:
    assert not sweeper.sweep(f"{HERE}.fail")
    assert not Heartbeat.objects.filter(name=f"{HERE}.fail").exists()
    assert f"sweep {HERE}.fail failed" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_never_do_the_same_sweep_at_once() -> None:
    """F07: the second finds the lock taken and does nothing; later it may."""
    name = f"{HERE}.slow"
    first = threading.Thread(target=sweep_and_close, args=(name,))
    first.start()
    assert SLOW_BEGAN.wait(20)
    SLOW_BEGAN.clear()
    assert sweeper.sweep(name)
    assert not SLOW_BEGAN.is_set()
    assert not Heartbeat.objects.filter(name=name).exists()
    SLOW_GOES_ON.set()
    first.join()
    assert sweeper.sweep(name)
    assert SLOW_BEGAN.is_set()


def sweep_and_close(name: str) -> None:
    sweeper.sweep(name)
    connection.close()


@contextmanager
def sweeping() -> Iterator[None]:
    """The sweeper of `manage.py veeg`, in a thread."""
    stop = threading.Event()
    house = threading.Thread(target=sweeper.run, args=(stop,))
    house.start()
    try:
        yield
    finally:
        stop.set()
        SLOW_GOES_ON.set()
        house.join()


@pytest.mark.django_db(transaction=True)
def test_a_slow_sweep_does_not_hold_up_another(settings: Settings) -> None:
    settings.SWEEPS, settings.SWEEP_SECONDS = [f"{HERE}.slow", f"{HERE}.note"], 0.05
    with sweeping():
        running.until(lambda: len(SEEN) > 3, "the other sweep stood still")


@pytest.mark.django_db(transaction=True)
def test_a_sweep_that_did_something_wakes_the_others(settings: Settings) -> None:
    """What was published is in the feeds at once, not a whole round later."""
    settings.SWEEPS, settings.SWEEP_SECONDS = [f"{HERE}.note", f"{HERE}.once"], 600
    with sweeping():
        running.until(lambda: len(SEEN) == 1, "no first round")
        SLOW_GOES_ON.set()
        running.until(lambda: len(SEEN) == 2, "nobody woke it")


@pytest.mark.django_db(transaction=True)
def test_sweeping_goes_on_after_the_database_was_away(settings: Settings) -> None:
    """F11: every connection of the sweeper is cut; the next round has a new one."""
    settings.SWEEPS, settings.SWEEP_SECONDS = [f"{HERE}.note"], 0.05
    stop = threading.Event()
    house = threading.Thread(target=sweeper.run, args=(stop,))
    house.start()
    try:
        running.until(lambda: len(SEEN) > 0, "no round")
        for _ in range(3):
            cut_other_connections()
            before = len(SEEN)
            running.until(lambda before=before: len(SEEN) > before + 2, "no round after the cut")
    finally:
        stop.set()
        house.join()


def cut_other_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.mark.django_db(transaction=True)
def test_veeg_eenmaal_fails_when_a_sweep_fails(settings: Settings) -> None:
    settings.SWEEPS = [f"{HERE}.fail", f"{HERE}.note"]
    with pytest.raises(CommandError, match="Niet alles is gelukt"):
        call_command("veeg", "--eenmaal")
    assert len(SEEN) == 1


@pytest.mark.django_db(transaction=True)
def test_veeg_sends_the_outbox_and_stops_at_once_on_sigterm() -> None:
    OutboxMail.objects.create(
        key="a", to="a@demo.example", subject="Dag", text="Dag", not_before=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with running.process("manage.py", "veeg") as veeg:
        running.until(lambda: OutboxMail.objects.unsent().count() == 0, "mail not sent")
        veeg.popen.terminate()
        assert veeg.popen.wait(5) == 0
