"""The proxy of docker-compose.yml: a real nginx with our settings in front of the real website."""

import gzip
import os
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import running

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def nginx(folder: Path, web: str) -> Iterator[str]:
    """Our configuration with other ports, a home-made certificate and without Docker's names."""
    port, plain = running.free_port(), running.free_port()
    openssl = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    openssl += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(openssl, check=True, capture_output=True)
    text = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    for before, after in {
        "listen 80 default_server": f"listen 127.0.0.1:{plain} default_server",
        "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        "/etc/nginx/certificates": str(folder),
        "set $web http://web:8000;": f"set $web {web.replace('localhost', '127.0.0.1')};",
        "/tmp/nginx.pid": str(folder / "nginx.pid"),
        "/srv/var": str(folder),
        "https://$host$request_uri": f"https://$host:{port}$request_uri",
    }.items():
        assert before in text
        text = text.replace(before, after)
    (folder / "nginx.conf").write_text(text)
    as_us = "user root;" if os.geteuid() == 0 else ""  # the folder of a test is closed to others
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", f"daemon off; {as_us}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        origin = f"https://localhost:{port}"
        running.until(lambda: fetch(f"{origin}/robots.txt")[0] == 200, "no proxy")
        yield f"{origin} http://localhost:{plain}"
    finally:
        process.terminate()
        process.wait(10)


def fetch(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own
    try:
        with urllib.request.urlopen(request, timeout=10, context=context) as answer:  # noqa: S310 - our own
            return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()
    except OSError:
        return 0, {}, b""


@pytest.fixture
def origins(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The website over TLS, and the address that only sends there."""
    with running.website(TRUSTED_PROXIES="127.0.0.1/32") as web, nginx(tmp_path, web) as both:
        secure, plain = both.split()
        yield secure, plain


def test_proxy_serves_the_site_over_tls_and_sends_plain_visitors_there(origins: tuple[str, str]) -> None:
    secure, plain = origins
    status, headers, body = fetch(f"{secure}/gezond/?deel=web")
    assert (status, body) == (200, b'{"gezond": true, "delen": {"web": "goed"}}')
    assert headers["server"] == "nginx"
    assert fetch(f"{plain}/gezond/?deel=web")[2] == body


def test_proxy_hands_on_conditional_and_compressed_answers(origins: tuple[str, str]) -> None:
    secure, _plain = origins
    status, headers, body = fetch(f"{secure}/static/css/portal.css", **{"Accept-Encoding": "gzip"})
    assert status == 200
    if headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    assert body.startswith(b"/*") or b"@layer" in body
    assert (
        fetch(f"{secure}/static/css/portal.css", **{"If-Modified-Since": headers["last-modified"]})[0] == 304
    )


def test_proxy_serves_pictures_itself_and_nothing_beside_them(
    origins: tuple[str, str], tmp_path: Path
) -> None:
    secure, _plain = origins
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.svg").write_text("<svg/>")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "geheim").write_text("geheim")
    status, headers, body = fetch(f"{secure}/media/a.svg")
    assert (status, body, headers["content-security-policy"]) == (200, b"<svg/>", "default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    for address in (
        "/media/../private/geheim",
        "/media/..%2fprivate/geheim",
        "/private/geheim",
        "/media../private/geheim",
    ):
        assert fetch(f"{secure}{address}")[2] != b"geheim"


def test_proxy_refuses_what_is_too_large_or_too_long(origins: tuple[str, str]) -> None:
    secure, _plain = origins
    assert fetch(f"{secure}/?q={'a' * 20_000}")[0] == 414
    assert fetch(f"{secure}/?q={'a' * 9000}")[0] == 400
