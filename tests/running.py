"""Real processes for tests: they use the test database and the embedded broker, and are gone afterwards."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection
from playwright.sync_api import Playwright

from cultuurportaal.embedded import processes

PATIENCE = 30.0
WORKER = ("-W", "ignore:You're running the worker", "-m", "celery", "-q", "-A", "cultuurportaal.celery")
WORKER += ("worker", "-c", "1", "--without-gossip", "--without-mingle", "--without-heartbeat")


@dataclass
class Process:
    """A child and all it said so far."""

    popen: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    def listen(self) -> None:
        assert self.popen.stdout is not None
        for line in self.popen.stdout:
            self.lines.append(line.rstrip())

    @property
    def said(self) -> str:
        return "\n".join(self.lines)


def environment(**more: str) -> dict[str, str]:
    """That of the suite, with the test database in place of the ordinary one."""
    database = connection.settings_dict
    url = f"postgres://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}"
    url += f"?host={database['HOST']}&port={database['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "REDIS_URL": settings.REDIS_URL,
        "VAR_DIR": str(settings.VAR_DIR),
        "PYTHONUNBUFFERED": "1",
        **more,
    }


@contextmanager
def process(*arguments: str, ready: str = "", **environ: str) -> Iterator[Process]:
    """`python …arguments`, running until the block ends; waits until it has said `ready`."""
    popen = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(**environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        preexec_fn=processes.die_with_parent(),  # noqa: PLW1509 - only sets a flag of the kernel
    )
    child = Process(popen)
    listener = threading.Thread(target=child.listen)
    listener.start()
    try:
        until(lambda: ready in child.said or popen.poll() is not None, f"no '{ready}'")
        assert ready in child.said, child.said
        yield child
    finally:
        end(popen)
        listener.join()
        popen.stdout.close()  # type: ignore[union-attr]


def end(popen: subprocess.Popen[str]) -> None:
    """Kindly first; whatever it started goes too."""
    popen.terminate()
    try:
        popen.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(popen.pid, signal.SIGKILL)
        popen.wait()


@contextmanager
def website(port: int = 0, **environ: str) -> Iterator[str]:
    """The origin of a website of its own; `port` for one that comes back where it was."""
    port = port or free_port()
    origin = f"http://localhost:{port}"
    arguments = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    arguments += ["--blocking-threads", "4", "--no-ws", "cultuurportaal.wsgi:application"]
    with process(*arguments, PORT=str(port), SITE_ORIGIN=origin, **environ):
        until(lambda: answers(f"{origin}/gezond/?deel=web"), "no website")
        yield origin


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def fetch(address: str) -> tuple[int, Message, str]:
    """Status, headers and text; a refusal is an answer too."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - our own
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def until(is_true: Callable[[], bool], otherwise: str, seconds: float = PATIENCE) -> None:
    """Waits until it holds; fails with `otherwise` when it does not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            pytest.fail(f"{otherwise} within {seconds:.0f} s")
        time.sleep(0.05)


def free_port() -> int:
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def empty_queue() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()


def queued() -> int:
    """How many tasks wait for a worker."""
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        return broker.llen("cultuurportaal:celery")  # type: ignore[return-value]


def chromium(playwright: Playwright) -> str | None:
    """The system's Chromium, else Playwright's own (None); ends the run with one sentence without either."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if not Path(playwright.chromium.executable_path).exists():
        pytest.exit("Er is geen Chromium: installeer die, of doe `.venv/bin/playwright install chromium`.", 4)
    return None
