"""Small web servers that misbehave in one way each; they speak raw HTTP on a port of their own."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Answer = Callable[[socket.socket, str], None]


def page(body: bytes, kind: str = "text/html", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_encoding="gzip"` becomes a header."""
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def serving(answer: Answer | bytes) -> Iterator[tuple[str, list[str]]]:
    """The origin of a server that gives everybody this answer, and the heads of the requests it got."""
    heads: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.05)
        is_over = threading.Event()

        def serve() -> None:
            while not is_over.is_set():
                try:
                    wire, _address = door.accept()
                except TimeoutError:
                    continue
                threading.Thread(target=speak, args=(wire,), daemon=True).start()

        def speak(wire: socket.socket) -> None:
            with wire:
                wire.settimeout(5)
                try:
                    head = wire.recv(65536).decode()
                    heads.append(head)
                    if isinstance(answer, bytes):
                        wire.sendall(answer)
                    else:
                        answer(wire, head)
                except OSError:
                    return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}", heads
        finally:
            is_over.set()
            thread.join()
