"""The words of restructures."""

from django.db import models


class Step(models.TextChoices):
    """How far a restructure has come."""

    DRAFT = "draft", "Draft"
    CONSULTATION = "consultation", "In consultation"
    AGREED = "agreed", "Agreed"
    APPOINTED = "appointed", "Appointed"
    IN_FORCE = "in force", "In force"
    DROPPED = "dropped", "Dropped"


ORDER = (Step.DRAFT, Step.CONSULTATION, Step.AGREED, Step.APPOINTED, Step.IN_FORCE)
"""The steps in their order; none is skipped without a reason."""

OPEN = (Step.DRAFT, Step.CONSULTATION)
"""Steps in which the draft can be changed, and in which only its named people see it."""


CHOSE = "chose who takes up a post"
"""What the event of a choice of somebody for a post of an agreed structure is called."""


class EditKind(models.TextChoices):
    """What an edit does to the structure."""

    ADD = "add", "Add a post"
    REMOVE = "remove", "Remove a post"
    MOVE = "move", "Move a post"
    RENAME = "rename", "Rename a post"
    REGRADE = "regrade", "Regrade a post"
    MERGE = "merge", "Merge posts into one"
    SPLIT = "split", "Split a post"


class Kept(models.TextChoices):
    """Whether a design principle is followed, or a claimed benefit came."""

    YES = "yes", "Yes"
    PARTLY = "partly", "In part"
    NO = "no", "No"
    TOO_EARLY = "too early", "Too early to say"
