"""How a season stands: meetings held and planned, and how many of them with business."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from netwerk.models import Meeting
from netwerk.season import MEETINGS, WITH_BUSINESS, Season


@dataclass(frozen=True)
class Progress:
    held: int
    held_with_business: int
    planned: int
    planned_with_business: int

    target = MEETINGS
    target_with_business = WITH_BUSINESS

    @property
    def held_with_culture(self) -> int:
        return self.held - self.held_with_business

    @property
    def short(self) -> int:
        """How many are still to be planned to reach the year's eight."""
        return max(0, self.target - self.held - self.planned)

    @property
    def parts(self) -> list[int]:
        """For the meter: held with business, held with culture alone, still ahead, not planned yet."""
        return [self.held_with_business, self.held_with_culture, self.planned, self.short]


def progress(meetings: Iterable[Meeting], now: datetime) -> Progress:
    """Counts what goes on; drafts and meetings that were called off do not count."""
    counted = [meeting for meeting in meetings if meeting.status == Meeting.Status.PLANNED]
    held = [meeting for meeting in counted if meeting.end <= now]
    ahead = [meeting for meeting in counted if meeting.end > now]
    return Progress(
        held=len(held),
        held_with_business=sum(meeting.is_with_business for meeting in held),
        planned=len(ahead),
        planned_with_business=sum(meeting.is_with_business for meeting in ahead),
    )


def place_in_season(meeting: Meeting) -> int | None:
    """Which of the year's eight this is; None for one that does not count."""
    if meeting.status != Meeting.Status.PLANNED:
        return None
    counted = Meeting.objects.of_season(Season.of(meeting.start)).filter(status=Meeting.Status.PLANNED)
    return counted.filter(start__lte=meeting.start).count()
