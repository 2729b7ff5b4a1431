"""Starting from a pasted text: the page comes back filled in, with what was found marked in the text."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agenda.forms.pasting import PasteForm, answers, fill, missing, pieces, read_for
from agenda.forms.sheet import Sheet
from agenda.texts import Draft, Pasted
from agenda.views import maker, sending
from cultuurportaal import limits
from partners.models import City
from partners.origin import client_ip

MOST_BY_ADDRESS, HOUR = 120, 3600
ALL = "alle"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest) -> HttpResponse:
    """Sends nothing. Several activities: choose one to begin with, or (signed in) keep all as drafts."""
    if request.method != "POST":
        return redirect("agenda:submit")
    city, now = City.objects.here(), timezone.now()
    form = PasteForm(request.POST)
    if not request.user.is_authenticated and not limits.take(
        "paste", client_ip(request), most=MOST_BY_ADDRESS, seconds=HOUR
    ):
        problem = _("Er werden te veel teksten geplakt vanaf dit netwerk. Vul het hieronder zelf in.")
        return _empty(request, city, now, form=form, problem=problem, status=429)
    if not form.is_valid():
        return _empty(request, city, now, form=form, status=422)
    pasted = read_for(city, form.cleaned_data["plak"], now)
    return _chosen(request, form, pasted, city=city, now=now)


def _chosen(
    request: HttpRequest, form: PasteForm, pasted: Pasted, *, city: City, now: datetime
) -> HttpResponse:
    choice = form.cleaned_data["keuze"]
    if len(pasted.drafts) == 1:
        return _filled(request, pasted, pasted.drafts[0], city=city, now=now)
    if choice.isdecimal() and 1 <= int(choice[:3]) <= len(pasted.drafts):
        return _filled(request, pasted, pasted.drafts[int(choice[:3]) - 1], city=city, now=now)
    if choice == ALL and request.user.is_authenticated:
        return _keep_all(request, form, pasted, city=city, now=now)
    return _choose(request, form, pasted, Sheet(city=city, user=request.user, now=now))


def _filled(request: HttpRequest, pasted: Pasted, draft: Draft, *, city: City, now: datetime) -> HttpResponse:
    sheet = Sheet(city=city, user=request.user, now=now)
    fill(sheet, draft)
    found = {"pieces": list(pieces(pasted, draft)), "draft": draft, "missing": missing(draft)}
    return maker.page(request, sheet, city, found=found, start_form=None)


def _empty(  # noqa: PLR0913 - all but the first three are named
    request: HttpRequest, city: City, now: datetime, *, form: PasteForm, status: int, problem: str = ""
) -> HttpResponse:
    sheet = Sheet(city=city, user=request.user, now=now)
    return maker.page(request, sheet, city, paste=form, problem=problem, status=status)


def _choose(
    request: HttpRequest, form: PasteForm, pasted: Pasted, sheet: Sheet, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "pasted": pasted, "sheet": sheet, "reeks": form.cleaned_data["reeks"]}
    return render(request, "agenda/paste.html", context, status=status)


def _keep_all(
    request: HttpRequest, form: PasteForm, pasted: Pasted, *, city: City, now: datetime
) -> HttpResponse:
    """Every activity a draft of the same batch; the same page sent twice makes them once."""
    batch: UUID = form.cleaned_data["reeks"]
    who = {
        name: request.POST[name] for name in ("organisation", "sender_organisation") if name in request.POST
    }
    made: list[Sheet] = []
    for number, draft in enumerate(pasted.drafts):
        typed: dict[str, Any] = {**answers(draft), **who, "token": uuid5(batch, str(number))}
        sheet = Sheet(typed, city=city, user=request.user, now=now, is_draft=True)
        sheet.is_valid()
        made.append(sheet)
    if made[0].who and made[0].who.errors:
        return _choose(request, form, pasted, made[0], status=422)
    with transaction.atomic():
        for sheet in made:
            sending.keep_draft(request, sheet, city=city, now=now, batch=batch)
    count = len(made)
    words = ngettext("%(count)d concept staat klaar.", "%(count)d concepten staan klaar.", count)
    messages.success(request, words % {"count": count} + " " + _("Kijk ze één voor één na."))
    return redirect("agenda:mine")
