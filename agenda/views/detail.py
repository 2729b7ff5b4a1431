"""The window: the page of one activity, facts first."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agenda.views.window import Here, kept


@login_not_required
@require_safe
@kept
def activity(request: HttpRequest, here: Here, slug: str) -> HttpResponse:
    """One activity."""
    return HttpResponse()
