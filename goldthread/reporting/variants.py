"""Which part of a plan a report is about: all of it, exceptions, one directorate, one lead, what is completed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.queries import directorates, owners
from goldthread.domain.plans.queries import ObjectiveAt, PlanAt, ThemeAt
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import State
from goldthread.kernel.ratings import Rating
from goldthread.reporting.terms import CHANGES, COMPLETED, DIRECTORATE, EXCEPTIONS, FULL, LEAD, VARIANTS
from goldthread.reporting.wording import day

_EXCEPTIONAL = (Rating.RED.value, Rating.AMBER.value)


class NoSuchVariant(Refused):
    """There is no such variant of the report; the sentence says which there are."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant as it is asked for: its kind, and for one directorate or one lead the number of it, for changes since when."""

    kind: str
    number: int | None = None
    since: date | None = None
    issue: int | None = None

    def __str__(self) -> str:
        """As it is stored: ``full``, ``lead:12``, ``changes:2025-05-27``, ``changes:R7``."""
        which = f"R{self.issue}" if self.issue else self.since.isoformat() if self.since else self.number
        return f"{self.kind}:{which}" if which else self.kind


def variant_of(text: str) -> Variant:
    """A variant from how it is stored or typed. Raises NoSuchVariant."""
    kind, _, which = text.strip().partition(":")
    kind, which = kind.strip().lower(), which.strip()
    try:
        if kind in (DIRECTORATE, LEAD):
            return Variant(kind, int(which))
        if kind == CHANGES:
            if which[:1] in "Rr" and which[1:].isdigit():
                return Variant(kind, issue=int(which[1:]))
            return Variant(kind, since=date.fromisoformat(which))
    except ValueError:
        raise NoSuchVariant(
            f"“{text}” does not say which: write directorate:3, lead:12, changes:2025-05-27 or changes:R7."
        ) from None
    if kind not in VARIANTS or which:
        raise NoSuchVariant(f"There is no variant “{text}”; choose among {', '.join(VARIANTS)}.")
    return Variant(kind)


def variant_in_words(variant: Variant, *, viewer: Viewer) -> str:
    """A variant for a title; "" for the full report. Raises NoSuchVariant for a directorate or lead that there is none of."""
    if variant.kind == FULL:
        return ""
    if variant.kind == CHANGES:
        return f"What has changed since {day(variant.since)}" if variant.since else "What has changed"
    if variant.kind not in (DIRECTORATE, LEAD):
        return VARIANTS[variant.kind]
    rows = directorates(viewer=viewer) if variant.kind == DIRECTORATE else owners(viewer=viewer)
    found = rows.filter(pk=variant.number or 0).first()
    if found is None:
        raise NoSuchVariant(f"There is no {variant.kind} with the number {variant.number}.")
    return f"{'Directorate' if variant.kind == DIRECTORATE else 'Lead'}: {found.name}"


def narrowed(plan: PlanAt, variant: Variant) -> PlanAt:
    """The part of a plan that a variant is about; objectives without an entry of that part are left out with it."""
    if variant.kind == FULL:
        return plan
    keeps = _keeps(variant)
    themes = [ThemeAt(theme.section, _objectives(theme, keeps)) for theme in plan.themes]
    return replace(
        plan,
        themes=[theme for theme in themes if theme.objectives],
        completed=[row for row in plan.completed if keeps(row)],
        recommendations=[row for row in plan.recommendations if keeps(row)],
        others=[row for row in plan.others if variant.kind in (DIRECTORATE, LEAD) and keeps(row)],
    )


def _objectives(theme: ThemeAt, keeps: Callable[[RecordAt], bool]) -> list[ObjectiveAt]:
    found = [replace(block, actions=[row for row in block.actions if keeps(row)]) for block in theme.objectives]
    return [block for block in found if block.actions]


def _keeps(variant: Variant) -> Callable[[RecordAt], bool]:
    if variant.kind == EXCEPTIONS:
        return is_exception
    if variant.kind == COMPLETED:
        return lambda row: row.state == State.COMPLETE
    if variant.kind == LEAD:
        return lambda row: any(lead.owner_id == variant.number for lead in row.leads)
    return lambda row: row.accountable is not None and row.accountable.directorate_id == variant.number


def is_exception(row: RecordAt) -> bool:
    """Whether an entry asks for attention: still to be done, and red, amber, late or on hold."""
    if row.state == State.ON_HOLD:
        return True
    return row.state == State.OPEN and (row.late or row.rating in _EXCEPTIONAL)
