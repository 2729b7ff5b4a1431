"""The numbers to reach (P1–P9): target, what was found, and by how much it falls short."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.measures import Size
from bench.table import ms, table

USUAL = 10_000
FLAT = ("agenda, after a release", "filter, new", "detail, new", "feed, 304", "page 400, new")
LIKE_AGENDA = ("filter, new", "maker, new", "venue, new")


@dataclass(frozen=True)
class Goal:
    """One number: how much there is and how much there may or must be."""

    name: str
    what: str
    found: float
    target: float
    is_ceiling: bool = True
    unit: str = ""

    def row(self) -> list[str]:
        mark = "≤" if self.is_ceiling else "≥"
        return [
            self.name,
            self.what,
            f"{mark} {_short(self.target)}{self.unit}",
            f"{_short(self.found)}{self.unit}",
            self.shortfall,
        ]

    @property
    def shortfall(self) -> str:
        """'' when it is reached, else how many times too much or too little."""
        if not self.found or not self.target:
            return ""
        times = self.found / self.target if self.is_ceiling else self.target / self.found
        return f"{times:.1f}×" if times > 1.005 else ""


def goals_table(sizes: Sequence[Size]) -> str:
    rows = [goal.row() for goal in goals(sizes) if goal.found]
    return table(["#", "what", "target", "found", "short by"], rows)


def goals(sizes: Sequence[Size]) -> Iterator[Goal]:
    """What can be said of these sizes."""
    usual = next((size for size in sizes if size.activities == USUAL), sizes[-1])
    yield from _ratios(usual)
    yield from _growth(sizes)
    yield from _searches(sizes)
    yield from _worker(sizes, usual)
    yield Goal("P7", "web processes, PSS after the load", usual.memory[-1], 150, unit=" MB")
    yield Goal("P7", "growth of it over the load", usual.memory[-1] / usual.memory[0], 1.1, unit="×")
    for page, (new, kept) in usual.queries.items():
        if page != "feed":  # the first request of a feed makes it
            yield Goal("P8", f"queries, {page}, new", new, 4)
        yield Goal("P8", f"queries, {page}, kept", kept, 1)
    for weight in usual.weights:
        yield Goal("P9", f"{weight.page}: transferred", weight.kilobytes, 120, unit=" kB")
        yield Goal("P9", f"{weight.page}: requests", weight.requests, 6)
        yield Goal("P9", f"{weight.page}: largest paint", weight.largest_paint, 1800, unit=" ms")
        yield Goal("P9", f"{weight.page}: layout shift", weight.shift, 0.02)


def _ratios(size: Size) -> Iterator[Goal]:
    """Requests per second of nginx with the same bytes, for each of ours."""

    def of_nginx(goal: str, name: str, yardstick: str, target: float) -> Goal:
        ours, theirs = size.rate(name) or 0, size.rate(yardstick) or 0
        return Goal(goal, f"nginx / {name}", theirs / ours if ours else 0, target, unit="×")

    yield of_nginx("P1", "agenda, new", "nginx: agenda, kept", 50)
    yield of_nginx("P1", "agenda, kept", "nginx: agenda, kept", 15)
    agenda, ordinary = size.rate("agenda, new") or 0, size.rate("ordinary ORM page") or 0
    if ordinary:
        yield Goal("P1", "agenda, new / ordinary ORM page", agenda / ordinary, 6, is_ceiling=False, unit="×")
    for name in LIKE_AGENDA:
        ratio = (size.median(name) or 0) / (size.median("agenda, new") or 1)
        yield Goal("P2", f"{name} / agenda, new (ms)", ratio, 1.3, unit="×")
    yield of_nginx("P2", "detail, kept", "nginx: detail, kept", 20)
    yield of_nginx("P5", "feed, 200", "nginx: feed, 200", 2)
    yield of_nginx("P5", "feed, 304", "nginx: 304", 20)


def _growth(sizes: Sequence[Size]) -> Iterator[Goal]:
    first, last = sizes[0], sizes[-1]
    if first is last:
        return
    for name in FLAT:
        ratio = (last.median(name) or 0) / (first.median(name) or 1)
        what = f"{name}: {last.activities:,} / {first.activities:,}"
        yield Goal("P3", what, ratio, 2, unit="×")


def _searches(sizes: Sequence[Size]) -> Iterator[Goal]:
    for size in sizes:
        slowest = [(one.slow, name) for name, one in size.found.items() if name.startswith("search")]
        if slowest:
            slow, name = max(slowest)
            most = 100 if size.activities > 100_000 else 50
            yield Goal("P4", f"{name}, p95 at {size.activities:,} (slowest)", slow, most, unit=" ms")


def _worker(sizes: Sequence[Size], usual: Size) -> Iterator[Goal]:
    page, feed = usual.worker_median("publish"), usual.worker_median("feeds again")
    yield Goal("P6", "approve → page, worker time", page, 50, unit=" ms")
    yield Goal("P6", "approve → feed, worker time", page + feed, 300, unit=" ms")
    last = sizes[-1]
    if last is not usual:
        ratio = (last.worker_median("publish") + last.worker_median("feeds again")) / (page + feed)
        what = f"approve → feed: {last.activities:,} / {usual.activities:,}"
        yield Goal("P6", what, ratio, 3, unit="×")


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1 else f"{value:,.0f}" if value == int(value) else ms(value)
