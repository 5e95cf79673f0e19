"""What the pages of reports show of an issue."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.kernel.clock import today
from goldthread.kernel.shortening import shortened
from goldthread.reporting.audience import may_issue
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.models import Issue, IssueStep
from goldthread.reporting.terms import FULL, VARIANTS, Audience, StepKind
from goldthread.reporting.variants import variant_of
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.evidence import size_in_words


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of an issue: its words, its size, its hash, and its address ("" while it is being made)."""

    label: str
    kind: str
    size: str = ""
    sha256: str = ""
    href: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue in the list and on its page."""

    issue: Issue
    title: str
    part: str
    for_whom: str
    href: str
    tags: list[Tag]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a viewer may do to an issue."""

    publish: bool = False
    withdraw: bool = False
    make_files: bool = False
    anew: str = ""  # the address that issues it again, in its place


def line_of(issue: Issue) -> IssueLine:
    """The line of an issue; reads nothing that its query has not brought."""
    return IssueLine(
        issue=issue,
        title=shortened(issue.title, 140),
        part=part_of(issue),
        for_whom=issue.for_body.owner.name if issue.for_body else Audience(issue.audience).label,
        href=reverse("issue", args=[issue.reference]),
        tags=tags_of(issue),
    )


def part_of(issue: Issue) -> str:
    """The part of the plan that it is about, by kind; which lead or directorate stands in the report."""
    return VARIANTS.get(variant_of(issue.variant).kind, issue.variant) if issue.variant != FULL else "Full report"


def step_of(issue: Issue, kind: str) -> IssueStep | None:
    """A step of an issue, where it has been taken."""
    return next((step for step in issue.steps.all() if step.kind == kind), None)


def tags_of(issue: Issue) -> list[Tag]:
    """What became of it."""
    tags = []
    published = step_of(issue, StepKind.PUBLISHED)
    if step_of(issue, StepKind.WITHDRAWN):
        tags.append(Tag("Withdrawn", "red"))
    elif published:
        tags.append(Tag("Published", "teal") if published.day <= today() else Tag("To be published", "teal"))
    if not step_of(issue, StepKind.COMPLETED):
        tags.append(Tag("Files are being made", "yellow"))
    if issue.audience == Audience.RESTRICTED:
        tags.append(Tag("Restricted", "red"))
    return tags


def files_of(issue: Issue) -> list[FileLine]:
    """The files in the order in which they are made, those still to come without an address."""
    made = {row.kind: row for row in issue.files.all()}
    lines = []
    for kind in issue.kinds:
        label = FORMATS[kind].label if kind in FORMATS else kind
        row = made.get(kind)
        if row is None:
            lines.append(FileLine(label, kind))
        else:
            href = reverse("issue_file", args=[issue.reference, kind])
            lines.append(FileLine(label, kind, size_in_words(row.size), row.sha256, href, row.name))
    return lines


def allowed_to(viewer: Viewer, issue: Issue) -> Allowed:
    """What a viewer may do to an issue, and what it is ready for."""
    withdrawn = step_of(issue, StepKind.WITHDRAWN) is not None
    if not viewer.may(Permission.ISSUE_REPORTS) or not may_issue(viewer, issue.plan, issue.audience):
        return Allowed()
    completed = step_of(issue, StepKind.COMPLETED) is not None
    published = step_of(issue, StepKind.PUBLISHED) is not None
    public = issue.audience == Audience.PUBLIC
    return Allowed(
        publish=public and completed and not published and not withdrawn,
        withdraw=not withdrawn,
        make_files=not completed,
        anew="" if issue.superseded_by.exists() else _anew(issue),
    )


def _anew(issue: Issue) -> str:
    """The form of a new report, filled in as this one was."""
    kind, _, which = issue.variant.partition(":")
    asked = {
        "plan": issue.plan.reference,
        "variant": kind,
        "as_at": issue.as_at.isoformat(),
        "audience": issue.audience,
        "body": issue.for_body_id or "",
        "supersedes": issue.reference,
    }
    if which:
        field = {"changes": "since" if which[:1] == "R" else "since_day"}.get(kind, kind)
        asked[field] = which
    return f"{reverse('report_new')}?{urlencode(asked)}"
