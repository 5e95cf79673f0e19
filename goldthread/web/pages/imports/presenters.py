"""How imports and proposals are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.imports.models import Import, Proposal
from goldthread.domain.imports.queries import Tally
from goldthread.domain.imports.rules import Effect, column_of, effect_of
from goldthread.domain.imports.terms import Stage
from goldthread.domain.register.adopters import lead_names, words_of
from goldthread.domain.register.queries import not_yet_checked, unmatched
from goldthread.domain.register.terms import RecordKind
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.pages.imports.forms import AnyColumnForm, ColumnForm

STAGES = {
    Stage.WAITING: Tag("Waiting", "grey"),
    Stage.READING: Tag("Being read", "blue"),
    Stage.READ: Tag("Read", "green"),
    Stage.REFUSED: Tag("Could not be read", "red"),
}

SHOWN = (
    ("question", "Open, with questions or doubt"),
    ("certain", "Open and certain"),
    ("open", "All that are open"),
    ("decided", "Adopted or left out"),
    ("all", "Everything"),
)
"""Which proposals a page shows: the name in the address, the words."""

# Fields that a row shows on their own; the others stand in its details.
_OWN_COLUMN = {"leads", "update", "timescale", "objective", "recommendation", "status"}
_LABELS = {
    "success_criteria": "Success criteria",
    "key_risk": "Key risk",
    "risk_rating": "Risk rating",
    "rag": "Rating",
    "reports_to": "Reports to",
    "statutory_roles": "Statutory roles",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One file in the list of imports."""

    title: str
    file_name: str
    href: str
    tag: Tag
    found: int
    waiting: int
    problem: str
    became: str = ""
    became_href: str = ""
    reading: bool = False
    done: int = 0
    steps: int = 0


def line_of(batch: Import) -> Line:
    """An import as a line of the list."""
    container = batch.container
    return Line(
        title=batch.title or batch.file_name,
        file_name=batch.file_name,
        href=reverse("import", args=[batch.pk]),
        tag=STAGES[Stage(batch.stage)],
        found=batch.found,  # type: ignore[attr-defined]
        waiting=batch.waiting,  # type: ignore[attr-defined]
        problem=batch.problem,
        became=container.reference if container else "",
        became_href=reverse("record", args=[container.reference]) if container else "",
        reading=batch.stage in (Stage.WAITING, Stage.READING),
        done=batch.done,
        steps=batch.steps if batch.stage == Stage.READING else 0,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A choice of a question: a button that answers with ``value``, or, where a person must correct, a link."""

    text: str
    value: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What the reader asks of an entry."""

    ask: str
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WholeQuestion:
    """What the reader asks of the whole document; ``form`` where it asks what a column holds."""

    number: int
    ask: str
    form: ColumnForm | None = None


def whole_questions(batch: Import, bound: ColumnForm | AnyColumnForm | None = None) -> list[WholeQuestion]:
    """The questions about a document. ``bound``: a form that was sent and is not right, shown again with its errors."""
    shown = []
    for number, asked in enumerate(batch.questions):
        heading, form = column_of(asked), None
        if heading:
            form = ColumnForm(question=number, heading=heading)
            form = bound if isinstance(bound, ColumnForm) and bound.prefix == form.prefix else form
        shown.append(WholeQuestion(number, words_of(asked.get("ask")), form))
    return shown


@dataclass(frozen=True, slots=True)
class Found:
    """One proposal as it is shown."""

    key: str
    href: str
    kind: str
    text: str
    section: str
    leads: list[str]
    timescale: str
    update: str
    where: str
    tag: Tag
    questions: list[Question]
    open: bool
    rejected: bool
    printed_href: str
    why_left_out: str = ""
    after: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    became: str = ""
    became_href: str = ""


def listed(page: Sequence[Proposal]) -> list[Found]:
    """The proposals of a page; ``after`` is the key of the one to go to once it is decided."""
    keys = [row.key for row in page]
    after = [*keys[1:], keys[-2] if len(keys) > 1 else ""]
    return [found_of(row, after=key) for row, key in zip(page, after, strict=False)]


def found_of(proposal: Proposal, *, after: str = "") -> Found:
    """A proposal for a row or for its own page."""
    fields, record, post = proposal.fields, proposal.record, proposal.post
    return Found(
        key=proposal.key,
        href=reverse("proposal", args=[proposal.batch_id, proposal.key]),
        kind=_kind(proposal.kind),
        text=proposal.text,
        section=" › ".join(proposal.section),
        leads=lead_names(fields),
        timescale=words_of(fields.get("timescale")),
        update=words_of(fields.get("update")),
        where=proposal.passage.where if proposal.passage else "",
        tag=_tag(proposal),
        questions=questions_of(proposal),
        open=proposal.state == "open",
        rejected=proposal.state == "rejected",
        printed_href=reverse("proposal_printed", args=[proposal.batch_id, proposal.key]),
        why_left_out=proposal.rejected.reason if proposal.rejected else "",
        after=after,
        details=_details(fields),
        became=record.reference if record else post.owner.name if post else "",
        became_href=_became(proposal),
    )


def questions_of(proposal: Proposal) -> list[Question]:
    """The open questions of a proposal with their answers; one that has been decided asks nothing."""
    if proposal.state != "open":
        return []
    return [_question(proposal, number, asked) for number, asked in enumerate(proposal.questions)]


def _question(proposal: Proposal, number: int, asked: dict[str, Any]) -> Question:
    answers = []
    for index, choice in enumerate(asked.get("choices") or []):
        words = str(choice)[:1].upper() + str(choice)[1:]
        if effect_of(asked, choice) is Effect.CORRECT:
            answers.append(
                Answer(f"{words}, correct it", href=reverse("proposal", args=[proposal.batch_id, proposal.key]))
            )
        else:
            answers.append(Answer(words, value=f"{number}:{index}"))
    return Question(words_of(asked.get("ask")), answers)


def _became(proposal: Proposal) -> str:
    if proposal.state != "adopted":
        return ""
    if proposal.record is not None:
        return reverse("record", args=[proposal.record.reference])
    return reverse("post", args=[proposal.post_id]) if proposal.post_id else ""


def _kind(kind: str) -> str:
    return str(RecordKind(kind).label) if kind in RecordKind.values else kind.capitalize()


def _tag(proposal: Proposal) -> Tag:
    if proposal.state == "adopted":
        return Tag("Adopted", "green")
    if proposal.state == "rejected":
        return Tag("Left out", "grey")
    if proposal.questions:
        return Tag("Question", "yellow")
    return Tag("Certain", "blue") if proposal.certain else Tag("In doubt", "yellow")


def _status(fields: dict[str, Any]) -> str:
    """The status as printed, and what was concluded from it."""
    status = fields.get("status")
    printed, value = words_of(status), str(status.get("value") or "") if isinstance(status, dict) else ""
    if printed == words_of(fields.get("completed")):
        printed = ""
    if printed.strip(" .").casefold() == value.casefold():
        value = ""
    return ", ".join(part for part in (printed, value) if part)


def _details(fields: dict[str, Any]) -> list[tuple[str, str]]:
    shown = [("Status", status)] if (status := _status(fields)) else []
    for name, value in fields.items():
        if name in _OWN_COLUMN or value in (None, "", []) or name == "facts":
            continue
        if name == "also":  # columns of no known part: each under its own heading
            shown += [(words_of(item.get("heading")) or "Also", words_of(item)) for item in value]
            continue
        values = value if isinstance(value, list) else [value]
        text = "; ".join(words_of(item) for item in values)
        shown.append((_LABELS.get(name, name.replace("_", " ").capitalize()), text))
    return shown


def chosen_ones(rows: Sequence[Proposal], show: str) -> list[Proposal]:
    """The proposals that a page shows: those with questions first."""
    keep = {
        "question": lambda row: row.state == "open" and not row.certain,
        "certain": lambda row: row.state == "open" and row.certain,
        "open": lambda row: row.state == "open",
        "decided": lambda row: row.state != "open",
        "all": lambda row: True,
    }[show]
    return sorted(
        (row for row in rows if keep(row)), key=lambda row: (not row.questions or row.state != "open", row.position)
    )


def next_steps(batch: Import, tally: Tally, viewer: Viewer) -> list[tuple[str, str]]:
    """What comes after everything of a plan or review is decided on: (words, address); nothing before that."""
    whole = batch.container
    if whole is None or tally.open or not tally.adopted or whole.kind not in (RecordKind.PLAN, RecordKind.REVIEW):
        return []
    found = [(f"Open {whole.reference}", reverse("record", args=[whole.reference]))]
    names = unmatched(viewer=viewer).filter(within=whole).count()
    if names and viewer.may(Permission.MATCH_NAMES):
        entries = "1 entry names a lead" if names == 1 else f"{names} entries name a lead"
        found.append((f"Say which post stands behind a printed name: {entries} without one", reverse("names")))
    waiting = not_yet_checked(viewer=viewer).filter(within=whole).count()
    if waiting and viewer.may(Permission.EDIT_RECORDS):
        found.append((f"Check what was adopted unseen: {waiting}", f"{reverse('unchecked')}?within={whole.reference}"))
    if whole.kind == RecordKind.PLAN and viewer.may(Permission.RUN_ROUNDS):
        found.append(("Say how it reports, or plan a round", reverse("round_cadence", args=[whole.reference])))
    return found


def counts_of(tally: Tally) -> dict[str, int]:
    """How many proposals each choice of ``SHOWN`` holds."""
    return {
        "question": tally.open - tally.certain,
        "certain": tally.certain,
        "open": tally.open,
        "decided": tally.adopted + tally.rejected,
        "all": tally.total,
    }


def in_words(tally: Tally) -> str:
    """ "59 actions, 30 objectives": what a document holds."""
    parts = [
        f"{number} {_kind(kind).lower()}{'' if number == 1 else 's'}" for kind, number in sorted(tally.by_kind.items())
    ]
    return ", ".join(parts).replace("responsibilitys", "responsibilities") or "nothing that can be adopted"


def placed(words: dict[str, int]) -> str:
    """The proof that nothing is lost, in a sentence; "" before a file has been read."""
    if not words.get("source"):
        return ""
    share = 100 * (words["in_records"] + words["furniture"]) / words["source"]
    return (
        f"{words['source']:,} words: {words['in_records']:,} in entries, {words['furniture']:,} page furniture, "
        f"{words['unplaced']:,} not placed ({share:.1f}% placed, none lost)"
    )
