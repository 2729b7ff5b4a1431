"""The window: the agenda and the page of one activity, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What there is to do."""
    return HttpResponse()


@login_not_required
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity."""
    return HttpResponse()
