"""Making something together: one asks, the other accepts, and then the public sees both names."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from agenda import notifications, permissions
from agenda.models import Activity, CoMaker, Release
from agenda.services import publication, snapshot
from agenda.services.amendment import amend
from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, User
from partners.permissions import Person, is_member

MOST = 6


@transaction.atomic
def ask(activity: Activity, *, organisation: Organisation, by: Person, now: datetime) -> CoMaker:
    """Name another organisation; its owners get a mail. Nothing is shown yet.

    Raises NotAllowed: "forbidden", "own" (its own activity), "organisation" (not active), "too_many",
    "already" (asked before, also when it said no).
    """
    if not permissions.may_edit(by, activity):
        raise NotAllowed("forbidden", step="ask")
    if organisation.pk == activity.organisation_id:
        raise NotAllowed("own", step="ask")
    if organisation.status != Organisation.Status.ACTIVE:
        raise NotAllowed("organisation", step="ask", found=organisation.status)
    if activity.co_makers.count() >= MOST:
        raise NotAllowed("too_many", step="ask")
    person = by if isinstance(by, User) else None
    row, is_new = CoMaker.objects.get_or_create(
        activity=activity, organisation=organisation, defaults={"asked_by": person, "asked_at": now}
    )
    if not is_new:
        raise NotAllowed("already", step="ask")
    notifications.co_maker_asked(row, now=now)
    return row


@transaction.atomic
def answer(row: CoMaker, *, is_yes: bool, by: User, now: datetime) -> None:
    """By a member of the organisation that was asked. Raises NotAllowed: "forbidden", "already"."""
    if not is_member(by, row.organisation):
        raise NotAllowed("forbidden", step="answer")
    said = {"accepted_at" if is_yes else "declined_at": now}
    if not CoMaker.objects.open().filter(pk=row.pk).update(**said):
        raise NotAllowed("already", step="answer")
    row.refresh_from_db()
    if is_yes:
        _show(row.activity, by=by, now=now)


@transaction.atomic
def drop(row: CoMaker, *, by: Person, now: datetime) -> None:
    """Take the name off again: whose activity it is, or the other. Raises NotAllowed ("forbidden").

    The row stays, as declined: whoever was asked once gets no second mail about it.
    """
    if not (permissions.may_withdraw(by, row.activity) or is_member(by, row.organisation)):
        raise NotAllowed("forbidden", step="drop")
    was_shown = row.accepted_at is not None
    CoMaker.objects.filter(pk=row.pk, declined_at=None).update(accepted_at=None, declined_at=now)
    if was_shown:
        _show(row.activity, by=by if isinstance(by, User) else None, now=now)


def _show(activity: Activity, *, by: User | None, now: datetime) -> bool:
    """What is let through, and what waits to go out, carry the names as they are now: no pending text.

    Whether anything changed.
    """
    publication.lock_catalogue()
    held = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    names = snapshot.co_makers(held)

    def patch(document: dict[str, Any]) -> dict[str, Any]:
        return document if document.get("co_makers", []) == names else {**document, "co_makers": names}

    made = amend(held, patch, kind=Release.Kind.REFRESH, rule=Release.Rule.CO_MAKER, by=by, now=now)
    return made is not None


def refresh(organisation: Organisation, *, shown: Organisation, now: datetime) -> int:
    """Renamed, blocked, back or merged into `shown`: what it makes with others says so; how many changed."""
    rows = CoMaker.objects.filter(organisation=organisation)
    if shown != organisation:
        known = Q(activity__organisation=shown) | Q(activity__co_makers__organisation=shown)
        rows.exclude(known).update(organisation=shown)
    accepted = CoMaker.objects.filter(organisation__in={organisation, shown}).exclude(accepted_at=None)
    activities = Activity.objects.filter(co_makers__in=accepted).distinct().order_by("pk")
    return sum(_show_again(activity, now=now) for activity in activities)


@transaction.atomic
def _show_again(activity: Activity, *, now: datetime) -> bool:
    """One activity in a transaction of its own."""
    return _show(activity, by=None, now=now)
