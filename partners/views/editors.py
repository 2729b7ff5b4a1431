"""The editors' list of organisations: who says that one is theirs, what is new, what changed, all of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cultuurportaal.workflow import NotAllowed
from partners.forms.claims import AnswerForm, ApprovalForm
from partners.models import Claim, Organisation, PlaceProposal, User
from partners.permissions import may_moderate_organisations
from partners.services import claims, places
from partners.services import organisations as services
from partners.views.gate import person

MOST, RECENT = 30, timedelta(days=7)
STEPS: Mapping[str, Callable[..., None]] = {
    "accept": services.accept,
    "suspend": services.suspend,
    "restore": services.restore,
    "trust": services.trust,
    "stop_trusting": services.stop_trusting,
}


def _editor(request: HttpRequest) -> User:
    """403 for everybody else, whatever stands at the address."""
    if not may_moderate_organisations(request.user):
        raise PermissionDenied
    return person(request)


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    _editor(request)
    return _page(request)


def _page(
    request: HttpRequest, *, refused: tuple[Claim, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """`refused`: an answer that could not be used, given back at its claim."""
    asked = request.GET.get("q", "")[:80].strip()
    rows = Organisation.objects.all()
    context = {
        "claims": [_with_forms(claim, refused) for claim in _open_claims()],
        "form": refused[1] if refused else None,
        "places": _places(),
        "applied": rows.filter(status=Organisation.Status.APPLIED).order_by("created_at")[:MOST],
        "changed": _changed(),
        "asked": asked,
        "found": _found(asked),
    }
    return render(request, "partners/desk.html", context, status=status)


def _found(asked: str) -> "list[Organisation]":
    """Those with these letters in their name; without, those for which something special holds."""
    rows = Organisation.objects.exclude(status=Organisation.Status.MERGED)
    special = Q(is_trusted=True) | Q(status=Organisation.Status.SUSPENDED)
    return list(rows.filter(Q(name__icontains=asked) if asked else special)[:MOST])


def _open_claims() -> "list[Claim]":
    rows = (
        Claim.objects.open()
        .select_related("organisation")
        .prefetch_related("organisation__memberships__user")
    )
    return list(rows[:MOST])


def _places() -> "list[PlaceProposal]":
    """What makers say about places, each with how it stands now."""
    related = ("venue__city", "venue__district", "room", "organisation", "by")
    rows = list(PlaceProposal.objects.open().select_related(*related)[:MOST])
    for row in rows:
        row.changes = places.changes(row)  # type: ignore[attr-defined]
    return rows


def _with_forms(claim: Claim, refused: tuple[Claim, forms.Form] | None) -> dict[str, Any]:
    answered = refused[1] if refused and refused[0] == claim else None
    ids = _ids(claim)
    return {
        "claim": claim,
        "owners": [row.user for row in claim.organisation.memberships.all() if row.role == "owner"],
        "approval": answered
        if isinstance(answered, ApprovalForm)
        else ApprovalForm(initial={"role": "owner"}, auto_id=ids),
        "answer": answered if isinstance(answered, AnswerForm) else AnswerForm(auto_id=ids),
    }


def _ids(claim: Claim) -> str:
    """Every claim of the page has its own fields."""
    return f"{claim.pk}-%s"


def _changed() -> "list[Organisation]":
    """Whose words about themselves changed in the last days, the newest first."""
    since = timezone.now() - RECENT
    rows = Organisation.objects.active().filter(version__gt=1, events__pgh_created_at__gte=since)
    return list(rows.annotate(changed_at=Max("events__pgh_created_at")).order_by("-changed_at")[:MOST])


@require_POST
def step(request: HttpRequest, slug: str) -> HttpResponse:
    """Let in, block, unblock, trust or stop trusting one."""
    by = _editor(request)
    organisation = get_object_or_404(Organisation, slug=slug)
    take = STEPS.get(request.POST.get("stap", ""))
    try:
        if take is None:
            raise NotAllowed("unknown")
        take(organisation, by=by)
    except NotAllowed:
        messages.error(request, _("Dit kan nu niet: een ander was je voor. Kijk hoe het er nu staat."))
    else:
        messages.success(request, _("Gedaan: %s") % organisation)
    return redirect("partners:desk")


@require_POST
def decide(request: HttpRequest, uuid: object) -> HttpResponse:
    """Approve a claim (`role`), or reject it with a reason (`stap=weiger`)."""
    by, now = _editor(request), timezone.now()
    claim = get_object_or_404(Claim.objects.select_related("organisation__city"), uuid=uuid)
    is_refusal = request.POST.get("stap") == "weiger"
    form = (AnswerForm if is_refusal else ApprovalForm)(request.POST, auto_id=_ids(claim))
    if not form.is_valid():
        return _page(request, refused=(claim, form), status=422)
    try:
        if is_refusal:
            claims.reject(claim, text=form.cleaned_data["text"], by=by, now=now)
        else:
            claims.approve(claim, role=form.cleaned_data["role"], by=by, now=now)
    except NotAllowed:
        messages.error(request, _("Hierover is al beslist."))
    else:
        messages.success(request, _("Besloten. %s krijgt een mail.") % claim.name)
    return redirect("partners:desk")


@require_POST
def decide_place(request: HttpRequest, uuid: object) -> HttpResponse:
    """Take over what a maker says about a place, or leave it (`stap=weiger`)."""
    by, now = _editor(request), timezone.now()
    proposal = get_object_or_404(PlaceProposal.objects.select_related("venue__city", "room"), uuid=uuid)
    try:
        if request.POST.get("stap") == "weiger":
            places.refuse(proposal, by=by, now=now)
            messages.success(request, _("Niet overgenomen: %s") % proposal)
        else:
            messages.success(request, _("Overgenomen: %s") % places.take_over(proposal, by=by, now=now))
    except NotAllowed as refusal:
        has_twin = refusal.reason == "room"
        words = _("Zo heet al een zaal van deze plek.") if has_twin else _("Hierover is al beslist.")
        messages.error(request, words)
    return redirect("partners:desk")
