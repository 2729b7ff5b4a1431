"""Nudges: tell the worker that there is work, without ever letting a person wait for the broker.

A nudge may get lost: the sweeper finds the same work in the database within seconds (decision 0003).
"""

import logging
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import redis
from celery import Task
from django.conf import settings
from kombu.connection import Connection
from kombu.messaging import Producer
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)


class Messenger:
    """The one thread of a process that talks to the broker, and a breaker that spares a broker in trouble."""

    def __init__(self) -> None:
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="nudge")
        self.producer: Producer | None = None
        self.silent_until = 0.0  # on the monotonic clock

    def tell(self, task: Task, args: tuple[Any, ...], countdown: float) -> None:
        """Waits at most NUDGE_TIMEOUT_SECONDS; after a failure nobody waits for NUDGE_BREAKER_SECONDS."""
        if time.monotonic() < self.silent_until:
            return
        try:
            self.thread.submit(self._publish, task, args, countdown).result(settings.NUDGE_TIMEOUT_SECONDS)
        except Exception as error:
            self.silent_until = time.monotonic() + settings.NUDGE_BREAKER_SECONDS
            log.warning("no nudge for %s: %s; the sweeper will find it", task.name, type(error).__name__)

    def _publish(self, task: Task, args: tuple[Any, ...], countdown: float) -> None:
        if self.producer is None:
            self.producer = Producer(_connection().channel())
        try:
            task.apply_async(args=args, countdown=countdown or None, producer=self.producer, retry=False)
        except Exception:
            self.producer = None
            raise


def _connection() -> Connection:
    """Made at the first try or not at all; its time-outs would break a worker, which listens for long."""
    limit = settings.NUDGE_TIMEOUT_SECONDS
    connection = Connection(
        settings.CELERY_BROKER_URL,
        connect_timeout=limit,
        transport_options={
            **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
            "socket_timeout": limit,
            "socket_connect_timeout": limit,
        },
    )
    connection.ensure_connection(max_retries=0)
    return connection


messenger = Messenger()


def _after_fork() -> None:
    """A child has no threads of its parent; it gets a messenger of its own."""
    global messenger  # noqa: PLW0603 - one per process is the point
    messenger = Messenger()


os.register_at_fork(after_in_child=_after_fork)


def nudge(task: Task, *args: Any, countdown: float = 0) -> None:
    """Ask a worker to run `task` soon, or `countdown` seconds from now; call it in transaction.on_commit.

    Never raises and takes less than a second, whatever state the broker is in.
    """
    messenger.tell(task, args, countdown)


def broker_answers() -> bool:
    """Does the broker say PONG within half a second? Raises redis.RedisError or OSError when it does not."""
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5, retry=Retry(NoBackoff(), 0)
    )
    try:
        return bool(client.ping())
    finally:
        client.close()
