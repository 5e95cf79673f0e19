"""Deciding on proposals before they are adopted: correcting, answering, parting, putting together, leaving out.

Each event keeps how every proposal that it touched stood before, so that it can be taken back as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.domain.imports.models import Heading, Import, Proposal
from goldthread.domain.imports.rules import Effect, effect_of, joined, parted
from goldthread.domain.register.adopters import words_of
from goldthread.domain.register.models import Passage

_STAYS_WITH_FIRST = {"update", "number", "title", "status", "completed", "facts", "success_criteria"}
"""Fields that a part of a text does not take along."""


def _record(
    verb: str, rows: Sequence[Proposal], *, by: User, subject: str = "", reason: str = "", made: Sequence[Proposal] = ()
) -> Event:
    """The event of a decision, with how its proposals stand now: call it before changing them. ``made``: new ones."""
    batch = rows[0].batch
    return record_event(
        verb,
        by=by,
        subject=subject or f"{len(rows)} from {batch}",
        reason=reason,
        detail={
            "import": batch.pk,
            "proposals": {str(row.pk): row.shape() for row in rows},
            "made": [row.pk for row in made],
        },
    )


def _open(proposals: Iterable[Proposal], by: User) -> list[Proposal]:
    """The proposals as they stand now, held for writing. Raises Refused where one has been decided."""
    require(by, Permission.IMPORT_DOCUMENTS)
    ids = [row.pk for row in proposals]
    rows = list(Proposal.objects.select_for_update().filter(pk__in=ids).order_by("position", "pk"))
    for row in rows:
        if row.state != "open":
            raise Refused(f"{row.key} has been decided already; undo that first, or edit the record instead.")
    return rows


@transaction.atomic
def reject(*, proposals: Sequence[Proposal], by: User, reason: str) -> Event:
    """Leave proposals out, with a reason; they stay beside the register and can be taken up again."""
    require(by, Permission.IMPORT_DOCUMENTS)
    if not reason.strip():
        raise Refused("Say why they are left out.")
    chosen = [row for row in proposals if row.state == "open"]
    if not chosen:
        raise Refused("They have been decided already.")
    event = _record("left out proposals", chosen, by=by, reason=reason.strip())
    Proposal.objects.filter(pk__in=[row.pk for row in chosen]).update(rejected=event)
    return event


@transaction.atomic
def take_up_again(*, proposals: Sequence[Proposal], by: User) -> Event:
    """Open rejected proposals again."""
    require(by, Permission.IMPORT_DOCUMENTS)
    chosen = [row for row in proposals if row.state == "rejected"]
    if not chosen:
        raise Refused("None of them has been left out.")
    event = _record("took proposals up again", chosen, by=by)
    Proposal.objects.filter(pk__in=[row.pk for row in chosen]).update(rejected=None)
    return event


@transaction.atomic
def edit_proposal(
    *,
    proposal: Proposal,
    by: User,
    text: str | None = None,
    kind: str | None = None,
    section: list[str] | None = None,
    fields: dict[str, Any] | None = None,
    answered: bool = True,
) -> Event:
    """Correct an open proposal before it is adopted. What was read stays in the event. ``answered`` closes its questions.

    The proposal is changed in place; the event takes it back. ``fields`` gives new values for some fields; None as a value
    takes a field away. Raises Refused once it is decided.
    """
    require(by, Permission.IMPORT_DOCUMENTS)
    if proposal.state != "open":
        raise Refused("This has been decided; edit the record instead.")
    if text is not None and not text.strip():
        raise Refused("A proposal needs words; reject it instead.")
    event = _record("edited a proposal", [proposal], by=by, subject=f"{proposal.key} of {proposal.batch}")
    proposal.text = text.strip() if text is not None else proposal.text
    proposal.kind = kind or proposal.kind
    proposal.section = section if section is not None else proposal.section
    merged = {**proposal.fields, **(fields or {})}
    proposal.fields = {name: value for name, value in merged.items() if value is not None}
    if answered:
        proposal.questions = []
    proposal.edited_by = by
    proposal.save()
    return event


@transaction.atomic
def answer_question(*, proposal: Proposal, question: int, choice: str, by: User) -> Event:
    """Answer one question of an open proposal (counted from 0) with one of its choices; what follows is done.

    Raises Refused where the answer means that a person must correct the proposal, or its question is gone.
    """
    row = _open([proposal], by)[0]
    if not 0 <= question < len(row.questions):
        raise Refused("This question has been answered already.")
    asked = row.questions[question]
    try:
        effect = effect_of(asked, choice)
    except ValueError:
        raise Refused("Choose one of the answers offered.") from None
    if effect is Effect.CORRECT:
        raise Refused("Then correct the entry below, and save it.")
    said = f"{words_of(asked.get('ask'))} {choice.capitalize()}."
    if effect is Effect.PREVIOUS:
        before = _before(row)
        return _merge([before, row], by=by, reason=said, subject=f"{row.key} of {row.batch}")
    event = _record("answered a question", [row], by=by, subject=f"{row.key} of {row.batch}", reason=said)
    if effect in (Effect.COMPLETE, Effect.OPEN):
        value = "completed" if effect is Effect.COMPLETE else "in progress"
        printed = words_of(row.fields.get("status")) or words_of(row.fields.get("completed"))
        row.fields = {**row.fields, "status": {"text": printed, "value": value}}
    row.questions = [one for index, one in enumerate(row.questions) if index != question]
    row.edited_by = by
    row.save()
    return event


def _before(row: Proposal) -> Proposal:
    """The open proposal of the same kind that is printed before this one."""
    rows = Proposal.objects.select_for_update().filter(batch_id=row.batch_id, kind=row.kind, position__lt=row.position)
    found = rows.filter(adopted__isnull=True, rejected__isnull=True).order_by("-position", "-pk").first()
    if found is None:
        raise Refused("What it would be part of has been decided already; undo that first.")
    return found


@transaction.atomic
def settle_question(*, batch: Import, question: int, by: User) -> Event:
    """Close a question about a whole document (counted from 0): what was read of it is right, or has been corrected."""
    require(by, Permission.IMPORT_DOCUMENTS)
    held = Import.objects.select_for_update().get(pk=batch.pk)
    if not 0 <= question < len(held.questions):
        raise Refused("This question has been answered already.")
    asked = words_of(held.questions[question].get("ask"))
    event = record_event(
        "answered a question",
        by=by,
        subject=str(held),
        reason=asked,
        detail={"import": held.pk, "asked": held.questions},
    )
    held.questions = [one for index, one in enumerate(held.questions) if index != question]
    held.save(update_fields=["questions"])
    return event


@transaction.atomic
def split_proposal(
    *, proposal: Proposal, begins: str, by: User, part: str = "text", into: Proposal | None = None
) -> tuple[Event, Proposal]:
    """Part an open proposal in two, where the words ``begins`` stand in its ``part`` ("text" or "update").

    The second part becomes a proposal of its own with the same place and leads, or, of an update, joins the update of the
    proposal ``into``. Returns the event and the proposal that holds the second part. Raises Refused where the words do not
    stand there, or nothing would be left before them.
    """
    rows = _open([proposal, *([into] if into is not None else [])], by)
    row = next(one for one in rows if one.pk == proposal.pk)
    into = next((one for one in rows if one.pk != row.pk), None)
    whole = row.text if part == "text" else words_of(row.fields.get("update"))
    parts = parted(whole, begins)
    if parts is None:
        what = "its words" if part == "text" else "its update"
        raise Refused(
            f"“{begins.strip()[:80]}” does not stand inside {what}; copy the words with which the second part begins."
        )
    first, second = parts
    kept = {name: value for name, value in row.fields.items() if name not in _STAYS_WITH_FIRST}
    if part == "text":
        other = _part_of(row, text=second, fields=kept, by=by)
    else:
        other = into or _part_of(row, text=row.text, fields={**kept, "update": second}, by=by)
    made = [other] if into is None else []
    event = _record("split a proposal", rows, by=by, subject=f"{row.key} of {row.batch}", made=made)
    if part == "text":
        row.text = first
    else:
        row.fields = {**row.fields, "update": first}
    row.questions, row.edited_by = [], by
    row.save()
    return event, _with_update(other, second, by) if into is not None else other


def _with_update(row: Proposal, text: str, by: User) -> Proposal:
    """The proposal with a text put before its update."""
    row.fields = {**row.fields, "update": joined([text, words_of(row.fields.get("update"))], "\n\n")}
    row.edited_by = by
    row.save()
    return row


def _part_of(row: Proposal, *, text: str, fields: dict[str, Any], by: User) -> Proposal:
    """A proposal for a part of another one, at the same place, with a key of its own: r7-2."""
    number = 2
    while Proposal.objects.filter(batch_id=row.batch_id, key=f"{row.key}-{number}").exists():
        number += 1
    return Proposal.objects.create(
        batch_id=row.batch_id,
        key=f"{row.key}-{number}",
        parent_key=row.parent_key,
        position=row.position,
        kind=row.kind,
        text=text,
        section=row.section,
        fields=fields,
        confidence=row.confidence,
        passage_id=row.passage_id,
        edited_by=by,
    )


@transaction.atomic
def merge_proposals(*, proposals: Sequence[Proposal], by: User, reason: str = "") -> Event:
    """Put open proposals of one import together into the one printed first: its kind, all words, leads and places.

    The others are left out; what hung on them hangs on the first. Raises Refused for fewer than two.
    """
    rows = _open(proposals, by)
    if len(rows) < 2:
        raise Refused("Choose at least two entries to put together.")
    if len({row.batch_id for row in rows}) > 1:
        raise Refused("Put together entries of one document only.")
    return _merge(rows, by=by, reason=reason, subject=f"{len(rows)} from {rows[0].batch}")


def _merge(rows: Sequence[Proposal], *, by: User, reason: str, subject: str) -> Event:
    first, others = rows[0], rows[1:]
    keys = {row.key for row in others}
    children = [row for row in Proposal.objects.filter(batch_id=first.batch_id, parent_key__in=keys) if row not in rows]
    event = _record("put proposals together", [*rows, *children], by=by, subject=subject, reason=reason)
    fields: dict[str, Any] = {}
    for row in reversed(rows):
        fields.update({name: value for name, value in row.fields.items() if value not in (None, "", [])})
    if leads := {words_of(lead): lead for row in rows for lead in row.fields.get("leads") or []}:
        fields["leads"] = list(leads.values())
    if update := joined([words_of(row.fields.get("update")) for row in rows], "\n\n"):
        fields["update"] = update
    if criteria := [one for row in rows for one in row.fields.get("success_criteria") or []]:
        fields["success_criteria"] = criteria
    first.text, first.fields = joined([row.text for row in rows], " "), fields
    first.questions, first.edited_by, first.passage = [], by, _places_of(rows)
    first.save()
    Proposal.objects.filter(pk__in=[row.pk for row in others]).update(rejected=event)
    Proposal.objects.filter(pk__in=[row.pk for row in children]).update(parent_key=first.key)
    return event


def _places_of(rows: Sequence[Proposal]) -> Passage | None:
    """One passage with the places of several, in printed order."""
    printed = list(dict.fromkeys(row.passage for row in rows if row.passage is not None))
    if len(printed) < 2:
        return printed[0] if printed else None
    return Passage.objects.create(
        source_file=printed[0].source_file,
        text=joined([passage.text for passage in printed], "\n"),
        places=[place for passage in printed for place in passage.places],
        position=printed[0].position,
    )


@transaction.atomic
def take_back(*, event: Event, by: User, reason: str = "") -> Event:
    """Undo a decision on proposals, or undo such an undo: every proposal that it touched stands as before.

    Raises Refused where it has been undone already, or a proposal has been decided since.
    """
    viewer = require(by, Permission.IMPORT_DOCUMENTS)
    if event.by_id != by.pk and not viewer.may_everywhere(Permission.WITHDRAW_RECORDS):
        raise NotAllowed("Only the person who did this, or a coordinator, can undo it.")
    if Event.objects.filter(undoes=event).exists():
        raise Refused("This has been undone already; undo the undo to bring it back.")
    if "asked" in event.detail:
        return _ask_again(event, by, reason)
    before: dict[str, Any] = event.detail["proposals"]
    made: list[int] = event.detail.get("made", [])
    ids = [*map(int, before), *made]
    rows = list(Proposal.objects.select_for_update().filter(pk__in=ids).select_related("batch").order_by("pk"))
    if any(row.adopted_id for row in rows):
        raise Refused("Some of it has been adopted since; undo the adoption first.")
    detail = {"import": event.detail["import"], "proposals": {str(row.pk): row.shape() for row in rows}}
    held = Import.objects.select_for_update().filter(pk=event.detail["import"]).first()
    if held is not None and "document" in event.detail:
        detail["document"] = held.shape()
    verb = f"undid: {event.verb}"[:60]
    undoing = record_event(verb, by=by, subject=event.subject, reason=reason, detail=detail, undoes=event)
    for row in rows:
        for name, value in before.get(str(row.pk), {"rejected_id": undoing.pk}).items():
            setattr(row, name, value)
        row.save()
    if held is not None and "document" in event.detail:
        for name, value in event.detail["document"].items():
            setattr(held, name, value)
        held.save(update_fields=list(event.detail["document"]))
    Heading.objects.filter(told=event, forgotten=None).update(forgotten=undoing)
    Heading.objects.filter(forgotten=event).update(forgotten=None)
    return undoing


def _ask_again(event: Event, by: User, reason: str) -> Event:
    held = Import.objects.select_for_update().get(pk=event.detail["import"])
    detail = {"import": held.pk, "asked": held.questions}
    verb = f"undid: {event.verb}"[:60]
    undoing = record_event(verb, by=by, subject=event.subject, reason=reason, detail=detail, undoes=event)
    held.questions = event.detail["asked"]
    held.save(update_fields=["questions"])
    return undoing
