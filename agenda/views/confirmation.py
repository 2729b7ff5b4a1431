"""After sending: what happens now, and the code or link that shows who sent it."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda import permissions, signatures, workflow
from agenda.forms.confirm import CodeForm, MailForm
from agenda.models import Activity
from agenda.services import codes, submission
from agenda.views import sending
from agenda.views.ownership import RELATED, get_activity, remember, require
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.forms.signing_in import mailbox
from partners.origin import client_ip
from partners.permissions import is_editor

MOST_MAILS, MOST_MAILS_OF_NETWORK, HOUR = 5, 60, 3600
LINK_WORKS = timedelta(days=14)
NOT_MAILED = gettext_lazy("De code kon nu niet weg. Wat je stuurde is bewaard. Probeer het over een uur.")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sent(request: HttpRequest, uuid: object) -> HttpResponse:
    """Thanks, the promise, and for a sender without an account the field for their code."""
    activity, by = get_activity(request, uuid)
    if request.method == "POST" and not activity.is_confirmed:
        require(by is None or is_editor(by) or permissions.is_own(by, activity))
        step = {"opnieuw": _again, "mail": _other_mail}.get(request.POST.get("stap", ""), _try_code)
        return step(request, activity)
    return _page(request, activity)


def _page(
    request: HttpRequest,
    activity: Activity,
    *,
    code: CodeForm | None = None,
    mail: MailForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "activity": activity,
        "form": mail if mail and mail.errors else code,
        "code": code or CodeForm(),
        "mail": mail or MailForm(initial={"sender_mail": activity.sender_mail}),
        "moments": activity.moments.all(),
        "was_mailed": codes.has_code(activity),
    }
    return render(request, "agenda/sent.html", context, status=status)


def _try_code(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid() and (problem := _wrong(request, activity, form.cleaned_data["code"])):
        form.add_error("code", problem)
    if not form.is_valid():
        return _page(request, activity, code=form, status=422)
    submission.confirm(activity, now=timezone.now())
    return _confirmed(request, activity)


def _wrong(request: HttpRequest, activity: Activity, typed: str) -> str:
    """What is wrong with a typed code, "" when it is right; a used-up or old one is replaced."""
    verdict = codes.judge(activity, typed)
    if verdict is codes.Verdict.USED_UP:
        is_mailed = _mail_code(request, activity, is_asked=True)
        return _("Deze code werkt niet meer. We sturen je een nieuwe") if is_mailed else str(NOT_MAILED)
    if verdict is codes.Verdict.WRONG:
        return _("Deze code klopt niet. Kijk nog eens in je mail")
    return ""


def _mail_code(request: HttpRequest, activity: Activity, *, is_asked: bool = False) -> bool:
    """A code to the sender, unless this mailbox or this network got too many already."""
    own = limits.take("code-mail", mailbox(activity.sender_mail), most=MOST_MAILS, seconds=HOUR)
    if not own or not limits.take("code-mail", client_ip(request), most=MOST_MAILS_OF_NETWORK, seconds=HOUR):
        return False
    return codes.send_code(activity, language=get_language() or "nl", is_asked=is_asked)


def mail_first_code(request: HttpRequest, activity: Activity) -> None:
    """The code that goes with sending; the next page says so when it could not leave."""
    if not _mail_code(request, activity):
        messages.warning(request, NOT_MAILED)


def _again(request: HttpRequest, activity: Activity) -> HttpResponse:
    _say_mailed(request, activity, is_mailed=_mail_code(request, activity, is_asked=True))
    return redirect("agenda:sent", activity.uuid)


def _other_mail(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The sender mistyped their address: code and link go to the right one, the old ones stop working."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, mail=form, status=422)
    fields = {"sender_mail": form.cleaned_data["sender_mail"]}
    now = timezone.now()
    try:
        submission.save(
            activity, fields=fields, sets={}, slots=None, seen=activity.version, by=activity.sender, now=now
        )
    except NotAllowed as refusal:
        messages.error(request, sending.words(refusal))
        return redirect(activity)
    _say_mailed(request, activity, is_mailed=_mail_code(request, activity, is_asked=True))
    response = redirect("agenda:sent", activity.uuid)
    remember(request, response, activity)
    return response


def _say_mailed(request: HttpRequest, activity: Activity, *, is_mailed: bool) -> None:
    if is_mailed:
        messages.success(
            request, _("We stuurden een nieuwe code naar %(mail)s.") % {"mail": activity.sender_mail}
        )
    else:
        messages.warning(request, NOT_MAILED)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link: a page with a button, because mail scanners open links."""
    uuid = signatures.activity_uuid(token)
    activity = get_object_or_404(Activity.objects.select_related(*RELATED), uuid=uuid)
    now = timezone.now()
    if not signatures.owns(activity, token) or activity.created_at < now - LINK_WORKS:
        return render(request, "agenda/confirm.html", {"is_old": True}, status=410)
    if request.method != "POST":
        return render(request, "agenda/confirm.html", {"activity": activity})
    submission.confirm(activity, now=now)
    return _confirmed(request, activity)


def _confirmed(request: HttpRequest, activity: Activity) -> HttpResponse:
    """To what happens now; to the form for what is still a draft (it came by mail)."""
    is_draft = activity.status == workflow.DRAFT
    response = redirect(activity) if is_draft else redirect("agenda:sent", activity.uuid)
    remember(request, response, activity)
    return response
