"""Nudges and a broker that is well, down, hung and back: a Valkey is really stopped (F01, F02)."""

import json
import os
import signal
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from pytest_django.fixtures import Settings

from cultuurportaal import embedded, nudge
from cultuurportaal.celery import app

QUEUE = "cultuurportaal:celery"


@app.task(name="tests.wake")
def wake(number: int) -> int:
    return number


@pytest.fixture
def var(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a Valkey that runs, and that a fresh messenger talks to."""
    urls = embedded.urls(tmp_path)
    settings.REDIS_URL = urls.redis_url
    settings.CELERY_BROKER_URL = embedded.celery_url(urls.redis_url)
    messenger = nudge.Messenger()
    monkeypatch.setattr(nudge, "messenger", messenger)
    start(tmp_path)
    yield tmp_path
    stop(tmp_path)
    messenger.thread.shutdown()


def start(var: Path) -> None:
    at = embedded.addresses.place(var)
    embedded.servers.start_wanted(at, want_postgres=False, want_valkey=True, fast=True, patience=20)


def stop(var: Path) -> None:
    embedded.stop(var)


def waiting(var: Path) -> list[list[int]]:
    """The arguments of what waits in the queue, oldest first."""
    with redis.Redis.from_url(embedded.urls(var).redis_url) as broker:
        raw = broker.lrange(QUEUE, 0, -1)
    return [json.loads(b64decode(json.loads(message)["body"]))[0] for message in reversed(raw)]


def seconds(number: int) -> float:
    began = time.monotonic()
    nudge.nudge(wake, number)
    return time.monotonic() - began


def test_nudge_arrives(var: Path) -> None:
    nudge.nudge(wake, 1)
    nudge.nudge(wake, 2)
    assert waiting(var) == [[1], [2]]


def test_broker_down_costs_nobody_a_second_and_nothing_is_raised(var: Path) -> None:
    stop(var)
    assert [seconds(number) < 1 for number in range(3)] == [True, True, True]


def test_broker_hung_costs_the_first_a_second_and_the_next_nothing(var: Path) -> None:
    nudge.nudge(wake, 1)
    pid = embedded.status(var).valkey
    assert pid
    os.kill(pid, signal.SIGSTOP)
    try:
        first, *others = [seconds(number) for number in range(2, 12)]
    finally:
        os.kill(pid, signal.SIGCONT)
    assert first < 1
    assert max(others) < 0.01


def test_nudges_go_on_when_the_broker_is_back(var: Path, settings: Settings) -> None:
    settings.NUDGE_BREAKER_SECONDS = 0.1
    stop(var)
    nudge.nudge(wake, 1)
    start(var)
    time.sleep(0.2)
    nudge.nudge(wake, 2)
    assert waiting(var) == [[2]]


def test_a_forked_child_nudges_too(var: Path) -> None:
    nudge.nudge(wake, 1)
    child = os.fork()
    if not child:
        nudge.nudge(wake, 2)
        os._exit(0)
    os.waitpid(child, 0)
    assert waiting(var) == [[1], [2]]


def test_broker_answers_only_when_it_does(var: Path) -> None:
    assert nudge.broker_answers()
    stop(var)
    with pytest.raises(redis.RedisError):
        nudge.broker_answers()
