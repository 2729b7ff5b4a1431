"""The entry point: what is asked is read as UTF-8, whatever a request says about itself (H17, Q02)."""

from io import BytesIO
from typing import Any

import pytest

from cultuurportaal.wsgi import Request, application

CHARSETS = ["rot13", "base64", "undefined", "idna", "utf-16", "latin-1", "xyz", "utf-8"]


def asked(content_type: str, body: bytes = b"") -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST" if body else "GET",
        "PATH_INFO": "/robots.txt",
        "QUERY_STRING": "q=%C3%A9",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        "wsgi.url_scheme": "http",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("charset", CHARSETS)
def test_charset_of_a_request_never_breaks_a_page(charset: str) -> None:
    told: list[str] = []
    application(asked(f"text/plain; charset={charset}"), lambda status, _headers: told.append(status))
    assert told == ["200 OK"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_charset_of_a_request_changes_no_text(charset: str) -> None:
    multipart = '--x\r\nContent-Disposition: form-data; name="title"\r\n\r\ncafé\r\n--x--\r\n'
    for content_type, body in (
        ("multipart/form-data; boundary=x", multipart.encode()),
        ("application/x-www-form-urlencoded", b"title=caf%C3%A9"),
    ):
        request = Request(asked(f"{content_type}; charset={charset}", body))
        assert (request.GET["q"], request.POST["title"]) == ("é", "café")
