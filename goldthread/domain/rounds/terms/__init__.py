"""The words of the room."""

from django.db import models


class Frequency(models.TextChoices):
    """How often a plan reports."""

    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every quarter"
    MEETING = "meeting", "To each meeting of a body"


class RoundState(models.TextChoices):
    """Where a round stands."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open for updates"
    CHECKING = "checking", "Being checked"
    ACCEPTED = "accepted", "Accepted"
    SIGNED_OFF = "signed off", "Signed off"
    FROZEN = "frozen", "Frozen"
    ISSUED = "issued", "Issued"
    CALLED_OFF = "called off", "Called off"


RUNNING = (RoundState.OPEN, RoundState.CHECKING)
"""States in which updates are still taken."""

UNDER_WAY = (*RUNNING, RoundState.ACCEPTED, RoundState.SIGNED_OFF)
"""States between the first message and the frozen report."""

SETTLED = (RoundState.SIGNED_OFF, RoundState.FROZEN, RoundState.ISSUED)
"""States in which what was sent stands signed off, or in the report."""

OVER = (RoundState.FROZEN, RoundState.ISSUED, RoundState.CALLED_OFF)
"""States from which a round never comes back to one in which updates are taken."""

NEXT: dict[str, tuple[RoundState, ...]] = {
    RoundState.PLANNED: (RoundState.OPEN, RoundState.CALLED_OFF),
    RoundState.OPEN: (RoundState.CHECKING, RoundState.ACCEPTED, RoundState.CALLED_OFF),
    RoundState.CHECKING: (RoundState.ACCEPTED, RoundState.CALLED_OFF),
    RoundState.ACCEPTED: (RoundState.SIGNED_OFF, RoundState.CHECKING, RoundState.CALLED_OFF),
    RoundState.SIGNED_OFF: (RoundState.FROZEN, RoundState.CHECKING, RoundState.CALLED_OFF),
    RoundState.FROZEN: (RoundState.ISSUED,),
}
"""Which state may follow which."""


class ItemState(models.TextChoices):
    """Where one item of a round stands."""

    ASKED = "asked", "Asked"
    DRAFTED = "drafted", "Draft begun"
    SENT = "sent", "Sent"
    CHECKED = "checked", "Checked"
    RETURNED = "returned", "Returned"
    ACCEPTED = "accepted", "Accepted"


WAITING = (ItemState.ASKED, ItemState.DRAFTED, ItemState.RETURNED)
"""States in which the lead still owes an update."""

ANSWERED = (ItemState.SENT, ItemState.CHECKED, ItemState.ACCEPTED)
"""States in which an update of this round is there."""


class How(models.TextChoices):
    """Why this person was asked."""

    HOLDER = "holder", "Holds the post"
    STAND_IN = "stand-in", "Stands in"
    LINE = "line", "The post is vacant: asked in the line above"
    MEMBER = "member", "Chairs or sits on the body"
    NOBODY = "nobody", "Nobody to ask"


class Occasion(models.TextChoices):
    """Why a message is sent."""

    OPENED = "opened", "The round opened"
    REMINDER = "reminder", "Reminder"
    ESCALATION = "escalation", "Told to the line above"
    RETURNED = "returned", "Returned with a reason"
    HANDED_OVER = "handed over", "Asked to draft"
    NEW_LINK = "new link", "A new link"
    CHECK = "check", "Updates wait for a check"
    ACCEPT = "accept", "Updates wait to be accepted"
    SIGN_OFF = "sign off", "Waits for sign-off"
    FREEZE = "freeze", "Waits to be frozen"
    SENT_BACK = "sent back", "Sent back with a reason"


class LinkOutcome(models.TextChoices):
    """What came of somebody's use of a signed link."""

    SHOWN = "shown", "Opened"
    ENTERED = "entered", "Entered"
    SAVED = "saved", "Saved a draft"
    SENT = "sent", "Sent an update"
    FORGED = "forged", "Refused: no such link"
    EXPIRED = "expired", "Refused: its time is over"
    SPENT = "spent", "Refused: used before in another browser"
    REVOKED = "revoked", "Refused: revoked"
    OUTSIDE = "outside", "Refused: an item that it is not for"
    ASKED_ANEW = "asked anew", "Asked for a new link"


REFUSALS = (LinkOutcome.FORGED, LinkOutcome.EXPIRED, LinkOutcome.SPENT, LinkOutcome.REVOKED, LinkOutcome.OUTSIDE)
"""Outcomes that were refusals."""
