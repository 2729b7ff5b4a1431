"""The makers' desk: what waits for whom, and the page of one activity with everything its maker may do."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agenda import permissions, workflow
from agenda.forms.differences import differences
from agenda.forms.sheet import Sheet
from agenda.forms.where import known_places
from agenda.models import Activity, Listing
from agenda.overview import Overview
from agenda.services import submission
from agenda.services.history import is_last_changed_by
from agenda.story import story
from agenda.views import sending, stash
from agenda.views.example import example_of
from agenda.views.neighbours import neighbours_of
from agenda.views.ownership import get_activity, require
from agenda.views.uploads import posted
from cultuurportaal.workflow import NotAllowed
from partners.permissions import Person, is_editor


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    overview = Overview(request.user, now=timezone.now())
    return render(request, "agenda/mine.html", {"overview": overview})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@stash.signs_in
def my_activity(request: HttpRequest, uuid: object) -> HttpResponse:
    """For its makers, and for whoever holds the signed cookie of what they sent without an account."""
    activity, by = get_activity(request, uuid)
    now = timezone.now()
    if request.method == "POST":
        require(is_editor(by) or permissions.is_own(by, activity))
    else:
        kept = stash.take(request)
        return _page(request, _sheet(activity, now, data=kept) if kept else _sheet(activity, now), by)
    return _save(request, activity, by, now)


def _save(request: HttpRequest, activity: Activity, by: Person, now: datetime) -> HttpResponse:
    data, refusal = posted(request, now)
    sheet = _sheet(activity, now, data=data, files=request.FILES, is_draft=data.get("stap") == "bewaar")
    if not sheet.is_valid(refusal):
        return _page(request, sheet, by, status=422)
    if not sending.is_understood(sheet):
        return _page(request, sheet, by, asks=True)
    try:
        return _take_step(request, activity, sheet, by, now)
    except NotAllowed as refusal_:
        activity.refresh_from_db()
        if refusal_.reason == "changed":
            return _conflict(request, sheet, data, activity, now)
        return _page(request, sheet, by, status=409, problem=sending.words(refusal_))


def _take_step(
    request: HttpRequest, activity: Activity, sheet: Sheet, by: Person, now: datetime
) -> HttpResponse:
    """Saves, and sends unless the maker only wants to keep it."""
    is_kept = sheet.is_draft or activity.status == workflow.SUBMITTED
    with transaction.atomic():
        agreed = {} if is_kept or activity.accepted_terms_at else {"accepted_terms_at": now}
        sending.save(activity, sheet, seen=sheet.seen, by=by, now=now, **agreed)
        if not is_kept:
            submission.submit(activity, seen=activity.version, by=by, now=now)
    if is_kept:
        messages.success(request, _("Alles is bewaard."))
        return redirect("agenda:review", activity.uuid) if _is_desk(by, activity) else redirect(activity)
    return redirect("agenda:sent", activity.uuid)


def _is_desk(by: Person, activity: Activity) -> bool:
    """Somebody who puts another's activity right for the city, and came from the editors' desk."""
    return is_editor(by) and not permissions.is_own(by, activity)


def _sheet(activity: Activity, now: datetime, **kwargs: Any) -> Sheet:
    return Sheet(city=activity.city, user=activity.sender, now=now, activity=activity, **kwargs)


def _page(  # noqa: PLR0913 - all but the first three are named
    request: HttpRequest,
    sheet: Sheet,
    by: Person,
    *,
    status: int = 200,
    asks: bool = False,
    problem: str = "",
) -> HttpResponse:
    activity = sheet.activity
    if activity is None:
        raise ValueError("the page of an activity needs one")
    listing = Listing.objects.filter(uuid=activity.uuid, withdrawn_at=None).first()
    context = {
        "activity": activity,
        "sheet": sheet,
        "listing": listing,
        "moments": activity.moments.filter(start__gte=sheet.now) if listing else (),
        "places": known_places(activity.city),
        "example": example_of(sheet, activity.city),
        "neighbours": neighbours_of(request, sheet),
        "story": story(activity),
        "is_desk": _is_desk(by, activity),
        "may_edit": permissions.may_edit(by, activity),
        "may_withdraw": permissions.may_withdraw(by, activity),
        "is_kept": activity.status == workflow.DRAFT and not listing,
        "asks": asks,
        "problem": problem,
    }
    return render(request, "agenda/my_activity.html", context, status=status)


def _conflict(
    request: HttpRequest, mine: Sheet, data: QueryDict, activity: Activity, now: datetime
) -> HttpResponse:
    """Both texts beside each other; the maker's own comes back when they choose so."""
    theirs = _sheet(activity, now)
    context = {
        "activity": activity,
        "is_own": is_last_changed_by(request.user.pk, activity),
        "differences": differences(mine, theirs),
        "typed": [
            (name, text)
            for name, texts in data.lists()
            for text in texts
            if name not in {"version", "csrfmiddlewaretoken"}
        ],
    }
    return render(request, "agenda/conflict.html", context, status=409)
