"""The public internet and nothing else: a network backend for httpx that connects to checked addresses only.

A name is resolved once, every address it has is checked, and the connection goes to a checked address: a
second answer of a name server is never asked for (DNS rebinding).
"""

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTS = frozenset({80, 443})
_V4_INSIDE = [
    ipaddress.ip_network(text)
    for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")
]


class Refused(httpcore.ConnectError):
    """Not connected at all; `reason` is a code of `fetch.WORDS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_public(address: Address) -> bool:
    """Whether it is an address of the internet: not private, local, shared, reserved or for many at once.

    IPv4 inside IPv6 counts as the IPv4 address; translated and tunnelled forms are refused as a whole.
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.is_site_local or any(address in network for network in _V4_INSIDE):
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


class Clock:
    """Seconds that are left of the time for everything together."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float:
        """At most `timeout`; Refused("slow") when nothing is left."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise Refused("slow")
        return left if timeout is None else min(left, timeout)


def addresses_of(host: str, port: int, clock: Clock) -> list[str]:
    """All addresses of a name. A name server may be slow: it is asked in a thread of its own."""
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(clock.left())
    clock.left()
    if not found:
        raise Refused("unknown")
    return list(dict.fromkeys(found))


class Stream(httpcore.NetworkStream):
    """A connection on which every wait ends when the time for everything together is over."""

    def __init__(self, inner: httpcore.NetworkStream, clock: Clock) -> None:
        self.inner, self.clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.clock.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.clock.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.inner.start_tls(ssl_context, server_hostname, self.clock.left(timeout))
        return Stream(inner, self.clock)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class PublicNet(httpcore.NetworkBackend):
    """Connects to public addresses on the web's two ports, and to the exact `host:port` of `allowed`."""

    def __init__(self, clock: Clock, allowed: Iterable[str]) -> None:
        self.clock, self.allowed, self.wire = clock, frozenset(allowed), httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        refusal: httpcore.ConnectError | httpcore.ConnectTimeout = Refused("unknown")
        for address in self.checked(host, port):
            try:
                wire = self.wire.connect_tcp(
                    address, port, self.clock.left(timeout), local_address, socket_options
                )
                return Stream(wire, self.clock)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as problem:
                refusal = problem
        raise refusal

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, when all of them may be reached. Refused otherwise."""
        if f"{host}:{port}" in self.allowed:
            return addresses_of(host, port, self.clock)
        if port not in PORTS:
            raise Refused("port")
        found = addresses_of(host, port, self.clock)
        if not all(is_public(ipaddress.ip_address(one.partition("%")[0])) for one in found):
            raise Refused("private")
        return found

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise Refused("private")
