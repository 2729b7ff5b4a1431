"""Who may see and plan meetings of the network."""

from netwerk.models import Meeting
from partners.permissions import Person, acting_roles, is_broker, is_editor, memberships_of


def may_see(user: Person, meeting: Meeting) -> bool:
    """Twin of `Meeting.objects.visible_to(user)`, for one meeting."""
    return Meeting.objects.filter(pk=meeting.pk).visible_to(user).exists()


def may_plan(user: Person) -> bool:
    """Make, change, plan and call off meetings."""
    return is_editor(user) or is_broker(user)


def is_of_the_network(user: Person) -> bool:
    """Who sees how the year stands: members of organisations and the city's people."""
    return bool(memberships_of(user)) or bool(acting_roles(user))
