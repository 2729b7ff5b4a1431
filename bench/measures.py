"""One size of the window, measured from outside (HTTP) and from inside (worker, queries)."""

import os
import statistics
from dataclasses import dataclass, field

from bench import browser, documents, load, pages, server, worker
from bench.browser import Weight
from bench.load import Found

LIKE_NGINX = ("agenda, kept", "detail, kept", "feed, 200", "feed of a filter, 200")
COUNTED = {
    "agenda": "/",
    "filter": "/?prijs=gratis",
    "detail": f"/agenda/{documents.slug(12)}/",
    "maker": "/makers/maker-6/",
    "venue": "/plekken/plek-6/",
    "search": "/?q=muziek",
    "feed": "/agenda.ics",
}
WEIGHED = [("agenda", "/"), ("detail", f"/agenda/{documents.slug(12)}/"), ("maker", "/makers/maker-6/")]


@dataclass(frozen=True)
class Effort:
    """How much to measure: requests per address, seconds and rounds of load, releases, a browser or not."""

    requests: int = 60
    seconds: int = 1
    rounds: int = 3
    releases: int = 10
    has_browser: bool = True


@dataclass
class Size:
    """What was found with so many activities."""

    activities: int
    dates: int
    seeded_in: float
    found: dict[str, Found] = field(default_factory=dict)
    worker: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, tuple[int, int]] = field(default_factory=dict)
    memory: list[float] = field(default_factory=list)
    weights: list[Weight] = field(default_factory=list)

    def median(self, name: str) -> float | None:
        one = self.found.get(name)
        return one.median if one and one.times else None

    def rate(self, name: str) -> float | None:
        one = self.found.get(name)
        return one.rate if one and one.rates else None

    def worker_median(self, step: str) -> float:
        return statistics.median(self.worker[step])


def measure(size: Size, effort: Effort) -> None:
    """Fills in `size`; the window is there already."""
    size.queries = {name: worker.queries(address) for name, address in COUNTED.items()}
    with server.portal(os.environ) as (origin, pid):
        targets = list(pages.public(origin))
        contents = {target.name: load.fetch(target)[0] for target in targets if target.name in LIKE_NGINX}
        files = {pages.file_name(name): body for name, body in contents.items()}
        with server.files(files) as static:
            sizes = {name: len(body) for name, body in contents.items()}
            targets += pages.yardsticks(origin, static, sizes)
            size.memory.append(server.memory(pid))
            size.found = load.measure(
                targets, requests=effort.requests, seconds=effort.seconds, rounds=effort.rounds
            )
            size.memory.append(server.memory(pid))
        size.found |= load.measure(pages.after_release(origin), requests=effort.requests, seconds=0, rounds=0)
        if effort.has_browser:
            size.weights = browser.weigh(origin, WEIGHED)
    size.worker = worker.publish_and_refresh(effort.releases)
