"""The report of what has changed: since a day, since an issue, or between two issues."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.errors import Refused
from goldthread.reporting import improvement_plan
from goldthread.reporting.comparing import differences
from goldthread.reporting.model import Comparison, Fact, Report, Summary
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issue_by_reference, report_of
from goldthread.reporting.variants import Variant, variant_of
from goldthread.reporting.wording import day


class CannotCompare(Refused):
    """The two reports do not speak of the same; the sentence says why."""


def build(
    plan_ref: str | None,
    variant: Variant,
    *,
    viewer: Viewer,
    as_at: date | None = None,
    known_on: date | None = None,
    prepared_for: str = "",
    frozen: bool = False,
) -> Report:
    """What has changed in a plan since the day or the issue that the variant names, up to a day (today).

    Since a day: both are what the viewer may see of the plan, by the same knowledge, so that what was entered late counts as
    no change. Since an issue: that one as it was issued, against the plan now. Raises NoSuchPlan, CannotCompare.
    """
    now = improvement_plan.build(
        plan_ref, viewer=viewer, as_at=as_at, known_on=known_on, prepared_for=prepared_for, frozen=frozen
    )
    if variant.since is not None:
        reference = plan_ref or _plan_of(now)
        before = improvement_plan.build(reference, viewer=viewer, as_at=variant.since, known_on=known_on, frozen=frozen)
        return compared(before, now, said=f"As at {day(variant.since)}", variant=variant)
    issue = issue_by_reference(f"R{variant.issue}", viewer=viewer)
    if issue is None:
        raise CannotCompare(f"There is no issue R{variant.issue} here; the list of reports names them.")
    return compared(_comparable(issue, now), now, said=_in_words(issue), variant=variant)


def between(earlier: Issue, later: Issue) -> Report:
    """What changed between two issues, as both were issued; nothing is computed but the difference. Raises CannotCompare."""
    if earlier.pk == later.pk:
        raise CannotCompare("Both are the same issue; choose another one to compare with.")
    if earlier.plan_id != later.plan_id or variant_of(earlier.variant) != variant_of(later.variant):
        raise CannotCompare(f"{earlier.reference} and {later.reference} are not the same report on the same plan.")
    now = report_of(later)
    return compared(
        _comparable(earlier, now), now, said=_in_words(earlier), variant=Variant("changes", issue=earlier.pk)
    )


def compared(before: Report, now: Report, *, said: str, variant: Variant) -> Report:
    """The report of differences between two reports, under the dates of the later one."""
    rows, same = differences(before, now)
    part = f"What has changed since {day(before.as_at)}"
    cover = [fact for fact in now.cover if fact.label != "Part"]
    return replace(
        now,
        kind="improvement-plan-changes",
        variant=str(variant),
        part=part,
        cover=(*cover, Fact("Compared with", said)),
        summary=Summary(),
        themes=(), completed=(), recommendations=(), others=(), charts=(),
        comparison=Comparison(said, before.as_at, before.known_on, same),
        changes=rows,
        notes=(
            "An entry that is no longer here was withdrawn, merged, moved to another plan, or is not for these readers now.",
            "Of the updates, those of the newest day are compared.",
        ),
    )  # fmt: skip


def _comparable(issue: Issue, now: Report) -> Report:
    report = report_of(issue)
    if _plan_of(report) != _plan_of(now):
        raise CannotCompare(f"{issue.reference} is a report on {_plan_of(report)}; choose an issue of {_plan_of(now)}.")
    if report.comparison is not None or report.charts:
        raise CannotCompare(f"{issue.reference} lists no entries to compare with; choose an issue of the full report.")
    return report


def _plan_of(report: Report) -> str:
    return next((fact.value for fact in report.cover if fact.label == "Plan"), "")


def _in_words(issue: Issue) -> str:
    known = "" if issue.known_on == issue.as_at else f", as known on {day(issue.known_on)}"
    body = f", for {issue.for_body.owner.name}" if issue.for_body else ""
    return f"{issue.reference}, as at {day(issue.as_at)}{known}{body}"
