"""`manage.py start`: one command runs everything, says where to look, and leaves nothing behind."""

import os
import signal
import socket
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.utils import timezone

from cultuurportaal.models import Heartbeat
from tests import running

PARTS = {"granian", "worker", "beat", "veeg"}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def demo_is_loaded() -> None:
    Heartbeat.objects.create(name="demo", at=timezone.now())


def children_of(pid: int) -> dict[str, int]:
    """What start runs: the telling word of each command, and its pid."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            words = {"granian", "worker", "beat", "veeg"} & set(
                stat.with_name("cmdline").read_text().split("\0")
            )
            if parent == pid and words:
                found[words.pop()] = int(stat.parent.name)
    return found


def test_start_runs_all_restarts_what_dies_and_stops_all_on_sigterm() -> None:
    port = str(running.free_port())
    origin = f"http://localhost:{port}"
    with running.process(
        "manage.py", "start", ready="Stoppen: Ctrl-C", PORT=port, SITE_ORIGIN=origin
    ) as start:
        assert f"Het portaal staat op {origin}/" in start.said
        assert f"{origin}/postvak/" in start.said
        assert "redactie@demo.example" in start.said
        assert running.fetch(f"{origin}/gezond/?deel=web")[0] == 200
        running.until(lambda: set(children_of(start.popen.pid)) == PARTS, "not all parts run")
        children = children_of(start.popen.pid)
        os.kill(children["veeg"], signal.SIGKILL)
        running.until(lambda: "veger  | is gestopt (code -9) en start opnieuw." in start.said, start.said)
        running.until(lambda: "veeg" in children_of(start.popen.pid), "sweeper not back")
        children = children_of(start.popen.pid)
        start.popen.terminate()
        assert start.popen.wait(20) == 0
    assert [name for name, pid in children.items() if Path(f"/proc/{pid}").exists()] == []
    assert not running.answers(f"{origin}/gezond/?deel=web")


def test_a_port_that_is_taken_is_one_dutch_sentence() -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with running.process("manage.py", "start", PORT=str(port)) as start:
            assert start.popen.wait(30) == 1
    sentence = f"Poort {port} is al bezet. Stop het andere programma, of kies een andere poort:"
    assert start.lines == [f"CommandError: {sentence} PORT={port + 1} make run"]
