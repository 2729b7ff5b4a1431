"""The order of the editors' queue: deadline first, then changed, then new; a batch is one row."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from agenda import queue, workflow
from agenda.models import Activity, Release
from agenda.queue import Key
from tests import make
from tests.make import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def waiting(title: str, *, promised: datetime = LATER, **fields: Any) -> Activity:
    starts = fields.pop("starts", [NOW + timedelta(days=20)])
    row = make.activity(title, starts=starts, **fields)
    Activity.objects.filter(pk=row.pk).update(
        status=workflow.SUBMITTED, submitted_at=NOW - timedelta(hours=1), promised_at=promised
    )
    return row


def released(activity: Activity) -> Activity:
    Release.objects.create(
        activity=activity,
        number=1,
        kind=Release.Kind.PUBLISH,
        snapshot={},
        seen_version=1,
        created_at=NOW,
        publish_at=NOW,
        published_at=NOW,
        change_number=activity.pk,
    )
    return activity


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows]


def test_queue_shows_what_is_due_first_then_changed_then_new() -> None:
    waiting("nieuw")
    released(waiting("gewijzigd"))
    waiting("te laat", promised=NOW - timedelta(hours=2))
    waiting("vanmiddag beloofd", promised=NOW + timedelta(hours=2))
    waiting("vanavond", starts=[NOW + timedelta(hours=9)])
    assert titles(queue.heads(NOW)) == ["te laat", "vanmiddag beloofd", "vanavond", "gewijzigd", "nieuw"]


def test_queue_leaves_out_what_is_unconfirmed_or_decided() -> None:
    waiting("nieuw")
    waiting("onbevestigd", confirmed_at=None)
    make.activity("concept")
    assert titles(queue.heads(NOW)) == ["nieuw"]


def test_batch_is_one_row_with_its_size() -> None:
    batch = uuid4()
    for number in range(3):
        waiting(f"les {number}", batch=batch, promised=LATER + timedelta(minutes=number))
    waiting("los")
    rows = list(queue.shown(queue.heads(NOW)))
    assert [(row.title, row.batch_size) for row in rows] == [("les 0", 3), ("los", None)]
    assert queue.counts(NOW) == {"all": 2, "new": 2, "changed": 0}


def test_rest_of_a_batch_moves_up_when_its_first_is_decided() -> None:
    batch = uuid4()
    first, _second = (waiting(f"les {number}", batch=batch) for number in range(2))
    Activity.objects.filter(pk=first.pk).update(status=workflow.REJECTED)
    assert [(row.title, row.batch_size) for row in queue.shown(queue.heads(NOW))] == [("les 1", 1)]


def test_pages_by_key_show_every_row_once() -> None:
    for number in range(7):
        waiting(f"nieuw {number}", promised=LATER + timedelta(minutes=number // 2))
    released(waiting("gewijzigd"))
    rows, key, seen = queue.heads(NOW), None, []
    while page := list(queue.after(rows, key)[:3] if key else rows[:3]):
        seen += titles(page)
        key = Key.read(str(Key.of(page[-1])))
    assert seen == titles(rows)
    assert len(seen) == len(set(seen)) == 8


def test_before_is_the_nearest_row_above() -> None:
    for number in range(3):
        waiting(f"nieuw {number}", promised=LATER + timedelta(minutes=number))
    rows = list(queue.heads(NOW))
    assert titles(queue.before(queue.heads(NOW), Key.of(rows[2]))[:1]) == ["nieuw 1"]


@pytest.mark.parametrize(
    "text", ["", "x", "1.2", "9.1.1", "1.-2.3", "1.9999999999999999999.1", "1.1.1.1", "١.1.1"]
)
def test_key_that_is_none_is_not_read(text: str) -> None:
    assert Key.read(text) is None


def test_row_tells_how_many_dates_and_the_first() -> None:
    starts = [NOW + timedelta(days=day) for day in (9, 2, 5)]
    waiting("serie", starts=starts)
    (row,) = queue.shown(queue.heads(NOW))
    assert (row.date_count, row.first_start) == (3, starts[1])
