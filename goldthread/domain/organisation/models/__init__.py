"""Tables of the organisation."""

from goldthread.domain.organisation.models.names import NameMatch
from goldthread.domain.organisation.models.owners import Body, Directorate, ElectedOffice, Meeting, Owner, Post
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
    "Body",
    "Directorate",
    "ElectedOffice",
    "Meeting",
    "Membership",
    "NameMatch",
    "Owner",
    "Person",
    "Post",
    "PostListing",
    "PostMatch",
    "Responsibility",
    "StatedTotal",
    "Structure",
    "StructureNote",
]
