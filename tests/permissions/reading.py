"""Reading writes nothing: what a GET tried to write is caught on the connection."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r'\b(?:INSERT INTO|(?<!DO )(?<!FOR )UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)')
KEPT = {
    "django_session",  # who is signed in, and where they were going
    "cultuurportaal_cache",  # counted tries
    "agenda_storedfeed",  # a feed is made when it is first asked for
    "agenda_feedpiece",
}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The statements that change anything but what is kept for speed."""
    caught: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
        caught.extend(sql for table in WRITES.findall(sql) if table not in KEPT)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield caught
