"""Tables of the register."""

from goldthread.domain.register.models.assurance import (
    DateDecision,
    EffectJudgement,
    ProposedDate,
    RevisitPeriod,
    Tolerance,
    Verification,
)
from goldthread.domain.register.models.evidence import Evidence
from goldthread.domain.register.models.facts import (
    Accountability,
    Confirmation,
    DueDate,
    Link,
    Rating,
    StateChange,
    Update,
    Version,
    VisibilityChange,
)
from goldthread.domain.register.models.record import Record, Series
from goldthread.domain.register.models.sources import Passage, SourceFile

FACTS = (
    Version, Update, StateChange, DueDate, Rating, Accountability, Link, Confirmation, VisibilityChange, Evidence,
    ProposedDate, DateDecision, Verification, EffectJudgement, Tolerance,
)  # fmt: skip
"""Every table of dated facts about a record."""

__all__ = [
    "FACTS",
    "Accountability",
    "Confirmation",
    "DateDecision",
    "DueDate",
    "EffectJudgement",
    "Evidence",
    "Link",
    "Passage",
    "ProposedDate",
    "Rating",
    "Record",
    "RevisitPeriod",
    "Series",
    "SourceFile",
    "StateChange",
    "Tolerance",
    "Update",
    "Verification",
    "Version",
    "VisibilityChange",
]
