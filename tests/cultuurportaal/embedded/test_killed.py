"""Servers that were killed or hang, and what looks like ours but is somebody else's."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cultuurportaal import embedded
from tests.cultuurportaal.embedded.servers import CLEAN, ROOT, broker, call, command, is_gone, kill, query

# --- Killed and hung ---------------------------------------------------------------------------------


def test_killed_postmaster_starts_again_with_its_data(var: Path) -> None:
    embedded.start(var, fast=True)
    query(var, "CREATE TABLE after_kill AS SELECT 1 AS one")
    postmaster, valkey = embedded.status(var)
    kill(postmaster)
    embedded.start(var, fast=True)
    assert query(var, "SELECT one FROM after_kill") == [(1,)]
    assert embedded.status(var).postgres not in (None, postmaster)
    assert embedded.status(var).valkey == valkey


def test_killed_valkey_starts_again_with_its_data(var: Path) -> None:
    embedded.start(var, fast=True)
    broker(var).rpush("celery", "one", "two")
    postmaster, valkey = embedded.status(var)
    kill(valkey)
    embedded.start(var, fast=True)
    assert broker(var).lrange("celery", 0, -1) == [b"one", b"two"]
    assert embedded.status(var).postgres == postmaster
    assert embedded.status(var).valkey not in (None, valkey)


def test_killed_run_leaves_servers_that_the_next_run_reuses_and_stops(var: Path) -> None:
    with subprocess.Popen(
        command(var, "run", "--", sys.executable, "-c", "print('up', flush=True); input()"),
        cwd=ROOT,
        env=CLEAN,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"up\n"
        before = embedded.status(var)
        first.kill()
    assert embedded.status(var) == before
    assert None not in before
    assert f"pid {before.postgres}" in call(var, "run", "--", *command(var, "status")).stdout
    assert embedded.status(var) == (None, None)


def test_hung_valkey_is_named_and_can_still_be_stopped(var: Path) -> None:
    embedded.start(var, fast=True)
    valkey = embedded.status(var).valkey
    assert valkey is not None
    os.kill(valkey, signal.SIGSTOP)
    with pytest.raises(
        embedded.EmbeddedError,
        match=rf"^Valkey gaf binnen 1 seconden geen antwoord; kijk in {var}/valkey\.log\.$",
    ):
        embedded.start(var, fast=True, patience=1)
    embedded.stop(var)
    assert is_gone(valkey)


def test_hung_postmaster_can_still_be_stopped(var: Path) -> None:
    embedded.start(var, fast=True)
    postmaster = embedded.status(var).postgres
    assert postmaster is not None
    os.kill(postmaster, signal.SIGSTOP)
    embedded.stop(var)
    assert is_gone(postmaster)


# --- Never somebody else's ---------------------------------------------------------------------------


def test_stale_pid_files_with_a_reused_pid_leave_the_stranger_alone(var: Path) -> None:
    embedded.start(var, fast=True)
    query(var, "CREATE TABLE beside_stranger AS SELECT 1 AS one")
    for pid in embedded.status(var):
        kill(pid)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        for name in ("pg/postmaster.pid", "pg/.s.PGSQL.5432.lock", "valkey/valkey.pid"):
            lines = (var / name).read_text().split("\n")
            (var / name).write_text("\n".join([str(stranger.pid), *lines[1:]]))
        assert embedded.status(var) == (None, None)
        embedded.stop(var)
        embedded.start(var, fast=True)
        assert stranger.pid not in embedded.status(var)
        assert query(var, "SELECT one FROM beside_stranger") == [(1,)]
        embedded.stop(var)
        assert stranger.poll() is None
        stranger.kill()


def test_folder_moved_while_it_runs_never_gets_a_second_postmaster(tmp_path: Path) -> None:
    embedded.start(tmp_path / "var", fast=True)
    running = embedded.status(tmp_path / "var")
    (tmp_path / "var").rename(tmp_path / "moved")
    with pytest.raises(embedded.EmbeddedError, match="Er draait nog een PostgreSQL op de bestanden"):
        embedded.start(tmp_path / "moved", fast=True)
    assert not any(is_gone(pid) for pid in running)
    (tmp_path / "moved").rename(tmp_path / "var")
    for pid in running:
        kill(pid)
