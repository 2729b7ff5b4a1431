"""What people see when something cannot be done: pages for 400, 403, 404, 405, 413, 429, 500 and 503.

A browser gets a page in words, htmx a line for the live region `#meldingen`, a machine a problem in JSON
(RFC 9457).
The pages for 400, 405, 413, 429, 500 and 503 stand on their own: no database, no context processors.
"""

import sys
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

TITLES: Mapping[int, Promise] = {
    400: _("Dit adres klopt niet"),
    403: _("Je mag deze pagina niet bekijken"),
    404: _("Deze pagina is er niet"),
    405: _("Dit adres klopt niet"),
    413: _("Dit is te groot om te versturen"),
    429: _("Even wachten"),
    500: _("Er ging iets mis bij ons"),
    503: _("We zijn zo terug"),
}
FORM_EXPIRED = _("Versturen lukte niet. Laad de pagina opnieuw en probeer het nog eens")
WITH_SITE_FURNITURE = {403, 404}
SECRET_FIELDS = {"csrfmiddlewaretoken", "password", "code", "credential", "secret", "token"}
MOST_FIELDS, MOST_CHARACTERS = 60, 20_000


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400; Django sends a body beyond measure here too."""
    return _answer(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return _answer(request, 404)


def wrong_method(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """405 in words: the address of a button, opened as a page after signing in again.

    Its own headers stay: `Allow`, and those for security.
    """
    page = _answer(request, 405, template="400.html")
    refused.content = page.content
    for name, text in {**page.headers, "Content-Length": str(len(page.content))}.items():
        refused[name] = text
    return refused


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: more was sent than we take. The body is not read."""
    return _answer(request, 413)


def too_many(request: HttpRequest, exception: Exception | None = None, *, seconds: int = 60) -> HttpResponse:
    """429 with Retry-After in seconds; also handler429, which django-allauth looks for."""
    response = _answer(request, 429, typed=typed_text(request), minutes=max(1, round(seconds / 60)))
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: touches nothing that may be broken, and gives back what was typed.

    A database that cannot be reached is no fault of the page: 503, come back soon.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return _answer(request, 500, typed=typed_text(request), code=_request_code())


def unavailable(request: HttpRequest, *, seconds: int = 30) -> HttpResponse:
    """503 with Retry-After in seconds, for when the database cannot be reached; gives back what was typed."""
    response = _answer(request, 503, typed=typed_text(request))
    response["Retry-After"] = str(seconds)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that is too old or comes from elsewhere; shows what was typed and never sends it on."""
    return _answer(request, 403, template="403_csrf.html", title=FORM_EXPIRED, typed=typed_text(request))


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and text of the posted fields, without secrets and files; nothing when the body cannot be read."""
    if request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except Exception:  # an error page must not fail on the body that made the error
        return []
    return [
        (name[:80], text[:MOST_CHARACTERS])
        for name, texts in fields[:MOST_FIELDS]
        for text in texts
        if text.strip() and name.lower() not in SECRET_FIELDS
    ]


def _answer(
    request: HttpRequest, status: int, *, template: str = "", title: str | Promise = "", **context: Any
) -> HttpResponse:
    title = title or TITLES[status]
    if request.headers.get("HX-Request") == "true":
        response = _for_htmx(title, status)
    elif _wants_json(request):
        response = _for_machines(title, status)
    else:
        response = _page(request, template or f"{status}.html", {"title": title, **context}, status)
    if status != HTTPStatus.NOT_FOUND:
        response["Cache-Control"] = "no-store"
    return response


def _for_htmx(title: str | Promise, status: int) -> HttpResponse:
    """One line, sent to the live region so that what stood on the page stays."""
    response = HttpResponse(format_html('<p class="echo nee">{}</p>', title), status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#meldingen", "innerHTML"
    return response


def _for_machines(title: str | Promise, status: int) -> HttpResponse:
    return JsonResponse(
        {"type": "about:blank", "title": str(title), "status": status},
        status=status,
        content_type="application/problem+json",
    )


def _wants_json(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """Rendered with the site around it where that is safe, else alone, else in bare words."""
    context["language_now"] = get_language() or "nl"
    try:
        body = render_to_string(template, context, request if status in WITH_SITE_FURNITURE else None)
    except (TemplateDoesNotExist, ValueError, OSError):
        body = format_html('<!doctype html><html lang="nl"><title>{0}</title><h1>{0}</h1>', context["title"])
    return HttpResponse(body, status=status)


def _request_code() -> str:
    """The first eight characters of the request's number in the logs, to tell us on the phone."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))[:8]
