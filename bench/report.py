"""The tables that `make bench` prints."""

from collections.abc import Iterator, Sequence

from bench.goals import goals_table
from bench.measures import Size
from bench.table import middle, ms, share, table


def pages_table(size: Size) -> str:
    """Times and requests per second of every address at one size."""
    head = ["what", "ms (quartiles)", "p95", "requests/s", "of plain view", "of nginx", "kB"]
    return table(head, _pages(size))


def _pages(size: Size) -> Iterator[list[str]]:
    plain = size.rate("plain view") or 0
    for name, one in size.found.items():
        yield [
            name,
            middle(one.times),
            ms(one.slow),
            f"{one.rate:,.0f}" if one.rates else "",
            share(one.rate, plain),
            share(one.rate, size.rate(yardstick(name)) or 0) if not name.startswith("nginx") else "",
            f"{one.length / 1000:.1f}",
        ]


def yardstick(name: str) -> str:
    """The file at nginx that an answer is held against."""
    if name.endswith("304"):
        return "nginx: 304"
    if name.startswith("detail"):
        return "nginx: detail, kept"
    if name.startswith("feed"):
        return f"nginx: {name}"
    return "nginx: agenda, kept"


def growth_table(sizes: Sequence[Size]) -> str:
    """Medians side by side."""
    head = ["ms, median", *(f"{size.activities:,}" for size in sizes)]
    names = list(sizes[0].found)
    rows = [[name, *(ms(size.median(name) or 0) for size in sizes)] for name in names]
    rows += [[f"worker: {step}", *(middle(size.worker[step]) for size in sizes)] for step in sizes[0].worker]
    rows += [
        [f"queries: {page} (new, kept)", *("{}, {}".format(*size.queries[page]) for size in sizes)]
        for page in sizes[0].queries
    ]
    rows.append(["web processes, PSS in MB", *(" → ".join(ms(one) for one in size.memory) for size in sizes)])
    rows.append(["dates", *(f"{size.dates:,}" for size in sizes)])
    rows.append(["filled in, s", *(f"{size.seeded_in:.0f}" for size in sizes)])
    return table(head, rows)


def report(sizes: Sequence[Size]) -> str:
    """All of it, as Markdown."""
    parts = []
    for size in sizes:
        parts += [f"## {size.activities:,} activities, {size.dates:,} dates", pages_table(size)]
    parts += ["## Growth", growth_table(sizes), "## Goals", goals_table(sizes)]
    return "\n\n".join(parts)
