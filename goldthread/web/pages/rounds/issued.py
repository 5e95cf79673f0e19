"""The issued report of a round, as the reports have it."""

from __future__ import annotations

from django.urls import reverse

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.rounds.models import Round
from goldthread.domain.rounds.terms import RoundState
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.models import Issue
from goldthread.reporting.queries import issues
from goldthread.reporting.terms import StepKind
from goldthread.web.evidence import size_in_words


def issue_of(row: Round, viewer: Viewer) -> Issue | None:
    """The report that froze a round, where there is one and the viewer may see it: both are of one event."""
    frozen = row.steps.filter(state=RoundState.FROZEN).values_list("event_id", flat=True)
    return issues(viewer=viewer).filter(event__in=frozen).first()


def is_complete(issue: Issue) -> bool:
    """Whether all of its files are made."""
    return issue.steps.filter(kind=StepKind.COMPLETED).exists()


def files_of(issue: Issue) -> list[tuple[str, str]]:
    """The files of an issue with their addresses."""
    return [
        (
            f"{FORMATS[one.kind].label}, {size_in_words(one.size)}",
            reverse("issue_file", args=[issue.reference, one.kind]),
        )
        for one in issue.files.all()
    ]
