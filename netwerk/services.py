"""What happens to a meeting: planned, called off, planned after all."""

from cultuurportaal.workflow import NotAllowed, take
from netwerk.models import Meeting
from netwerk.permissions import may_plan
from netwerk.workflow import MEETING
from partners.models import User


def plan(meeting: Meeting, *, by: User) -> None:
    """Who may see it sees it from now on. Raises NotAllowed ("meeting", or the state that stood there)."""
    _step(meeting, "plan", by)


def cancel(meeting: Meeting, *, by: User) -> None:
    """It stays where it was, and says that it is off."""
    _step(meeting, "cancel", by)


def plan_again(meeting: Meeting, *, by: User) -> None:
    _step(meeting, "plan_again", by)


def _step(meeting: Meeting, step: str, by: User) -> None:
    if not may_plan(by):
        raise NotAllowed("meeting", step=step)
    take(meeting, MEETING[step])
