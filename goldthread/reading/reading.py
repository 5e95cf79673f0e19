"""The Reading: what a document says, in the shape of ``reading-format`` (goldthread-reading/1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.document import Place

FORMAT = "goldthread-reading/1"

DOCUMENT_KINDS = (
    "action-plan",
    "review-report",
    "structure-report",
    "structure-page",
    "scorecard",
    "savings-tracker",
    "register",
    "other",
)

RECORD_KINDS = (
    "objective",
    "action",
    "recommendation",
    "finding",
    "post",
    "responsibility",
    "benefit",
    "workstream",
    "principle",
    "implication",
    "indicator",
    "saving",
)


@dataclass(slots=True)
class ReadRecord:
    """One record found in a document: its kind, its text, the fields that its kind may carry, and where it stands.

    ``fields`` holds only what the document states, under the names of the format (``leads`` a list of
    ``{"text", "sort"}``, ``timescale`` and ``status`` dicts with ``text``, ``success_criteria`` a list of strings, …).
    """

    kind: str
    text: str
    fields: dict[str, Any] = field(default_factory=dict)
    section: list[str] = field(default_factory=list)
    source: list[Place] = field(default_factory=list)
    parent: int | None = (
        None  # index in Reading.records of the record it hangs under (an action's objective or recommendation)
    )
    confidence: float = 1.0
    questions: list[dict[str, Any]] = field(default_factory=list)  # {"ask": …, "choices": […]}


@dataclass(slots=True)
class Leftover:
    """Words that are in no record: furniture, or unplaced with the reason why."""

    text: str
    source: list[Place] = field(default_factory=list)
    why: str | None = None


@dataclass(slots=True)
class Reading:
    """Everything a document says; ``as_json`` in goldthread.reading.printed gives the contract's JSON."""

    file: str
    sha256: str
    media_type: str
    pages: int | None
    title: str | None
    kind: str
    as_at: str | None  # ISO date
    organisation: str | None
    records: list[ReadRecord] = field(default_factory=list)
    furniture: list[Leftover] = field(default_factory=list)
    unplaced: list[Leftover] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)  # {"record": index or None, "ask", "choices"}
    words: dict[str, int] = field(default_factory=dict)  # source, in_records, furniture, unplaced
