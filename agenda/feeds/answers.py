"""A feed over HTTP: what a calendar app has is not sent again (RFC 9110 §13), nothing is compressed twice."""

import gzip
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from agenda.services.feeds import Content

GZIP: Final = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?P<weight>[\d.]+)\s*)?(?=,|$)", re.IGNORECASE)


class Validators(Protocol):
    """What a feed is compared by: a stored row without its text, or the content itself."""

    @property
    def etag(self) -> str: ...

    @property
    def last_modified(self) -> datetime: ...


def accepts_gzip(request: HttpRequest) -> bool:
    found = GZIP.search(request.headers.get("Accept-Encoding", ""))
    return found is not None and bool((found["weight"] or "1").strip("0."))


def answer(
    request: HttpRequest, known: Validators, load: Callable[[], Content], *, filename: str
) -> HttpResponse:
    """200 or 304: `load` reads the text, only when it is sent.

    The strong ETag of the compressed form has its own ending, as the bytes differ.
    """
    is_packed = accepts_gzip(request)
    if _has(request, known):
        response: HttpResponse = HttpResponseNotModified()
    else:
        known = content = load()
        response = _whole(content.gzip, filename, is_packed=is_packed)
    response["ETag"] = f'"{known.etag}-gzip"' if is_packed else f'"{known.etag}"'
    response["Last-Modified"] = http_date(known.last_modified.timestamp())
    response["Cache-Control"] = "public, max-age=300"
    patch_vary_headers(response, ["Accept-Encoding"])
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # settled here: the gzip middleware has nothing to decide
    return response


def _has(request: HttpRequest, known: Validators) -> bool:
    """If-None-Match wins over If-Modified-Since."""
    sent = request.headers.get("If-None-Match")
    if sent is not None:
        tags = {tag.removeprefix("W/") for tag in parse_etags(sent)}
        return not tags.isdisjoint({"*", f'"{known.etag}"', f'"{known.etag}-gzip"'})
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(known.last_modified.timestamp()) <= since


def _whole(packed: bytes, filename: str, *, is_packed: bool) -> HttpResponse:
    body = packed if is_packed else gzip.decompress(packed)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response
