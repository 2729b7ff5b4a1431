"""Beginning with a link or a calendar file: the page with three questions, filled in, or a choice first."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agenda.forms.sheet import Sheet
from agenda.forms.starting import MOST_SHOWN, StartForm, fill, keep, kept, origin_of
from agenda.forms.who import MemberForm
from agenda.imports import sandbox, words
from agenda.imports.base import Findings, Found
from agenda.imports.turn import SECONDS, Busy, turn
from agenda.services import sources
from agenda.views import maker
from cultuurportaal import limits
from cultuurportaal.fetch import LinkRefused, fetch
from partners.models import City, User
from partners.origin import client_ip

MOST_BY_ADDRESS, HOUR = 40, 3600


@login_not_required
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Reads the link or the file. One activity fills in the page; of several, the maker chooses."""
    now = timezone.now()
    form = StartForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form, now)
    if not limits.take("start", client_ip(request), most=MOST_BY_ADDRESS, seconds=HOUR):
        form.add_error("link", _("Dit waren te veel links. Wacht een uur, of vul het zelf in."))
        return _again(request, form, now, status=429)
    try:
        with turn():
            origin, findings = read(form, now)
    except Busy as busy:
        form.add_error("link", busy.words)
        return _again(request, form, now, status=429)
    except LinkRefused as refusal:
        form.add_error("link", refusal.words)
        return _again(request, form, now)
    if findings.refused:
        form.add_error("bestand" if form.cleaned_data["bestand"] else "link", words.refusal(findings))
        return _again(request, form, now)
    return _answer(request, origin, findings, now)


def read(form: StartForm, now: datetime) -> tuple[str, Findings]:
    """What stands in the file, or behind the link. Raises LinkRefused."""
    link, file = form.cleaned_data["link"], form.cleaned_data["bestand"]
    if file:
        body = file.read()
        return str(file.name), sandbox.read(body, now=now, content_type="text/calendar")
    got = fetch(link, seconds=SECONDS)
    return origin_of(got.url, got.url), sandbox.read(
        got.body, now=now, url=got.url, content_type=got.content_type
    )


@login_not_required
@never_cache
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """One of several activities that a source told about."""
    now = timezone.now()
    try:
        origin, findings = kept(request.POST.get("gevonden", ""))
        if "concepten" in request.POST:
            return _drafts(request, origin, findings, now)
        found = findings.found[int(request.POST.get("keuze", ""))]
    except (BadSignature, ValueError, IndexError):
        form = StartForm({})
        form.add_error("link", _("Deze keuze kennen we niet meer. Plak de link nog eens."))
        return _again(request, form, now)
    return _filled(request, origin, findings, found, now)


def _answer(request: HttpRequest, origin: str, findings: Findings, now: datetime) -> HttpResponse:
    found = findings.found
    if len(found) == 1:
        return _filled(request, origin, findings, found[0], now)
    coming = [one for one in found if any(slot.start >= now for slot in one.slots)] or list(found)
    shown = replace(findings, found=tuple(coming[:MOST_SHOWN]))
    left_out, past = len(coming) - len(shown.found), len(found) - len(coming)
    return _choice(request, origin, shown, left_out=left_out, past=past)


def _choice(
    request: HttpRequest, origin: str, findings: Findings, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "origin": origin,
        "found": findings.found,
        "gevonden": keep(findings, origin),
        "problems": [words.words(one) for one in findings.problems],
        "who": MemberForm(user=request.user) if isinstance(request.user, User) else None,
        **more,
    }
    return render(request, "agenda/choose.html", context, status=status)


def _drafts(request: HttpRequest, origin: str, findings: Findings, now: datetime) -> HttpResponse:
    """A draft of each chosen activity, for a member; the same source again makes none twice."""
    form = MemberForm(request.POST, user=request.user) if isinstance(request.user, User) else None
    chosen = [findings.found[int(number)] for number in request.POST.getlist("kies")]
    if form is None or not form.own or not form.is_valid() or not chosen:
        problem = _("Kies welke activiteiten je wilt bewaren, en van wie ze zijn.")
        return _choice(request, origin, findings, problem=problem, status=422)
    organisation = form.values()["organisation"]
    made = sources.keep_drafts(
        organisation, origin, replace(findings, found=tuple(chosen)), by=form.user, now=now
    )
    words_ = ngettext("%(new)d concept bewaard.", "%(new)d concepten bewaard.", made.new) % {"new": made.new}
    messages.success(request, words_)
    return redirect("agenda:mine")


def _filled(
    request: HttpRequest, origin: str, findings: Findings, found: Found, now: datetime
) -> HttpResponse:
    city = City.objects.here()
    sheet = Sheet(city=city, user=request.user, now=now)
    started = fill(sheet, found, origin=origin)
    started.remarks += [words.words(one) for one in findings.problems if len(findings.found) == 1]
    started.calendars = findings.calendars
    return maker.page(request, sheet, city, start=started)


def _again(request: HttpRequest, form: StartForm, now: datetime, *, status: int = 422) -> HttpResponse:
    city = City.objects.here()
    sheet = Sheet(city=city, user=request.user, now=now)
    return maker.page(request, sheet, city, status=status, start_form=form)
