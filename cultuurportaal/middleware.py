"""At the front door: every request gets a number for the logs, and what no page can answer is refused."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from cultuurportaal.views import bad_request, too_large, wrong_method

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
    """400 for an address with NUL bytes, with bytes that are no UTF-8 or without end; 413 for huge bodies;
    405 in words.

    Only the address is read here: what is posted is for the form, which can say at the field what to do.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not (_is_good_path(request.path) and _is_good_query(request.META.get("QUERY_STRING", ""))):
            return bad_request(request)
        if _body_length(request) > settings.LARGEST_BODY:
            return too_large(request)
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and request.method != "HEAD":
            return wrong_method(request, response)
        return response

    return middleware


class ClosedByDefault(LoginRequiredMiddleware):
    """Django's own asks who is there before it looks whether the view is public: a cookie read for nothing,
    `Vary: Cookie` on every public page, and two queries for who is signed in.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def _is_good_path(path: str) -> bool:
    """Bytes that are no UTF-8 stay percent-encoded in Django's path and find no page: 404."""
    return len(path) <= LONGEST_PATH and "\0" not in path


def _is_good_query(query: str) -> bool:
    if len(query) > LONGEST_QUERY:
        return False
    try:
        return "\0" not in unquote_to_bytes(query).decode()
    except UnicodeDecodeError:
        return False


def _body_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0
