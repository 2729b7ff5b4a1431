"""Databases of the bench's own beside the one of DATABASE_URL, one for each size: made, filled, dropped."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from bench import seed
from bench.multiply import multiply

PROCESSES = 2
BASE = 10_000  # beyond it activities are copies of the first ones
SHARE = 2_500  # activities that one process writes at a time


def own_address(address: str, activities: int) -> str:
    """DATABASE_URL of the bench: the same server, another name."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=f"{parts.path}_bench_{activities}"))


def is_current(address: str) -> bool:
    """Whether it was kept, and made with the tables and the filling of today's code."""
    with _server(address) as server:
        asked = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        found = server.execute(asked, [_name(address)]).fetchone()
    return found is not None and found[0] == _mark()


def drop(address: str) -> None:
    """Only the bench uses such a name."""
    with _server(address) as server:
        server.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(address)))
        )


def make(address: str, activities: int, now: datetime) -> None:
    """A new one with so many activities; this process then uses it."""
    drop(address)
    with _server(address) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name(address))))
    use(address)
    call_command("migrate", verbosity=0)
    seed.make_city()
    first = min(activities, BASE)
    _fill(first, now)
    if activities > first:
        multiply(first, activities // first)
    seed.finish(activities, now)
    with _server(address) as server:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        server.execute(comment.format(sql.Identifier(_name(address)), sql.Literal(_mark())))


def use(address: str) -> None:
    """This process and all that it starts read and write there from now on."""
    os.environ["DATABASE_URL"] = address
    connection.close()
    connection.settings_dict["NAME"] = _name(address)
    caches["pages"].clear()


def _fill(activities: int, now: datetime) -> None:
    """With two processes when it is much."""
    if activities <= SHARE:
        seed.fill(0, activities, now)
        return
    shares = [(start, min(start + SHARE, activities), now) for start in range(0, activities, SHARE)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, context, initializer=django.setup) as pool:
        for done in [pool.submit(seed.fill, *share) for share in shares]:
            done.result()


def _mark() -> str:
    """What the rows of the bench depend on: migrations, and the code that fills."""
    files = [*settings.BASE_DIR.glob("*/migrations/*.py"), *settings.BASE_DIR.glob("bench/[dmsw]*.py")]
    return sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _server(address: str) -> psycopg.Connection:
    parts = urlsplit(address)._replace(path="/postgres", scheme="postgresql")
    return psycopg.connect(urlunsplit(parts), autocommit=True)
