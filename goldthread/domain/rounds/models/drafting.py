"""Drafts, who else drafts, and who is away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from goldthread.commons.events.models import Recorded
from goldthread.commons.files.intake import TakenIn
from goldthread.domain.organisation.models import Person
from goldthread.domain.rounds.models.rounds import Item

FILES = "files"
"""Under which name the files of a draft stand among its values; no field of the form is called so."""


class Draft(models.Model):
    """What one person has written for one item and not sent yet: working text, saved as it is typed.

    ``version`` counts the saves. Who saves names the version that they last saw, so that a save from another window is
    noticed instead of overwriting what stands there.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict, help_text="The fields of the form as they were typed")
    version = models.PositiveIntegerField(default=1)
    based_on = models.BigIntegerField(null=True, blank=True, help_text="The update that stood when it was begun")
    saved = models.DateTimeField()
    sent = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["saved", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "user"], name="rounds_draft_once")]

    def __str__(self) -> str:
        return f"Draft {self.version} of {self.item_id}"

    @property
    def typed(self) -> dict[str, Any]:
        """The fields of the form, without the files."""
        return {name: value for name, value in self.values.items() if name != FILES}

    @property
    def files(self) -> list[TakenIn]:
        """The files that go with the update as evidence: taken in already, on record once it is sent."""
        return [TakenIn(**one) for one in self.values.get(FILES, [])]

    @property
    def text(self) -> str:
        """The words of the update."""
        return str(self.values.get("text", ""))


class HandOver(Recorded):
    """A lead asks somebody to draft an item: that person sees that record, until a day. Key: the item and the person."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="hand_overs")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(help_text="The last day on which they draft")
    ended = models.BooleanField(default=False)
    taken_back_with_its_action: ClassVar = False  # the role that goes with it ends by an action of its own

    class Meta:
        ordering: ClassVar = ["recorded", "id"]

    def __str__(self) -> str:
        return f"{self.item_id} to {self.to}"


class Absence(Recorded):
    """A person is away from a day to a last day, and who stands in for them."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in")
    starts = models.DateField()
    ends = models.DateField()

    person_id: int
    stand_in_id: int | None

    class Meta:
        ordering: ClassVar = ["starts", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="rounds_absence_in_order"),
            models.CheckConstraint(
                condition=models.Q(stand_in__isnull=True) | ~models.Q(stand_in=models.F("person")),
                name="rounds_absence_not_themselves",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts} to {self.ends}"
