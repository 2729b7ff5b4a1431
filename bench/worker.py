"""What the worker does between an approval and a reader: publish, and make the stored feeds again."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.feeds.refresh import refresh
from agenda.models import Listing, Release
from agenda.services import publication
from bench import documents

HEADERS = {"accept-encoding": "gzip"}


def publish_and_refresh(times: int) -> dict[str, list[float]]:
    """Milliseconds of each step for so many changed titles, one after another."""
    found: dict[str, list[float]] = {"publish": [], "feeds again": []}
    for number in range(times):
        release = _changed(11 + number, timezone.now())
        found["publish"].append(_milliseconds(lambda: publication.publish(release)))  # noqa: B023 - called here
        found["feeds again"].append(_milliseconds(lambda: refresh(timezone.now())))
    return found


def queries(address: str) -> tuple[int, int]:
    """How many a page takes: new, and the second time. In this process, with its own memory of pages."""
    counts = []
    client = Client()
    for _turn in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(address, headers=HEADERS)
        counts.append(len(captured))
    return counts[0], counts[1]


def _changed(number: int, now: datetime) -> Release:
    """An approved change of one activity, due."""
    listing = Listing.objects.get(slug=documents.slug(number))
    last = Release.objects.filter(activity__uuid=listing.uuid).latest("number")
    moment = now - timedelta(seconds=1)
    return Release.objects.create(
        activity=last.activity,
        number=last.number + 1,
        kind=Release.Kind.PUBLISH,
        snapshot={**last.snapshot, "title": f"{last.snapshot['title'][:90]} *{last.number}"},
        seen_version=1,
        created_at=moment,
        publish_at=moment,
    )


def _milliseconds(step: Callable[[], object]) -> float:
    start = time.perf_counter()
    step()
    return (time.perf_counter() - start) * 1000
