"""A maker's activities in the order in which they ask for attention."""

from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from agenda import permissions, workflow
from agenda.models import Activity, Listing
from partners.permissions import Person

MOST_PAST = 30


class Overview:
    """Each activity stands in one list: for the maker to do, with the editors, live, over."""

    def __init__(self, user: Person, *, now: datetime) -> None:
        self.user, self.now = user, now

    @cached_property
    def all(self) -> list[Activity]:
        """With `is_live`, `next_start` and `last_start`."""
        live = Listing.objects.filter(uuid=OuterRef("uuid"), withdrawn_at=None)
        rows: QuerySet[Activity] = permissions.own_of(self.user).select_related(
            "organisation", "venue", "reason"
        )
        return list(
            rows.annotate(
                is_live=Exists(live),
                next_start=Min("moments__start", filter=Q(moments__start__gte=self.now)),
                last_start=Max("moments__start"),
            )
        )

    @cached_property
    def to_do(self) -> list[Activity]:
        """A question of the editors, a draft, or something not confirmed yet."""
        return [one for one in self.all if self._waits_for_maker(one)]

    @cached_property
    def waiting(self) -> list[Activity]:
        """With the editors; the first promise first."""
        sent = [one for one in self.all if one.status == workflow.SUBMITTED and one.is_confirmed]
        return sorted(sent, key=lambda one: one.promised_at or self.now)

    @cached_property
    def live(self) -> list[Activity]:
        coming = [one for one in self.all if self._is_coming(one)]
        return sorted(coming, key=lambda one: one.next_start or self.now)  # type: ignore[attr-defined]

    @cached_property
    def over(self) -> list[Activity]:
        shown = {one.pk for one in (*self.to_do, *self.waiting, *self.live)}
        return [one for one in self.all if one.pk not in shown][:MOST_PAST]

    def _waits_for_maker(self, activity: Activity) -> bool:
        if activity.status == workflow.SUBMITTED:
            return not activity.is_confirmed
        return activity.status in (workflow.CHANGES_ASKED, workflow.DRAFT)

    def _is_coming(self, activity: Activity) -> bool:
        """Let through (perhaps still waiting for its moment) or in the agenda, with a date ahead."""
        is_out = activity.status == workflow.APPROVED or activity.is_live  # type: ignore[attr-defined]
        if activity.status in (workflow.WITHDRAWN, *(workflow.CHANGES_ASKED, workflow.DRAFT)):
            return False
        return bool(is_out and activity.next_start and activity.status != workflow.SUBMITTED)  # type: ignore[attr-defined]
