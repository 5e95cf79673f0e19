"""Tables of the room."""

from goldthread.domain.rounds.models.access import Feed, LinkUse, SignedLink
from goldthread.domain.rounds.models.drafting import Absence, Draft, HandOver
from goldthread.domain.rounds.models.rounds import Cadence, Item, ItemStep, Request, Round, RoundStep

__all__ = [
    "Absence",
    "Cadence",
    "Draft",
    "Feed",
    "HandOver",
    "Item",
    "ItemStep",
    "LinkUse",
    "Request",
    "Round",
    "RoundStep",
    "SignedLink",
]
