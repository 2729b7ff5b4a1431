"""Both embedded servers of one `var` folder: start, stop, status, and running while somebody uses them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from cultuurportaal.embedded import addresses, postgres, processes, valkey
from cultuurportaal.embedded.addresses import Place, Urls
from cultuurportaal.embedded.errors import in_words

PATIENCE = 60.0  # seconds: also enough for recovery after a power cut on a slow disk


class Status(NamedTuple):
    """The pids of what runs; None for what does not."""

    postgres: int | None
    valkey: int | None


def start(var: Path, *, fast: bool = False, patience: float = PATIENCE) -> Urls:
    """Starts or finds both and leaves them running until `stop`; raises EmbeddedError.

    `fast` is for tests: quicker, and a power cut may lose the data.
    """
    at = ready_place(var)
    with in_words(at.var), processes.one_at_a_time(lock_file(at), patience):
        keep_file(at).touch(mode=0o600)
        start_wanted(at, want_postgres=True, want_valkey=True, fast=fast, patience=patience)
    return addresses.urls(var)


def stop(var: Path, *, patience: float = 20.0) -> None:
    """Stops cleanly what is ours and runs; raises EmbeddedError when a server stays alive."""
    at = addresses.place(var)
    if not at.var.exists():
        return
    with in_words(at.var), processes.one_at_a_time(lock_file(at), patience):
        stop_all(at, patience)


def status(var: Path) -> Status:
    at = addresses.place(var)
    with in_words(at.var):
        return Status(postgres.pid(at), valkey.pid(at))


@contextmanager
def running(
    var: Path,
    *,
    want_postgres: bool = True,
    want_valkey: bool = True,
    fast: bool = False,
    patience: float = PATIENCE,
) -> Iterator[Urls]:
    """Keeps the wanted servers running inside the block.

    The last block that ends stops them, also what a killed user left behind; what `start` started stays.
    """
    at = ready_place(var)
    with processes.open_private(at.var / ".embedded.users") as users:
        try:
            with in_words(at.var), processes.one_at_a_time(lock_file(at), patience):
                fcntl.flock(users, fcntl.LOCK_SH)
                if status(at.var) == (None, None):
                    keep_file(at).unlink(missing_ok=True)
                start_wanted(
                    at, want_postgres=want_postgres, want_valkey=want_valkey, fast=fast, patience=patience
                )
            yield addresses.urls(var)
        finally:
            with in_words(at.var), processes.one_at_a_time(lock_file(at), patience):
                if processes.takes(users, fcntl.LOCK_EX) and not keep_file(at).exists():
                    stop_all(at, patience=20.0)


def ready_place(var: Path) -> Place:
    """Makes `var` when it is missing; made by root in somebody's folder, it is that somebody's."""
    at = addresses.place(var)
    with in_words(at.var):
        if not at.var.exists():
            at.var.mkdir(parents=True)
            above = at.var.parent.stat()
            if os.geteuid() == 0 and above.st_uid != 0:
                os.chown(at.var, above.st_uid, above.st_gid)
        with processes.open_private(at.var / ".embedded.users"):
            return at


def lock_file(at: Place) -> Path:
    return at.var / ".embedded.lock"


def keep_file(at: Place) -> Path:
    """Exists while servers run that `start` left running on purpose."""
    return at.var / ".embedded.keep"


def start_wanted(at: Place, *, want_postgres: bool, want_valkey: bool, fast: bool, patience: float) -> None:
    if want_postgres:
        postgres.start(at, fast=fast, patience=patience)
    if want_valkey:
        valkey.start(at, fast=fast, patience=patience)


def stop_all(at: Place, patience: float) -> None:
    valkey.stop(at, patience)
    postgres.stop(at, patience)
    if at.short:
        with suppress(OSError):
            at.short.rmdir()
    keep_file(at).unlink(missing_ok=True)
