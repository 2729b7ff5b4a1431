"""`python -m cultuurportaal.embedded --var var [--fast] start|stop|status|run -- COMMAND`."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from cultuurportaal.embedded import EmbeddedError, processes, running, start, status, stop

FORWARDED = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


def main(arguments: list[str]) -> int:
    """Exit code: the command's for `run`, else 0; 1 with a Dutch sentence; 3 when `status` finds one down."""
    given = parse(arguments)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)
    try:
        match given.action:
            case "run":
                return run(given.var, given.command, fast=given.fast)
            case "start":
                print(*start(given.var, fast=given.fast), sep="\n")
            case "stop":
                stop(given.var)
            case _:
                return tell(given.var)
    except EmbeddedError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return 0


def leave(number: int, _frame: object) -> NoReturn:
    """Ends by an exception, so that servers that were started are stopped on the way out."""
    raise SystemExit(128 + number)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m cultuurportaal.embedded")
    parser.add_argument("--var", type=Path, default=Path("var"), help="map met de gegevens (var)")
    parser.add_argument("--fast", action="store_true", help="sneller en zonder fsync: alleen voor tests")
    parser.add_argument("action", choices=["start", "stop", "status", "run"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="bij run: -- OPDRACHT …")
    given = parser.parse_args(arguments)
    given.command = given.command[1:] if given.command[:1] == ["--"] else given.command
    if (given.action == "run") != bool(given.command):
        parser.error("alleen run krijgt een opdracht: run -- OPDRACHT …")
    return given


def tell(var: Path) -> int:
    found = status(var)
    for name, pid in found._asdict().items():
        print(f"{name}: {f'draait (pid {pid})' if pid else 'draait niet'}")
    return 0 if all(found) else 3


def run(var: Path, command: list[str], *, fast: bool) -> int:
    """Runs the command with DATABASE_URL and REDIS_URL, started here as far as the environment lacks them."""
    is_given = {name: bool(os.environ.get(name)) for name in ("DATABASE_URL", "REDIS_URL")}
    if all(is_given.values()):
        return run_command(command, dict(os.environ))
    with running(
        var, want_postgres=not is_given["DATABASE_URL"], want_valkey=not is_given["REDIS_URL"], fast=fast
    ) as urls:
        names = {"DATABASE_URL": urls.database_url, "REDIS_URL": urls.redis_url}
        wanted = {name: url for name, url in names.items() if not is_given[name]}
        return run_command(command, os.environ | wanted)


def run_command(command: list[str], environment: dict[str, str]) -> int:
    """Passes signals on to the command; returns its exit code, 128 + signal when one ended it."""
    try:
        child = subprocess.Popen(command, env=environment, preexec_fn=processes.die_with_parent())  # noqa: PLW1509 one thread here
    except OSError as error:
        print(f"De opdracht {command[0]} start niet: {error.strerror}.", file=sys.stderr)
        return 127
    before = {number: signal.signal(number, lambda got, _frame: forward(child, got)) for number in FORWARDED}
    try:
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if code >= 0 else 128 - code


def forward(child: subprocess.Popen[bytes], number: int) -> None:
    """A key in our terminal reached the command already; a signal that was sent to us alone did not."""
    from_keyboard = number in (signal.SIGINT, signal.SIGQUIT) and is_in_foreground()
    if not from_keyboard:
        child.send_signal(number)


def is_in_foreground() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
