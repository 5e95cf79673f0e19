"""The words of reviews."""

from django.db import models


class ReviewKind(models.TextChoices):
    """Who looked at the council, and how."""

    PEER_CHALLENGE = "peer challenge", "Corporate peer challenge"
    PROGRESS_REVIEW = "progress review", "Progress review"
    FINANCIAL_MANAGEMENT = "financial management", "Financial management review"
    OFSTED = "ofsted", "Ofsted inspection"
    CQC = "cqc", "Care Quality Commission assessment"
    BEST_VALUE = "best value", "Best Value inspection or notice"
    INSPECTION = "inspection", "Another inspection"
    EXTERNAL_AUDIT = "external audit", "External audit"
    INTERNAL_AUDIT = "internal audit", "Internal audit"
    AUDIT = "audit", "Audit"
    EQUALITY = "equality", "Equality review"
    STAFF = "staff", "Staff review or survey"
    SCRUTINY = "scrutiny", "Overview and scrutiny"
    OTHER = "other", "Another review"


class Polarity(models.TextChoices):
    """What a finding says."""

    STRENGTH = "strength", "Strength"
    IMPROVEMENT = "area for improvement", "Area for improvement"
    NEUTRAL = "neutral", "Neutral"


class Answer(models.TextChoices):
    """What the council answers to a recommendation."""

    ACCEPTED = "accepted", "Accepted"
    PARTLY = "partly accepted", "Partly accepted"
    REJECTED = "rejected", "Rejected"


class DateKind(models.TextChoices):
    """What a date of the clock says."""

    HAPPENED = "happened", "Happened on"
    PRINTED = "printed", "Printed as due by"


class StepState(models.TextChoices):
    """Where a step of a clock stands on a day. Past its day with nothing on record, it may have been taken all the same."""

    MET = "met", "Met"
    LATE = "late", "Done late"
    NOT_ON_RECORD = "not on record", "Not on record"
    DUE = "due", "Due"
    DONE = "done", "Done"
    UNKNOWN = "unknown", "Not known"


class Proposed(models.TextChoices):
    """What the likeness of two texts is taken for, until a person decides."""

    REPEATS = "repeats", "repeats"
    ANSWERS = "answers", "answers"
