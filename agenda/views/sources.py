"""The feeds and files that an organisation's activities come from: add one, look how it goes, read it now."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agenda import permissions
from agenda.forms.starting import SourceForm
from agenda.imports import words
from agenda.imports.base import Remark
from agenda.imports.sync import Tally
from agenda.imports.turn import Busy, turn
from agenda.models import Source
from agenda.services import sources as services
from cultuurportaal import limits
from cultuurportaal.fetch import LinkRefused
from cultuurportaal.workflow import NotAllowed
from partners.permissions import is_editor

MOST_BY_PERSON, HOUR = 20, 3600


@require_http_methods(["GET", "HEAD", "POST"])
def sources(request: HttpRequest) -> HttpResponse:
    """Those of one's own organisations; an owner adds a feed."""
    form = SourceForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound:
        if not form.organisations:
            raise Http404
        if form.is_valid() and (answer := _added(request, form)):
            return answer
    rows = permissions.sources_of(request.user).select_related("organisation")
    count = Count("items", filter=Q(items__activity__isnull=False))
    context = {"form": form, "sources": rows.annotate(activities=count)}
    return render(request, "agenda/sources.html", context, status=422 if form.is_bound else 200)


def _added(request: HttpRequest, form: SourceForm) -> HttpResponse | None:
    try:
        source = services.add(
            form.cleaned_data["organisation"],
            url=form.cleaned_data["url"],
            by=request.user,
            now=timezone.now(),
        )
    except LinkRefused as refusal:
        form.add_error("url", refusal.words)
        return None
    except NotAllowed:
        form.add_error("url", _("Jullie volgen al heel veel agenda's. Stop er eerst met een."))
        return None
    messages.success(request, _("We lezen deze agenda nu, en daarna elk uur."))
    return redirect(source)


@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, uuid: object) -> HttpResponse:
    """How it goes, what came of it; its owner reads it now, stops it, or begins again."""
    found = get_object_or_404(Source.objects.select_related("organisation__city", "added_by"), uuid=uuid)
    if not permissions.may_view_source(request.user, found):
        raise Http404
    may_change = permissions.may_change_sources(request.user, found.organisation)
    if request.method == "POST":
        if not may_change or found.kind != Source.Kind.FEED:
            raise Http404
        return _take_step(request, found)
    context = {
        "source": found,
        "items": found.items.select_related("activity").order_by("-is_cancelled", "is_missing", "title")[
            :300
        ],
        "problem": words.problem(found.problem),
        "remarks": [words.words(Remark(*one)) for one in found.report],
        "may_change": may_change and found.kind == Source.Kind.FEED,
        "is_desk": is_editor(request.user),
    }
    return render(request, "agenda/source.html", context)


def _take_step(request: HttpRequest, found: Source) -> HttpResponse:
    step = request.POST.get("stap", "")
    if step in {"stop", "volg"}:
        services.follow(found, is_active=step == "volg", by=request.user)
    elif not limits.take("source", str(request.user.pk), most=MOST_BY_PERSON, seconds=HOUR):
        messages.error(request, _("Je las deze agenda net al vaak. Wacht een uur."))
    else:
        _read_now(request, found)
    return redirect(found)


def _read_now(request: HttpRequest, found: Source) -> None:
    try:
        with turn():
            tally = services.read_now(found, by=request.user, now=timezone.now())
    except Busy as busy:
        messages.error(request, busy.words)
    else:
        _say(request, tally)


def _say(request: HttpRequest, tally: Tally | None) -> None:
    found: Any = tally
    if found is None:
        messages.info(request, _("We hebben gekeken. Er is niets veranderd."))
        return
    new = ngettext("%(new)d nieuw concept", "%(new)d nieuwe concepten", found.new) % {"new": found.new}
    changed = ngettext("%(changed)d gewijzigd", "%(changed)d gewijzigd", found.changed)
    messages.success(request, f"{new}, {changed % {'changed': found.changed}}.")
