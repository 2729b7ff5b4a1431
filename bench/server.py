"""What is measured: granian as in production, with two processes, and nginx with files of equal size."""

import os
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from cultuurportaal.embedded import processes
from cultuurportaal.parts import production_parts

PATIENCE = 30.0
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
{user}
events {{ worker_connections 256; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  default_type text/html;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@contextmanager
def portal(environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The web process of `make run` on a free port: its origin and its pid."""
    port = free_port()
    command = production_parts(port)[0].command
    origin = f"http://127.0.0.1:{port}"
    with _running(command, {**environment, "PORT": str(port)}) as process:
        _until(lambda: _answers(f"{origin}/gezond/?deel=web"), "the portal does not answer")
        yield origin, process.pid


@contextmanager
def files(contents: Mapping[str, bytes]) -> Iterator[str | None]:
    """nginx with these files, by name; None where there is no nginx."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        yield None
        return
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "files").mkdir()
        for file, content in {**contents, "up": b"up"}.items():
            (folder / "files" / file).write_bytes(content)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
        with _running([program, "-c", str(folder / "nginx.conf")], os.environ):
            _until(lambda: _answers(f"http://127.0.0.1:{port}/up"), "nginx does not answer")
            yield f"http://127.0.0.1:{port}"


def memory(pid: int) -> float:
    """Proportional set size of a process and all it started, in MB; what is shared is counted once."""
    return sum(_pss(one) for one in _family(pid)) / 1024


def free_port() -> int:
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _family(int(child))
    return found


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


@contextmanager
def _running(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=processes.die_with_parent(),  # noqa: PLW1509 - only sets a flag of the kernel
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _until(is_true: Callable[[], bool], otherwise: str) -> None:
    if not processes.until(is_true, PATIENCE):
        raise RuntimeError(otherwise)
