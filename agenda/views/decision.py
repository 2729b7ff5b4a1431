"""The editors' desk, deciding: let through, undo, ask, reject, link an organisation, put words right."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agenda import notifications
from agenda import queue as order
from agenda.changes import compare
from agenda.document import Document
from agenda.forms.correction import CorrectionForm
from agenda.forms.decision import OrganisationForm, ReasonForm, SeenForm
from agenda.models import Activity, Release
from agenda.services import moderation, preview, publication, submission
from agenda.views.editor import RELATED, address_of, page
from cultuurportaal.workflow import NotAllowed
from partners.models import Reason, User
from partners.permissions import is_editor

CONFLICT = 409


def _editor(request: HttpRequest) -> User:
    """403 for everybody who does not decide, whatever stands at the address."""
    if not isinstance(request.user, User) or not is_editor(request.user):
        raise PermissionDenied
    return request.user


def _activity(uuid: UUID) -> Activity:
    return get_object_or_404(Activity.objects.select_related(*RELATED), uuid=uuid)


@require_POST
def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let through the version on the editor's screen, and on to the next one."""
    editor, activity, now = _editor(request), _activity(uuid), timezone.now()
    form = SeenForm(request.POST)
    if not form.is_valid():
        return redirect("agenda:review", uuid)
    following = order.around(activity, now).next
    version = form.cleaned_data["version"]
    try:
        release = moderation.approve(activity, version=version, by=editor, now=now)
    except NotAllowed as problem:
        return _refused(request, uuid, problem, form.cleaned_data["seen"])
    return redirect(f"{address_of(order.still_waiting(following, now))}?gedaan={release.uuid}")


@require_POST
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give it back to the maker with a question."""
    done = _("Je vraag is verstuurd. “%(title)s” komt terug als de maker antwoordt.")
    return _answer(request, uuid, use=Reason.Use.ASK, step=moderation.ask_changes, done=done)


@require_POST
def reject(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Not placed, for good, with the reason."""
    done = _("“%(title)s” is niet geplaatst. De maker krijgt bericht.")
    return _answer(request, uuid, use=Reason.Use.REJECT, step=moderation.reject, done=done)


def _answer(
    request: HttpRequest, uuid: UUID, *, use: str, step: Callable[..., Activity], done: str
) -> HttpResponse:
    editor, activity, now = _editor(request), _activity(uuid), timezone.now()
    form = ReasonForm(request.POST, city=activity.city, use=use)
    if not form.is_valid():
        return _not_understood(request, activity, form)
    reason, text = form.cleaned_data["reason"], form.cleaned_data["text"]
    if "voorbeeld" in request.POST:
        return _mail(request, activity, form)
    following = order.around(activity, now).next
    version = form.cleaned_data["version"]
    try:
        step(activity, version=version, reason=reason, text=text, by=editor, now=now)
    except NotAllowed as problem:
        typed = {f"{use}_form": form, "open": use}
        return _refused(request, uuid, problem, form.cleaned_data["seen"], typed)
    messages.success(request, done % {"title": activity.title})
    return redirect(address_of(order.still_waiting(following, now)))


def _not_understood(request: HttpRequest, activity: Activity, form: ReasonForm) -> HttpResponse:
    if _is_fragment(request):
        problems = [problem for field in form.errors.values() for problem in field]
        return render(request, "agenda/_mail.html", {"problems": problems})
    return page(request, activity, {f"{form.use}_form": form, "open": form.use})


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _mail(request: HttpRequest, activity: Activity, form: ReasonForm) -> HttpResponse:
    """The mail as the maker would get it; nothing is sent or written."""
    activity.reason, activity.reason_text = form.cleaned_data["reason"], form.cleaned_data["text"]
    subject, text = notifications.written(form.use, activity)
    mail = {"subject": subject, "text": text}
    if _is_fragment(request):
        return render(request, "agenda/_mail.html", {"mail": mail})
    extra: dict[str, Any] = {f"{form.use}_form": form, "open": form.use, "mail": mail}
    return page(request, _activity(activity.uuid), extra)


def _refused(
    request: HttpRequest,
    uuid: UUID,
    problem: NotAllowed,
    seen: Document | None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page as it is now, with what stood in the way; when the maker saved in between, with both texts.

    `typed` is the form with the editor's own words: they can still be sent.
    """
    if problem.reason == "forbidden":
        raise PermissionDenied
    activity = _activity(uuid)
    extra: dict[str, Any] = {"notice": _words(problem.reason, activity), **(typed or {})}
    if problem.reason == "changed" and seen:
        extra["since"] = compare(seen, Document.read(preview.frozen(activity)))
    return page(request, activity, extra, status=CONFLICT)


def _words(reason: str, activity: Activity) -> str:
    known = {
        "changed": _("De maker heeft dit net gewijzigd. Bekijk het verschil."),
        "unconfirmed": _("De inzender moet eerst het mailadres bevestigen."),
        "no_organisation": _("Koppel eerst een organisatie."),
        "organisation_not_active": _("Deze organisatie is nog niet actief. Zet haar eerst op actief."),
    }
    return known.get(reason) or _handled(activity)


def _handled(activity: Activity) -> str:
    if activity.decided_by is None:
        return _("Dit is al behandeld: %(status)s.") % {"status": activity.get_status_display()}
    words = {"name": activity.decided_by, "status": activity.get_status_display()}
    return _("Al behandeld door %(name)s: %(status)s.") % words


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take back one's own approval while nobody outside can have seen it."""
    editor, release = (
        _editor(request),
        get_object_or_404(Release.objects.select_related("activity"), uuid=uuid),
    )
    try:
        moderation.undo(release, by=editor, now=timezone.now())
    except NotAllowed as problem:
        if problem.reason == "forbidden":
            raise PermissionDenied from problem
        messages.warning(request, _("Te laat: dit staat al in de agenda."))
    else:
        messages.success(request, _("Ongedaan gemaakt. Er is niets naar buiten gegaan."))
    return redirect("agenda:review", release.activity.uuid)


@require_POST
def retry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Try again to publish what was given up."""
    editor = _editor(request)
    release = get_object_or_404(Release.objects.open().select_related("activity"), uuid=uuid)
    if publication.retry(release, by=editor):
        messages.success(request, _("Gelukt. “%(title)s” staat in de agenda.") % {"title": release.activity})
    else:
        messages.error(request, _("Het lukte weer niet. We proberen het nog een paar keer."))
    return redirect("agenda:queue")


@require_POST
def link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say of which organisation it is, or make a new one."""
    editor, activity = _editor(request), _activity(uuid)
    form = OrganisationForm(request.POST, city=activity.city)
    if not form.is_valid():
        return page(request, activity, {"organisation_form": form})
    chosen = form.cleaned_data
    try:
        moderation.link_organisation(
            activity, organisation=chosen["organisation"], name=chosen["name"], by=editor, now=timezone.now()
        )
    except NotAllowed as problem:
        return _refused(request, uuid, problem, None)
    messages.success(request, _("Gekoppeld aan %(name)s.") % {"name": activity.organisation})
    return redirect("agenda:review", uuid)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the words and labels right before letting it through; a stale save shows both texts."""
    editor, activity = _editor(request), _activity(uuid)
    form = CorrectionForm(request.POST or None, activity=activity)
    if form.is_valid():
        fields, sets = form.fields_and_sets()
        seen = form.cleaned_data["version"]
        try:
            submission.save(
                activity, fields=fields, sets=sets, slots=None, seen=seen, by=editor, now=timezone.now()
            )
        except NotAllowed as problem:
            return _not_saved(request, uuid, problem)
        messages.success(request, _("Bewaard."))
        return redirect("agenda:review", uuid)
    return render(request, "agenda/correct.html", {"activity": activity, "form": form})


def _not_saved(request: HttpRequest, uuid: UUID, problem: NotAllowed) -> HttpResponse:
    """Nothing is lost: what was typed stays in the form, what stands there now is shown beside it."""
    if problem.reason == "forbidden":
        raise PermissionDenied
    activity = _activity(uuid)
    if problem.reason != "changed":
        return page(request, activity, {"notice": _words(problem.reason, activity)}, status=CONFLICT)
    data = request.POST.copy()
    data["version"] = str(activity.version)
    form = CorrectionForm(data, activity=activity)
    return render(
        request,
        "agenda/correct.html",
        {"activity": activity, "form": form, "theirs": form.differences()},
        status=CONFLICT,
    )
