"""Checks of risks: GT350–GT399."""

from __future__ import annotations

from collections.abc import Iterator

from goldthread.commons.checks.catalogue import Finding, Looking, check
from goldthread.commons.checks.terms import Severity
from goldthread.domain.register.checks import found, records_of
from goldthread.domain.register.terms import LIVE
from goldthread.domain.risks.queries import RegisterAt, RiskAt, register_at


def _register(looking: Looking) -> RegisterAt:
    return looking.once("risks.register", lambda: register_at(viewer=looking.viewer, as_at=looking.on))


def _risks(looking: Looking) -> list[RiskAt]:
    """The open risks of the look."""
    seen = {row.record.pk for row in records_of(looking)}
    return [one for one in _register(looking).risks if one.row.record.pk in seen and one.row.state in LIVE]


@check(
    "GT351",
    "A risk without a score",
    severity=Severity.WARNING,
    what_to_do="State how likely it is and how bad it would be.",
)
def not_scored(looking: Looking) -> Iterator[Finding]:
    """No current score, printed or stated."""
    for one in _risks(looking):
        if one.current is None:
            yield found(one.row, "has no score.")


@check(
    "GT352",
    "A high risk without treatment",
    severity=Severity.WARNING,
    what_to_do="Say what is done about it, or tie what mitigates it.",
)
def untreated(looking: Looking) -> Iterator[Finding]:
    """In the highest band of the matrix, with no treatment and nothing that mitigates it."""
    bands = _register(looking).matrix.bands
    for one in _risks(looking):
        if one.current is None or one.treatment is not None or one.answers:
            continue
        band = _register(looking).matrix.band(one.current.score)
        if bands and band == bands[-1]:
            yield found(one.row, f"is {band.label.lower()}, and nothing on record is done about it.")


@check(
    "GT353",
    "A score without likelihood and impact",
    severity=Severity.NOTE,
    what_to_do="State likelihood and impact: the printed number can be read in more than one way.",
)
def score_is_one_number(looking: Looking) -> Iterator[Finding]:
    """Printed as one number, which nobody has taken apart."""
    for one in _risks(looking):
        if one.current is not None and one.current.likelihood is None:
            yield found(one.row, f"is scored {one.current.score}, and nobody has stated likelihood and impact.")
