"""What somebody answers for in the rounds that run: items with the record as it stands, drafts and who else drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.rules import end_of_day, standing
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Record, Update
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.models.loading import standing_ids
from goldthread.domain.register.queries import at
from goldthread.domain.register.terms import GONE, RecordKind, Visibility
from goldthread.domain.rounds.access import handed_over
from goldthread.domain.rounds.models import Draft, HandOver, Item, ItemStep, Round, SignedLink
from goldthread.domain.rounds.terms import RUNNING, WAITING, ItemState
from goldthread.kernel.clock import LONDON, today

_RELATED = ("record__within", "round__plan", "request__person__user", "owner", "holder", "sent_by")


@dataclass(slots=True)
class ItemAt:
    """An item with everything that its page shows. ``drafts_only``: it was handed over, and its lead sends it."""

    item: Item
    stood: RecordAt
    criteria: list[str] = field(default_factory=list)
    draft: Draft | None = None
    other_drafts: list[Draft] = field(default_factory=list)
    hands: list[HandOver] = field(default_factory=list)
    drafts_only: bool = False

    @property
    def late_days(self) -> int:
        """How many days past its day, where the update is still owed."""
        return max(0, (today() - self.item.due_on).days) if self.item.state in WAITING else 0


def my_items(*, viewer: Viewer, only: Iterable[int] | None = None, link: bool = False) -> list[ItemAt]:
    """What the viewer was asked for, or was handed to draft, in rounds that take updates; of ``only`` these items.

    Through a signed link nothing restricted shows. A constant number of queries, first those due first.
    """
    if viewer.user_id is None:
        return []
    rows = Item.objects.filter(round__state__in=RUNNING)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    hands = handed_over(viewer.user_id, rows)
    mine = rows.filter(Q(request__person__user_id=viewer.user_id) | Q(pk__in=list(hands)))
    if link:
        mine = mine.exclude(record__visibility=Visibility.RESTRICTED)
    items = list(mine.select_related(*_RELATED).order_by("due_on", "round_id", "position", "pk"))
    return with_records(items, viewer=viewer, drafting=set(hands), open_only=link)


def item_of(pk: int, *, viewer: Viewer, link: SignedLink | None = None) -> ItemAt | None:
    """One item that the viewer may draft: asked, handed over, or of a record that they may update; None otherwise."""
    if link is not None and pk not in link.items:
        return None
    found = my_items(viewer=viewer, only=[pk], link=link is not None)
    if found or link is not None:
        return found[0] if found else None
    if not viewer.may(Permission.ADD_UPDATES):
        return None
    rows = Item.objects.filter(pk=pk, round__state__in=RUNNING, record__in=visible_to(viewer)).select_related(*_RELATED)
    return next(iter(with_records(list(rows), viewer=viewer)), None)


def with_records(
    items: list[Item], *, viewer: Viewer, drafting: set[int] | None = None, open_only: bool = False
) -> list[ItemAt]:
    """Items with their records as they stand today, for a viewer; those whose record they may not see are left out.

    ``open_only``: without success criteria that are restricted, whoever looks.
    """
    ids = [item.record_id for item in items]
    stood = {row.record.pk: row for row in at(Record.objects.filter(pk__in=ids), viewer=viewer)}
    criteria = _criteria(stood.values(), viewer, open_only=open_only)
    pks = [item.pk for item in items]
    drafts: dict[int, list[Draft]] = defaultdict(list)
    for draft in Draft.objects.filter(item__in=pks, sent=False).select_related("user"):
        drafts[draft.item_id].append(draft)
    hands = _hands(pks)
    found = []
    for item in items:
        row = stood.get(item.record_id)
        if row is None or row.state in GONE:
            continue
        own = next((one for one in drafts[item.pk] if one.user_id == viewer.user_id), None)
        asks = criteria.get(item.record_id, []) or criteria.get(row.parent_id or 0, [])
        others = [one for one in drafts[item.pk] if one.user_id != viewer.user_id and one.values]
        found.append(ItemAt(item, row, asks, own, others, hands[item.pk], item.pk in (drafting or ())))
        if found[-1].drafts_only and item.request.person and item.request.person.user_id == viewer.user_id:
            found[-1].drafts_only = False
    return found


def _criteria(rows: Iterable[RecordAt], viewer: Viewer, *, open_only: bool) -> dict[int, list[str]]:
    above = {pk for row in rows for pk in (row.record.pk, row.parent_id) if pk is not None}
    found: dict[int, list[str]] = defaultdict(list)
    criteria = Record.objects.filter(kind=RecordKind.CRITERION, parent__in=above).exclude(state__in=GONE)
    if open_only:
        criteria = criteria.exclude(visibility=Visibility.RESTRICTED)
    for parent, text, title in (
        visible_to(viewer, criteria).order_by("position", "pk").values_list("parent_id", "text", "title")
    ):
        found[parent or 0].append(text or title)
    return found


def _hands(items: list[int]) -> dict[int, list[HandOver]]:
    found: dict[int, dict[int, HandOver]] = defaultdict(dict)
    for row in standing(HandOver.objects.filter(item__in=items).select_related("to")):
        found[row.item_id][row.to_id] = row
    day = today()
    return defaultdict(
        list, {pk: [one for one in to.values() if not one.ended and one.until >= day] for pk, to in found.items()}
    )


def rounds_answered_by(update: Update, *, viewer: Viewer) -> list[str]:
    """The names of the rounds whose item took an update as its answer, where the viewer sees its record."""
    rows = Item.objects.filter(update=update, record__in=visible_to(viewer)).order_by("round__freeze_on")
    return list(rows.values_list("round__name", flat=True))


def items_of(round: Round, *, viewer: Viewer) -> QuerySet[Item]:
    """The items of a round that stand and whose records the viewer may see, in printed order."""
    rows = Item.objects.standing().filter(round=round, record__in=visible_to(viewer))
    return rows.select_related(*_RELATED, "record__accountable", "record__directorate").order_by("position", "pk")


def returned_and_standing(round: Round, *, viewer: Viewer) -> list[Item]:
    """Items that were sent back and not sent again, whose words nobody took back: a report of the round prints them."""
    items = list(items_of(round, viewer=viewer).filter(state=ItemState.RETURNED, update__isnull=False))
    stand = standing_ids(Update, [item.record_id for item in items])
    return [item for item in items if item.update_id in stand.get(item.record_id, [])]


@dataclass(frozen=True, slots=True)
class Fates:
    """What became of the updates of a plan's rounds: what was sent back and when, and which later ones took whose place."""

    sent_back: dict[int, date]
    replaced: dict[int, list[int]]


def fates(plan: Record, *, viewer: Viewer, known_on: date | None = None) -> Fates:
    """What became of the updates that were sent in a plan's rounds, by their ids, as known on a day.

    ``sent_back``: those that were sent back and not sent again, and the day of that. ``replaced``: those in whose place the
    same item took later ones, in order; where these were taken back, the earlier one speaks again. Of records that the
    viewer may see. A constant number of queries.
    """
    steps = ItemStep.objects.filter(item__round__plan=plan, item__record__in=visible_to(viewer).values("pk"))
    known = viewer.knowing(known_on)
    if known is not None:
        steps = steps.filter(event__at__lt=end_of_day(known))
    last: dict[int, tuple[int | None, str, datetime]] = {}
    sent: dict[int, list[int]] = defaultdict(list)
    for item, update, state, moment in steps.order_by("pk").values_list("item_id", "update_id", "state", "event__at"):
        last[item] = (update, state, moment)
        if state == ItemState.SENT and update is not None and update not in sent[item]:
            sent[item].append(update)
    return Fates(
        {
            update: moment.astimezone(LONDON).date()
            for update, state, moment in last.values()
            if state == ItemState.RETURNED and update is not None
        },
        {one: rows[place + 1 :] for rows in sent.values() for place, one in enumerate(rows[:-1])},
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """An update beside the one before it, for whoever checks or accepts."""

    item: Item
    stood: RecordAt
    update: Update | None
    before: Update | None


def readings(round: Round, *, viewer: Viewer, states: Iterable[str] | None = None) -> list[Reading]:
    """The items of a round that are in some states (sent, checked or accepted), each update beside the previous one."""
    wanted = list(states) if states is not None else [ItemState.SENT, ItemState.CHECKED, ItemState.ACCEPTED]
    items = list(
        items_of(round, viewer=viewer).filter(state__in=wanted).select_related(*_RELATED, "update__by", "before__by")
    )
    stood = {
        row.record.pk: row for row in at(Record.objects.filter(pk__in=[i.record_id for i in items]), viewer=viewer)
    }
    return [Reading(item, stood[item.record_id], item.update, item.before) for item in items if item.record_id in stood]
