"""Checks of what every entry shares: GT001–GT099. Each is a sentence that links to the record where it is put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Q

from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.organisation.queries import vacant_since
from goldthread.domain.register.access import visible_to
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.projection import drifted
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries import at
from goldthread.domain.register.terms import ANSWERABLE, CONTAINERS, GONE, LIVE, OwnerRole, RecordKind, Relation, State
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating


def records_of(looking: Looking) -> list[RecordAt]:
    """The records of a look as they stood on its day, gone ones left out, in register order; read once a look."""
    return looking.once("register.records", lambda: _read(looking))


def _read(looking: Looking) -> list[RecordAt]:
    rows = Record.objects.all()
    if looking.within is not None:
        rows = rows.filter(Q(pk=looking.within.pk) | Q(within_id=looking.within.pk))
    found = [row for row in at(rows, viewer=looking.viewer, as_at=looking.on) if not row.gone]
    seen: dict[int | None, Record] = {row.record.pk: row.record for row in found}
    for row in found:
        # A plan that the viewer may not see is not named, nor is one that has gone; the id stays, as it is stored.
        row.record._state.fields_cache["within"] = seen.get(row.record.within_id)
    return found


def found(row: RecordAt, sentence: str) -> Finding:
    """A finding at a record: its reference opens the sentence, its page is where it is put right."""
    plan = plan_of(row)
    return Finding(
        reference=row.reference,
        sentence=f"{row.reference} “{_short(row.heading)}” {sentence}",
        route="record",
        args=(row.reference,),
        plan_id=plan.pk if plan is not None else None,
        plan=plan.reference if plan is not None else "",
    )


def _short(heading: str) -> str:
    """The first words of a heading, enough to know it by."""
    words = " ".join(heading.split())
    return words if len(words) <= 70 else words[:69].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def plan_of(row: RecordAt) -> Record | None:
    """The plan, review or report that a record stands within, or is; None where it stands alone."""
    return row.record if row.kind in CONTAINERS else row.record.within


def _owed(looking: Looking) -> list[RecordAt]:
    """Actions and recommendations that still ask for work."""
    return [row for row in records_of(looking) if row.kind in ANSWERABLE and row.state in LIVE]


@check(
    "GT001",
    "What lists show differs from the facts on record",
    severity=Severity.ERROR,
    what_to_do="Run “goldthread check --rebuild” and tell whoever looks after the program: this should never happen.",
)
def projection_drift(looking: Looking) -> Iterator[Finding]:
    """Stored columns that do not follow from the facts; only ever for the present, which is what is stored."""
    if looking.on != today():
        return
    for row in drifted(records_of(looking)):
        yield found(row, "shows something in lists that does not follow from its dated facts.")


@check(
    "GT002",
    "The accountable post has gone",
    severity=Severity.ERROR,
    what_to_do="Reassign the entry to the post that took the work over.",
)
def owner_has_gone(looking: Looking) -> Iterator[Finding]:
    """Entries that still ask for work, and whose accountable post, office or body had ended."""
    for row in _owed(looking):
        owner = row.accountable
        if owner is not None and owner.ends is not None and owner.ends < looking.on:
            yield found(row, f"is answered for by {owner.name}, which ended on {printed(owner.ends)}.")


@check(
    "GT003",
    "Nobody holds the accountable post",
    severity=Severity.WARNING,
    what_to_do="Record who holds the post, acting or interim if need be, or reassign the entry.",
)
def owner_is_vacant(looking: Looking) -> Iterator[Finding]:
    """Only posts that somebody once held on record: where no appointments are kept, nothing is known to be vacant."""
    rows = [(row, row.accountable) for row in _owed(looking)]
    since = vacant_since({owner.pk for _, owner in rows if owner is not None}, viewer=looking.viewer, on=looking.on)
    for row, owner in rows:
        if owner is not None and owner.pk in since:
            yield found(
                row, f"is answered for by {owner.name}, which nobody has held since {printed(since[owner.pk])}."
            )


@check(
    "GT004",
    "Nobody answers for it",
    severity=Severity.WARNING,
    what_to_do="Reassign the entry to a post, an elected office or a body.",
)
def nobody_answers(looking: Looking) -> Iterator[Finding]:
    """Neither an owner nor a printed name."""
    plans = {row.record.pk for row in records_of(looking) if row.kind == RecordKind.PLAN}
    for row in _owed(looking):
        # What a review recommends is answered for by what answers it; only in a plan it needs a lead of its own.
        owed_here = row.kind != RecordKind.RECOMMENDATION or row.record.within_id in plans
        if owed_here and not any(lead.role == OwnerRole.ACCOUNTABLE for lead in row.leads):
            yield found(row, "has no accountable owner.")


@check(
    "GT005",
    "A printed lead is matched to no post",
    severity=Severity.WARNING,
    what_to_do="Say on the page of names which post, office or body the printed name means; it is remembered.",
)
def lead_is_unmatched(looking: Looking) -> Iterator[Finding]:
    """A name printed as lead that nobody has matched."""
    for row in _owed(looking):
        if row.unmatched:
            yield found(row, f"prints {' and '.join(row.unmatched)} as lead, which no one has matched to a post.")


@check(
    "GT006",
    "More than one accountable owner",
    severity=Severity.ERROR,
    what_to_do="Reassign it to the one that answers; the others can support.",
)
def two_accountable(looking: Looking) -> Iterator[Finding]:
    """A record has one accountable owner."""
    for row in records_of(looking):
        names = sorted({owner.name for owner in row.owners(OwnerRole.ACCOUNTABLE)})
        if len(names) > 1:
            yield found(row, f"has {len(names)} accountable owners: {', '.join(names)}.")


@check(
    "GT007",
    "The date had passed when it was set",
    severity=Severity.WARNING,
    what_to_do="Set the date that is meant, or report that it is done.",
)
def date_passed_when_set(looking: Looking) -> Iterator[Finding]:
    """A due date that lies before the day on which it was first said, for work that still goes on."""
    for row in _owed(looking):
        if row.due is not None and row.due.due_on is not None and row.due.due_on < row.due.as_at:
            day = printed(row.due.due_on)
            yield found(
                row, f"is due on {day}, a day that had passed when the date was set ({printed(row.due.as_at)})."
            )


@check(
    "GT008",
    "Two due dates on one day",
    severity=Severity.WARNING,
    what_to_do="Undo the one that is wrong; until then the one recorded later holds.",
)
def two_dates_on_a_day(looking: Looking) -> Iterator[Finding]:
    """Two standing facts that set different dates as at the same day."""
    for row in records_of(looking):
        for one, other in pairwise(row.due_dates):
            if one.as_at == other.as_at and one.due_on and other.due_on and one.due_on != other.due_on:
                dates = f"{printed(one.due_on)} and {printed(other.due_on)}"
                yield found(row, f"has two due dates as at {printed(one.as_at)}: {dates}.")
                break


@check(
    "GT009",
    "Closed without evidence",
    severity=Severity.NOTE,
    what_to_do="Attach a file or a link that shows it, or open the entry again.",
)
def closed_without_evidence(looking: Looking) -> Iterator[Finding]:
    """Complete, with nothing that shows it."""
    for row in records_of(looking):
        if row.kind in ANSWERABLE and row.state == State.COMPLETE and not row.evidence:
            yield found(row, "is complete, and nothing on record shows it.")


@check(
    "GT010",
    "Its date has passed without a word",
    severity=Severity.WARNING,
    what_to_do="Ask its lead for an update, and agree a new date or close it.",
)
def overdue_without_word(looking: Looking) -> Iterator[Finding]:
    """Open, late, and nothing reported since the date."""
    for row in _owed(looking):
        if row.late and row.due_on is not None and (row.last_update is None or row.last_update.as_at <= row.due_on):
            yield found(row, f"was due on {printed(row.due_on)}, and nothing has been reported since.")


@check(
    "GT011",
    "It hangs on an entry that has gone",
    severity=Severity.ERROR,
    what_to_do="End the link, or link it to the entry that took the place of the other.",
)
def linked_to_gone(looking: Looking) -> Iterator[Finding]:
    """A standing link to a record that was withdrawn or merged. The target is named only where the viewer may see it."""
    rows = records_of(looking)
    targets = {link.target_id for row in rows for link in row.links if link.relation != Relation.MERGED_INTO}
    gone = dict(
        visible_to(looking.viewer, Record.objects.filter(pk__in=targets, state__in=GONE)).values_list("pk", "reference")
    )
    for row in rows:
        for link in row.links:
            if link.target_id in gone and link.relation != Relation.MERGED_INTO:
                yield found(row, f"{link.relation} {gone[link.target_id]}, which has left the lists.")
                break


@check(
    "GT012",
    "Declared better than its dates",
    severity=Severity.WARNING,
    what_to_do="Declare the rating again with a reason, or agree a new date.",
)
def declared_better(looking: Looking) -> Iterator[Finding]:
    """Declared green or blue while it is open and its date has passed."""
    for row in _owed(looking):
        declared = row.rating_fact.value if row.rating_fact else ""
        if row.late and row.due_on is not None and declared in (Rating.GREEN, Rating.BLUE):
            days = (looking.on - row.due_on).days
            yield found(row, f"is declared {declared}, and is {days} {'day' if days == 1 else 'days'} late.")


@check(
    "GT013",
    "Adopted and not yet checked",
    severity=Severity.NOTE,
    what_to_do="Compare them with what is printed, and confirm them on the page of unchecked entries.",
)
def not_yet_checked(looking: Looking) -> Iterator[Finding]:
    """How many entries of a plan or review nobody has looked at since they were adopted: one finding for each plan."""
    plans = {plan.pk: plan for row in records_of(looking) if (plan := plan_of(row)) is not None and not row.checked}
    waiting = Counter(plan.pk for row in records_of(looking) if not row.checked and (plan := plan_of(row)) is not None)
    for pk, number in waiting.items():
        said = "1 entry that was" if number == 1 else f"{number} entries that were"
        name = plans[pk].reference
        yield Finding(name, f"{name} has {said} adopted and that nobody has checked.", "unchecked", (), pk, name)
