"""Without the clients there is nothing to say; with them, a table of what each of them counted."""

import pytest
from _pytest.terminal import TerminalReporter

from tests.clients import readers

COUNTS: dict[tuple[str, str], str] = {}


def pytest_configure() -> None:
    absent = readers.missing()
    if absent:
        pytest.exit(f"Deze agenda-apps ontbreken: {', '.join(absent)}.", returncode=1)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    feeds = sorted({feed for _client, feed in COUNTS})
    terminalreporter.write_line(f"{'client':<14}" + "".join(f"{feed:>28}" for feed in feeds))
    for client in readers.READERS:
        cells = "".join(f"{COUNTS.get((client, feed), '-'):>28}" for feed in feeds)
        terminalreporter.write_line(f"{client:<14}{cells}")
