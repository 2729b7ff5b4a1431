"""The list of spaces: put something on it, take it off."""

from datetime import datetime

from django.db import transaction

from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, Space, User, Venue
from partners.permissions import may_manage_spaces

MOST_OPEN = 20


@transaction.atomic
def put(  # noqa: PLR0913 - all but the first are named
    organisation: Organisation,
    *,
    kind: str,
    what: str,
    venue: Venue | None,
    capacity: int | None,
    when_text: str,
    by: User,
    now: datetime,
) -> Space:
    """Raises NotAllowed: "organisation", "venue" (not theirs), "too_many"."""
    if not may_manage_spaces(by, organisation) or organisation.status != Organisation.Status.ACTIVE:
        raise NotAllowed("organisation", step="put", found=organisation.status)
    if venue and venue.organisation_id != organisation.pk:
        raise NotAllowed("venue", step="put")
    if organisation.spaces.current().count() >= MOST_OPEN:
        raise NotAllowed("too_many", step="put")
    return Space.objects.create(
        organisation=organisation,
        kind=kind,
        what=what,
        venue=venue,
        capacity=capacity,
        when_text=when_text,
        created_at=now,
    )


def take_off(space: Space, *, by: User, now: datetime) -> None:
    """Raises NotAllowed: "organisation", or "already"."""
    if not may_manage_spaces(by, space.organisation):
        raise NotAllowed("organisation", step="take_off")
    if not Space.objects.filter(pk=space.pk, closed_at=None).update(closed_at=now):
        raise NotAllowed("already", step="take_off")
