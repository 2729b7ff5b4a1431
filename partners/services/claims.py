"""Claims: asked, confirmed by mail, decided by an editor; the owners that there are hear of it."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from cultuurportaal.workflow import NotAllowed
from partners import notifications
from partners.models import Claim, Membership, Organisation, User
from partners.permissions import Person, is_member, may_moderate_organisations
from partners.services.people import find_or_create_user, join

SALT = "partners.claim"
GOOD_FOR = timedelta(days=14)


def token_for(claim: Claim) -> str:
    return signing.dumps(claim.pk, salt=SALT)


def claim_of(token: str) -> Claim | None:
    """Which claim this link confirms; None when it is not ours or older than two weeks."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return Claim.objects.select_related("organisation__city").filter(pk=pk).first()


@transaction.atomic
def ask(  # noqa: PLR0913 - all but the first are named
    organisation: Organisation, *, email: str, name: str, why: str, by: Person, now: datetime
) -> Claim:
    """Ask to become an owner. Who is signed in asks for their own account; others confirm by mail first.

    Asked again while it is open, the words are the new ones; once they were confirmed, only those of whoever
    is signed in; of two requests at once the second waits for the first. Raises NotAllowed: "organisation"
    (not active), "member" (is one already).
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if organisation.status != Organisation.Status.ACTIVE:
        raise NotAllowed("organisation", step="ask", found=organisation.status)
    if is_member(by, organisation):
        raise NotAllowed("member", step="ask")
    address = by.email if isinstance(by, User) else email.strip().lower()
    waiting = organisation.claims.filter(email__iexact=address, approved_at=None, rejected_at=None)
    claim = waiting.select_for_update().first() or Claim(
        organisation=organisation, email=address, created_at=now
    )
    if claim.confirmed_at is None or isinstance(by, User):
        claim.name, claim.why = name, why
        claim.save()
    if isinstance(by, User):
        confirm(claim, now=now)
    elif claim.confirmed_at is None:
        notifications.claim_to_confirm(claim, token_for(claim), now=now)
    return claim


@transaction.atomic
def confirm(claim: Claim, *, now: datetime) -> None:
    """Whoever asks reads mail at that address: editors see it, and so do the owners. Safe to repeat."""
    if Claim.objects.filter(pk=claim.pk, confirmed_at=None).update(confirmed_at=now):
        claim.refresh_from_db()
        notifications.claimed(claim, now=now)


@transaction.atomic
def approve(claim: Claim, *, role: str = Membership.Role.OWNER, by: User, now: datetime) -> None:
    """A membership for whoever asked, with an account when there is none. Raises NotAllowed as `reject`."""
    _decide(claim, by=by, step="approve", approved_at=now)
    user = find_or_create_user(claim.email)
    if not user.name:
        User.objects.filter(pk=user.pk).update(name=claim.name)
    join(user, claim.organisation, role)
    notifications.claim_decided(claim, now=now)
    notifications.members_changed(claim.organisation, "joined", who=claim.name, role=role, by=None, now=now)


@transaction.atomic
def reject(claim: Claim, *, text: str, by: User, now: datetime) -> None:
    """NotAllowed: "organisation" (not an editor), "already", "no_reason" without words."""
    if not text.strip():
        raise NotAllowed("no_reason", step="reject")
    _decide(claim, by=by, step="reject", rejected_at=now, answer=text.strip())
    notifications.claim_decided(claim, now=now)


def _decide(claim: Claim, *, by: User, step: str, **fields: object) -> None:
    if not may_moderate_organisations(by):
        raise NotAllowed("organisation", step=step)
    if not Claim.objects.open().filter(pk=claim.pk).update(decided_by=by, **fields):
        raise NotAllowed("already", step=step)
    claim.refresh_from_db()


def erase_unconfirmed(*, before: datetime) -> int:
    """Never confirmed by mail, and asked before this moment."""
    return Claim.objects.filter(confirmed_at=None, created_at__lt=before).delete()[0]
