"""Real faults: a broker and workers of our own that are stopped, frozen, emptied and killed.

Nothing in the code knows about it: a process is held at a point by a lock on what it needs there.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import redis
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from agenda.models import Release
from agenda.services import moderation, submission
from cultuurportaal import embedded, nudge
from partners.models import Organisation, User
from tests import make, running

Line = psycopg.Connection[tuple[object, ...]]
WORKER = (
    "-W",
    "ignore:You're running the worker",
    "-m",
    "celery",
    "-q",
    "-A",
    "cultuurportaal.celery",
    "worker",
)
WORKER += ("--without-gossip", "--without-mingle", "--without-heartbeat", "-c")
NOTHING = timedelta(0)


def with_clock(ahead: timedelta, *command: str) -> tuple[str, ...]:
    """The same `python -m …` with a clock of its own; with the machine's when it is ahead by nothing."""
    if ahead == NOTHING:
        return command
    place = command.index("-m") + 1
    return (*command[:place], "tests.faults.clock", str(ahead.total_seconds()), *command[place:])


@dataclass
class Broker:
    """A Valkey of this test alone, beside the database of the suite."""

    var: Path

    @property
    def url(self) -> str:
        return embedded.urls(self.var).redis_url

    def start(self) -> None:
        at = embedded.addresses.place(self.var)
        embedded.servers.start_wanted(at, want_postgres=False, want_valkey=True, fast=True, patience=20)

    def stop(self) -> None:
        embedded.stop(self.var)

    def freeze(self) -> None:
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    @property
    def pid(self) -> int:
        pid = embedded.status(self.var).valkey
        assert pid
        return pid

    def ask(self, *words: str) -> object:
        with redis.Redis.from_url(self.url) as client:
            return client.execute_command(*words)

    @contextmanager
    def worker(self, processes: int = 1, *, ahead: timedelta = NOTHING) -> Iterator[running.Process]:
        command = with_clock(ahead, *WORKER, str(processes))
        with running.process(*command, ready="ready.", REDIS_URL=self.url) as worker:
            yield worker


@pytest.fixture
def broker(
    transactional_db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Broker]:
    made = Broker(tmp_path)
    settings.REDIS_URL, settings.CELERY_BROKER_URL = made.url, embedded.celery_url(made.url)
    messenger = nudge.Messenger()
    monkeypatch.setattr(nudge, "messenger", messenger)
    made.start()
    yield made
    made.stop()
    messenger.thread.shutdown()


@dataclass
class Desk:
    """One maker, one editor, and activities that are let through a minute ago."""

    maker: User
    home: Organisation
    editor: User

    def approve(self, title: str = "") -> Release:
        activity = make.activity(title, sender=self.maker, organisation=self.home)
        now = timezone.now() - timedelta(minutes=1)
        submission.submit(activity, seen=1, by=self.maker, now=now)
        return moderation.approve(activity, version=1, by=self.editor, now=now)


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    maker = make.user()
    return Desk(maker, make.organisation(member=maker), make.editor())


@contextmanager
def stranger() -> Iterator[Line]:
    """A line to the test database that nobody else uses: what it locks, others wait for."""
    words = connection.get_connection_params()
    names = ("host", "port", "user", "password", "dbname")
    line = psycopg.connect(**{name: words[name] for name in names if words.get(name)})
    try:
        yield line
    finally:
        line.close()


def is_public(release: Release) -> bool:
    return Release.objects.filter(pk=release.pk).exclude(published_at=None).exists()


def all_public() -> bool:
    return not Release.objects.open().exists()


def waits_for(kind: str, sessions: int = 1) -> bool:
    """Do so many sessions here wait for a lock: 'advisory', 'relation' (a table), 'transactionid' (a row)?

    '%' is a lock of any kind.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event LIKE %s",
            [kind],
        )
        waiting: int = cursor.fetchone()[0]
    return waiting >= sessions
