"""F03, F04: a worker, or the child that does its work, is killed in the middle of a publication."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from agenda.models import Listing, Occurrence, Release
from agenda.services import publication
from agenda.services.publication import CATALOGUE
from cultuurportaal.models import OutboxMail
from tests import running
from tests.faults.conftest import Broker, Desk, Line, is_public, stranger, waits_for

Lock = Callable[[Line], object]


def catalogue(line: Line) -> object:
    return line.execute("SELECT pg_advisory_xact_lock(%s)", [CATALOGUE])


def rows_of_releases(line: Line) -> object:
    return line.execute("SELECT 1 FROM agenda_release FOR UPDATE")


def table(name: str) -> Lock:
    """Reading goes on; writing waits."""
    return lambda line: line.execute(f"LOCK TABLE {name} IN SHARE MODE".encode())


POINTS: dict[str, tuple[Lock, str]] = {
    "waits for the catalogue": (catalogue, "advisory"),
    "reads the release": (rows_of_releases, "transactionid"),
    "writes the listing": (table("agenda_listing"), "relation"),
    "writes the dates": (table("agenda_occurrence"), "relation"),
    "raises the scopes": (table("agenda_scope"), "relation"),
    "notes the publication": (table("agenda_release"), "relation"),
}


@contextmanager
def held_at(point: str, desk: Desk) -> Iterator[Release]:
    """A release whose publication stands still at this point until the block ends.

    It first waits for the catalogue, its attempt counted; then it is let through to the lock of the point.
    """
    lock, kind = POINTS[point]
    with stranger() as gate, stranger() as line:
        catalogue(gate)
        release = desk.approve()
        running.until(lambda: waits_for("advisory"), "nobody publishes")
        if lock is not catalogue:
            lock(line)
            gate.rollback()
            running.until(lambda: waits_for(kind), f"nobody {point}")
        yield release


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def assert_published_once(release: Release) -> None:
    release.refresh_from_db()
    assert (release.change_number, release.failed_at) == (1, None)
    assert Listing.objects.get().release_number == 1
    assert Occurrence.objects.get().sequence == 0
    assert OutboxMail.objects.filter(key__startswith="agenda.live").count() == 1


@pytest.mark.parametrize("point", POINTS)
def test_killed_worker_leaves_nothing_half(point: str, broker: Broker, desk: Desk) -> None:
    """F03: no row of the window is there; the sweeper publishes it once."""
    with broker.worker() as worker:
        with held_at(point, desk) as release:
            os.killpg(worker.popen.pid, signal.SIGKILL)
            worker.popen.wait()
        assert not is_public(release)
        assert not Listing.objects.exists()
    running.until(lambda: publication.sweep(timezone.now()) == 1, "the sweeper did not publish")
    assert_published_once(release)


def test_killed_child_is_followed_by_another(broker: Broker, desk: Desk) -> None:
    """F04: the task is delivered again by itself."""
    with broker.worker() as worker:
        with held_at("writes the dates", desk) as release:
            os.kill(children(worker.popen.pid)[0], signal.SIGKILL)
        running.until(lambda: is_public(release), "the worker did not try again", seconds=60)
        running.until(lambda: waits_for("advisory") is False, "somebody waits")
    assert_published_once(release)


def test_release_that_kills_every_child_is_given_up(broker: Broker, desk: Desk) -> None:
    """F04: three times, not for ever; the worker goes on with the rest."""
    with broker.worker() as worker:
        with held_at("writes the dates", desk) as release:
            for attempt in (1, 2, 3):
                running.until(lambda n=attempt: attempts(release) == n, f"no attempt {attempt}", 60)
                running.until(lambda: waits_for("relation"), "nobody writes", 60)
                os.kill(children(worker.popen.pid)[0], signal.SIGKILL)
                end_held_sessions()
            running.until(lambda: failed(release), "not given up", 60)
        good = desk.approve("Heel")
        running.until(lambda: is_public(good), "the rest stands still", 60)
    assert attempts(release) == 3
    assert publication.oldest_open_release() == release.publish_at
    assert publication.retry(release, by=desk.editor)


def end_held_sessions() -> None:
    """The database would notice that the client is gone when the lock is free."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )


def attempts(release: Release) -> int:
    return Release.objects.get(pk=release.pk).attempts


def failed(release: Release) -> bool:
    return Release.objects.get(pk=release.pk).failed_at is not None
