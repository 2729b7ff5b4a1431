"""Bounded load: one client for times, wrk (or four threads where there is none) for requests per second.

All targets are asked in turn, round after round, so that what else the machine does falls on all of them.
"""

import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlsplit

CONNECTIONS = 4
PAUSE = 3.0  # between rounds: whatever the last one left unanswered is then done
FRESH = count(time.time_ns() // 1000)
LUA = """
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", wrk.path .. "{joint}vers={start}-" .. number)
end
"""


@dataclass(frozen=True)
class Target:
    """An address to ask, each time with a parameter that nobody asked before when it `is_fresh`.

    What must be done `before` each timed request does not count; under load it is not done.
    """

    name: str
    origin: str
    path: str
    headers: Mapping[str, str] = field(default_factory=lambda: {"Accept-Encoding": "gzip"})
    is_fresh: bool = False
    before: Callable[[], object] | None = None
    status: int = 200

    @property
    def joint(self) -> str:
        return "&" if "?" in self.path else "?"

    def address(self) -> str:
        return f"{self.path}{self.joint}vers={next(FRESH)}" if self.is_fresh else self.path


@dataclass
class Found:
    """Of one target: milliseconds of single requests, requests per second, bytes of an answer."""

    target: Target
    times: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    length: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def spread(self) -> tuple[float, float]:
        """First and third quartile, in ms."""
        quarters = statistics.quantiles(self.times, n=4)
        return quarters[0], quarters[2]

    @property
    def slow(self) -> float:
        """95th percentile, in ms."""
        return statistics.quantiles(self.times, n=20)[-1]

    @property
    def rate(self) -> float:
        return statistics.median(self.rates) if self.rates else 0.0


def program() -> str | None:
    return shutil.which("wrk")


def measure(targets: Sequence[Target], *, requests: int, seconds: int, rounds: int) -> dict[str, Found]:
    """Each target by name: `requests` timed ones, and `rounds` of `seconds` under load."""
    found = {target.name: Found(target) for target in targets}
    clients = {target.name: Client(target) for target in targets}
    for number in range(requests + 1):
        for name, client in clients.items():
            took, length = client.ask()
            found[name].length = length
            if number:  # the first one warms caches
                found[name].times.append(took)
    for client in clients.values():
        client.close()
    for _round in range(rounds):
        for one in found.values():
            if one.target.before is None:
                one.rates.append(_rate(one.target, seconds))
        time.sleep(PAUSE if rounds > 1 else 0)
    return found


class Client:
    """One connection that is kept open."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.connection = HTTPConnection(urlsplit(target.origin).netloc, timeout=60)

    def ask(self) -> tuple[float, int]:
        """Milliseconds until the last byte, and the bytes of the body. RuntimeError for another status."""
        address = self.target.address()
        if self.target.before:
            self.target.before()
        start = time.perf_counter()
        self.connection.request("GET", address, headers=dict(self.target.headers))
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        if answer.status != self.target.status:
            raise RuntimeError(f"{address} answered {answer.status} instead of {self.target.status}")
        return took, len(body)

    def close(self) -> None:
        self.connection.close()


def fetch(target: Target) -> tuple[bytes, dict[str, str]]:
    """Body as sent, and headers by lower-case name."""
    connection = HTTPConnection(urlsplit(target.origin).netloc, timeout=60)
    connection.request("GET", target.address(), headers=dict(target.headers))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != target.status:
        raise RuntimeError(f"{target.path} answered {answer.status} instead of {target.status}")
    return body, {name.lower(): value for name, value in answer.getheaders()}


def _rate(target: Target, seconds: int) -> float:
    wrk = program()
    return _by_wrk(wrk, target, seconds) if wrk else _by_threads(target, seconds)


def _by_wrk(wrk: str, target: Target, seconds: int) -> float:
    command = [wrk, "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s"]
    for name, value in target.headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if target.is_fresh:
            script.write(LUA.format(joint=target.joint, start=next(FRESH)))
            script.flush()
            command += ["-s", script.name]
        said = subprocess.run(
            [*command, target.origin + target.path], capture_output=True, text=True, check=True
        ).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{target.path} under load: {said}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    return float(rate[1]) if rate else 0.0


def _by_threads(target: Target, seconds: int) -> float:
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        numbers = pool.map(lambda _number: _count(target, seconds), range(CONNECTIONS))
        return sum(numbers) / seconds


def _count(target: Target, seconds: int) -> int:
    client, until, number = Client(target), time.monotonic() + seconds, 0
    while time.monotonic() < until:
        client.ask()
        number += 1
    client.close()
    return number
