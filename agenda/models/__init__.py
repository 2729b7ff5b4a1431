"""The rows of floor 2: desk (Activity, Moment), hatch (Release), window (Listing, Occurrence, feeds)."""

from agenda.models.activity import Activity, Moment
from agenda.models.listing import Listing, Occurrence, Scope, StoredFeed
from agenda.models.picture import Picture
from agenda.models.release import Release

__all__ = ["Activity", "Listing", "Moment", "Occurrence", "Picture", "Release", "Scope", "StoredFeed"]
