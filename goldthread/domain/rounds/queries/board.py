"""The coordinator's board: who has answered, who is late, what is stale, where rating and words disagree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.notices.channels import CHANNELS
from goldthread.commons.notices.models import Message, MessageState
from goldthread.domain.register.models import Record
from goldthread.domain.register.rules import aged
from goldthread.domain.rounds.models import Item, ItemStep, LinkUse, Request, Round, SignedLink
from goldthread.domain.rounds.queries.items import items_of
from goldthread.domain.rounds.rules.telling import disagreement_of
from goldthread.domain.rounds.terms import ANSWERED, WAITING, How, ItemState
from goldthread.kernel.clock import LONDON, today


@dataclass(slots=True)
class BoardItem:
    """One item on the board. ``age`` is days since the last update (None: there never was one)."""

    item: Item
    record: Record
    age: int | None
    stale: bool
    late_days: int
    disagrees: str
    rating: str


@dataclass(slots=True)
class BoardPerson:
    """One person on the board, or nobody."""

    request: Request
    name: str
    items: list[BoardItem] = field(default_factory=list)
    address: str = ""
    written: date | None = None
    undelivered: str = ""
    refused: bool = False  # the address itself was: a server that is down says nothing about it

    @property
    def answered(self) -> int:
        """How many of their items have an update."""
        return sum(one.item.state in ANSWERED for one in self.items)

    @property
    def drafted(self) -> int:
        """How many they have begun."""
        return sum(one.item.state == ItemState.DRAFTED for one in self.items)

    @property
    def late_days(self) -> int:
        """How long their latest item is late."""
        return max((one.late_days for one in self.items), default=0)

    @property
    def owes(self) -> bool:
        """Whether an update is still to come."""
        return any(one.item.state in WAITING for one in self.items)


@dataclass(slots=True)
class Board:
    """A round at a glance."""

    round: Round
    people: list[BoardPerson]
    items: list[BoardItem]
    undelivered: list[Message]
    never: list[str]
    waits_for: str
    days: list[tuple[date, int]]

    def number(self, *states: str) -> int:
        """How many items are in some states."""
        return sum(one.item.state in states for one in self.items)

    @property
    def late(self) -> list[BoardItem]:
        """Items past their day."""
        return [one for one in self.items if one.late_days]

    @property
    def stale(self) -> list[BoardItem]:
        """Items without an update since the period began."""
        return [one for one in self.items if one.stale]

    @property
    def disagreeing(self) -> list[BoardItem]:
        """Items whose words do not go with their rating."""
        return [one for one in self.items if one.disagrees]

    @property
    def vacant(self) -> list[BoardItem]:
        """Items that went up the line, or to nobody."""
        return [one for one in self.items if one.item.how in (How.LINE, How.NOBODY)]


def board_of(round: Round, *, viewer: Viewer) -> Board:
    """The board of a round, of the items that the viewer may see. A constant number of queries."""
    items = [_on_board(item) for item in items_of(round, viewer=viewer)]
    people: dict[int, BoardPerson] = {}
    for one in items:
        request = one.item.request
        person = request.person
        if request.pk not in people:
            address = (person.email or (person.user.email if person.user else "")) if person else ""
            people[request.pk] = BoardPerson(request, person.name if person else "Nobody to ask", address=address)
        people[request.pk].items.append(one)
    messages = list(Message.objects.filter(about=f"round:{round.pk}"))
    _tell_of_messages(people.values(), messages)
    owners: dict[str, list[BoardItem]] = defaultdict(list)
    for one in items:
        owners[str(one.item.owner or "No lead")].append(one)
    return Board(
        round=round,
        people=sorted(people.values(), key=lambda one: (-one.late_days, not one.owes, one.name)),
        items=items,
        undelivered=[one for one in messages if one.state == MessageState.GIVEN_UP or one.problem],
        never=sorted(name for name, theirs in owners.items() if all(one.age is None for one in theirs)),
        waits_for=CHANNELS["email"].ready() if any(m.state == MessageState.WAITING for m in messages) else "",
        days=_by_day(round, [one.item.pk for one in items]),
    )


def _on_board(item: Item) -> BoardItem:
    record, day = item.record, today()
    rating = aged(record.rating, state=record.state, overdue=record.due_on is not None and record.due_on < day)
    updated = record.updated_on
    return BoardItem(
        item=item,
        record=record,
        age=(day - updated).days if updated else None,
        stale=updated is None or updated < item.round.starts,
        late_days=max(0, (day - item.due_on).days) if item.state in WAITING else 0,
        disagrees=disagreement_of(rating, record.last_update, state=record.state),
        rating=rating,
    )


def _tell_of_messages(people: Iterable[BoardPerson], messages: list[Message]) -> None:
    by_address: dict[str, list[Message]] = defaultdict(list)
    for message in messages:
        by_address[message.to_address.lower()].append(message)
    for one in people:
        theirs = by_address.get(one.address.lower(), []) if one.address else []
        sent = [message.sent for message in theirs if message.sent is not None and ":call:" not in message.key]
        one.written = max(sent).astimezone(LONDON).date() if sent else None
        one.undelivered = next((message.problem for message in theirs if message.problem), "")
        one.refused = any(message.problem and message.state == MessageState.GIVEN_UP for message in theirs)


def _by_day(round: Round, items: list[int]) -> list[tuple[date, int]]:
    """How many items had their first update in by each day, from the opening to the freeze or today."""
    firsts: dict[int, date] = {}
    steps = ItemStep.objects.filter(item__round=round, item__in=items, state=ItemState.SENT).order_by("id")
    for item, moment in steps.values_list("item_id", "event__at"):
        firsts.setdefault(item, moment.astimezone(LONDON).date())
    counts, total, found = Counter(firsts.values()), 0, []
    day, last = round.opens, min(round.freeze_on, max(today(), round.opens))
    while day <= last:
        total += counts[day]
        found.append((day, total))
        day += timedelta(days=1)
    return found


def messages_of(round: Round, *, viewer: Viewer) -> list[Message]:
    """Every message of a round with its tries, newest first; nothing for who does not see the round's plan."""
    if not items_of(round, viewer=viewer).exists():
        return []
    rows = Message.objects.filter(about=f"round:{round.pk}").prefetch_related("attempts")
    return list(rows.annotate(last=Max("attempts__at")).order_by("-made", "-pk"))


def links_of(round: Round, *, viewer: Viewer) -> list[tuple[SignedLink, list[LinkUse]]]:
    """The signed links of a round, newest first, each with its uses; nothing for who does not see the round's plan."""
    if not items_of(round, viewer=viewer).exists():
        return []
    rows = (
        SignedLink.objects.filter(round=round).select_related("user", "person", "round__plan").order_by("-made", "-pk")
    )
    uses: dict[int, list[LinkUse]] = defaultdict(list)
    for use in LinkUse.objects.filter(link__round=round).order_by("at", "pk"):
        uses[use.link_id or 0].append(use)
    return [(row, uses[row.pk]) for row in rows]
