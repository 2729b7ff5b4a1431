"""At the front door: every request gets a number for the logs, and what no page can answer is refused."""

import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cultuurportaal.views import bad_request, too_large

GetResponse = Callable[[HttpRequest], HttpResponse]
LONGEST_PATH = 1000
LONGEST_QUERY = 8000


def request_number(get_response: GetResponse) -> GetResponse:
    """Puts a fresh number on every log line of this request; the page for 500 shows its first characters."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with structlog.contextvars.bound_contextvars(request_id=uuid.uuid4().hex):
            return get_response(request)

    return middleware


def reject_bad_input(get_response: GetResponse) -> GetResponse:
    """400 for an address with NUL bytes, bytes that are no UTF-8 or endless text; 413 for a body beyond measure.

    Only the address is read here: what is posted is for the form, which can say at the field what to do.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_good(request.META.get("QUERY_STRING", ""), LONGEST_QUERY):
            return bad_request(request)
        if (
            "\0" in request.path
            or "\N{REPLACEMENT CHARACTER}" in request.path
            or len(request.path) > LONGEST_PATH
        ):
            return bad_request(request)
        if _body_length(request) > settings.LARGEST_BODY:
            return too_large(request)
        return get_response(request)

    return middleware


def _is_good(query: str, longest: int) -> bool:
    if len(query) > longest:
        return False
    raw = unquote_to_bytes(query.replace("+", " "))
    try:
        return "\0" not in raw.decode()
    except UnicodeDecodeError:
        return False


def _body_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0
