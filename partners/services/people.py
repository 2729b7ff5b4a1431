"""Who belongs to an organisation, and whose account is open."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import F, QuerySet

from cultuurportaal.workflow import NotAllowed
from partners import notifications
from partners.models import Membership, Organisation, User
from partners.permissions import may_change_members, may_leave, may_manage_accounts


@transaction.atomic
def change_role(membership: Membership, *, role: str, by: User, now: datetime) -> None:
    """Raises NotAllowed: "members", or "last_owner" when nobody would be left to look after it."""
    _check_change(membership, by=by, step="change_role", stays_owner=role == Membership.Role.OWNER)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    membership.refresh_from_db()
    organisation, user = membership.organisation, membership.user
    if role != Membership.Role.OWNER:
        _revoke_invitations(organisation, user, now=now)
    notifications.members_changed(organisation, "role", who=str(user), role=role, by=by, now=now)


@transaction.atomic
def remove_member(membership: Membership, *, by: User, now: datetime) -> None:
    """Raises NotAllowed as `change_role` does. What the member made stays with the organisation.

    Their own membership anybody may end. What they invited others with stops working.
    """
    _check_change(membership, by=by, step="remove_member", stays_owner=False)
    organisation, user, role = membership.organisation, membership.user, membership.role
    membership.delete()
    _revoke_invitations(organisation, user, now=now)
    notifications.members_changed(organisation, "removed", who=str(user), role=role, by=by, now=now)
    if by.pk != user.pk:
        notifications.removed(user, organisation, now=now)


@transaction.atomic
def deactivate(user: User, *, by: User) -> None:
    """Close an account; its sessions end at their next request. Raises NotAllowed ("accounts", "self")."""
    if not may_manage_accounts(by):
        raise NotAllowed("accounts", step="deactivate")
    if by.pk == user.pk:
        raise NotAllowed("self", step="deactivate")
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(User.objects.filter(pk=user.pk))
    user.refresh_from_db()


@transaction.atomic
def reset_second_factor(user: User, *, by: User) -> None:
    """For somebody who lost phone and spare codes; who they are was checked in person. Ends their sessions.

    Raises NotAllowed ("accounts").
    """
    if not may_manage_accounts(by):
        raise NotAllowed("accounts", step="reset_second_factor")
    Authenticator.objects.filter(user=user).delete()
    end_sessions(User.objects.filter(pk=user.pk))


def end_sessions(users: QuerySet[User]) -> None:
    """Sign these people out everywhere: every session of theirs is over at its next request."""
    users.update(session_epoch=F("session_epoch") + 1)


def find_or_create_user(email: str) -> User:
    """The user with this address in any case; a new one has no rights until somebody gives them."""
    found = User.objects.filter(email__iexact=email.strip()).first()
    return found or User.objects.create_user(email.strip())


def join(user: User, organisation: Organisation, role: str) -> None:
    """A new membership; somebody who is a member already can only become more."""
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=organisation, defaults={"role": role}
    )
    if not is_new and role == Membership.Role.OWNER:
        Membership.objects.filter(pk=membership.pk).update(role=role)


def _revoke_invitations(organisation: Organisation, user: User, *, now: datetime) -> None:
    """Those of somebody who may not invite any more."""
    open_ones = organisation.invitations.filter(by=user, accepted_at=None, revoked_at=None)
    open_ones.update(revoked_at=now)


def _check_change(membership: Membership, *, by: User, step: str, stays_owner: bool) -> None:
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    leaves = step == "remove_member" and may_leave(by, membership)
    if not (leaves or may_change_members(by, organisation)):
        raise NotAllowed("members", step=step)
    others = organisation.memberships.filter(role=Membership.Role.OWNER).exclude(pk=membership.pk)
    if membership.role == Membership.Role.OWNER and not stays_owner and not others.exists():
        raise NotAllowed("last_owner", step=step)
