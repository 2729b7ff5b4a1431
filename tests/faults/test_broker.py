"""F01, F02, F05, F08, F13: the broker is down, hung, emptied or full, or hears everything fifty times."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from agenda.models import Listing, Occurrence, Release
from agenda.services import moderation, publication, submission
from agenda.tasks import publish_release
from cultuurportaal.models import OutboxMail
from cultuurportaal.nudge import nudge
from tests import running
from tests.faults.conftest import Broker, Desk, all_public

ANSWER = 2.0  # seconds in which an editor has an answer
SWEEP = 90.0


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def assert_all_public(number: int) -> None:
    """Each once, in the order of the decisions, with one mail."""
    rows = Release.objects.order_by("pk")
    assert [row.change_number for row in rows] == list(range(1, number + 1))
    assert Listing.objects.live().count() == number
    assert OutboxMail.objects.filter(key__startswith="agenda.live").count() == number


def test_broker_down_during_twenty_approvals(broker: Broker, desk: Desk) -> None:
    """F01: every editor has an answer, and all is public without the broker."""
    broker.stop()
    assert max(seconds(desk.approve) for _one in range(20)) < ANSWER
    assert seconds(lambda: call_command("veeg", "--eenmaal")) < SWEEP
    assert_all_public(20)


def test_broker_hung_during_five_approvals(broker: Broker, desk: Desk) -> None:
    """F02: only the first waits, less than two seconds."""
    broker.freeze()
    try:
        waits = [seconds(desk.approve) for _one in range(5)]
    finally:
        broker.thaw()
    assert max(waits) < ANSWER
    assert max(waits[1:]) < 0.5
    publication.sweep(timezone.now())
    assert_all_public(5)


def test_worker_that_was_away_catches_up_in_order(broker: Broker, desk: Desk) -> None:
    """F08: sixty approvals wait in the queue."""
    for _one in range(60):
        desk.approve()
    with broker.worker():
        running.until(all_public, "not drained", seconds=120)
    assert_all_public(60)


@pytest.mark.parametrize("fault", ["emptied", "full"])
def test_queue_is_lost_and_nothing_else(fault: str, broker: Broker, desk: Desk) -> None:
    """F13: FLUSHALL with work in the queue, or no memory for any of it."""
    if fault == "full":
        broker.ask("CONFIG", "SET", "maxmemory", "1")
    assert max(seconds(desk.approve) for _one in range(40)) < ANSWER
    broker.ask("FLUSHALL")
    assert not all_public()
    assert seconds(lambda: call_command("veeg", "--eenmaal")) < SWEEP
    assert_all_public(40)


def test_fifty_nudges_to_four_workers_publish_once(broker: Broker, desk: Desk) -> None:
    """F05: the second release of an activity, fifty times: SEQUENCE + 1, one mail that is sent once."""
    first = desk.approve("Concert")
    publication.publish(first)
    activity, now = first.activity, timezone.now() - timedelta(minutes=1)
    submission.save(activity, fields={"title": "Anders"}, sets={}, slots=None, seen=1, by=desk.maker, now=now)
    submission.submit(activity, seen=2, by=desk.maker, now=now)
    release = moderation.approve(activity, version=2, by=desk.editor, now=now)
    for _time in range(50):
        nudge(publish_release, release.pk)
    with broker.worker(4):
        running.until(all_public, "not published")
        running.until(lambda: not broker.ask("LLEN", "cultuurportaal:celery"), "the queue is not empty")
    release.refresh_from_db()
    assert (release.change_number, release.attempts, release.failed_at) == (2, 1, None)
    assert Occurrence.objects.get().sequence == 1
    assert OutboxMail.objects.filter(key=f"agenda.live.{activity.uuid}.2").count() == 1
