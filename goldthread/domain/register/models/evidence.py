"""Evidence: what shows that something was done."""

from __future__ import annotations

from django.db import models

from goldthread.domain.register.models.facts import Fact


class Evidence(Fact):
    """A file or a link that shows something. Links are never fetched.

    Key: none, each piece stays. A piece with the title of an earlier one of the same record is its next version.
    """

    title = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True, help_text="The file in commons.files")
    file_name = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=150, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True, help_text="Bytes")
    scanned = models.BooleanField(default=False, help_text="A virus scanner has let it through")
    link = models.URLField(max_length=1000, blank=True)
    public = models.BooleanField(default=False, help_text="Whoever sees the record may see it, officers or not")

    class Meta(Fact.Meta):
        verbose_name_plural = "evidence"
