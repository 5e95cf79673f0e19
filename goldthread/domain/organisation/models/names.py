"""What a printed name means: a person's decision, made once and remembered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.domain.organisation.models.owners import Owner


class NameMatch(Recorded):
    """A name or title printed in documents stands for this owner, until a later row says otherwise."""

    key = models.CharField(max_length=300, db_index=True, help_text="The printed name in lower case, spaces folded")
    printed = models.CharField(max_length=300)
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="name_matches")

    class Meta:
        ordering: ClassVar = ["key", "-recorded"]

    def __str__(self) -> str:
        return f"{self.printed} → {self.owner}"
