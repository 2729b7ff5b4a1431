"""The editors' side of the desk: let through, undo, ask, reject, link an organisation."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify

from agenda import notifications, permissions, workflow
from agenda.models import Activity, Release
from agenda.services import decision, sampling
from agenda.services.snapshot import RELATED, freeze
from cultuurportaal.workflow import NotAllowed, take
from partners.models import Membership, Organisation, Reason, User
from partners.services.organisations import create_organisation


@transaction.atomic
def approve(activity: Activity, *, version: int, by: User, now: datetime) -> Release:
    """Let exactly `version` through. It is public after the hold, or at its own moment when that is later.

    NotAllowed: "forbidden", "unconfirmed", "no_organisation", "organisation_not_active", "already" (somebody
    decided before) or "changed" (the maker saved in between).
    """
    _check_editor(activity, by, "approve")
    return let_through(activity, version=version, rule=Release.Rule.EDITOR, by=by, now=now)


def let_through(activity: Activity, *, version: int, rule: str, by: User | None, now: datetime) -> Release:
    """The decision itself, by an editor or a written rule; the caller is in a transaction and checked that.

    Once the step is taken, the row is held: what is frozen is what `version` says, whatever else is saved.
    """
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    _check_complete(row)
    fields = {"decided_by": by, "decided_at": now, "reason": None, "reason_text": "", "changed_at": now}
    _take_with_slug(row, version, **fields)
    row = Activity.objects.select_related(*RELATED).get(pk=row.pk)
    moment = max(now + decision.hold(), row.publish_from or now)
    release = decision.decide(
        row, kind=Release.Kind.PUBLISH, rule=rule, snapshot=freeze(row), by=by, now=now, publish_at=moment
    )
    decision.announce(release, now=now)
    sampling.draw(release, now=now)
    notifications.live(release, row, now=now)
    activity.refresh_from_db()
    return release


def _check_complete(activity: Activity) -> None:
    state: dict[str, Any] = {"step": "approve", "found": activity.status, "version": activity.version}
    if activity.status == workflow.SUBMITTED and not activity.is_confirmed:
        raise NotAllowed("unconfirmed", **state)
    if activity.organisation is None:
        raise NotAllowed("no_organisation", **state)
    if activity.organisation.status != Organisation.Status.ACTIVE:
        raise NotAllowed("organisation_not_active", **state)


def _take_with_slug(activity: Activity, version: int, **fields: object) -> None:
    """The step, with the part of the address that it keeps for good; given at the first approval."""
    step = workflow.ACTIVITY["approve"]
    if activity.slug:
        take(activity, step, seen=version, **fields)
        return
    base = slugify(activity.title)[:80].strip("-") or "activiteit"
    try:
        with transaction.atomic():
            take(activity, step, seen=version, slug=base, **fields)
    except IntegrityError:
        take(activity, step, seen=version, slug=f"{base}-{activity.uuid.hex[:6]}", **fields)


@transaction.atomic
def undo(release: Release, *, by: User, now: datetime) -> Activity:
    """Take an approval back before anybody outside saw it; its mail was not sent and never will be.

    NotAllowed("already") when it is public or void. When the maker saved in between, it stays their draft. A
    release that was issued again meanwhile (an urgent change) is the same approval.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=release.activity_id)
    state: dict[str, Any] = {"step": "undo_approval", "found": activity.status, "version": activity.version}
    same = activity.releases.open().filter(seen_version=release.seen_version, by=release.by)
    waiting = same.select_for_update(of=("self",)).first()
    if waiting is None:
        raise NotAllowed("already", **state)
    if not permissions.may_undo(by, waiting):
        raise NotAllowed("forbidden", **state)
    decision.void_open(activity, now=now)
    notifications.take_back_live(waiting)
    if activity.status == workflow.APPROVED:
        take(activity, workflow.ACTIVITY["undo_approval"], decided_by=None, decided_at=None, changed_at=now)
    return activity


@transaction.atomic
def ask_changes(  # noqa: PLR0913 - all but the first are named
    activity: Activity, *, version: int, reason: Reason | None, text: str, by: User, now: datetime
) -> Activity:
    """Give it back to its maker with a question: a reason from the list, words of one's own, or both."""
    _answer(activity, "ask_changes", version=version, reason=reason, text=text, by=by, now=now)
    notifications.asked(activity, now=now, not_before=now + decision.hold())
    return activity


@transaction.atomic
def reject(  # noqa: PLR0913 - all but the first are named
    activity: Activity, *, version: int, reason: Reason | None, text: str, by: User, now: datetime
) -> Activity:
    """Final for this text. What is live stays as it is."""
    _answer(activity, "reject", version=version, reason=reason, text=text, by=by, now=now)
    notifications.rejected(activity, now=now, not_before=now + decision.hold())
    return activity


USES = {"ask_changes": Reason.Use.ASK, "reject": Reason.Use.REJECT}


def _answer(  # noqa: PLR0913 - all but the first two are named
    activity: Activity, step: str, *, version: int, reason: Reason | None, text: str, by: User, now: datetime
) -> None:
    _check_editor(activity, by, step)
    if (reason is None and not text.strip()) or (reason and reason.use != USES[step]):
        raise NotAllowed("no_reason", step=step, found=activity.status, version=activity.version)
    words = {"reason": reason, "reason_text": text.strip()}
    took = {"decided_by": by, "decided_at": now, "changed_at": now}
    take(activity, workflow.ACTIVITY[step], seen=version, **words, **took)
    activity.refresh_from_db()


@transaction.atomic
def link_organisation(
    activity: Activity, *, organisation: Organisation | None = None, name: str = "", by: User, now: datetime
) -> Activity:
    """Say whose it is: a known organisation, or a new one by this name with the sender as its owner.

    Raises the version: nobody approves it under a name that they did not see.
    """
    _check_editor(activity, by, "link_organisation")
    row = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if organisation is None and not name.strip():
        raise NotAllowed("no_organisation", step="link_organisation", found=row.status, version=row.version)
    if organisation is None:
        organisation = create_organisation(name.strip(), city=row.city, by=by)
        if row.sender:
            Membership.objects.create(user=row.sender, organisation=organisation, role=Membership.Role.OWNER)
    Activity.objects.filter(pk=row.pk).update(
        organisation=organisation, version=F("version") + 1, changed_at=now
    )
    activity.refresh_from_db()
    return activity


def _check_editor(activity: Activity, by: User, step: str) -> None:
    if not permissions.may_decide(by, activity):
        raise NotAllowed("forbidden", step=step, found=activity.status, version=activity.version)
