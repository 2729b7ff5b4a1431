"""The editors' desk, reading: the queue, and one activity with what changed and what to look at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from agenda import completeness, fragments, permissions, review, workflow
from agenda import queue as order
from agenda.changes import Changes, compare, times_in_words
from agenda.document import Document
from agenda.forms.correction import CorrectionForm
from agenda.forms.decision import OrganisationForm, ReasonForm, sign
from agenda.models import Activity, Release
from agenda.services import decision, preview, submission
from agenda.views import samples
from agenda.views.cards import example
from partners.models import City, Tip
from partners.permissions import is_editor

CHOICES = {"nieuw": False, "gewijzigd": True}
URGENT_DAYS = 3
MOST_SHOWN = 20
MOST_STEPS = 5
RELATED = ("city", "organisation", "venue", "kind", "picture", "sender", "decided_by", "reason")


def _refuse_outsiders(request: HttpRequest) -> None:
    """403 for everybody who is not at the desk, whatever stands at the address."""
    if not permissions.may_view_desk(request.user):
        raise PermissionDenied


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what failed, and what makers changed urgently on their own right."""
    _refuse_outsiders(request)
    now = timezone.now()
    chosen = request.GET.get("soort", "")
    rows = order.heads(now)
    if chosen in CHOICES:
        rows = rows.filter(is_change=CHOICES[chosen])
    key = order.Key.read(request.GET.get("na", ""))
    page = list(order.shown(order.after(rows, key) if key else rows)[: order.PAGE + 1])
    context = {
        "rows": page[: order.PAGE],
        "next_key": str(order.Key.of(page[order.PAGE - 1])) if len(page) > order.PAGE else "",
        "chosen": chosen if chosen in CHOICES else "",
        "is_continued": key is not None,
        "counts": order.counts(now),
        "unconfirmed": _unconfirmed(),
        "failed": _failed(),
        "urgent": _urgent(now),
        **samples.waiting(),
        "next_check": submission.promise(City.objects.here(), now),
        **_desk(request, now),
    }
    return render(request, "agenda/queue.html", context)


def _desk(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """What both pages know: who is reading, when, and what they just let through."""
    return {"now": now, "may_decide": is_editor(request.user), "done": _just_done(request, now)}


def _unconfirmed() -> list[Activity]:
    rows = Activity.objects.unconfirmed().select_related("organisation").order_by("-submitted_at")
    return list(rows[:MOST_SHOWN])


def _failed() -> list[Release]:
    rows = Release.objects.open().exclude(failed_at=None).select_related("activity__organisation")
    return list(rows.order_by("failed_at")[:MOST_SHOWN])


def _urgent(now: datetime) -> list[Release]:
    """Let through without an editor in the last days, to look at afterwards; what is urgent first."""
    rules = Release.Rule
    rows = Release.objects.filter(
        rule__in=[rules.URGENT, rules.UNDONE, rules.WITHDRAWAL, rules.SILENT],
        created_at__gte=now - timedelta(days=URGENT_DAYS),
    )
    urgent_first = Case(When(rule__in=[rules.URGENT, rules.UNDONE], then=0), default=1)
    return list(rows.select_related("activity").order_by(urgent_first, "-created_at")[:MOST_SHOWN])


def _just_done(request: HttpRequest, now: datetime) -> dict[str, Any] | None:
    """The approval that the reader comes from (`?gedaan=`), and the seconds in which it can be undone."""
    try:
        uuid = UUID(request.GET.get("gedaan", ""))
    except ValueError:
        return None
    release = Release.objects.select_related("activity").filter(uuid=uuid, by=request.user.pk).first()
    if release is None:
        return None
    left = (release.created_at + decision.hold() - now).total_seconds()
    return {"release": release, "seconds": max(0, int(left)) if release.is_open else 0}


@require_safe
def activity(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One activity: what changed since it was last let through, the checks and its history."""
    _refuse_outsiders(request)
    return page(request, get_object_or_404(Activity.objects.select_related(*RELATED), uuid=uuid))


def page(
    request: HttpRequest, activity: Activity, extra: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page of one activity; a decision that could not be taken comes back here, with why in `extra`."""
    now = timezone.now()
    context = {**_desk(request, now), **_about(activity, now), **_row(activity, now), **(extra or {})}
    if context["may_decide"]:
        context = {**_forms(activity), **context}
    return render(request, "agenda/review.html", context, status=status)


def _about(activity: Activity, now: datetime) -> dict[str, Any]:
    snapshot = preview.frozen(activity)
    document = Document.read(snapshot)
    inside = preview.at_the_desk(document)
    before = preview.last_let_through(activity)
    checks = review.checks(activity, document, now)
    history = list(activity.releases.select_related("by").order_by("-number"))
    return {
        "activity": activity,
        "document": document,
        "changes": compare(before, document),
        "when": times_in_words(document.times),
        "seen": sign(snapshot),
        "checks": checks,
        "stops": [check for check in checks if check.stops],
        "twins": review.twins(activity, document, now),
        "was_free": bool(before and before.is_free and not document.is_free),
        "history": [(release, change) for release, change in zip_longest(history, _steps(history))],
        "approved_at": next((one.created_at for one in history if not one.voided_at), None),
        "is_waiting": activity.status == workflow.SUBMITTED and activity.is_confirmed,
        "completeness": completeness.measure(
            document, Tip.objects.filter(city=activity.city, is_active=True)
        ),
        "picture": fragments.large_picture(inside.image),
        **_fragments(inside, now),
    }


def _steps(history: list[Release]) -> Iterator[Changes]:
    """What the newest releases changed, each against the one before it."""
    for number, release in enumerate(history[:MOST_STEPS]):
        before = history[number + 1] if number + 1 < len(history) else None
        yield compare(Document.read(before.snapshot) if before else None, Document.read(release.snapshot))


def _forms(activity: Activity) -> dict[str, Any]:
    city, version = activity.city, {"version": activity.version}
    forms: dict[str, Any] = {
        f"{use}_form": ReasonForm(city=city, use=use, initial=version) for use in ("ask", "reject")
    }
    if activity.organisation is None:
        sender = activity.sender_organisation
        forms["organisation_form"] = OrganisationForm(city=city, sender_organisation=sender)
    return {**forms, "correctable": list(CorrectionForm.base_fields)}


def _row(activity: Activity, now: datetime) -> dict[str, Any]:
    """The queue around this activity: rows, its place, and the addresses of the next and the one before."""
    around = order.around(activity, now)
    return {
        "rows": around.rows,
        "counts": order.counts(now),
        "position": around.position,
        "batch_size": around.batch_size,
        "next_address": address_of(around.next),
        "previous_address": address_of(around.previous) if around.previous else "",
    }


def address_of(row: Activity | None) -> str:
    """Of the page of an activity; the queue when there is none."""
    return reverse("agenda:review", args=[row.uuid]) if row else reverse("agenda:queue")


def _fragments(document: Document, now: datetime) -> dict[str, Any]:
    """The card, for its first coming date, and the page as the public will see them."""
    made = fragments.render(document, get_language() or "nl")
    shown, day = example(document, made["card"], now, link="#hele-pagina")
    detail = mark_safe(made["detail"])  # noqa: S308 - made by our own template
    return {"card": shown, "card_day": day, "detail": detail}
