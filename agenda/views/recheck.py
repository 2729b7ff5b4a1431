"""Klopt dit nog? The page behind the mailed link, and the same page at the desk: one button."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import permissions, signatures, still_holds, workflow
from agenda.models import Activity, Listing
from agenda.services import rechecks
from agenda.urgent_line import coming
from agenda.views import sending
from agenda.views.ownership import get_activity, require
from cultuurportaal.workflow import NotAllowed
from partners.permissions import Person


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link only opens the page (mail scanners open links); it works again after use."""
    activity, holder = still_holds.read(token)
    if activity is None or holder is None:
        return render(request, "agenda/recheck_refused.html", status=404)
    if activity.status == workflow.WITHDRAWN:
        return render(request, "agenda/recheck_refused.html", {"activity": activity}, status=410)
    return _page(request, activity, holder)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, uuid: object) -> HttpResponse:
    """For its makers who are signed in, and for editors who heard it from them."""
    activity, by = get_activity(request, uuid)
    require(permissions.may_change_urgently(by, activity))
    return _page(request, activity, by)


def _page(request: HttpRequest, activity: Activity, by: Person) -> HttpResponse:
    now, problem, is_done = timezone.now(), "", False
    if request.method == "POST":
        try:
            rechecks.confirm(activity, by=by, now=now)
            is_done = True
        except NotAllowed as refusal:
            problem = sending.words(refusal)
    context = {
        "activity": activity,
        "listing": Listing.objects.filter(uuid=activity.uuid, withdrawn_at=None).first(),
        "moments": coming(activity, now),
        "urgent": signatures.urgent_token(activity) if activity.sender == by else "",
        "is_done": is_done,
        "problem": problem,
    }
    return render(request, "agenda/recheck.html", context, status=409 if problem else 200)
