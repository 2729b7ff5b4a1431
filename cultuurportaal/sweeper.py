"""The sweeper: does what is due according to the database, whatever became of the nudges (decision 0003).

Every sweep of SWEEPS has a thread of its own, so that a slow mail server never holds up a publication. One
that did something wakes the others: what it published is in the feeds and in the mail without another wait.
"""

import logging
import threading
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connection
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from cultuurportaal.models import Heartbeat

MOST_ROUNDS = 500
log = logging.getLogger(__name__)


def run(stop: threading.Event) -> None:
    """Sweeps every SWEEP_SECONDS until `stop` is set; a round that has begun is finished first."""
    bells = {name: threading.Event() for name in settings.SWEEPS}
    threads = [threading.Thread(target=_keep_sweeping, args=(name, bells, stop), name=name) for name in bells]
    for thread in threads:
        thread.start()
    stop.wait()
    _ring(bells.values())
    for thread in threads:
        thread.join()


def _keep_sweeping(name: str, bells: dict[str, threading.Event], stop: threading.Event) -> None:
    while not stop.is_set():
        bells[name].clear()
        if _round(name):
            _ring(bell for other, bell in bells.items() if other != name)
        if not stop.is_set():
            bells[name].wait(settings.SWEEP_SECONDS)
    connection.close()


def _ring(bells: Iterable[threading.Event]) -> None:
    for bell in bells:
        bell.set()


def sweep(name: str) -> bool:
    """One round of one sweep and its heartbeat; False when it failed, which the log says. Never raises."""
    return _round(name) is not None


def _round(name: str) -> int | None:
    """How much was done, None when it failed.

    While another sweeper is at it there is nothing to do; its lock ends with its connection.
    """
    close_old_connections()
    done = 0
    try:
        if _try_lock(name):
            try:
                done = import_string(name)(_database_now()) or 0
            finally:
                _unlock(name)
            Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})
    except Exception:
        log.exception("sweep %s failed", name)
        connection.close()
        return None
    return done


def drain(name: str) -> None:
    """Rounds of one sweep until it finds nothing to do; raises what the sweep raises."""
    for _ in range(MOST_ROUNDS):
        if not import_string(name)(_database_now()):
            return


def _try_lock(name: str) -> bool:
    return bool(_value("SELECT pg_try_advisory_lock(hashtext(%s))", name))


def _unlock(name: str) -> None:
    """A connection that broke has lost its lock already; asking it would hide what went wrong."""
    if connection.is_usable():
        _value("SELECT pg_advisory_unlock(hashtext(%s))", name)


def _database_now() -> datetime:
    """The one clock of the house: nothing becomes public before the database says so."""
    moment = _value("SELECT clock_timestamp()")
    assert isinstance(moment, datetime)  # noqa: S101 - what that function returns
    return moment


def _value(statement: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None
