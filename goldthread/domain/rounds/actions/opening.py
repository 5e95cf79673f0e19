"""Opening a round: working out who is asked for what, letting them in, and writing to each of them once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from goldthread.commons.access.actions import give_items
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.actions import account_for_asking
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.notices.actions import Letter, queue
from goldthread.domain.organisation.actions import set_address
from goldthread.domain.organisation.models import Owner, Person
from goldthread.domain.register.access import may, require_for, visible_to
from goldthread.domain.register.models import Record, Update
from goldthread.domain.register.models.loading import standing_ids
from goldthread.domain.register.terms import RecordKind, Visibility
from goldthread.domain.rounds.actions.links import make_link
from goldthread.domain.rounds.actions.planning import step
from goldthread.domain.rounds.models import Item, ItemStep, Request, Round
from goldthread.domain.rounds.queries.people import Asking, who_is_asked
from goldthread.domain.rounds.rules.letters import Writing, written
from goldthread.domain.rounds.terms import RUNNING, How, ItemState, Occasion, RoundState
from goldthread.kernel.clock import LONDON, now, today

ROLE = "contributor"
"""The role in which somebody without a wider one answers for single items."""


@dataclass(slots=True)
class Opened:
    """What opening a round came to: how many people were written to, for how many items, and items with nobody to ask."""

    people: int = 0
    items: int = 0
    nobody: list[str] = field(default_factory=list)
    without_address: list[str] = field(default_factory=list)


def open_round(*, round: Round, by: User) -> Opened:
    """Ask everybody who answers for something in the plan, each with one message, and open the round.

    Each person is a transaction of their own: stopped in between and started again, it goes on where it was, and nobody
    gets a second message. Raises Refused where the round cannot open or nothing in the plan asks for an update.
    """
    viewer = require_for(by, Permission.RUN_ROUNDS, [round.plan])
    if round.state != RoundState.PLANNED:
        raise Refused(f"{round} is {RoundState(round.state).label.lower()} already.")
    records = list(round.asks_for())
    if not records:
        raise Refused(f"Nothing in {round.plan.reference} asks for an update: it has no open action or recommendation.")
    asked = who_is_asked(records, first=round.opens, last=round.due_last, viewer=viewer)
    done = ask_each(round=round, records=records, asked=asked, by=by, write=ask)
    with transaction.atomic():
        opened = step(round=round, to=RoundState.OPEN, by=by)
        if opened.opens != today():
            opened.opens = today()  # earlier than planned, or later after a machine stood still
            opened.save(update_fields=["opens"])
    return done


def ask_each(
    *, round: Round, records: Sequence[Record], asked: dict[int, Asking], by: User, write: Callable[..., bool]
) -> Opened:
    """Write to each person for all of their records, and count. ``write`` (as ``ask``) says whether an address is there."""
    by_person: dict[int | None, list[Record]] = defaultdict(list)
    for record in records:
        by_person[asked[record.pk].person_id].append(record)
    people, done = Person.objects.select_related("user").in_bulk([pk for pk in by_person if pk is not None]), Opened()
    for pk, theirs in by_person.items():
        person = people.get(pk) if pk is not None else None
        reached = write(round=round, person=person, records=theirs, asked=asked, by=by)
        done.items += len(theirs)
        if person is None:
            done.nobody += [record.reference for record in theirs]
        elif reached:
            done.people += 1
        else:
            done.without_address.append(person.name)
    return done


@transaction.atomic
def ask(*, round: Round, person: Person | None, records: Sequence[Record], asked: dict[int, Asking], by: User) -> bool:
    """Put the items of one person into a round and queue their message; returns whether there is an address to write to."""
    event = record_event("asked for updates", by=by, subject=f"{round}: {person or 'nobody'}"[:200])
    request, _ = Request.objects.get_or_create(round=round, person=person, defaults={"made": now()})
    put_items(round=round, request=request, records=records, asked=asked, event=event)
    if person is None:
        return False
    user = let_in(person=person, records=records, until=round.freeze_on, by=by)
    items = list(Item.objects.filter(request=request).select_related("record"))
    return user is not None and write_to(
        occasion=Occasion.OPENED, round=round, user=user, person=person, items=items, by=by, key="opened"
    )


def put_items(
    *, round: Round, request: Request, records: Sequence[Record], asked: dict[int, Asking], event: Event
) -> None:
    """Make records the items of a request: new ones are added, those that were asked of somebody else go over to it."""
    held = {item.record_id: item for item in Item.objects.filter(round=round, record__in=records)}
    last, items = _last_updates([record.pk for record in records]), []
    for record in records:
        item = held.get(record.pk) or Item(
            round=round, record=record, before_id=last.get(record.pk), position=record.position,
            due_on=round.timetable.due(record.kind, round.distances),
        )  # fmt: skip
        if item.pk is not None and item.request_id == request.pk and item.owner_id == record.accountable_id:
            continue
        item.request, item.owner = request, record.accountable
        item.holder_id, item.how = asked[record.pk].holder_id, asked[record.pk].how
        items.append(item)
    Item.objects.bulk_create([item for item in items if item.pk is None], batch_size=300)
    Item.objects.bulk_update(
        [item for item in items if item.record_id in held], ["request", "owner", "holder", "how"], batch_size=300
    )
    _note(items, ItemState.ASKED, event)


def _last_updates(ids: Sequence[int]) -> dict[int, int]:
    return {record: updates[-1] for record, updates in standing_ids(Update, ids).items()}


def _note(items: Sequence[Item], state: ItemState, event: Event) -> None:
    ItemStep.objects.bulk_create(
        [
            ItemStep(item=item, state=state, update_id=item.update_id, event=event, reason=event.reason)
            for item in items
        ],
        batch_size=300,
    )


@transaction.atomic
def let_in(*, person: Person, records: Sequence[Record], until: date, by: User) -> User | None:
    """Make sure that a person can answer for some records until a day; None where there is no address to reach them.

    Who has no account gets one that opens nothing but these items; who may update them already gets nothing new.
    A restricted record is never opened this way: it needs a role.
    """
    user = person.user
    if user is None:
        if not person.email:
            return None
        user = account_for_asking(email=person.email, name=person.name, by=by, reason="Asked for updates in a round")
        if Person.objects.filter(user=user).exists():
            return user  # the address is another person's on record: they answer
        person.user = user
        person.save(update_fields=["user"])
    if not user.is_active:
        return None
    viewer = viewer_for(user)
    seen = set(
        visible_to(viewer, Record.objects.filter(pk__in=[one.pk for one in records])).values_list("pk", flat=True)
    )
    needed = [
        one.pk
        for one in records
        if one.visibility != Visibility.RESTRICTED
        and not (one.pk in seen and viewer.may(Permission.ADD_UPDATES) and may(viewer, Permission.ADD_UPDATES, one))
    ]
    needed += _criteria_of(records, viewer)
    give_items(user=user, role=ROLE, ids=needed, ends=until + timedelta(days=1), by=by, reason="Asked in a round")
    return user


@transaction.atomic
def give_address(*, request: Request, email: str, by: User) -> bool:
    """Record the address of somebody who could not be written to, and ask them now, as at the opening.

    Raises Refused for an address that is none or somebody else's, or where the round takes no more updates.
    """
    row = Request.objects.select_related("round__plan", "person__user").get(pk=request.pk)
    require_for(by, Permission.RUN_ROUNDS, [row.round.plan])
    if row.person is None or row.round.state not in RUNNING:
        raise Refused("There is nobody to write to here, or the round takes no more updates.")
    person = set_address(person=row.person, email=email, by=by, reason=f"Asked in {row.round}")
    items = list(Item.objects.filter(request=row).select_related("record", "owner", "holder", "round__plan"))
    user = let_in(person=person, records=[item.record for item in items], until=row.round.freeze_on, by=by)
    if user is None:
        raise Refused(f"The account of {person.name} is closed: ask an administrator to open it again.")
    return write_to(
        occasion=Occasion.OPENED, round=row.round, user=user, person=person, items=items, by=by, key="opened"
    )


def _criteria_of(records: Sequence[Record], viewer: Viewer) -> list[int]:
    """The success criteria of some records that a viewer does not see yet: what they are asked to say how far it is."""
    above = {pk for record in records for pk in (record.pk, record.parent_id) if pk is not None}
    rows = Record.objects.filter(kind=RecordKind.CRITERION, parent__in=above).exclude(visibility=Visibility.RESTRICTED)
    return list(rows.exclude(pk__in=visible_to(viewer).values("pk")).values_list("pk", flat=True))


def write_to(
    *,
    occasion: Occasion,
    round: Round,
    user: User,
    person: Person | None,
    items: Sequence[Item],
    by: User,
    key: str,
    said: str = "",
    until: date | None = None,
) -> bool:
    """Queue one message to one person with a link to their items; ``key`` says the occasion, so that it goes out once.

    ``until`` is the last day on which the link works: the day of the freeze, or an earlier one.
    """
    until = min(until or round.freeze_on, round.freeze_on)
    open_items = [item for item in items if item.record.visibility != Visibility.RESTRICTED]
    link = make_link(
        user=user, person=person, round=round, items=[item.pk for item in open_items], by=by,
        until=datetime.combine(until + timedelta(days=1), time.min, tzinfo=LONDON),
    )  # fmt: skip
    letter = _writing_for(occasion, round, person.name if person else user.name, items, until, said=said)
    made = queue(
        letters=[
            Letter(
                key=f"round:{round.pk}:{user.pk}:{key}", about=f"round:{round.pk}", to_name=user.name,
                to_address=(person.email if person and person.email else user.email), subject=letter.subject,
                text=letter.text, html=letter.html, filler=f"rounds.link:{link.pk}",
            )
        ],
        by=by,
    )  # fmt: skip
    return bool(made) or True


def _writing_for(
    occasion: Occasion, round: Round, name: str, items: Sequence[Item], until: date, *, said: str = ""
) -> Writing:
    """The words of a message about some items; what is restricted is named by its reference alone."""
    lines = [item.in_message(note=_via(item) if item.how in (How.STAND_IN, How.LINE) else "") for item in items]
    return written(
        occasion, name=name, report=round.outside_name, council=settings.GOLDTHREAD_COUNCIL, lines=lines,
        until=until, said=said,
    )  # fmt: skip


def _via(item: Item) -> str:
    owner: Owner | None = item.owner
    if item.how == How.STAND_IN:
        return f"for {item.holder}"
    return f"{owner} is vacant"
