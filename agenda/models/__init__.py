"""The rows of floor 2: desk (Activity, Moment), hatch (Release), window (Listing, Occurrence, feeds)."""

from agenda.models.activity import Activity, Moment
from agenda.models.comaker import CoMaker
from agenda.models.letter import Letter, MailAddress
from agenda.models.listing import FeedPiece, Listing, Occurrence, Scope, StoredFeed
from agenda.models.option import Option
from agenda.models.picture import Picture
from agenda.models.recheck import Recheck
from agenda.models.release import Release
from agenda.models.sample import Sample
from agenda.models.source import Source, SourceItem

__all__ = [
    "Activity",
    "CoMaker",
    "FeedPiece",
    "Letter",
    "Listing",
    "MailAddress",
    "Moment",
    "Occurrence",
    "Option",
    "Picture",
    "Recheck",
    "Release",
    "Sample",
    "Scope",
    "Source",
    "SourceItem",
    "StoredFeed",
]
