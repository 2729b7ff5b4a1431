"""Talking to the servers of one `var`, and to `python -m cultuurportaal.embedded`."""

import os
import pwd
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import redis

from cultuurportaal import embedded
from cultuurportaal.embedded import processes

ROOT = Path(__file__).resolve().parents[3]
CLEAN = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}


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
