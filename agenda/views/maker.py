"""Adding an activity: the page with three questions, the echo of its dates, the draft that saves itself."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agenda.forms.pasting import PasteForm
from agenda.forms.reading import ReadingForm
from agenda.forms.sheet import Sheet, days_off, initial_of
from agenda.forms.starting import StartForm
from agenda.forms.when import usual_end
from agenda.forms.where import known_places
from agenda.habits import habits_of
from agenda.services import submission
from agenda.views import confirmation, sending
from agenda.views.example import example_of
from agenda.views.neighbours import neighbours_of
from agenda.views.ownership import get_activity, remember
from agenda.views.uploads import posted
from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.models import City
from partners.origin import client_ip

MOST_BY_ADDRESS, HOUR = 30, 3600


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest) -> HttpResponse:
    """Without an account too. The page comes back with everything on it until it can be sent."""
    city, now = City.objects.here(), timezone.now()
    if request.method != "POST":
        return page(request, _fresh(request, city, now), city)
    data, refusal = posted(request, now)
    sheet = Sheet(data, request.FILES, city=city, user=request.user, now=now)
    if not sheet.is_valid(refusal):
        return page(request, sheet, city, status=422)
    if not sending.is_understood(sheet):
        return page(request, sheet, city, asks=True)
    return _send(request, sheet, city, now)


def _send(request: HttpRequest, sheet: Sheet, city: City, now: datetime) -> HttpResponse:
    is_guest = not request.user.is_authenticated
    if is_guest and not limits.take("submit", client_ip(request), most=MOST_BY_ADDRESS, seconds=HOUR):
        problem = _("Er kwamen te veel activiteiten vanaf dit netwerk. Wacht een uur, of bel de redactie.")
        return page(request, sheet, city, status=429, problem=problem)
    try:
        activity = sending.send(request, sheet, city=city, now=now)
    except NotAllowed as refusal:
        return page(request, sheet, city, status=409, problem=sending.words(refusal))
    response = redirect("agenda:sent", activity.uuid)
    if not activity.is_confirmed:
        confirmation.mail_first_code(request, activity)
    if is_guest:
        remember(request, response, activity)
    return response


def _fresh(request: HttpRequest, city: City, now: datetime) -> Sheet:
    """A sheet that begins with the maker's habits, or as an earlier activity ("Weer een …")."""
    example = request.GET.get("net_als", "")
    sheet = Sheet(city=city, user=request.user, now=now)
    if not example:
        sheet.begin_with(habits_of(request.user))
    else:
        activity, _by = get_activity(request, sending.uuid_or_404(example))
        kept = {**initial_of(activity), "tekst": "", "has_picture_rights": False}
        for form in sheet:
            form.initial.update({name: kept[name] for name in form.fields if name in kept})
        if activity.organisation and sheet.who:
            sheet.who.initial["organisation"] = activity.organisation.slug
    return sheet


def page(  # noqa: PLR0913 - all but the first three are named
    request: HttpRequest,
    sheet: Sheet,
    city: City,
    *,
    status: int = 200,
    asks: bool = False,
    problem: str = "",
    **more: Any,
) -> HttpResponse:
    """The page as it stands; `more`: what it began with (`start`), or the form to begin with once more."""
    context = {
        "start_form": StartForm(),
        "paste": PasteForm(),
        "sheet": sheet,
        "places": known_places(city),
        "asks": asks,
        "problem": problem,
        "earlier": sending.earlier(request.user),
        "example": example_of(sheet, city),
        "neighbours": neighbours_of(request, sheet),
        "promised": submission.promise(city, sheet.now),
        **more,
    }
    response = render(request, "agenda/submit.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(HOUR)
    return response


@login_not_required
@require_safe
def when(request: HttpRequest) -> HttpResponse:
    """What we understand of a date sentence: a fragment for the page, JSON for who asks for it."""
    form = ReadingForm(request.GET, now=timezone.now(), days_off=days_off(City.objects.here()))
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not form.is_valid():
        return _refused(request, form, wants_json=wants_json)
    if wants_json:
        return JsonResponse(form.as_json())
    return render(
        request,
        "agenda/_when.html",
        {
            "understood": form.understood,
            "usual_end": usual_end(form.understood, habits_of(request.user).duration),
        },
    )


def _refused(request: HttpRequest, form: ReadingForm, *, wants_json: bool) -> HttpResponse:
    problems = [str(problem) for errors in form.errors.values() for problem in errors]
    if wants_json:
        body = {"type": "about:blank", "title": " ".join(problems), "status": 400}
        return JsonResponse(body, status=400, content_type="application/problem+json")
    return render(request, "agenda/_when.html", {"problems": problems}, status=400)


@login_not_required
@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keeps what a signed-in maker typed so far; answers with one line and the version that was kept.

    What is not well-formed is not kept: the line says what, and the copy on the device stays. Whose
    session ended reads that in the same line: the page and its copy on the device stay as they are.
    """
    if not request.user.is_authenticated:
        return render(request, "agenda/_draft.html", {"is_signed_out": True})
    city, now = City.objects.here(), timezone.now()
    sheet = Sheet(request.POST, city=city, user=request.user, now=now, is_draft=True)
    sheet.is_valid()
    context: dict[str, Any] = {"now": now, "not_kept": _not_kept(sheet)}
    try:
        context["activity"] = sending.keep_draft(request, sheet, city=city, now=now)
    except (NotAllowed, Http404) as refusal:
        context["refusal"] = sending.words(refusal)
    return render(request, "agenda/_draft.html", context)


def _not_kept(sheet: Sheet) -> list[tuple[str, str]]:
    """Label and problem of every field that was left out; the words of the dates are always kept."""
    bound = [form[name] for form in (sheet.what, sheet.where) for name in form.errors if name in form.fields]
    return [(str(field.label), str(problem)) for field in bound for problem in field.errors]
