"""A season that goes on: last season's activities in one grid, to send in one go."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agenda import renewal
from agenda.forms.renewal import RenewalRow
from agenda.forms.sheet import days_off
from agenda.models import Activity
from agenda.services import renewal as services
from agenda.views import sending
from cultuurportaal.workflow import NotAllowed
from partners.models import City, User

MOST = 200


@require_http_methods(["GET", "HEAD", "POST"])
def season(request: HttpRequest) -> HttpResponse:
    """`seizoen` is the year in which the old season began; without it the latest that has begun."""
    found = [
        year for year in renewal.seasons(_user(request)) if year <= renewal.season_of(timezone.localdate())
    ]
    chosen = _chosen(request.GET.get("seizoen", ""), found)
    rows = _rows(request, chosen) if chosen else []
    context = {"rows": rows, "seasons": found, "chosen": chosen, "following": (chosen or 0) + 1}
    if request.method != "POST":
        return render(request, "agenda/season.html", context)
    answers = [row for row in rows if row.is_valid() and row.is_kept]
    if any(row.errors for row in rows):
        return render(request, "agenda/season.html", context, status=422)
    if not answers:
        problem = _("Zet een vinkje bij wat er volgend seizoen weer is.")
        return render(request, "agenda/season.html", {**context, "problem": problem}, status=422)
    return _renew(request, answers, context)


def _renew(request: HttpRequest, answers: Sequence[RenewalRow], context: dict[str, Any]) -> HttpResponse:
    is_submitted = request.POST.get("stap") == "stuur"
    try:
        made = services.renew(
            [row.answer() for row in answers],
            by=_user(request),
            now=timezone.now(),
            is_submitted=is_submitted,
        )
    except NotAllowed as refusal:
        problem = sending.words(refusal)
        return render(request, "agenda/season.html", {**context, "problem": problem}, status=409)
    messages.success(request, _done(len(made), is_submitted=is_submitted))
    return redirect("agenda:mine")


def _done(count: int, *, is_submitted: bool) -> str:
    if is_submitted:
        text = ngettext(
            "%(count)d activiteit is naar de redactie.",
            "%(count)d activiteiten zijn naar de redactie.",
            count,
        )
    else:
        text = ngettext("%(count)d concept staat klaar.", "%(count)d concepten staan klaar.", count)
    return text % {"count": count}


def _user(request: HttpRequest) -> User:
    """Whoever is signed in: the door lets nobody else through."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


def _chosen(text: str, found: Sequence[int]) -> int | None:
    asked = int(text) if text.isascii() and text.isdigit() else None
    return asked if asked in found else next(iter(found), None)


def _rows(request: HttpRequest, chosen: int) -> list[RenewalRow]:
    off = days_off(City.objects.here())
    held = renewal.sources(_user(request), chosen).select_related("organisation", "venue", "room", "city")
    proposals = [
        renewal.propose(activity, chosen, off) for activity in held.prefetch_related("moments")[:MOST]
    ]
    made = set(
        Activity.objects.filter(token__in=[one.token for one in proposals]).values_list("token", flat=True)
    )
    now, data = timezone.now(), request.POST if request.method == "POST" else None
    return [
        RenewalRow(data, proposal=one, is_made=one.token in made, now=now, days_off=off) for one in proposals
    ]
