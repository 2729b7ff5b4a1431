"""What happens to a venue: a new name reaches everything that is public."""

from django.db import transaction

from cultuurportaal.workflow import NotAllowed
from partners import signals
from partners.models import User, Venue
from partners.permissions import may_edit_venue


@transaction.atomic
def rename(venue: Venue, *, name: str, by: User) -> None:
    """The address stays, so links keep working. Raises NotAllowed ("venue")."""
    if not may_edit_venue(by, venue):
        raise NotAllowed("venue", step="rename")
    venue.name = name
    venue.save(update_fields=["name"])
    signals.venue_changed.send(sender=Venue, instance=venue)
