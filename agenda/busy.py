"""What stands in the agenda on the days that the radar looks at: the window, never a desk."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from agenda.document import OFF
from agenda.models import Occurrence
from agenda.radar import Held, Hours, Radar, days_near
from agenda.when import DayOff

COLUMNS = (
    "start",
    "end",
    "is_all_day",
    "audiences",
    "district",
    "listing__title",
    "listing__slug",
)


def radar_of(plan: Held, *, days_off: Sequence[DayOff], today: date, itself: UUID | None = None) -> Radar:
    """Of the day of this plan and the days near it; `itself`: the activity that it is kept as."""
    days = [plan.hours.day, *days_near(plan.hours.day)]
    return Radar(plan, tuple(held_on(days, itself)), tuple(days_off), today)


def held_on(days: Iterable[date], itself: UUID | None = None) -> Iterator[Held]:
    """What the public sees on these days, without what is off."""
    dates = Occurrence.objects.public().filter(day__in=days).exclude(status__in=OFF).in_order()
    if itself:
        dates = dates.exclude(listing_id=itself)
    for start, end, is_all_day, audiences, district, title, slug in dates.values_list(*COLUMNS):
        yield Held(
            hours=Hours.of(start, end, is_all_day=is_all_day),
            audiences=frozenset(audiences),
            district=district,
            title=title,
            link=reverse("agenda:activity", args=[slug]),
            start=None if is_all_day else start,
        )
