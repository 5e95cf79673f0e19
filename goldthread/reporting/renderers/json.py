"""A report as canonical JSON: the form that is frozen when a report is issued."""

from __future__ import annotations

from goldthread.reporting.canonical import to_json
from goldthread.reporting.model import Report


def render(report: Report) -> bytes:
    """The report as the bytes of one JSON object with sorted keys; the same report is the same bytes."""
    return to_json(report)
