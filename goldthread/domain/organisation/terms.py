"""The words of the organisation."""

from django.db import models


class OwnerKind(models.TextChoices):
    """What can be accountable: never a person."""

    POST = "post", "Officer post"
    OFFICE = "office", "Elected office"
    BODY = "body", "Body"


class AppointmentKind(models.TextChoices):
    """How a person holds a post or an office."""

    SUBSTANTIVE = "substantive", "Substantive"
    ACTING = "acting", "Acting"
    INTERIM = "interim", "Interim"
    JOB_SHARE = "job share", "Job share"


class BodyKind(models.TextChoices):
    """What sort of body meets."""

    CABINET = "cabinet", "Cabinet"
    COMMITTEE = "committee", "Committee"
    BOARD = "board", "Board"
    LEADERSHIP_TEAM = "leadership team", "Leadership team"
    STEERING_GROUP = "steering group", "Steering group"
    PARTNER = "partner", "Partner or company"
    OTHER = "other", "Other"


class PartnerKind(models.TextChoices):
    """What a body outside the council is to it."""

    COMPANY = "company", "Company of the council"
    JOINT_VENTURE = "joint venture", "Joint venture"
    SHARED_SERVICE = "shared service", "Shared service"
    PARTNERSHIP = "partnership", "Partnership"
    OTHER = "other", "Another arrangement"


class Stage(models.TextChoices):
    """What a structure is: how far it has come from a proposal to what stands."""

    PRINTED = "printed", "As printed"
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    LAUNCHED = "launched", "Launched"
    CURRENT = "current", "Current"
    PLANNED = "planned", "Planned"


class MatchKind(models.TextChoices):
    """What became of a post between two structures."""

    SAME = "same", "Same"
    RENAMED = "renamed", "Renamed"
    MOVED = "moved", "Moved"
    REGRADED = "regraded", "Regraded"
    SPLIT = "split", "Split"
    MERGED = "merged", "Merged"
    ADDED = "added", "Added"
    REMOVED = "removed", "Removed"
    TO_BE_REMOVED = "to be removed", "To be removed"


ONE_TO_ONE = (MatchKind.SAME, MatchKind.RENAMED, MatchKind.MOVED, MatchKind.REGRADED, MatchKind.TO_BE_REMOVED)
"""Kinds under which one post before is one post after."""


class Permanence(models.TextChoices):
    """For how long a post is meant."""

    PERMANENT = "permanent", "Permanent"
    FIXED_TERM = "fixed term", "Fixed term"
    TEMPORARY = "temporary", "Temporary"


class Restriction(models.TextChoices):
    """Why a post is politically restricted: Local Government and Housing Act 1989, sections 1 to 3A."""

    HEAD_OF_PAID_SERVICE = "head of paid service", "Head of paid service"
    STATUTORY = "statutory chief officer", "Statutory chief officer"
    NON_STATUTORY = "non-statutory chief officer", "Non-statutory chief officer"
    DEPUTY = "deputy chief officer", "Deputy chief officer"
    MONITORING_OFFICER = "monitoring officer", "Monitoring officer"
    ASSISTANT = "political assistant", "Political assistant"
    DELEGATED = "delegated powers", "Holds delegated powers"
    ADVISES = "advises", "Regularly advises committees or the executive"
    MEDIA = "media", "Regularly speaks to the media"
