"""What a maker may do at once with what stands in the agenda: change one date, or take everything back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import permissions
from agenda.forms.urgent import UrgentForm
from agenda.services import submission
from agenda.services.urgent import change_moment
from agenda.views import sending
from agenda.views.ownership import get_activity, require
from agenda.views.stash import signs_in
from cultuurportaal.workflow import NotAllowed


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signs_in
def withdraw(request: HttpRequest, uuid: object) -> HttpResponse:
    """A page that asks, and a button that does it for good."""
    activity, by = get_activity(request, uuid)
    require(permissions.may_withdraw(by, activity))
    if request.method != "POST":
        return render(request, "agenda/withdraw.html", {"activity": activity})
    try:
        submission.withdraw(activity, by=by, now=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, sending.words(refusal))
    else:
        messages.success(request, _("De activiteit is ingetrokken."))
    return redirect(activity)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signs_in
def urgent(request: HttpRequest, uuid: object, moment_uuid: object) -> HttpResponse:
    """One date; the change is public at once."""
    activity, by = get_activity(request, uuid)
    require(permissions.may_change_urgently(by, activity))
    moment = get_object_or_404(activity.moments.select_related("activity"), uuid=moment_uuid)
    form = UrgentForm(request.POST if request.method == "POST" else None, moment=moment, city=activity.city)
    context = {"activity": activity, "moment": moment, "form": form}
    if request.method != "POST":
        return render(request, "agenda/urgent.html", context)
    if not form.is_valid():
        return render(request, "agenda/urgent.html", context, status=422)
    try:
        change_moment(moment, **form.changed(), by=by, now=timezone.now())
    except NotAllowed as refusal:
        context["problem"] = sending.words(refusal)
        return render(request, "agenda/urgent.html", context, status=409)
    messages.success(request, _("Dit staat nu zo in de agenda, en in de telefoons van volgers."))
    return redirect(activity)
