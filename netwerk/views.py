"""The pages of the network: a season's meetings, and one of them."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netwerk.models import Meeting
from netwerk.permissions import is_of_the_network
from netwerk.progress import place_in_season, progress
from netwerk.season import Season


@login_not_required
@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    season, is_understood = _season(request.GET.get("seizoen", ""), now)
    found = list(Meeting.objects.visible_to(request.user).of_season(season).select_related("venue", "room"))
    context = {
        "season": season,
        "notice": "" if is_understood else _("Dit jaar kennen we niet. Je ziet het seizoen van nu."),
        "meetings": found,
        "now": now,
    }
    if is_of_the_network(request.user):
        context["progress"] = progress(Meeting.objects.of_season(season), now)
    return render(request, "netwerk/meetings.html", context)


@login_not_required
@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One that this person may not know of is not there: 404."""
    visible = Meeting.objects.visible_to(request.user).select_related("venue", "room")
    found = get_object_or_404(visible, slug=slug)
    place = place_in_season(found) if is_of_the_network(request.user) else None
    return render(request, "netwerk/meeting.html", {"meeting": found, "place": place, "now": timezone.now()})


def _season(text: str, now: datetime) -> tuple[Season, bool]:
    """The season of `?seizoen=2026`, and whether it was understood; without or unknown: that of now."""
    if not text:
        return Season.of(now), True
    if text.isascii() and text.isdigit() and 2000 <= int(text[:5]) < 2099:
        return Season(int(text)), True
    return Season.of(now), False
