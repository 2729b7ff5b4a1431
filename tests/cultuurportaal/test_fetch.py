"""Reading a link: public addresses only, also after a redirect; bounded in bytes, time and turns."""

import gzip
import ipaddress
import socket
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore
import httpx
import pytest
from django.test import override_settings

from cultuurportaal.fetch import MOST_BYTES, WORDS, LinkRefused, client, fetch, further, web_address
from cultuurportaal.publicnet import Clock, PublicNet, addresses_of, is_public
from tests.cultuurportaal.web import Answer, page, serving

INSIDE = """
127.0.0.1 localhost localhost. 169.254.169.254 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] 0 0.0.0.0 127.1
2130706433 0x7f.1 0x7f000001 0177.0.0.1 10.0.0.8 172.16.3.4 192.168.1.1 100.64.0.1 [fd00::1] [fe80::1]
[fec0::1] [64:ff9b::7f00:1] [2002:7f00:1::] [::127.0.0.1] 224.0.0.1 255.255.255.255 [ff02::1]
192.0.2.1 198.18.0.1 240.0.0.1
"""


def refusal(address: str, **kwargs: float) -> str:
    with pytest.raises(LinkRefused) as caught:
        fetch(address, **kwargs)  # type: ignore[arg-type]
    assert caught.value.words
    return caught.value.reason


@contextmanager
def allowed(answer: Answer | bytes) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that the setting lets us reach."""
    with (
        serving(answer) as (origin, heads),
        override_settings(IMPORT_TOEGESTANE_HOSTS=[origin.removeprefix("http://")]),
    ):
        yield origin, heads


def test_page_is_read_with_its_type_and_tag() -> None:
    with allowed(page(b"<p>Dag</p>", ETag='"7"')) as (origin, heads):
        found = fetch(f"{origin}/agenda/#top")
    assert (found.url, found.content_type, found.body, found.etag) == (
        f"{origin}/agenda/",
        "text/html",
        b"<p>Dag</p>",
        '"7"',
    )
    assert "cookie" not in heads[0].lower()


def test_unchanged_page_is_not_read_again() -> None:
    with allowed(page(b"", status="304 Not Modified")) as (origin, heads):
        found = fetch(origin, etag='"7"')
    assert found.is_same
    assert 'if-none-match: "7"' in heads[0].lower()


@pytest.mark.parametrize("host", INSIDE.split())
def test_address_inside_is_refused_before_a_byte_is_sent(host: str) -> None:
    assert refusal(f"http://{host}/", seconds=3) in {"private", "unknown", "link"}


def test_other_spelling_of_this_machine_sends_nothing() -> None:
    with serving(page(b"geheim")) as (origin, heads):
        port = origin.rpartition(":")[2]
        reasons = {refusal(f"http://{host}:{port}/") for host in ("127.0.0.1", "127.1", "0x7f000001")}
    assert (reasons, heads) == ({"port"}, [])


@pytest.mark.parametrize("port", [22, 25, 5432, 6379, 8080])
def test_port_that_is_not_of_the_web_is_refused(port: int) -> None:
    assert refusal(f"http://example.com:{port}/") == "port"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.com/x", "scheme"),
        ("gopher://example.com", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("https://zoetermeer.nl@evil.example/", "user"),
        ("https://user:pass@example.com/", "user"),
        ("", "link"),
        ("https://", "link"),
        ("https://exam ple.nl/", "link"),
        ("https://example.nl/\r\nHost: x", "link"),
        ("https://example.nl:99999/", "link"),
        ("https://[::1/", "link"),
        ("https://" + "a" * 2000 + ".nl", "link"),
        ("https://example.nl/" + "é" * 500, "link"),
        ("https://example.nl/\ud800", "link"),
    ],
)
def test_what_is_no_web_address_is_refused(text: str, reason: str) -> None:
    assert refusal(text) == reason


def test_webcal_is_read_as_https_and_a_bare_name_too() -> None:
    assert web_address("webcal://koor.example/agenda.ics") == "https://koor.example/agenda.ics"
    assert web_address(" www.koor.example/agenda ") == "https://www.koor.example/agenda"


def test_redirect_to_this_machine_is_refused() -> None:
    with serving(page(b"geheim")) as (inside, heads):
        for target in (inside, "http://localhost/", "http://169.254.169.254/latest/", "file:///etc/passwd"):
            with allowed(page(b"", status="302 Found", Location=target)) as (origin, _heads):
                assert refusal(origin) in {"port", "private", "scheme"}
    assert heads == []


def test_redirect_from_https_to_http_is_refused() -> None:
    with pytest.raises(LinkRefused) as caught:
        further("https://koor.example/", "http://koor.example/")
    assert caught.value.reason == "unsafe"
    assert further("https://koor.example/a/", "../b") == "https://koor.example/b"


def test_redirects_are_followed_five_times() -> None:
    def next_one(wire: socket.socket, head: str) -> None:
        turn = int(head.split()[1].strip("/") or 0)
        last = page(b"er", "text/plain")
        wire.sendall(last if turn == 5 else page(b"", status="301 Moved", Location=f"/{turn + 1}"))

    with allowed(next_one) as (origin, heads):
        assert fetch(f"{origin}/0").body == b"er"
        assert len(heads) == 6
        assert fetch(f"{origin}/3").url.endswith("/5")
    with allowed(page(b"", status="302 Found", Location="/")) as (origin, heads):
        assert refusal(origin) == "turns"
        assert len(heads) == 6


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "gone"),
        ("410 Gone", "gone"),
        ("403 Forbidden", "closed"),
        ("429 X", "closed"),
        ("500 X", "broken"),
    ],
)
def test_status_is_said_in_words(status: str, reason: str) -> None:
    with allowed(page(b"x", status=status)) as (origin, _heads):
        assert refusal(origin) == reason


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "video/mp4", "application/zip"])
def test_other_type_is_refused(kind: str) -> None:
    with allowed(page(b"x", kind)) as (origin, _heads):
        assert refusal(origin) == "type"


def test_packed_page_is_unpacked() -> None:
    with allowed(page(gzip.compress(b"Dag" * 100), Content_Encoding="gzip")) as (origin, _heads):
        assert fetch(origin).body == b"Dag" * 100
    with allowed(page(b"not packed", Content_Encoding="gzip")) as (origin, _heads):
        assert refusal(origin) == "broken"


def test_bomb_stops_at_five_megabytes() -> None:
    pack = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    bomb = b"".join([*(pack.compress(b"\0" * 1024**2) for _ in range(300)), pack.flush()])
    assert len(bomb) < 1024**2
    with allowed(page(bomb, Content_Encoding="gzip")) as (origin, _heads):
        assert refusal(origin) == "large"


def test_endless_page_stops_at_five_megabytes() -> None:
    sent = 0

    def endless(wire: socket.socket, _head: str) -> None:
        nonlocal sent
        wire.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            wire.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            sent += 0x10000

    with allowed(endless) as (origin, _heads):
        assert refusal(origin) == "large"
    assert sent < 3 * MOST_BYTES


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"]
)
def test_slow_site_stops_when_the_time_is_over(start: bytes) -> None:
    """Each byte comes in time; all of them together never do."""

    def drip(wire: socket.socket, _head: str) -> None:
        wire.sendall(start)
        for _ in range(50):
            time.sleep(0.1)
            wire.sendall(b"x")

    began = time.monotonic()
    with allowed(drip) as (origin, _heads):
        assert refusal(origin, seconds=0.8) in {"slow", "broken"}
    assert time.monotonic() - began < 2


def test_silent_site_stops_when_the_time_is_over() -> None:
    with allowed(lambda wire, _head: time.sleep(3)) as (origin, _heads):
        assert refusal(origin, seconds=0.5) == "slow"


def test_wrong_length_is_a_broken_site() -> None:
    short = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\nkort"
    with allowed(short) as (origin, _heads):
        assert refusal(origin) == "broken"


def test_name_that_nobody_has_is_said() -> None:
    assert refusal("https://bestaat-niet.invalid/") == "unknown"


def test_name_with_one_address_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name servers of the world outside are what is recorded here: two answers for one name."""

    def answers(*_args: object, **_kwargs: object) -> list[object]:
        return [(2, 1, 6, "", (one, 80)) for one in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(httpcore.ConnectError):
        PublicNet(Clock(1), []).checked("rebind.example", 80)


def test_checked_address_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that changes its mind (rebinding) is asked once."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def answers(host: str, *args: object, **kwargs: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *args, **kwargs)  # type: ignore[arg-type]

    with serving(page(b"er", "text/plain")) as (origin, _heads):
        port = origin.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", answers)
        with override_settings(IMPORT_TOEGESTANE_HOSTS=[f"eens.example:{port}"]):
            assert fetch(f"http://eens.example:{port}/").body == b"er"
    assert asked.count("eens.example") == 1


def test_client_really_runs_on_our_network() -> None:
    """`_pool` is a private name of httpx: when it goes, this tells."""
    with client(Clock(1)) as web:
        transport = web._transport
        assert isinstance(transport, httpx.HTTPTransport)
        assert isinstance(transport._pool._network_backend, PublicNet)


def test_public_addresses_are_public() -> None:
    assert all(
        is_public(ipaddress.ip_address(one)) for one in ("93.184.216.34", "2606:2800:220:1::1", "8.8.8.8")
    )
    assert addresses_of("127.0.0.1", 80, Clock(1)) == ["127.0.0.1"]


def test_every_refusal_has_words() -> None:
    assert all(
        str(words).endswith(".") or "https://" in str(words) or str(words).endswith("?")
        for words in WORDS.values()
    )
