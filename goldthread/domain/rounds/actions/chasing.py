"""What happens by itself: rounds planned and opened on their day, reminders, the line above told, messages handed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.notices.actions import Delivery, Letter, deliver, queue
from goldthread.commons.notices.models import Message
from goldthread.domain.organisation.models import Person
from goldthread.domain.rounds.access import may_run
from goldthread.domain.rounds.actions.attaching import let_go_of_files
from goldthread.domain.rounds.actions.calling import call_on
from goldthread.domain.rounds.actions.opening import Opened, open_round, write_to
from goldthread.domain.rounds.actions.planning import plan_rounds, step
from goldthread.domain.rounds.models import Item, Request, Round, SignedLink
from goldthread.domain.rounds.queries.people import absences, holding, line_above
from goldthread.domain.rounds.queries.planning import reporting_plans
from goldthread.domain.rounds.rules import escalates, is_away, reminder_for
from goldthread.domain.rounds.rules.letters import written
from goldthread.domain.rounds.terms import RUNNING, UNDER_WAY, How, Occasion, RoundState
from goldthread.kernel.clock import now, today
from goldthread.kernel.days import CalendarEnds, is_working_day


@dataclass(slots=True)
class Ticked:
    """What one tick did."""

    planned: int = 0
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    reminded: int = 0
    escalated: int = 0
    called: int = 0
    let_go: int = 0
    delivery: Delivery = field(default_factory=Delivery)
    problems: list[str] = field(default_factory=list)


def tick(*, by: User) -> Ticked:
    """Do what the day asks for; run again, it does nothing twice. Messages go out on working days only, waiting ones always.

    One round that cannot be moved holds none of the others up: its sentence is among the problems.
    """
    done, viewer = Ticked(), viewer_for(by)
    for plan in reporting_plans(viewer=viewer):
        try:
            done.planned += len(plan_rounds(plan=plan, by=by))
        except Refused as refused:
            done.problems.append(f"{plan.reference}: {refused}")
    if _works_today(done):
        for round in Round.objects.filter(state=RoundState.PLANNED, opens__lte=today()).select_related("plan"):
            _try(done, round, lambda round=round: done.opened.append(_opened(round, by)))
        for round in Round.objects.filter(state__in=RUNNING).select_related("plan"):
            _try(done, round, lambda round=round: _chase(round, by, done))
        for round in Round.objects.filter(state__in=UNDER_WAY).select_related("plan"):
            done.called += call_on(round=round, by=by)
    done.let_go = let_go_of_files(by=by)
    done.delivery = deliver()
    return done


def tick_in_words(*, by: User) -> str:
    """Do what the day asks for, and say what it was: the recurring work.

    Raises Refused with what could not be done; everything else is done then.
    """
    done = tick(by=by)
    parts = [*done.opened, *(f"{name} is being checked" for name in done.closed)]
    if done.reminded or done.escalated:
        parts.append(f"{done.reminded} reminded, {done.escalated} told as the line above")
    if done.called:
        parts.append(f"{done.called} told that a step waits for them")
    if done.let_go:
        parts.append(f"{done.let_go} waiting files of drafts let go")
    if done.problems:
        raise Refused("; ".join([*parts, *done.problems]))
    return "; ".join(parts)


def _works_today(done: Ticked) -> bool:
    try:
        return is_working_day(today())
    except CalendarEnds as beyond:
        done.problems.append(str(beyond))
        return False


def _try(done: Ticked, round: Round, action: object) -> None:
    try:
        action()  # type: ignore[operator]
    except (Refused, CalendarEnds) as refused:
        done.problems.append(f"{round}: {refused}")


def _opened(round: Round, by: User) -> str:
    opened: Opened = open_round(round=round, by=by)
    return f"{round}: {opened.people} people, {opened.items} items"


def _chase(round: Round, by: User, done: Ticked) -> None:
    day, offsets = today(), round.distances
    waiting = list(
        Item.objects.owed()
        .filter(round=round)
        .select_related("record", "owner", "holder", "request__person__user", "round__plan")
        .order_by("position", "pk")
    )
    away = absences(viewer=viewer_for(by))
    for request, items in _by_request(waiting).items():
        person, due = request.person, min(item.due_on for item in items)
        number = reminder_for(due, day, offsets)
        if person is None or person.user is None or number is None or is_away(person.pk, away, day):
            continue
        if request.made.date() >= day:
            continue  # asked today: nobody is asked and reminded on one day
        done.reminded += _remind(request, person, items, by, key=f"reminder:{due.isoformat()}:{number}")
    late = [item for item in waiting if escalates(item.due_on, day, offsets)]
    done.escalated += _escalate(round, late, by)
    if round.state == RoundState.OPEN and day > round.grace_until:
        step(round=round, to=RoundState.CHECKING, by=by)
        done.closed.append(str(round))


def _by_request(items: Sequence[Item]) -> dict[Request, list[Item]]:
    found: dict[Request, list[Item]] = defaultdict(list)
    for item in items:
        found[item.request].append(item)
    return found


def _remind(request: Request, person: Person, items: list[Item], by: User, *, key: str, said: str = "") -> bool:
    assert person.user is not None
    if Message.objects.filter(key=f"round:{request.round_id}:{person.user_id}:{key}").exists():
        return False
    with transaction.atomic():
        return write_to(
            occasion=Occasion.REMINDER, round=items[0].round, user=person.user, person=person, items=items, by=by,
            key=key, said=said,
        )  # fmt: skip


@transaction.atomic
def remind(*, requests: Sequence[Request], by: User, said: str = "") -> int:
    """Remind some people now of everything that they still owe; returns how many were written to.

    Raises NotAllowed for who does not run the round, Refused where nobody among them owes anything or can be reached.
    """
    viewer, written_to = viewer_for(by), 0
    event = record_event(
        "reminded", by=by, subject=", ".join(str(one.person or "") for one in requests)[:200], reason=said
    )
    for request in Request.objects.filter(pk__in=[one.pk for one in requests]).select_related(
        "round__plan", "person__user"
    ):
        if not may_run(viewer, request.round.plan):
            raise NotAllowed("Only who runs the round reminds.")
        items = list(
            Item.objects.owed().filter(request=request).select_related("record", "owner", "holder", "round__plan")
        )
        if items and request.round.state in RUNNING and request.person is not None and request.person.user is not None:
            written_to += _remind(request, request.person, items, by, key=f"by-hand:{event.pk}", said=said)
    if not written_to:
        raise Refused("Nobody among them owes an update and has an address on record.")
    return written_to


def _escalate(round: Round, late: Sequence[Item], by: User) -> int:
    """Tell the holder of the post above, once for each person and due day, of everything late below them."""
    above, told = line_above(viewer=viewer_for(by)), 0
    posts = {
        item.owner_id: above.get(item.owner_id) for item in late if item.owner_id is not None and item.how != How.LINE
    }
    held = holding({post for post in posts.values() if post is not None}, viewer=viewer_for(by))
    by_boss: dict[int, list[Item]] = defaultdict(list)
    for item in late:
        boss = held.get(posts.get(item.owner_id or 0) or 0)
        if boss is not None and item.request.person_id != boss[0]:
            by_boss[boss[0]].append(item)
    people = Person.objects.select_related("user").in_bulk(list(by_boss))
    letters = []
    for pk, items in by_boss.items():
        boss_person = people[pk]
        address = boss_person.email or (boss_person.user.email if boss_person.user else "")
        if address:
            letters.append(_told(round, boss_person, address, items))
    with transaction.atomic():
        told = queue(letters=letters, by=by)
        if told:
            record_event("told the line above", by=by, subject=str(round)[:200], detail={"people": told})
    return told


def _told(round: Round, boss: Person, address: str, items: Sequence[Item]) -> Letter:
    lines = [item.in_message(note=str(item.owner or "")) for item in items]
    letter = written(
        Occasion.ESCALATION, name=boss.name, report=round.outside_name,
        council=settings.GOLDTHREAD_COUNCIL, lines=lines, until=round.freeze_on,
    )  # fmt: skip
    first = min(item.due_on for item in items)
    return Letter(
        key=f"round:{round.pk}:person:{boss.pk}:escalation:{first.isoformat()}", about=f"round:{round.pk}",
        to_name=boss.name, to_address=address, subject=letter.subject, text=letter.text, html=letter.html,
    )  # fmt: skip


@transaction.atomic
def new_link(*, link: SignedLink, by: User) -> bool:
    """Send the person of a link another one, to the address on record and nowhere else; False where one was just sent.

    Whoever holds the old link may ask: nothing but a mail to its rightful owner comes of it. Raises Refused once the
    round takes no more updates or nothing of the link waits for an update.
    """
    if link.round.state not in RUNNING or link.revoked is not None:
        raise Refused("This link cannot be renewed: its round takes no more updates, or it was revoked.")
    recent = SignedLink.objects.filter(user=link.user, round=link.round, made__gt=now() - timedelta(minutes=5))
    if recent.exists():
        return False
    items = list(
        Item.objects.owed().filter(pk__in=link.items).select_related("record", "owner", "holder", "round__plan")
    )
    if not items:
        raise Refused("Nothing of this link waits for an update any more.")
    number = SignedLink.objects.filter(user=link.user, round=link.round).count()
    return write_to(
        occasion=Occasion.NEW_LINK, round=link.round, user=link.user, person=link.person, items=items, by=by,
        key=f"new:{number}",
    )  # fmt: skip
