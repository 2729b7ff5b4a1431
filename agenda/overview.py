"""A maker's activities in the order in which they ask for attention."""

from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from agenda import permissions, workflow
from agenda.models import Activity, CoMaker, Listing
from partners.models import Organisation, OrganisationKind, User
from partners.permissions import Person, memberships_of, organisations_of

MOST, MOST_PAST = 300, 30
_NOT_MAKERS = {OrganisationKind.Part.BUSINESS, OrganisationKind.Part.SCHOOL}
UNFINISHED = (workflow.DRAFT, workflow.SUBMITTED, workflow.CHANGES_ASKED)


class Overview:
    """Each activity stands in one list: for the maker to do, with the editors, live, over."""

    def __init__(self, user: Person, *, now: datetime) -> None:
        self.user, self.now = user, now

    def _rows(self) -> QuerySet[Activity]:
        """With `is_live`, `next_start` and `last_start`."""
        live = Listing.objects.filter(uuid=OuterRef("uuid"), withdrawn_at=None)
        rows = permissions.own_of(self.user).select_related("organisation", "venue", "reason", "letter")
        return rows.annotate(
            is_live=Exists(live),
            next_start=Min("moments__start", filter=Q(moments__start__gte=self.now)),
            last_start=Max("moments__start"),
        )

    @cached_property
    def current(self) -> list[Activity]:
        """What is unfinished, or let through with a date ahead."""
        ahead = Q(status=workflow.APPROVED) | Q(is_live=True)
        return list(
            self._rows().filter(
                Q(status__in=UNFINISHED)
                | (ahead & Q(next_start__isnull=False) & ~Q(status=workflow.WITHDRAWN))
            )[:MOST]
        )

    @cached_property
    def to_do(self) -> list[Activity]:
        """A question of the editors, a draft, or something not confirmed yet."""
        return [one for one in self.current if _waits_for_maker(one)]

    @cached_property
    def waiting(self) -> list[Activity]:
        """With the editors; the first promise first."""
        sent = [one for one in self.current if one.status == workflow.SUBMITTED and one.is_confirmed]
        return sorted(sent, key=lambda one: one.promised_at or self.now)

    @cached_property
    def live(self) -> list[Activity]:
        shown = [one for one in self.current if one.status not in UNFINISHED]
        return sorted(shown, key=lambda one: one.next_start)  # type: ignore[attr-defined]

    @cached_property
    def over(self) -> list[Activity]:
        """What is past, withdrawn or refused; the latest first."""
        return list(self._rows().exclude(pk__in=[one.pk for one in self.current])[:MOST_PAST])

    @cached_property
    def asked_along(self) -> list[CoMaker]:
        """What another organisation says that one of theirs makes too, not answered yet."""
        rows = CoMaker.objects.open().filter(organisation__in=memberships_of(self.user))
        return list(rows.select_related("activity__organisation", "organisation")[:MOST_PAST])

    @cached_property
    def blocked(self) -> list[Organisation]:
        """Organisations of theirs for which nobody can do anything now."""
        if not isinstance(self.user, User):
            return []
        suspended = Organisation.objects.filter(status=Organisation.Status.SUSPENDED)
        return list(suspended.filter(memberships__user=self.user).select_related("city"))

    @cached_property
    def is_of_business_or_school(self) -> bool:
        """Whether this person comes for the network and the agenda more than to report something."""
        kinds = [organisation.kind for organisation in organisations_of(self.user)]
        return bool(kinds) and all(kind is not None and kind.part in _NOT_MAKERS for kind in kinds)

    @cached_property
    def is_empty(self) -> bool:
        return not (self.current or self.over)


def _waits_for_maker(activity: Activity) -> bool:
    if activity.status == workflow.SUBMITTED:
        return not activity.is_confirmed
    return activity.status in (workflow.CHANGES_ASKED, workflow.DRAFT)
