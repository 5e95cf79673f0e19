"""The words of the register."""

from django.db import models


class RecordKind(models.TextChoices):
    """What an entry is. Kinds without a room of their own yet live here as plain records."""

    VISION = "vision", "Vision"
    PRIORITY = "priority", "Corporate priority"
    OUTCOME = "outcome", "Outcome"
    PLAN = "plan", "Plan"
    REVIEW = "review", "Review"
    REPORT = "report", "Report"
    OBJECTIVE = "objective", "Objective"
    CRITERION = "criterion", "Success criterion"
    ACTION = "action", "Action"
    RECOMMENDATION = "recommendation", "Recommendation"
    FINDING = "finding", "Finding"
    BENEFIT = "benefit", "Benefit"
    WORKSTREAM = "workstream", "Workstream"
    PRINCIPLE = "principle", "Design principle"
    IMPLICATION = "implication", "Implication"
    INDICATOR = "indicator", "Indicator"
    SAVING = "saving", "Saving"
    RISK = "risk", "Key risk"
    MILESTONE = "milestone", "Milestone"
    SELF_ASSESSMENT = "self-assessment", "Self-assessment"
    STANDARD = "standard", "Standard"


CONTAINERS = (RecordKind.PLAN, RecordKind.REVIEW, RecordKind.REPORT, RecordKind.SELF_ASSESSMENT)
"""Kinds that other records stand within."""

ANSWERABLE = (RecordKind.ACTION, RecordKind.RECOMMENDATION)
"""Kinds that somebody owes updates on."""


class State(models.TextChoices):
    """Where a record stands in its life. Only a StateChange moves it."""

    OPEN = "open", "Open"
    COMPLETE = "complete", "Complete"
    ON_HOLD = "on hold", "On hold"
    STOPPED = "stopped", "Stopped"
    SUPERSEDED = "superseded", "Superseded"
    MERGED = "merged", "Merged into another"
    WITHDRAWN = "withdrawn", "Withdrawn"


LIVE = (State.OPEN, State.ON_HOLD)
"""States in which a record still asks for work."""

GONE = (State.MERGED, State.WITHDRAWN)
"""States in which a record leaves every list, and stays on record."""


NEEDS_A_REASON = (State.ON_HOLD, State.STOPPED, State.SUPERSEDED)
"""States that a lead may move a record to only with the reason why."""


class Decision(models.TextChoices):
    """What became of a proposed date."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    MET = "met", "Met"


class Effect(models.TextChoices):
    """Whether what was done has the effect that was wanted."""

    YES = "effective", "Effective"
    PARTLY = "partly", "Partly effective"
    NOT = "not", "Not effective"


REVISIT_MONTHS = 6
"""After how many months an effect is judged where the council has not set its own period."""


class Visibility(models.TextChoices):
    """Who may see a record."""

    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal"
    RESTRICTED = "restricted", "Restricted"


LINE_ONLY = "Appraisal"
"""The category of restricted records that only the post that answers for them and the posts above it in its line may see."""


class OwnerRole(models.TextChoices):
    """What an owner is to a record: one accountable, any number supporting, perhaps a body that oversees."""

    ACCOUNTABLE = "accountable", "Accountable"
    SUPPORTING = "supporting", "Supporting"
    OVERSEEING = "overseeing", "Overseeing"


class Relation(models.TextChoices):
    """How one record hangs on another. The first is the lower one, the second the reason above it."""

    PART_OF = "part of", "part of"
    ANSWERS = "answers", "answers"
    SERVES = "serves", "serves"
    MERGED_INTO = "merged into", "merged into"
    REPEATS = "repeats", "repeats"
    RAISED_AGAIN = "raised again", "raises again"
    PROGRESS_NOTED = "progress noted", "notes progress on"
    FULFILS = "fulfils", "fulfils"
    SAME_STEP = "same step", "is the same step of a process as"
    MITIGATES = "mitigates", "mitigates"


UPWARD = (Relation.PART_OF, Relation.ANSWERS, Relation.SERVES, Relation.MITIGATES)
"""Relations that the thread follows from what to why."""

LINEAGE = (Relation.RAISED_AGAIN, Relation.PROGRESS_NOTED, Relation.FULFILS, Relation.SAME_STEP)
"""Relations that a person confirms between a later recommendation or finding and an earlier one that it repeats."""
