"""`run` stops what it started, and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

from cultuurportaal import embedded
from tests.cultuurportaal.embedded.servers import CLEAN, ROOT, call, command


def test_run_gives_both_addresses_and_the_exit_code_and_stops_what_it_started(var: Path) -> None:
    script = "import os, sys; print(os.environ['DATABASE_URL'], os.environ['REDIS_URL']); sys.exit(7)"
    done = call(var, "run", "--", sys.executable, "-c", script)
    assert (done.returncode, done.stdout.split()) == (7, list(embedded.urls(var)))
    assert embedded.status(var) == (None, None)


def test_run_starts_only_what_is_not_given(var: Path) -> None:
    given = {**CLEAN, "DATABASE_URL": "postgres://u@db.example.org/x"}
    done = call(var, "run", "--", *command(var, "status"), env=given)
    assert done.stdout.startswith("postgres: draait niet\nvalkey: draait (pid ")


def test_run_leaves_running_what_start_started(var: Path) -> None:
    embedded.start(var, fast=True)
    before = embedded.status(var)
    assert call(var, "run", "--", "true").returncode == 0
    assert embedded.status(var) == before


def test_run_passes_sigterm_on_and_stops_afterwards(var: Path) -> None:
    script = "import signal, sys; signal.signal(15, lambda *a: sys.exit(9)); print('up', flush=True);"
    script += " signal.pause()"
    with subprocess.Popen(
        command(var, "run", "--", sys.executable, "-c", script), cwd=ROOT, env=CLEAN, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        process.terminate()
        assert process.wait(20) == 9
    assert embedded.status(var) == (None, None)


def test_last_of_two_users_stops_the_servers(var: Path) -> None:
    with embedded.running(var, fast=True):
        with embedded.running(var, fast=True):
            both = embedded.status(var)
        assert embedded.status(var) == both
        assert None not in both
    assert embedded.status(var) == (None, None)


def test_error_in_the_block_stays_itself_and_stops_the_servers(var: Path) -> None:
    with pytest.raises(PermissionError, match="mine"), embedded.running(var, fast=True):
        raise PermissionError(13, "mine")
    assert embedded.status(var) == (None, None)


def test_run_of_a_missing_command_says_so(var: Path) -> None:
    done = call(var, "run", "--", "no-such-command")
    assert (done.returncode, done.stderr) == (
        127,
        "De opdracht no-such-command start niet: No such file or directory.\n",
    )
