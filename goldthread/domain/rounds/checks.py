"""Checks of reporting rounds: GT400–GT449."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.commons.access.terms import Permission
from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.register.checks import records_of
from goldthread.domain.register.models import Record
from goldthread.domain.register.terms import RecordKind
from goldthread.domain.rounds.models import Item, Round
from goldthread.domain.rounds.terms import RUNNING, UNDER_WAY, How, RoundState
from goldthread.kernel.days import printed


def _rounds(looking: Looking) -> list[Round]:
    """Rounds of the plans of the look, for who may see internal records."""
    if not looking.viewer.may(Permission.SEE_INTERNAL):
        return []
    plans = [row.record.pk for row in records_of(looking) if row.kind == RecordKind.PLAN]

    def read() -> list[Round]:
        return list(Round.objects.filter(plan__in=plans).select_related("plan"))

    return looking.once("rounds.rounds", read)


def _at(row: Round, sentence: str) -> Finding:
    plan: Record = row.plan
    return Finding(
        f"{plan.reference}: {row.name}"[:60], f"{row} {sentence}", "round", (row.pk,), plan.pk, plan.reference
    )


@check(
    "GT401",
    "A round behind its calendar",
    severity=Severity.WARNING,
    what_to_do="Accept, sign off and freeze it, or move its dates.",
)
def round_behind(looking: Looking) -> Iterator[Finding]:
    """Under way, and the day on which its report was to be frozen has passed."""
    for row in _rounds(looking):
        if row.state in UNDER_WAY and row.freeze_on < looking.on:
            yield _at(row, f"was to be frozen on {printed(row.freeze_on)} and is still {_in_words(row)}.")


@check(
    "GT402",
    "A round that never opened",
    severity=Severity.WARNING,
    what_to_do="Open it, move its dates, or call it off.",
)
def round_never_opened(looking: Looking) -> Iterator[Finding]:
    """Planned, and its opening day has passed."""
    for row in _rounds(looking):
        if row.state == RoundState.PLANNED and row.opens < looking.on:
            yield _at(row, f"was to open on {printed(row.opens)}.")


@check(
    "GT403",
    "Nobody to ask in a round",
    severity=Severity.WARNING,
    what_to_do="Record who holds the posts, or reassign the entries.",
)
def nobody_to_ask(looking: Looking) -> Iterator[Finding]:
    """Items of a running round whose post nobody holds, nor the line above it; counted for each round."""
    running = {row.pk: row for row in _rounds(looking) if row.state in RUNNING}
    seen = {row.record.pk for row in records_of(looking)}
    items = Item.objects.filter(round__in=list(running), how=How.NOBODY).values_list("round_id", "record_id")
    for pk, row in running.items():
        number = sum(round_id == pk and record in seen for round_id, record in items)
        if number:
            yield _at(row, f"has {number} {'entry' if number == 1 else 'entries'} with nobody to ask.")


def _in_words(row: Round) -> str:
    return str(RoundState(row.state).label).lower()
