"""Who is asked whether an activity still holds, and whom a mailed link "klopt dit nog?" belongs to."""

from agenda import permissions, signatures
from agenda.models import Activity
from partners.models import Membership, User


def people(activity: Activity) -> list[User]:
    """Its sender as long as it is theirs, else the owners of its organisation; with no role for the city."""
    sender = activity.sender
    if sender:
        sender.has_weak_session = True
        if permissions.is_own(sender, activity):
            return [sender]
    rows = Membership.objects.filter(organisation=activity.organisation, role=Membership.Role.OWNER)
    owners = [membership.user for membership in rows.select_related("user")]
    for owner in owners:
        owner.has_weak_session = True
    return [owner for owner in owners if permissions.is_own(owner, activity)]


def read(token: str) -> tuple[Activity | None, User | None]:
    """The activity and who was mailed this link; no person when it is not theirs any more, or never was."""
    uuid = signatures.uuid_of(token)
    rows = Activity.objects.select_related("city", "organisation", "sender")
    activity = rows.filter(uuid=uuid).first() if uuid else None
    if activity is None:
        return None, None
    named = [user for user in people(activity) if signatures.opens_recheck(activity, user.email, token)]
    return activity, next(iter(named), None)
