"""The rows of floor 1: city and vocabulary, people, organisations, venues."""

from partners.models.claim import Claim
from partners.models.invitation import Invitation
from partners.models.organisation import Membership, Organisation
from partners.models.proposal import PlaceProposal
from partners.models.space import Space
from partners.models.user import CityRole, User
from partners.models.venue import AccessStatement, Room, Venue
from partners.models.vocabulary import (
    AccessFact,
    Audience,
    Channel,
    City,
    CoreValue,
    DayOff,
    Discipline,
    District,
    Kind,
    OrganisationKind,
    Pass,
    Reach,
    Reason,
    Segment,
    Term,
    Tip,
    term_models,
)

__all__ = [
    "AccessFact",
    "AccessStatement",
    "Audience",
    "Channel",
    "City",
    "CityRole",
    "Claim",
    "CoreValue",
    "DayOff",
    "Discipline",
    "District",
    "Invitation",
    "Kind",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Pass",
    "PlaceProposal",
    "Reach",
    "Reason",
    "Room",
    "Segment",
    "Space",
    "Term",
    "Tip",
    "User",
    "Venue",
    "term_models",
]
