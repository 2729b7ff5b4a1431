"""`python -m bench [groot] [kort] [bewaar] [N …]`: fills databases of its own, measures, prints the tables.

`make bench` starts the servers first. Without a number: 1,000, 10,000 and 100,000 activities; `groot` goes
on to a million, `kort` stops at 1,000 and measures briefly, `bewaar` keeps the databases for the next time.
"""

import os
import sys

import django

SIZES = (1_000, 10_000, 100_000)
LARGEST = 1_000_000


def main(arguments: list[str]) -> int:
    """Exit code 0 whatever the figures are: they are for a reader."""
    if not os.environ.get("DATABASE_URL"):
        print("Geen DATABASE_URL: gebruik `make bench`.", file=sys.stderr)
        return 1
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    django.setup()
    from bench import run

    run.run(sizes(arguments), is_short="kort" in arguments, is_kept="bewaar" in arguments)
    return 0


def sizes(arguments: list[str]) -> list[int]:
    given = sorted(int(one) for one in arguments if one.isdigit())
    if given or "kort" in arguments:
        return given or [SIZES[0]]
    return [*SIZES, LARGEST] if "groot" in arguments else [*SIZES]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
