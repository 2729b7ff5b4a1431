"""Start, reuse, stop: data survives, and one pair is one pair."""

import subprocess
from pathlib import Path

import psycopg
import pytest

from cultuurportaal import embedded
from tests.cultuurportaal.embedded.servers import ROOT, broker, call, command, query


def test_start_from_nothing_then_data_survives_stop(tmp_path: Path) -> None:
    var = tmp_path / "var"
    (tmp_path / "var" / "pg.new-killed").mkdir(parents=True)
    embedded.start(var)
    query(var, "CREATE TABLE kept AS SELECT 'muziek' AS word")
    broker(var).set("kept", "muziek")
    asked = ("listen_addresses", "fsync", "server_encoding")
    assert [query(var, f"SHOW {name}")[0][0] for name in asked] == ["", "on", "UTF8"]
    embedded.stop(var)
    assert embedded.status(var) == (None, None)
    embedded.start(var)
    assert query(var, "SELECT word FROM kept") == [("muziek",)]
    assert broker(var).get("kept") == b"muziek"
    embedded.stop(var)
    assert sorted(path.name for path in var.glob("pg*")) == ["pg", "pg.log"]


def test_second_start_reuses_what_runs(var: Path) -> None:
    embedded.start(var, fast=True)
    first = embedded.status(var)
    embedded.start(var, fast=True)
    assert embedded.status(var) == first
    assert None not in first


def test_simultaneous_starts_make_one_pair(var: Path) -> None:
    starts = [subprocess.Popen(command(var, "start"), cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [process.wait(60) for process in starts] == [0, 0, 0, 0]
    log = (var / "pg.log").read_text()
    assert log.count("ready to accept") == log.count("starting PostgreSQL")
    assert None not in embedded.status(var)


def test_status_and_stop_by_command(var: Path) -> None:
    assert call(var, "status").returncode == 3
    assert call(var, "start").stdout.split() == list(embedded.urls(var))
    told = call(var, "status")
    postmaster, valkey = embedded.status(var)
    assert (told.returncode, told.stdout) == (
        0,
        f"postgres: draait (pid {postmaster})\nvalkey: draait (pid {valkey})\n",
    )
    assert call(var, "stop").returncode == 0
    assert embedded.status(var) == (None, None)


def test_stop_of_nothing_is_fine(tmp_path: Path) -> None:
    embedded.stop(tmp_path / "var")
    assert not (tmp_path / "var").exists()


def test_log_holds_no_values_of_a_failed_statement(var: Path) -> None:
    embedded.start(var, fast=True)
    query(var, "CREATE TABLE one_mail (mail text PRIMARY KEY)")
    query(var, "INSERT INTO one_mail VALUES ('maker@demo.example')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        query(var, "INSERT INTO one_mail VALUES ('maker@demo.example')")
    log = (var / "pg.log").read_text()
    assert "one_mail_pkey" in log
    assert "maker@demo.example" not in log
