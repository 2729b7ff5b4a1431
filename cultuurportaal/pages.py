"""Pages about the site itself, and the small files that robots and security researchers ask for."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import last_modified, require_safe

PRIVATE = [
    "/beheer/",
    "/mijn/",
    "/redactie/",
    "/makelaar/",
    "/status/",
    "/account/",
    "/inloggen/",
    "/uitnodiging/",
    "/makers/bevestig/",
    "/nu/",
    "/klopt/",
    "/postvak/",
]


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html", {"contact": settings.CONTACT_MAIL})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html", {"contact": settings.CONTACT_MAIL})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """A demo asks to be left out of search engines altogether: its activities do not exist."""
    refused = PRIVATE if settings.IN_PRODUCTION else ["/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused)]
    return _text([*lines, "", f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml"])


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116; valid to the end of next year, so that an abandoned site stops promising an answer."""
    expires = datetime(datetime.now(UTC).year + 1, 12, 31, tzinfo=UTC)
    return _text(
        [
            f"Contact: mailto:{settings.CONTACT_MAIL}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: nl, en",
            f"Canonical: {settings.SITE_ORIGIN}{reverse('security')}",
        ]
    )


def _modified(request: HttpRequest, name: str) -> datetime | None:
    """Asked for a file that is not there, a storage elsewhere raises something of its own."""
    try:
        return default_storage.get_modified_time(name) if default_storage.exists(name) else None
    except OSError:
        return None


@login_not_required
@require_safe
@last_modified(_modified)
def media(request: HttpRequest, name: str) -> FileResponse:
    """A public picture, wherever it is stored; kept for a minute, so that a withdrawn one is soon gone.

    In production the proxy serves them past us when they are in a folder.
    """
    try:
        response = FileResponse(default_storage.open(name))
    except OSError as error:
        raise Http404 from error
    response["Cache-Control"] = "public, max-age=60"
    return response


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
