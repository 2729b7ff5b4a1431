"""Who may do what with an activity, as questions about one row and, beside each list, as a QuerySet.

Own means: through a live membership of its organisation, or because one sent it without an account (the door
has then checked the signed link, and acts as its sender: `user` is that sender, or None before they
confirmed).
"""

from django.db.models import Q, QuerySet

from agenda import workflow
from agenda.models import Activity, Release, Source
from partners.models import Organisation, OrganisationKind, User
from partners.permissions import (
    Person,
    is_culture_base,
    is_editor,
    is_member,
    is_owner,
    memberships_of,
    organisations_of,
)


def may_view_desk(user: Person) -> bool:
    """The editors' queue: editors decide there, the culture base reads along."""
    return is_editor(user) or is_culture_base(user)


def may_create(user: Person, organisation: Organisation | None) -> bool:
    """Anybody may send something of their own; in the name of an organisation its members and editors."""
    if organisation is None:
        return user is None or user.is_anonymous or user.is_active
    return is_editor(user) or is_member(user, organisation)


def is_own(user: Person, activity: Activity) -> bool:
    if user is None or user.is_anonymous:
        return activity.sender_id is None and activity.organisation_id is None
    if not user.is_active:
        return False
    if activity.organisation_id in memberships_of(user):
        return True
    return activity.sender_id == user.pk and _still_counts(activity)


def _still_counts(activity: Activity) -> bool:
    """Who sent without an account keeps it after an editor linked an organisation; a member does not."""
    if activity.organisation is None:
        return True
    return bool(activity.sender_organisation) and activity.organisation.status in Organisation.OPEN


def may_view(user: Person, activity: Activity) -> bool:
    return may_view_desk(user) or is_own(user, activity)


def may_edit(user: Person, activity: Activity) -> bool:
    """Also of what is live: that makes a proposal, the Listing stays as it is."""
    return activity.status in workflow.OPEN and (is_editor(user) or is_own(user, activity))


def may_submit(user: Person, activity: Activity) -> bool:
    return may_edit(user, activity)


def may_withdraw(user: Person, activity: Activity) -> bool:
    return activity.status != workflow.WITHDRAWN and (is_editor(user) or is_own(user, activity))


def may_change_urgently(user: Person, activity: Activity) -> bool:
    """Cancelled, sold out, another room or time: the maker's own right, for what is already let through."""
    return may_withdraw(user, activity)


def may_decide(user: Person, activity: Activity) -> bool:
    """Nobody decides as a partner; an editor who is also a member decides as an editor."""
    return is_editor(user) and activity.city_id is not None


def may_undo(user: Person, release: Release) -> bool:
    """Only by the editor who let it through, not yet published."""
    return is_editor(user) and user is not None and release.by_id == user.pk and release.is_open


def visible_to(user: Person) -> "QuerySet[Activity]":
    """The activities of which `user` may see the desk side; the twin of `may_view`."""
    if may_view_desk(user):
        return Activity.objects.all()
    return own_of(user)


def own_of(user: Person) -> "QuerySet[Activity]":
    """The twin of `is_own` for somebody who is signed in."""
    if not isinstance(user, User) or not user.is_active:
        return Activity.objects.none()
    sent = Q(sender=user) & (
        Q(organisation=None) | (~Q(sender_organisation="") & Q(organisation__status__in=Organisation.OPEN))
    )
    return Activity.objects.filter(Q(organisation__in=memberships_of(user)) | sent)


def may_change_sources(user: Person, organisation: Organisation) -> bool:
    """Let a feed be followed, read it now, stop it: what comes of it are drafts of the organisation."""
    return is_editor(user) or is_owner(user, organisation)


def may_view_source(user: Person, source: Source) -> bool:
    return is_editor(user) or is_member(user, source.organisation)


def sources_of(user: Person) -> "QuerySet[Source]":
    """The twin of `may_view_source` for one's own organisations."""
    return Source.objects.filter(organisation__in=memberships_of(user))


def may_see_options(user: Person) -> bool:
    """Dates in pencil, of everybody: members of whoever makes culture and was let in, and editors."""
    return is_editor(user) or any(_pencils(one) for one in organisations_of(user))


def may_change_options(user: Person, organisation: Organisation) -> bool:
    """Write one down, make a draft of it, wipe it out."""
    return is_member(user, organisation) and _pencils(organisation)


def _pencils(organisation: Organisation) -> bool:
    kind, others = organisation.kind, {OrganisationKind.Part.SCHOOL, OrganisationKind.Part.BUSINESS}
    return organisation.status == Organisation.Status.ACTIVE and (kind is None or kind.part not in others)
