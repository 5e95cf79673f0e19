"""What can be allowed, and where."""

from __future__ import annotations

from enum import StrEnum

from django.db import models


class Permission(StrEnum):
    """Everything that a person can be allowed to do; config.roles says which role may do what."""

    SEE_PUBLISHED = "see published"
    SEE_INTERNAL = "see internal records"
    SEE_RESTRICTED = "see restricted records"
    SEE_REPORTS = "see issued reports"
    SEE_EVENTS = "see who did what"
    ADD_UPDATES = "add updates"
    EDIT_RECORDS = "write and edit records"
    WITHDRAW_RECORDS = "withdraw and merge records"
    IMPORT_DOCUMENTS = "import documents and adopt proposals"
    MATCH_NAMES = "match printed names to posts"
    EDIT_ORGANISATION = "edit directorates, posts and appointments"
    PRINT_REPORTS = "print reports"
    RUN_ROUNDS = "open rounds, chase and accept updates"
    VERIFY = "verify what is reported as done"
    SIGN_OFF = "sign off a round"
    ISSUE_REPORTS = "freeze and issue reports"
    WAIVE_CHECKS = "waive data checks and answer lines of enquiry"
    PLAN_STRUCTURES = "draft and agree structures"
    MANAGE_ACCOUNTS = "manage accounts and roles"


class ScopeKind(models.TextChoices):
    """Where a role is held."""

    EVERYTHING = "everything", "The whole council"
    DIRECTORATE = "directorate", "One directorate"
    PLAN = "plan", "One plan or review"
    BODY = "body", "One body"
    RECORD = "record", "One item"
