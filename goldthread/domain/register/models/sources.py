"""Source files, and the places in them where facts were printed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goldthread.commons.events.models import Recorded


class SourceFile(Recorded):
    """A file that a council had: its name, its hash, and what it says of itself. Its bytes live in commons.files."""

    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    pages = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField(max_length=500, blank=True)
    document_kind = models.CharField(max_length=30, blank=True)
    as_at = models.DateField(null=True, blank=True, help_text="The day that the document speaks of")

    taken_back_with_its_action: ClassVar[bool] = False  # what was read stays known; only what was adopted goes

    class Meta:
        ordering: ClassVar = ["-recorded"]

    def __str__(self) -> str:
        return self.title or self.name


class Passage(models.Model):
    """A printed place: the words, and where in the file they stand (the places of the reading format)."""

    source_file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="passages")
    text = models.TextField()
    places = models.JSONField(default=list, help_text="As in the reading: page, table, row, cells, lines, box …")
    position = models.PositiveIntegerField(default=0, help_text="Order within the file")

    class Meta:
        ordering: ClassVar = ["source_file", "position"]

    def __str__(self) -> str:
        return f"{self.source_file}, {self.where}"

    @property
    def where(self) -> str:
        """The place in words: "page 4, table 2, row 3", "lines 12–13", "sheet Actions, row 9"."""
        place = self.places[0] if self.places else {}
        parts = [f"{key} {place[key]}" for key in ("sheet", "page", "table", "row") if place.get(key) is not None]
        if lines := place.get("lines"):
            parts.append(f"line {lines[0]}" if lines[0] == lines[-1] else f"lines {lines[0]}–{lines[-1]}")
        if not parts and place.get("headings"):
            parts.append("under " + " › ".join(map(str, place["headings"])))
        return ", ".join(parts)
