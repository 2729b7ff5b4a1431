"""A spreadsheet on its way to being drafts: read in a child process, kept two hours, taken over at once."""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from agenda.imports.table import Row, Table
from agenda.models import Activity
from agenda.services import submission
from agenda.when import Slot
from partners.models import City, User

SECONDS, KEPT_SECONDS = 20, 2 * 3600
log = logging.getLogger(__name__)


def read(content: bytes) -> Table:
    """Never raises: `refused` says why it is no table."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "agenda.imports.table"],
            input=content,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        log.warning("a spreadsheet could not be read: the child ended with %s", type(error).__name__)
        return Table([], [], [], refused="heavy")
    return _table(json.loads(done.stdout))


def _table(data: dict[str, Any]) -> Table:
    return Table(**{**data, "rows": [Row(**row) for row in data["rows"]]})


def keep(table: Table, organisation: str, *, by: User) -> UUID:
    """For two hours, for nobody but `by`; the key to get it back. `organisation` is a slug."""
    key = uuid4()
    caches["default"].set(_name(key, by), (organisation, table), KEPT_SECONDS)
    return key


def kept(key: UUID, *, by: User) -> tuple[str, Table] | None:
    found: tuple[str, Table] | None = caches["default"].get(_name(key, by))
    return found


def _name(key: UUID, user: User) -> str:
    return f"table:{user.pk}:{key}"


@transaction.atomic
def take_over(
    rows: Sequence[tuple[Row, dict[str, Any], dict[str, Any], Sequence[Slot]]],
    *,
    key: UUID,
    by: User,
    now: datetime,
) -> list[Activity]:
    """A draft of each row (its columns, sets and dates), all in the batch `key`; again is harmless."""
    city = City.objects.here()
    return [
        submission.create(
            Activity(city=city, token=uuid5(key, str(row.number)), batch=key, **values),
            sets=sets,
            slots=slots,
            by=by,
            now=now,
            is_submitted=False,
        )
        for row, values, sets, slots in rows
    ]
