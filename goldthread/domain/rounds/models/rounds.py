"""How often a plan reports, its rounds, and who was asked for what."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.events.models import Event, Recorded, Step
from goldthread.domain.organisation.models import Body, Meeting, Owner, Person
from goldthread.domain.register.models import Record, Update
from goldthread.domain.register.models.loading import standing_ids
from goldthread.domain.register.terms import GONE, LIVE, Visibility
from goldthread.domain.rounds.rules import Offsets, Timetable, offsets_from
from goldthread.domain.rounds.rules.letters import Line
from goldthread.domain.rounds.terms import SETTLED, WAITING, Frequency, How, ItemState, RoundState
from goldthread.kernel.shortening import shortened


def outside_name(plan: Record) -> str:
    """A plan where somebody may read who is not signed in: its title, or its reference where it is restricted."""
    return plan.reference if plan.visibility == Visibility.RESTRICTED else " ".join(plan.heading.split())


class Cadence(Recorded):
    """How a plan reports from a day on, with its timetable. Without a plan: the council's own timetable for all plans."""

    plan = models.ForeignKey(Record, null=True, blank=True, on_delete=models.PROTECT, related_name="cadences")
    starts = models.DateField()
    frequency = models.CharField(max_length=12, choices=Frequency.choices)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offsets = models.JSONField(help_text="The timetable, in working days; see terms/timetable.toml")
    source = models.CharField(max_length=300, blank=True, help_text="Where the timetable comes from")
    ended = models.BooleanField(default=False, help_text="From this day on it reports no longer")

    class Meta:
        ordering: ClassVar = ["starts", "id"]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()} from {self.starts}"

    @property
    def timetable(self) -> Offsets:
        """The stored numbers."""
        return offsets_from(self.offsets)


class Round(models.Model):
    """One reporting round of a plan. ``state`` is where its steps have led; each step stands in RoundStep."""

    plan = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField(max_length=120)
    starts = models.DateField(help_text="First day of what is reported on")
    as_at = models.DateField(help_text="The day that the report speaks of")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    offsets = models.JSONField(help_text="The timetable as it was when the round was planned")
    opens = models.DateField()
    due_first = models.DateField()
    due_last = models.DateField()
    grace_until = models.DateField()
    check_by = models.DateField()
    accept_by = models.DateField()
    sign_off_by = models.DateField()
    freeze_on = models.DateField()
    meets_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=RoundState.choices, default=RoundState.PLANNED)
    issue = models.BigIntegerField(
        null=True, blank=True, help_text="The issued report; reporting stands above this room"
    )

    class Meta:
        ordering: ClassVar = ["freeze_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "name"], condition=~models.Q(state="called off"), name="rounds_round_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.plan.reference}"

    @property
    def timetable(self) -> Timetable:
        """Its days."""
        return Timetable(
            self.opens, self.due_first, self.due_last, self.grace_until, self.check_by, self.accept_by,
            self.sign_off_by, self.freeze_on, self.meets_on,
        )  # fmt: skip

    @property
    def plan_outside(self) -> str:
        """The plan as mails, calendars and signed links name it: its title, or what is restricted by its reference alone."""
        return outside_name(self.plan)

    @property
    def outside_name(self) -> str:
        """What a round is called in a message: the plan, shortened, and the round's own name."""
        return f"{shortened(self.plan_outside, 70)}, {self.name}"

    def asks_for(self) -> models.QuerySet[Record]:
        """The entries of its plan that ask for an update today: live ones of the kinds of its levels, in printed order."""
        kinds = [kind for level in self.distances.levels for kind in level.kinds]
        rows = Record.objects.filter(within=self.plan_id, kind__in=kinds, state__in=LIVE)
        return rows.select_related("accountable").order_by("position", "pk")

    @property
    def distances(self) -> Offsets:
        """How far its steps lie apart."""
        return offsets_from(self.offsets)


class RoundStep(models.Model):
    """A round moved to a state: who, when and why stand in the event. Only ever added."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=RoundState.choices)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.state}"


class Request(models.Model):
    """What one person was asked for in one round; the person is empty where there was nobody to ask."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="requests")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["round", "person__name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "person"], name="rounds_request_once"),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(person__isnull=True), name="rounds_request_nobody_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or 'Nobody'} in {self.round_id}"


class ItemQuerySet(models.QuerySet["Item"]):
    """Items by whether anything is owed on them."""

    def owed(self) -> Self:
        """Those on which an update is still to come: an entry that was withdrawn or merged meanwhile owes none."""
        return self.filter(state__in=WAITING).exclude(record__state__in=GONE)

    def standing(self) -> Self:
        """All but those whose entry has left the plan without an update: nobody is asked for it, and nobody misses it."""
        return self.exclude(state__in=WAITING, record__state__in=GONE)


class Item(models.Model):
    """One record in a round: the post it was asked of, who held it, and how far its update has come."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="items")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="items")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="round_items")
    owner = models.ForeignKey(Owner, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=How.choices)
    due_on = models.DateField()
    position = models.PositiveIntegerField(default=0)
    before = models.ForeignKey(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The last one when asked"
    )
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.ASKED)
    update = models.ForeignKey(Update, null=True, blank=True, on_delete=models.PROTECT, related_name="round_items")
    returned_because = models.TextField(blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "record"], name="rounds_item_once")]
        indexes: ClassVar = [models.Index(fields=["round", "state"], name="rounds_item_state")]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.round_id}"

    def in_message(self, *, due: date | None = None, note: str = "") -> Line:
        """The item as a message names it, due on its own day unless told; what is restricted by its reference alone."""
        record = self.record
        words = "" if record.visibility == Visibility.RESTRICTED else shortened(record.heading, 110)
        return Line(record.reference, words, due or self.due_on, note)

    @property
    def newest_update(self) -> int | None:
        """The id of the newest update that stands on its record; None where there is none. One query."""
        return next(reversed(standing_ids(Update, [self.record_id]).get(self.record_id, [])), None)


class ItemStep(Step):
    """An item moved to a state: who, when and why stand in the event. Only ever added."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ItemState.choices)
    update = models.ForeignKey(Update, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"

    def action_kept_because(self, viewer: Viewer) -> str:
        """What was accepted, signed off or reported with a round stays there, for all but who runs its rounds."""
        stands = self._stands
        if not stands or self._runs(viewer):
            return ""
        name = self.item.record.reference
        if self.item.round.state in SETTLED:
            return (
                f"Your update of {name} {stands}: correct it by a new update, or ask the coordinator to take it back."
            )
        return f"Your update of {name} {stands}: ask the coordinator to return it, then send another one."

    def action_asks_why(self, viewer: Viewer) -> str:
        """Who runs the rounds says why: others have read it, or a report has printed it."""
        return (
            f"The update of {self.item.record.reference} {self._stands}: say why it is taken back."
            if self._stands
            else ""
        )

    @property
    def _stands(self) -> str:
        """Where an update that was sent stands for good; "" where it does not, or for other steps."""
        item, round = self.item, self.item.round
        if self.state != ItemState.SENT:
            return ""
        if round.state in SETTLED:
            return f"is {RoundState(round.state).label.lower()} with {round.name}"
        return f"is accepted in {round.name}" if item.state == ItemState.ACCEPTED else ""

    def _runs(self, viewer: Viewer) -> bool:
        from goldthread.domain.rounds.access import may_run

        return may_run(viewer, self.item.round.plan)
