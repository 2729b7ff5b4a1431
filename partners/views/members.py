"""The members of an organisation: the list, inviting, another role, leaving."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cultuurportaal import limits
from cultuurportaal.workflow import NotAllowed
from partners.forms.members import InvitationForm, RoleForm
from partners.forms.signing_in import mailbox
from partners.models import Organisation
from partners.permissions import may_change_members, may_invite_member, may_leave
from partners.services import invitations, people
from partners.views.gate import own, person

MOST_TO_ONE, HOUR = 5, 3600
REFUSALS = {
    "member": gettext_lazy("Dit mailadres hoort er al bij."),
    "too_many": gettext_lazy(
        "Dat zijn er heel veel achter elkaar. Trek er een paar in, of probeer het over een uur."
    ),
    "last_owner": gettext_lazy("Er moet een hoofdmaker overblijven. Maak eerst iemand anders hoofdmaker."),
    "already": gettext_lazy("Deze uitnodiging is al gebruikt of ingetrokken."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The list with mail addresses; owners and editors invite somebody."""
    found = own(request, slug)
    if request.method != "POST":
        return _page(request, found, InvitationForm(initial={"role": "member"}))
    if not may_invite_member(request.user, found):
        raise PermissionDenied
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said, by = form.cleaned_data, person(request)
    try:
        _count(by.pk, said["email"])
        invitations.invite(found, email=said["email"], role=said["role"], by=by, now=timezone.now())
    except NotAllowed as refusal:
        form.add_error("email", REFUSALS[refusal.reason])
        return _page(request, found, form, status=409)
    messages.success(request, _("De uitnodiging is onderweg naar %s.") % said["email"])
    return redirect("partners:members", found.slug)


def _count(pk: int, email: str) -> None:
    """Per person, whatever organisations they have, and per mailbox that would get the mail."""
    per_person = limits.take("invitation", str(pk), most=invitations.MOST_OPEN, seconds=HOUR)
    if not (per_person and limits.take("invitation-to", mailbox(email), most=MOST_TO_ONE, seconds=HOUR)):
        raise NotAllowed("too_many", step="invite")


def _page(
    request: HttpRequest, found: Organisation, form: InvitationForm, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    may_change = may_change_members(request.user, found)
    rows: list[dict[str, Any]] = [
        {
            "member": row,
            "role_form": RoleForm(initial={"role": row.role}, auto_id=f"{row.pk}-%s") if may_change else None,
            "may_leave": may_leave(request.user, row),
        }
        for row in found.memberships.select_related("user").order_by("-role", "user__name", "pk")
    ]
    context = {
        "organisation": found,
        "rows": rows,
        "form": form if may_invite_member(request.user, found) else None,
        "invitations": found.invitations.open(now).select_related("by"),
    }
    return render(request, "partners/members.html", context, status=status)


@require_POST
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Another role (`role`), or out of the organisation (`weg`)."""
    found = own(request, slug)
    row = get_object_or_404(found.memberships.select_related("user", "organisation__city"), pk=pk)
    by, now = person(request), timezone.now()
    form = RoleForm(request.POST)
    if "weg" not in request.POST and not form.is_valid():
        messages.error(request, _("Kies wat diegene mag"))
        return redirect("partners:members", slug)
    try:
        if "weg" in request.POST:
            people.remove_member(row, by=by, now=now)
        else:
            people.change_role(row, role=form.cleaned_data["role"], by=by, now=now)
    except NotAllowed as refusal:
        return _refuse(request, slug, refusal)
    messages.success(request, _("Gewijzigd. De hoofdmakers krijgen er een mail over."))
    has_left = "weg" in request.POST and row.user_id == by.pk
    return redirect("partners:organisations") if has_left else redirect("partners:members", slug)


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An invitation stops working."""
    found = own(request, slug)
    invitation = get_object_or_404(found.invitations.select_related("organisation__city"), pk=pk)
    try:
        invitations.revoke(invitation, by=person(request), now=timezone.now())
    except NotAllowed as refusal:
        return _refuse(request, slug, refusal)
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("partners:members", slug)


def _refuse(request: HttpRequest, slug: str, refusal: NotAllowed) -> HttpResponse:
    if refusal.reason == "members":
        raise PermissionDenied
    messages.error(request, REFUSALS[refusal.reason])
    return redirect("partners:members", slug)
