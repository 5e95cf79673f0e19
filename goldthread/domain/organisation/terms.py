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
