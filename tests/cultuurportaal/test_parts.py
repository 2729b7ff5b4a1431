"""The parts of `manage.py start`: named, restarted, and stopped together, also when one keeps dying."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cultuurportaal import parts
from cultuurportaal.parts import Part
from tests import running

SLEEPS = "import time; print('hallo', flush=True); time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('koppig', flush=True);"
    " time.sleep(60)"
)


def part(name: str, code: str) -> Part:
    return Part(name, [sys.executable, "-c", code])


class House:
    """Parts that run in a thread of the test, what they said, and how it ended."""

    def __init__(self, *rooms: Part) -> None:
        self.rooms = rooms
        self.said: list[str] = []
        self.stop = threading.Event()
        self.ended_well: bool | None = None

    def run(self) -> None:
        self.ended_well = parts.keep_running(self.rooms, os.environ, self.say, self.stop)

    def say(self, name: str, line: str) -> None:
        self.said.append(f"{name}: {line}")


@contextmanager
def house(*rooms: Part) -> Iterator[House]:
    made = House(*rooms)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        made.stop.set()
        thread.join()


def test_what_a_part_says_carries_its_name_and_all_stop_together() -> None:
    with house(part("web", SLEEPS), part("veger", SLEEPS)) as made:
        running.until(lambda: sorted(made.said) == ["veger: hallo", "web: hallo"], str(made.said))
    assert made.ended_well
    assert [room.ended() for room in made.rooms] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_part_that_dies_is_named_and_starts_again() -> None:
    with house(part("worker", SLEEPS)) as made:
        running.until(lambda: made.said.count("worker: hallo") == 1, "no start")
        process = made.rooms[0].process
        assert process
        process.kill()
        running.until(lambda: made.said.count("worker: hallo") == 2, "no new start")
    assert "worker: is gestopt (code -9) en start opnieuw." in made.said
    assert made.ended_well


def test_a_part_that_dies_three_times_in_a_minute_stops_the_rest() -> None:
    with house(part("web", SLEEPS), part("beat", "raise SystemExit(7)")) as made:
        running.until(lambda: made.ended_well is not None, "still running")
    assert made.ended_well is False
    assert made.said.count("beat: is gestopt (code 7) en start opnieuw.") == 2
    assert made.said[-1] == "beat: stopte drie keer binnen een minuut (code 7); het portaal gaat uit."
    assert made.rooms[0].ended() == -signal.SIGTERM


def test_deaths_far_apart_are_forgiven() -> None:
    room = part("web", SLEEPS)
    assert [room.died_too_often(moment) for moment in (0.0, 50.0, 100.0, 155.0, 159.0)] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_a_part_that_will_not_stop_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PATIENCE", 0.3)
    with house(part("web", STUBBORN)) as made:
        running.until(lambda: made.said == ["web: koppig"], "no start")
        began = time.monotonic()
    assert time.monotonic() - began < 5
    assert made.rooms[0].ended() == -signal.SIGKILL
