"""Evidence: what shows that something was done."""

from __future__ import annotations

from django.db import models

from goldthread.domain.register.models.facts import Fact


class Evidence(Fact):
    """A file or a link that shows something. Key: none, each piece stands beside the others. Links are never fetched."""

    title = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True, help_text="The file in commons.files")
    file_name = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=1000, blank=True)

    class Meta(Fact.Meta):
        verbose_name_plural = "evidence"
