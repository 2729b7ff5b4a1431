"""Invitations: mailed with a signed link, good once, for two weeks, until they are taken back."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Q

from cultuurportaal.workflow import NotAllowed
from partners import notifications
from partners.models import Invitation, Membership, Organisation, User
from partners.permissions import may_invite_member
from partners.services.people import find_or_create_user, join

SALT = "partners.invitation"
GOOD_FOR = timedelta(days=14)
MOST_OPEN = 30


def token_for(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=SALT)


def invitation_of(token: str) -> Invitation | None:
    """Whose link this is; None when it is not ours. Whether it is still good, `accept` says."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("organisation__city", "by").filter(pk=pk).first()


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, role: str = Membership.Role.MEMBER, by: User, now: datetime
) -> Invitation:
    """Mail somebody a link with which they may act for `organisation`; an earlier one stops working.

    What is mailed does not show whether there is an account. Raises NotAllowed: "members", "member" (is one
    already), "too_many".
    """
    if not may_invite_member(by, organisation):
        raise NotAllowed("members", step="invite")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)  # two at once: one waits
    email = email.strip().lower()
    if organisation.memberships.filter(user__email__iexact=email).exists():
        raise NotAllowed("member", step="invite")
    unanswered = organisation.invitations.filter(accepted_at=None, revoked_at=None)
    unanswered.filter(email__iexact=email).update(revoked_at=now)
    if unanswered.open(now).count() >= MOST_OPEN:
        raise NotAllowed("too_many", step="invite")
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        by=by,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    notifications.invited(invitation, token_for(invitation), now=now)
    notifications.members_changed(organisation, "invited", who=email, role=role, by=by, now=now)
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, now: datetime) -> User:
    """Whoever reads that mail may act for the organisation; an account when there is none yet.

    Raises NotAllowed: "already" (used, taken back or too old), "organisation" (suspended or merged
    meanwhile), "closed" (their account is).
    """
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise NotAllowed("already", step="accept")
    organisation = invitation.organisation
    if organisation.status not in Organisation.OPEN:
        raise NotAllowed("organisation", step="accept", found=organisation.status)
    user = find_or_create_user(invitation.email)
    if not user.is_active:
        raise NotAllowed("closed", step="accept")
    join(user, organisation, invitation.role)
    notifications.members_changed(
        organisation, "joined", who=str(user), role=invitation.role, by=user, now=now
    )
    return user


@transaction.atomic
def revoke(invitation: Invitation, *, by: User, now: datetime) -> None:
    """The link stops working. Raises NotAllowed: "members", or "already" when it was used."""
    if not may_invite_member(by, invitation.organisation):
        raise NotAllowed("members", step="revoke")
    still = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not still.update(revoked_at=now):
        raise NotAllowed("already", step="revoke")
    notifications.members_changed(
        invitation.organisation, "revoked", who=invitation.email, role=invitation.role, by=by, now=now
    )


def erase_over(*, before: datetime) -> int:
    """Those that ended before this moment, in whatever way: who is a member stands elsewhere."""
    is_over = Q(expires_at__lt=before) | Q(revoked_at__lt=before) | Q(accepted_at__lt=before)
    return Invitation.objects.filter(is_over).delete()[0]
