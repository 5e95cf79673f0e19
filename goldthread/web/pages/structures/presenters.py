"""How structures, comparisons and charts are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from goldthread.domain.organisation.models import Appointment
from goldthread.domain.organisation.queries import Holder
from goldthread.domain.organisation.rules.comparing import Change, Comparison, Counted, Part
from goldthread.domain.organisation.rules.lines import Drawn, Line, spelled_out
from goldthread.domain.organisation.terms import AppointmentKind
from goldthread.domain.restructures.queries import Filling, PostHeld
from goldthread.domain.restructures.terms import CHOSE
from goldthread.reporting.structure_chart import MARKS, Mark, Node, by_directorate, forest, pages_of, svg
from goldthread.reporting.structure_report import count_words, figure_rows, money_range
from goldthread.reporting.structures import KINDS, kinds_of, notes_of, titles_of
from goldthread.reporting.wording import counted
from goldthread.web.components.tag.presenter import Tag

COLOURS = {
    "added": "green", "removed": "red", "renamed": "", "moved": "yellow", "split": "purple", "merged": "purple",
    "regraded": "orange", "to be removed": "red",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in the table of a structure."""

    key: int
    title: str
    qualifier: str
    grade: str
    above: str
    fte: str
    cost: str
    holder: str
    roles: str


@dataclass(frozen=True, slots=True)
class PartLines:
    """A directorate with its posts, and what its document counts."""

    name: str
    listed: int
    stated: str
    posts: list[PostLine]
    shows: dict[str, bool]  # which columns hold anything in any part, so that columns stand below each other


def parts_of(drawn: Drawn, held: Mapping[int, Sequence[Holder]]) -> list[PartLines]:
    """A structure directorate by directorate, in printed order."""
    titles = {line.key: line.title for line in drawn.lines}
    every = [_post(line, titles, held) for line in drawn.lines]
    shows = {
        name: any(getattr(post, name) for post in every)
        for name in ("grade", "above", "fte", "cost", "holder", "roles")
    }
    by_key = {post.key: post for post in every}
    found = []
    for name, lines in by_directorate(drawn.lines):
        stated = drawn.stated_for(name)
        apart = (
            f"The document says {stated.posts} (“{stated.printed}”)." if stated and stated.posts != len(lines) else ""
        )
        found.append(PartLines(spelled_out(name), len(lines), apart, [by_key[line.key] for line in lines], shows))
    return found


def _post(line: Line, titles: Mapping[int, str], held: Mapping[int, Sequence[Holder]]) -> PostLine:
    return PostLine(
        key=line.key,
        title=line.title,
        qualifier=line.qualifier,
        grade=line.grade,
        above=titles.get(line.reports_to or 0, ""),
        fte=f"{line.fte.normalize():f}" if line.fte is not None else "",
        cost=cost_of(line),
        holder=", ".join(str(holder) for holder in held.get(line.key, ())),
        roles=", ".join(line.statutory_roles),
    )


def cost_of(line: Line) -> str:
    """The band of a post in words."""
    low, high = line.cost_low, line.cost_high
    if low is None and high is None:
        return ""
    return money_range(low if low is not None else high or 0, high if high is not None else low or 0)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in the table of a comparison. ``query`` leads to where a person decides otherwise."""

    tags: list[Tag]
    before: list[str]
    after: list[str]
    because: str
    decided_by: str
    query: str


def change_line(change: Change) -> ChangeLine:
    """A change as a row."""
    kinds = [kind for kind in KINDS if kind in change.kinds]
    asked = "&".join([f"b={x.key}" for x in change.before] + [f"a={x.key}" for x in change.after])
    return ChangeLine(
        tags=[Tag(kind.capitalize(), COLOURS[kind]) for kind in kinds] or [Tag(kinds_of(change).capitalize(), "grey")],
        before=[_told(line) for line in change.before],
        after=[_told(line) for line in change.after],
        because=change.because,
        decided_by=change.decided_by,
        query=asked,
    )


def _told(line: Line) -> str:
    return f"{line.title} ({line.qualifier})" if line.qualifier else line.title


@dataclass(frozen=True, slots=True)
class PartCompared:
    """A directorate of a comparison."""

    name: str
    before: str
    after: str
    difference: str
    apart: bool
    said: str
    changes: list[ChangeLine] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compared_parts(found: Comparison) -> list[PartCompared]:
    """A comparison directorate by directorate, the whole last."""
    return [*(_compared(part) for part in found.parts), _whole(found)]


def _compared(part: Part) -> PartCompared:
    changed = [change for change in part.changes if not change.same]
    notes = [note for note in notes_of(part) if not any(note.startswith(f"{titles_of(x)}: ") for x in changed)]
    same = [_told(change.after[0]) for change in part.changes if change.same]
    return _counts(part.name, part.before, part.after, changed, [change_line(x) for x in changed], same, notes)


def _whole(found: Comparison) -> PartCompared:
    changed = [change for change in found.changes if not change.same]
    return _counts("All", found.total_before, found.total_after, changed, [], [], [])


def _counts(
    name: str,
    before: Counted,
    after: Counted,
    changed: Iterable[Change],
    lines: list[ChangeLine],
    same: list[str],
    notes: list[str],
) -> PartCompared:
    kinds = [kind for change in changed for kind in KINDS if kind in change.kinds]
    difference = after.listed - before.listed
    return PartCompared(
        name, count_words(before), count_words(after), f"{difference:+d}" if difference else "0",
        before.apart or after.apart, ", ".join(f"{kinds.count(x)} {x}" for x in KINDS if x in kinds) or "No change",
        lines, same, notes,
    )  # fmt: skip


def figures(found: Comparison) -> list[tuple[str, str, str]]:
    """Cost, spans and layers in words."""
    return figure_rows(found.figures_before, found.figures_after)


@dataclass(frozen=True, slots=True)
class ChartPart:
    """One directorate's chart: its pages as drawings, and the same posts as a nested list."""

    name: str
    posts: int
    pages: list[SafeString]
    nodes: list[Node]
    lines_drawn: bool


def chart_parts(
    lines: Sequence[Line],
    *,
    changes: Mapping[int, Iterable[str]] | None = None,
    holders: Mapping[int, str] | None = None,
    whole: bool,
    called: str,
) -> list[ChartPart]:
    """Charts of a structure: one of all posts, or one for each directorate."""
    groups = [(called, list(lines))] if whole else [(spelled_out(n), part) for n, part in by_directorate(lines)]
    found = []
    for name, part in groups:
        nodes = forest(part, changes=changes, holders=holders)
        pages = pages_of(nodes)
        drawn = [
            mark_safe(svg(page, label=_label(name, at, len(pages))))  # noqa: S308  # escaped where it is drawn
            for at, page in enumerate(pages, 1)
        ]
        here = {line.key for line in part}
        found.append(ChartPart(name, len(part), drawn, nodes, any(line.reports_to in here for line in part)))
    return found


def _label(name: str, at: int, of: int) -> str:
    page = f", page {at} of {of}" if of > 1 else ""
    return f"Organisation chart of {name}{page}; the same posts stand in a list below it"


def marks_of(found: Comparison) -> tuple[dict[int, frozenset[str]], dict[int, frozenset[str]]]:
    """What is marked on each side: what goes on the earlier chart, what is new on the later one, other changes on both."""
    before, after = {}, {}
    for change in found.changes:
        for line in change.before:
            before[line.key] = change.kinds - {"added", "to be removed"}
        for line in change.after:
            after[line.key] = change.kinds - {"removed"}
    return before, after


def legend() -> list[Mark]:
    """The marks with their words."""
    return list(MARKS.values())


def filling_context(seen: Filling | None, *, may_fill: bool) -> dict[str, Any] | None:
    """What the page of an agreed structure shows of who holds its posts: the open ones first, then the chosen, then the rest."""
    if seen is None:
        return None
    rows = [_row(post, may_fill) for post in seen.posts if post.waits or post.chosen]
    carried = [(post.line.title, ", ".join(_named(row) for row in post.carried)) for post in seen.posts if post.carried]
    return {
        "on": seen.on,
        "rows": sorted(rows, key=lambda row: not row["waits"]),
        "carried": carried,
        "displaced": seen.displaced,
        "may_fill": may_fill,
        "said": f"{counted(len(carried), 'holder')} of posts that stay carry over by themselves."
        if len(carried) != 1
        else "One holder of a post that stays carries over.",
    }


def _row(post: PostHeld, may_fill: bool) -> dict[str, Any]:
    return {
        "post": post.line,
        "waits": post.waits,
        "people": [
            {"row": row, "words": _named(row), "starts": row.starts, "back": may_fill and row.event.verb == CHOSE}
            for row in post.chosen
        ],
    }


def _named(row: Appointment) -> str:
    kind = "" if row.kind == AppointmentKind.SUBSTANTIVE else f" ({row.get_kind_display().lower()})"
    return f"{row.person}{kind}"
