"""All sizes one after another, then the report."""

import os
import sys
import time
from collections.abc import Sequence

from django.db import connection
from django.utils import timezone

from agenda.models import Occurrence
from agenda.models.listing import StoredFeed
from bench import database, report
from bench.measures import Effort, Size, measure

SHORT = Effort(requests=20, seconds=1, rounds=1, releases=3)


def run(sizes: Sequence[int], *, is_short: bool, is_kept: bool) -> None:
    """Prints the tables; what is going on goes to stderr."""
    address = os.environ["DATABASE_URL"]
    done = []
    for activities in sizes:
        own = database.own_address(address, activities)
        try:
            done.append(_one(own, activities, SHORT if is_short else Effort(), is_kept=is_kept))
        finally:
            connection.close()
            if not is_kept:
                database.drop(own)
    print(report.report(done))


def _one(address: str, activities: int, effort: Effort, *, is_kept: bool) -> Size:
    start = time.monotonic()
    if is_kept and database.is_current(address):
        database.use(address)
        StoredFeed.objects.all().delete()  # the copies on disk may be of another size
    else:
        database.make(address, activities, timezone.now())
    size = Size(activities, Occurrence.objects.count(), time.monotonic() - start)
    print(f"{activities:,} activities stand after {size.seeded_in:.0f} s", file=sys.stderr)
    measure(size, effort)
    print(f"{activities:,} activities measured after {time.monotonic() - start:.0f} s", file=sys.stderr)
    return size
