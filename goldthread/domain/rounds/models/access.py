"""Ways in without signing in: the signed link of a message and the address of a calendar. Only hashes are kept."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goldthread.domain.organisation.models import Person
from goldthread.domain.register.models import Record
from goldthread.domain.rounds.models.rounds import Round
from goldthread.domain.rounds.terms import LinkOutcome


class SignedLink(models.Model):
    """A link for one person, some items of one round, until a moment. Entered once: then only that browser's cookie opens it.

    The address is made from ``nonce`` and the installation's secret when a message goes out; the database alone does
    not tell it.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="links")
    items = models.JSONField(help_text="Ids of the items that it is for")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    cookie_hash = models.CharField(max_length=64, blank=True, db_index=True)
    made = models.DateTimeField()
    until = models.DateTimeField()
    entered = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["made", "id"]

    def __str__(self) -> str:
        return f"Link of {self.user} until {self.until}"


class LinkUse(models.Model):
    """What somebody did with a signed link, refusals and forged ones (no link) included. Only ever added."""

    link = models.ForeignKey(SignedLink, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=12, choices=LinkOutcome.choices)
    item = models.BigIntegerField(null=True, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.outcome}"


class Feed(models.Model):
    """A calendar address of one person: their own days, or those of a plan. Works until it is revoked."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    plan = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    fetched = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["made", "id"]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
