"""A feed over HTTP: what a calendar app has is not sent again (RFC 9110 §13), nothing is compressed twice."""

import gzip
import re
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from agenda.models.listing import StoredFeed

GZIP: Final = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?P<weight>[\d.]+)\s*)?(?=,|$)", re.IGNORECASE)


def accepts_gzip(request: HttpRequest) -> bool:
    found = GZIP.search(request.headers.get("Accept-Encoding", ""))
    return found is not None and bool((found["weight"] or "1").strip("0."))


def answer(request: HttpRequest, feed: StoredFeed, *, filename: str) -> HttpResponse:
    """200 or 304 for this feed. A stored row comes without its body; that is read only when it is sent.

    The strong ETag of the compressed form has its own ending, as the bytes differ.
    """
    is_packed = accepts_gzip(request)
    response = (
        HttpResponseNotModified() if _has(request, feed) else _whole(feed, filename, is_packed=is_packed)
    )
    response["ETag"] = f'"{feed.etag}-gzip"' if is_packed else f'"{feed.etag}"'
    response["Last-Modified"] = http_date(feed.last_modified.timestamp())
    response["Cache-Control"] = "public, max-age=300"
    patch_vary_headers(response, ["Accept-Encoding"])
    request.META.pop("HTTP_ACCEPT_ENCODING", None)  # settled here: the gzip middleware has nothing to decide
    return response


def _has(request: HttpRequest, feed: StoredFeed) -> bool:
    """If-None-Match wins over If-Modified-Since."""
    known = request.headers.get("If-None-Match")
    if known is not None:
        tags = {tag.removeprefix("W/") for tag in parse_etags(known)}
        return not tags.isdisjoint({"*", f'"{feed.etag}"', f'"{feed.etag}-gzip"'})
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(feed.last_modified.timestamp()) <= since


def _whole(feed: StoredFeed, filename: str, *, is_packed: bool) -> HttpResponse:
    if "body" in feed.get_deferred_fields():
        feed.refresh_from_db(fields=["etag", "last_modified", "body"])
    body = bytes(feed.body) if is_packed else gzip.decompress(feed.body)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    if is_packed:
        response["Content-Encoding"] = "gzip"
    return response
