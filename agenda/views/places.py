"""The window: makers and places, and what comes up there."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def makers(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def maker(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_not_required
@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse()
