"""Tables of the organisation."""

from goldthread.domain.organisation.models.duties import RoleHolding
from goldthread.domain.organisation.models.names import NameMatch
from goldthread.domain.organisation.models.owners import Body, Directorate, ElectedOffice, Meeting, Owner, Post
from goldthread.domain.organisation.models.partners import Arrangement, Interest, PlanReviewed
from goldthread.domain.organisation.models.people import Appointment, Membership, Person
from goldthread.domain.organisation.models.structures import (
    PostListing,
    PostMatch,
    Responsibility,
    StatedTotal,
    Structure,
    StructureNote,
)

__all__ = [
    "Appointment",
    "Arrangement",
    "Body",
    "Directorate",
    "ElectedOffice",
    "Interest",
    "Meeting",
    "Membership",
    "NameMatch",
    "Owner",
    "Person",
    "PlanReviewed",
    "Post",
    "PostListing",
    "PostMatch",
    "Responsibility",
    "RoleHolding",
    "StatedTotal",
    "Structure",
    "StructureNote",
]
