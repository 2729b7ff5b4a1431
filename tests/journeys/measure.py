"""How long after the hold an approval is outside: 50 with a worker, 10 without broker, 10 with a hung one.

python -m cultuurportaal.embedded --var var/test --fast run -- python -m tests.journeys.measure
"""

import sys
import tempfile
from pathlib import Path

import django

NUMBERS = {"worker": 50, "broker stopped": 10, "broker hung": 10}
PAUSE = 1.0  # seconds between two approvals


def main() -> None:
    """A database of its own beside the one in use; prints a table in Markdown."""
    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        _measure()
    finally:
        connection.creation.destroy_test_db(settings_name(), verbosity=0)


def settings_name() -> str:
    from django.db import connections

    return str(connections.settings["default"]["NAME"])


def _measure() -> None:
    from tests.faults.conftest import Broker
    from tests.journeys import approvals

    say("| mode | n | POST p50 | p95 | max | `/` p50 | p95 | `/agenda.ics` p50 | p95 |")
    say("|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for mode, number in NUMBERS.items():
            found = approvals.run(mode, number, Broker(Path(folder)), pause=PAUSE)
            cells = [found.mode, str(number), *_cells(found.posts, most=True)]
            for late in found.late.values():
                cells += _cells(late)
            say(f"| {' | '.join(cells)} |")


def _cells(values: list[float], *, most: bool = False) -> list[str]:
    from tests.journeys.approvals import percentile

    shown = [percentile(values, 50), percentile(values, 95), *([max(values)] if most else [])]
    return [f"{value:.2f} s" for value in shown]


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cultuurportaal.settings")
    main()
