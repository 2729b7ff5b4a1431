"""The cultural year: from August to July, with eight meetings of which half are with business."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

MEETINGS = 8
WITH_BUSINESS = 4
FIRST_MONTH = 8


@dataclass(frozen=True, order=True)
class Season:
    """Named by the calendar year in which it starts: Season(2026) is 2026–2027."""

    year: int

    @classmethod
    def of(cls, moment: datetime) -> "Season":
        day = timezone.localdate(moment)
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @property
    def start(self) -> datetime:
        return _midnight(date(self.year, FIRST_MONTH, 1))

    @property
    def end(self) -> datetime:
        """The first moment of the next one."""
        return _midnight(date(self.year + 1, FIRST_MONTH, 1))

    @property
    def next(self) -> "Season":
        return Season(self.year + 1)

    @property
    def previous(self) -> "Season":
        return Season(self.year - 1)

    def __str__(self) -> str:
        return f"{self.year}–{self.year + 1}"


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
