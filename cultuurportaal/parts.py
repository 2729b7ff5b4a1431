"""The parts of a running portal on one machine: started, watched, restarted and stopped together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from cultuurportaal.embedded import processes

PATIENCE = 10.0  # seconds to finish what is in hand
HEAD_START = 10.0
MOST_DEATHS, WITHIN = 3, 60.0
AS_ROOT = "ignore:You're running the worker"  # the image has a user for it
# Every thread holds a database connection: 2 × 4 leave room below PostgreSQL's 100; it keeps it while idle.
WEB_THREADS = ["--workers", "2", "--blocking-threads", "4", "--blocking-threads-idle-timeout", "600"]
Say = Callable[[str, str], None]


@dataclass
class Part:
    """One process, its command and the moments at which it died."""

    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_DEATHS))

    def start(self, environment: Mapping[str, str], say: Say) -> None:
        """In a session of its own, so that Ctrl-C reaches us alone; it ends when we do, however we end."""
        self.process = subprocess.Popen(
            self.command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=processes.die_with_parent(),  # noqa: PLW1509 - only sets a flag of the kernel
        )
        threading.Thread(target=self._repeat, args=(self.process, say), daemon=True).start()

    def _repeat(self, process: subprocess.Popen[str], say: Say) -> None:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        with process.stdout as lines:
            for line in lines:
                say(self.name, line.rstrip())

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def died_too_often(self, now: float) -> bool:
        """Whether the death that happened now is the third within a minute."""
        self.deaths.append(now)
        return len(self.deaths) == MOST_DEATHS and now - self.deaths[0] < WITHIN

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def make_stop(self, seconds: float) -> None:
        """Waits, then takes the process and all it started."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, seconds))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def production_parts(port: int) -> list[Part]:
    """Web server, worker, beat and sweeper; the same commands as in docker-compose.yml."""
    python = sys.executable
    celery = ["-m", "celery", "-q", "-A", "cultuurportaal.celery"]
    worker = ["worker", "-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += [*WEB_THREADS, "--respawn-failed-workers", "--respawn-interval", "1", "--no-ws"]
    web += ["--log-level", "warning", "cultuurportaal.wsgi:application"]
    return [
        Part("web", web),
        Part("worker", [python, "-W", AS_ROOT, *celery, *worker]),
        Part("beat", [python, *celery, "beat", "--pidfile="]),
        Part("veger", [python, "manage.py", "veeg"]),
    ]


def keep_running(
    parts: Iterable[Part],
    environment: Mapping[str, str],
    say: Say,
    stop: threading.Event,
    is_up: Callable[[], bool] = lambda: True,
) -> bool:
    """Runs all until `stop`; a part that dies is named and started again. False when one keeps dying.

    The first part, the website, has the processors to itself until `is_up` or HEAD_START seconds have passed.
    """
    first, *others = parts
    try:
        first.start(environment, say)
        processes.until(lambda: stop.is_set() or first.ended() is not None or is_up(), HEAD_START)
        for part in others:
            part.start(environment, say)
        while not stop.wait(0.2):
            if not all(_is_kept(part, environment, say) for part in [first, *others]):
                return False
        return True
    finally:
        stop_all([first, *others])


def _is_kept(part: Part, environment: Mapping[str, str], say: Say) -> bool:
    """Starts it again when it has died; False when that is once too often."""
    code = part.ended()
    if code is None:
        return True
    if part.died_too_often(time.monotonic()):
        say(part.name, f"stopte drie keer binnen een minuut (code {code}); het portaal gaat uit.")
        return False
    say(part.name, f"is gestopt (code {code}) en start opnieuw.")
    part.start(environment, say)
    return True


def stop_all(parts: list[Part]) -> None:
    deadline = time.monotonic() + PATIENCE
    for part in parts:
        part.ask_to_stop()
    for part in parts:
        part.make_stop(deadline - time.monotonic())
