"""Tables in Markdown, readable in a terminal too."""

import statistics
from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    lines = [list(head), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    marks = ["-" * width if not column else "-" * (width - 1) + ":" for column, width in enumerate(widths)]
    return "\n".join(
        "| " + " | ".join(_aligned(cell, column, widths[column]) for column, cell in enumerate(line)) + " |"
        for line in [lines[0], marks, *lines[1:]]
    )


def ms(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def middle(values: Sequence[float]) -> str:
    """'4.1 (3.9–4.6)': median and quartiles, in ms."""
    if len(values) < 2:
        return ms(values[0])
    first, _second, third = statistics.quantiles(values, n=4)
    return f"{ms(statistics.median(values))} ({ms(first)}–{ms(third)})"


def share(rate: float, of: float) -> str:
    """'1/7.2' or '2.3×'."""
    if not rate or not of:
        return ""
    return f"1/{of / rate:.1f}" if rate < of else f"{rate / of:.1f}×"


def _aligned(cell: str, column: int, width: int) -> str:
    return cell.rjust(width) if column else cell.ljust(width)
