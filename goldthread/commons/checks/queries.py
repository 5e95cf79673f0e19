"""What is wrong in the data, for a viewer, on a day. What they may not see is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.commons.checks.catalogue import Check, Container, Finding, Looking, all_checks
from goldthread.commons.checks.models import Waiver
from goldthread.commons.checks.terms import Severity
from goldthread.commons.events.rules import standing

_ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where a check finds something wrong; ``waived`` is the decision to let it stand, where there is one."""

    check: Check
    finding: Finding
    waived: Waiver | None = None

    @property
    def number(self) -> str:
        """Of the check: GT001."""
        return self.check.number

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return self.check.severity

    @property
    def sentence(self) -> str:
        """What is wrong here."""
        return self.finding.sentence

    @property
    def what_to_do(self) -> str:
        """The remedy."""
        return self.check.what_to_do

    @property
    def reference(self) -> str:
        """What it stands at: the reference of a record, or the name of a post."""
        return self.finding.reference

    @property
    def plan(self) -> str:
        """The reference of the plan or review that it stands within, else empty."""
        return self.finding.plan

    @property
    def route(self) -> str:
        """The name of the page on which it is put right."""
        return self.finding.route

    @property
    def args(self) -> tuple[Any, ...]:
        """The arguments of that route."""
        return self.finding.args


def problems(
    *, viewer: Viewer, on: date, within: Container | None = None, numbers: Iterable[str] | None = None
) -> list[Problem]:
    """What the checks find, worst first, then by number and reference; waived ones among them, with their waiver.

    ``within``: a plan or review (its record); ``numbers``: only these checks. A constant number of queries for each check.
    """
    looking = Looking(viewer, on, within)
    wanted = None if numbers is None else {number.strip().upper() for number in numbers}
    chosen = [one for one in all_checks() if wanted is None or one.number in wanted]
    found = [(one, finding) for one in chosen for finding in one.look(looking)]
    waivers = waivers_on(on, viewer=viewer)
    rows = [Problem(one, finding, waivers.get((one.number, finding.reference))) for one, finding in found]
    return sorted(rows, key=lambda row: (_ORDER[row.severity], row.number, row.reference))


def waivers_on(day: date, *, viewer: Viewer) -> dict[tuple[str, str], Waiver]:
    """The waivers that hold on a day: (number, reference) → waiver; nobody's for the public. One query."""
    if viewer.user_id is None:
        return {}
    rows = standing(Waiver.objects.filter(starts__lte=day).select_related("by"))
    latest = {(row.number, row.reference): row for row in sorted(rows, key=lambda row: (row.starts, row.pk))}
    return {key: row for key, row in latest.items() if not row.ended and row.until >= day}


def standing_in_the_way(*, viewer: Viewer, within: Container | None, on: date) -> list[Problem]:
    """The errors that nobody has waived: what is put right, or waived with a reason, before a report is issued."""
    errors = [one.number for one in all_checks() if one.severity is Severity.ERROR]
    rows = problems(viewer=viewer, on=on, within=within, numbers=errors)
    return [row for row in rows if row.waived is None]


def may_waive(viewer: Viewer, problem: Problem) -> bool:
    """Whether a viewer may decide that this problem is to stay: for the whole council, or for its plan."""
    held = viewer.scopes(Permission.WAIVE_CHECKS)
    return Scope(ScopeKind.EVERYTHING) in held or Scope(ScopeKind.PLAN, problem.finding.plan_id) in held
