"""Processes and locks: who is that pid, wait for it, one at a time, do not outlive the parent."""

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cultuurportaal.embedded.errors import EmbeddedError

PR_SET_PDEATHSIG = 1
POLL = 0.02
LARGEST_LOG = 5 * 1024 * 1024  # bytes
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
children: list[subprocess.Popen[bytes]] = []  # servers we started; kept so that they are reaped when they end


def is_running(pid: int, program: str, flag: str, folder: Path) -> bool:
    """Is `pid` alive and really `…/program flag folder …`? A zombie or a stranger with that pid is not."""
    reap()
    if not Path("/proc/self/cmdline").exists():
        line = subprocess.run(
            ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout
        return f"/{program} {flag} {folder} " in line.strip() + " "
    try:
        argv = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="surrogateescape").split("\0")
    except OSError:
        return False
    return Path(argv[0]).name == program and argv[1:3] == [flag, str(folder)]


def pid_of(program: str, flag: str, folder: Path, *, pid_file: str) -> int | None:
    """The pid of our server that runs from `folder`, as its pid file says; None when it does not run."""
    number = _first_line(folder / pid_file)
    return number if number > 0 and is_running(number, program, flag, folder) else None


def _first_line(file: Path) -> int:
    """As a number; 0 when there is none."""
    try:
        return int(file.read_text(errors="replace").split("\n", 1)[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return 0


def reap() -> None:
    for child in list(children):
        if child.poll() is not None:
            children.remove(child)


def until(is_true: Callable[[], bool], seconds: float) -> bool:
    """Polls until it holds; False when `seconds` have passed."""
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL)
    return True


def launch(
    command: list[str], options: dict[str, Any], log: Path, is_up: Callable[[], bool], seconds: float
) -> str | None:
    """Starts a server in a session of its own, so that Ctrl-C in a terminal does not reach it, and waits.

    Returns what it logged when it ended instead of coming up, else None (also when it is still silent).
    """
    with open_log(log) as out:
        seen = os.fstat(out).st_size
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            start_new_session=True,
            **options,
        )
    children.append(child)
    if until(lambda: child.poll() is not None or is_up(), seconds) and not is_up():
        return log.read_bytes()[seen:].decode(errors="replace")
    return None


def signal_all(pid: int, *signals: int) -> None:
    for number in signals:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return


def die_with_parent() -> Callable[[], None] | None:
    """For Popen's `preexec_fn`: on Linux the child gets SIGTERM when this process dies, even by SIGKILL."""
    if LIBC is None:
        return None
    libc, parent = LIBC, os.getpid()

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


@contextmanager
def one_at_a_time(file: Path, seconds: float) -> Iterator[None]:
    """Only one process at a time starts or stops servers; the kernel frees the lock of a killed one."""
    with open_private(file) as lock:
        if not until(lambda: takes(lock, fcntl.LOCK_EX), seconds):
            raise EmbeddedError(
                f"Een ander programma is al {seconds:.0f} seconden bezig met starten of stoppen"
                f" (slot {file}): wacht daarop of beëindig het."
            )
        yield


def takes(lock: int, kind: int) -> bool:
    """Tries to get or change a lock (LOCK_EX, LOCK_SH) without waiting."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def open_log(file: Path) -> Iterator[int]:
    """A log to append to; one that grew beyond 5 MB starts anew and the old one stays beside it."""
    if file.exists() and file.stat().st_size > LARGEST_LOG:
        file.replace(file.with_suffix(".old.log"))
    with open_private(file) as descriptor:
        yield descriptor


@contextmanager
def open_private(file: Path) -> Iterator[int]:
    """A descriptor on a file that only its owner can read: the folder's owner, also when root makes it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        folder = file.parent.stat()
        if os.geteuid() == 0 and folder.st_uid != 0:
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
        yield descriptor
    finally:
        os.close(descriptor)
