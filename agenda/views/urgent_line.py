"""The urgent line: the page behind the link in mails to makers. The link opens it; only a button acts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import signatures, urgent_line
from agenda.forms.urgent import Change, UrgentForm
from agenda.models import Activity, Moment, Recheck, Release
from agenda.services import urgent, urgent_undo
from agenda.urgent_line import Problem
from agenda.views import sending
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.models import User

MOST, HOUR = 30, 3600
STATUSES = {Problem.NO_KEY: 404}
STEPS = {Change.TIME, Change.ROOM}  # these ask one thing more: what time, which hall
SOONER = (timedelta(minutes=30), timedelta(hours=1))


@dataclass
class Desk:
    """What the holder of a key has before them."""

    token: str
    activity: Activity
    holder: User
    now: datetime
    moments: list[Moment] = field(init=False)

    def __post_init__(self) -> None:
        self.moments = urgent_line.coming(self.activity, self.now)

    def chosen(self, text: str) -> Moment | None:
        """The date that was asked for, never another; the only one when none was."""
        if text:
            return next((moment for moment in self.moments if str(moment.uuid) == text), None)
        return self.moments[0] if len(self.moments) == 1 else None


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, also a thousand times to a mail scanner; POST does what its button says, once."""
    now = timezone.now()
    found = urgent_line.read(token, now)
    if found.problem or found.activity is None or found.holder is None:
        status = STATUSES.get(found.problem or Problem.NO_KEY, 410)
        return render(request, "agenda/urgent_refused.html", {"found": found}, status=status)
    desk = Desk(token, found.activity, found.holder, now)
    if request.method != "POST":
        moment = desk.chosen(request.GET.get("datum", ""))
        return _page(request, desk, moment, step=request.GET.get("wat", ""))
    if not limits.take("urgent-line", found.activity.uuid.hex, most=MOST, seconds=HOUR):
        problem = _("Je veranderde net heel veel. Wacht een uur, of mail de redactie.")
        return _page(request, desk, None, problem=problem, status=429)
    return _undo(request, desk) if "ongedaan" in request.POST else _change(request, desk)


def _change(request: HttpRequest, desk: Desk) -> HttpResponse:
    moment = desk.chosen(request.POST.get("datum", ""))
    change = request.POST.get("change", "")
    if moment is None:
        return _page(request, desk, None, problem=_("Kies eerst de datum."), status=422)
    form = UrgentForm(request.POST, moment=moment, city=desk.activity.city)
    if _is_second_click(form, change, moment, desk):
        return redirect("agenda:urgent_line", desk.token)
    if not form.is_valid():
        return _page(request, desk, moment, step=change, form=form, status=422)
    try:
        urgent.change_moment(moment, **form.changed(), by=desk.holder, now=desk.now)
    except NotAllowed as refusal:
        if refusal.reason != "not_live":  # nothing was left to change: the other click was first
            return _page(request, desk, moment, problem=sending.words(refusal), status=409)
    return redirect("agenda:urgent_line", desk.token)


def _is_second_click(form: UrgentForm, change: str, moment: Moment, desk: Desk) -> bool:
    """It stands so already, and is not a mistake: this status, or a time that was just given."""
    if change == moment.status:
        return True
    is_same_time = not form.is_valid() and form.cleaned_data.get("new_start") == moment.start
    return is_same_time and urgent_undo.last_change(desk.activity, desk.now) is not None


def _undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    rows = Release.objects.published().filter(activity=desk.activity, kind=Release.Kind.URGENT)
    release = next((row for row in rows if str(row.uuid) == request.POST["ongedaan"]), None)
    if release is None:
        return _page(request, desk, None, problem=_("Er is niets om terug te zetten."), status=422)
    try:
        urgent_undo.undo_change(release, by=desk.holder, now=desk.now)
    except NotAllowed as refusal:
        if refusal.reason != "already":
            return _page(request, desk, None, problem=_refused(refusal), status=409)
    return redirect("agenda:urgent_line", desk.token)


def _refused(refusal: NotAllowed) -> str:
    if refusal.reason == "too_late":
        return _("Terugzetten kan tot tien minuten erna. Kies hieronder de datum en zeg wat er nu klopt.")
    return sending.words(refusal)


def _page(  # noqa: PLR0913 - all but the first three are named
    request: HttpRequest,
    desk: Desk,
    moment: Moment | None,
    *,
    step: str = "",
    form: UrgentForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    form = form or (UrgentForm(moment=moment, city=desk.activity.city) if moment else None)
    context: dict[str, Any] = {
        "activity": desk.activity,
        "token": desk.token,
        "moments": desk.moments,
        "moment": moment,
        "form": form,
        "step": step if form and step in STEPS & {value for value, _label in form.choices()} else "",
        "later": _later(moment) if moment else [],
        "done": _done(desk),
        "recheck": signatures.recheck_token(desk.activity, desk.holder.email) if _is_hidden(desk) else "",
        "problem": problem,
    }
    return render(request, "agenda/urgent_line.html", context, status=status)


def _is_hidden(desk: Desk) -> bool:
    return (
        not desk.moments and Recheck.objects.filter(activity=desk.activity).exclude(hidden_at=None).exists()
    )


def _later(moment: Moment) -> list[datetime]:
    """The times that a late start mostly gets, one press away."""
    return [] if moment.is_all_day else [timezone.localtime(moment.start + more) for more in SOONER]


def _done(desk: Desk) -> dict[str, Any] | None:
    """What was just changed, by anybody, with until when it can be taken back; or that it was."""
    release = urgent_undo.last_change(desk.activity, desk.now)
    change = urgent_undo.changed_by(release) if release else None
    if release is None or change is None:
        return None
    return {
        "release": release,
        "is_undone": release.rule == Release.Rule.UNDONE,
        "fields": change.after,
        "until": timezone.localtime(release.created_at + urgent_undo.UNDO),
        "moment": next((one for one in desk.moments if str(one.uuid) == change.uuid), None),
    }
