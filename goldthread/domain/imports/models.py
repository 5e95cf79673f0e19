"""Tables of the imports room: a file on its way in, and what was found in it, beside the register until somebody decides."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.events.models import Event
from goldthread.domain.imports.rules import column_of
from goldthread.domain.imports.terms import READ_AGAIN, Difference, Stage
from goldthread.domain.organisation.models import Post, Responsibility
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.register.adopters import lead_names, state_of, timescale_of, words_of
from goldthread.domain.register.models import Passage, Record, SourceFile
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import State


class Import(models.Model):
    """One file on its way in. The same bytes come in once: a second time leads to the first."""

    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, unique=True)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0, help_text="Steps of reading done")
    steps = models.PositiveIntegerField(default=0, help_text="Steps of reading in all, 0 while not known")
    problem = models.TextField(blank=True, help_text="Why the file could not be read, in one sentence")
    source_file = models.OneToOneField(
        SourceFile, null=True, blank=True, on_delete=models.PROTECT, related_name="imported"
    )
    title = models.CharField(max_length=500, blank=True)
    document_kind = models.CharField(max_length=30, blank=True)
    organisation = models.CharField(max_length=300, blank=True, help_text="The council that the document names")
    as_at = models.DateField(null=True, blank=True, help_text="The day that the document speaks of")
    words = models.JSONField(default=dict, blank=True)
    questions = models.JSONField(default=list, blank=True, help_text="Questions about the whole document")
    furniture = models.JSONField(default=list, blank=True)
    unplaced = models.JSONField(default=list, blank=True)
    columns = models.JSONField(
        default=dict, blank=True, help_text="What a person said the columns of some headings hold: heading to role"
    )
    container = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The plan or review it became",
    )
    continues = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="later_issues",
        help_text="The plan that this is a newer issue of",
    )
    container_event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["-received", "-id"]

    def __str__(self) -> str:
        return self.title or self.file_name

    def headings(self) -> list[str]:
        """The columns of its tables, as the reader is told them: those that are asked about first, each once."""
        asked = [column_of(question) for question in self.questions]
        rows = [words_of(row.get("text")) for row in self.furniture if row.get("why") == "header row"]
        printed = [" ".join(part.split()) for row in rows for part in row.split("\t")]
        return [heading for heading in dict.fromkeys([*asked, *printed]) if 0 < len(heading) <= LONGEST_HEADING]

    def shape(self) -> dict[str, Any]:
        """How the document as a whole stands, for an event that changes it."""
        return {name: getattr(self, name) for name in DOCUMENT_SHAPE}


class Proposal(models.Model):
    """One thing found in a document. Nobody's fact until a person adopts it."""

    batch = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="proposals")
    key = models.CharField(max_length=20, help_text="Its id in the reading: r7")
    parent_key = models.CharField(max_length=20, blank=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    section = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    confidence = models.FloatField(default=1.0)
    questions = models.JSONField(default=list, blank=True)
    passage = models.ForeignKey(Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    adopted = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="adopted_proposals"
    )
    was_adopted = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rejected = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    matched = models.ForeignKey(
        Record,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The record that it is a newer print of",
    )
    likeness = models.FloatField(null=True, blank=True, help_text="How alike the two wordings are, 0 to 1")
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals")
    responsibility = models.ForeignKey(
        Responsibility, null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )

    class Meta:
        ordering: ClassVar = ["batch", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "key"], name="imports_proposal_once"),
            models.CheckConstraint(
                condition=models.Q(adopted__isnull=True) | models.Q(rejected__isnull=True),
                name="imports_proposal_one_fate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.text[:60]}"

    def shape(self) -> dict[str, Any]:
        """How it stands, for the event of a decision on it."""
        return {name: getattr(self, name) for name in PROPOSAL_SHAPE}

    @property
    def state(self) -> str:
        """open, adopted or rejected."""
        return "adopted" if self.adopted_id else "rejected" if self.rejected_id else "open"

    @property
    def asks(self) -> bool:
        """Whether its questions still wait for a person: it is open, or was adopted unattended and nobody has checked it."""
        if not self.questions or self.rejected_id:
            return False
        return self.adopted_id is None or (self.record is not None and not self.record.checked)

    @property
    def certain(self) -> bool:
        """Whether it may be adopted together with all others that are certain: no open question, and either read with high
        confidence or corrected by a person.
        """
        return (self.confidence >= CERTAIN or self.edited_by_id is not None) and not self.questions

    def differences(self, held: RecordAt, *, as_at: date) -> list[str]:
        """What this newer print says differently from the record as it stood; [UNCHANGED] where nothing."""
        found: list[str] = []
        if flat(self.text) != flat(held.text) or flat(words_of(self.fields.get("title"))) != flat(held.version.title):
            found.append(Difference.REWORDED)
        update = flat(words_of(self.fields.get("update")))
        if update and update not in {flat(old.text) for old in held.updates}:
            found.append(Difference.UPDATED)
        if self._names_others_than(held):
            found.append(Difference.LEAD)
        timescale = timescale_of(self.fields)
        if timescale is not None and (held.due is None or flat(held.due.text) != flat(timescale.text)):
            found.append(Difference.DATED)
        state, printed = state_of(self.fields, as_at=as_at, in_doubt=bool(self.questions))
        if state != held.state and (printed or state != State.OPEN):
            found.append(Difference.COMPLETED if state == State.COMPLETE else Difference.STATE)
        if self.section and list(self.section) != held.section:
            found.append(Difference.MOVED)
        return found or [Difference.UNCHANGED]

    def _names_others_than(self, held: RecordAt) -> bool:
        """Printed names say something new only where they are neither those on record nor what those stand for."""
        known = {name_key(lead.printed) for lead in held.leads if lead.printed}
        known |= {name_key(lead.owner.name) for lead in held.leads if lead.owner is not None}
        return not {name_key(name) for name in lead_names(self.fields)} <= known


class Heading(models.Model):
    """A heading of columns that this council uses, and what stands under it: every later reading goes by it."""

    words = models.CharField(max_length=200, help_text="As printed where it was remembered")
    plain = models.CharField(max_length=200, help_text="As the reader compares it")
    role = models.CharField(max_length=30)
    told = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="told_headings")
    forgotten = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="forgotten_headings"
    )

    class Meta:
        ordering: ClassVar = ["words", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plain"], condition=models.Q(forgotten__isnull=True), name="imports_heading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.role}"

    @classmethod
    def remembered(cls) -> dict[str, str]:
        """Every heading that is remembered, with what stands under it: what each reading is told."""
        return dict(cls.objects.filter(forgotten=None).values_list("plain", "role"))


def flat(text: str) -> str:
    """A text as it is compared: spaces folded, case kept."""
    return " ".join(text.split())


LONGEST_HEADING = 100  # characters; what is longer heads no column

PROPOSAL_SHAPE = (
    "kind",
    "text",
    "section",
    "fields",
    "questions",
    "parent_key",
    "passage_id",
    "edited_by_id",
    "rejected_id",
    "position",
    "confidence",
)
"""What shaping changes; an event keeps these of every proposal that it touched."""

DOCUMENT_SHAPE = ("words", "questions", "furniture", "unplaced", "columns", "document_kind")
"""What reading a document again changes of it."""

REPLACED = models.Q(rejected__undoes__isnull=False) | models.Q(rejected__verb=READ_AGAIN)
"""Proposals that are none any longer: the second half of a split that was undone, and what a later reading does not find."""

CERTAIN = 0.9
"""From this confidence on a proposal without questions counts as certain."""
