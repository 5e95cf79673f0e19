"""The comparison of two structures as plain values: what the command prints and every format shows.

The figures come from ``organisation.rules.comparing``; nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from goldthread.domain.organisation.rules.comparing import Change, Comparison, Counted, Part
from goldthread.domain.organisation.rules.lines import Drawn, Figures, Line, spelled_out
from goldthread.domain.organisation.rules.matching import WAS_GOING, rank_of

KINDS = ("added", "removed", "renamed", "moved", "split", "merged", "regraded", "to be removed")
"""The kinds of change in the order in which they are shown."""

LABELS = {"to be removed": "to_be_removed"}


def shape(found: Comparison) -> dict[str, Any]:
    """The comparison as the JSON of ``goldthread structure compare``: directorates in printed order, then totals."""
    return {"directorates": [_part(part) for part in found.parts], "totals": _totals(found)}


def _part(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "before": _counted(part.before),
        "after": _counted(part.after),
        **_lists(part.changes),
        "notes": list(notes_of(part)),
    }


def _counted(count: Counted) -> dict[str, Any]:
    return {"listed": count.listed, "stated": count.stated}


def _lists(changes: Iterable[Change]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {LABELS.get(kind, kind): [] for kind in KINDS}
    for change in changes:
        for kind in KINDS:
            if kind in change.kinds:
                found[LABELS.get(kind, kind)].append(_said(change, kind))
    return found


def _said(change: Change, kind: str) -> Any:
    """A change in the list of its kind: a title, a pair of titles, or the titles on both sides of a split or a merger."""
    old, new = [line.title for line in change.before], [line.title for line in change.after]
    if kind in ("added", "removed"):
        return (new or old)[0]
    if kind == "to be removed":
        return (new or old)[0]
    if kind == "split":
        return [old[0], new]
    if kind == "merged":
        return [old, new[0]]
    if kind == "moved":
        return {"post": new[0], "from": change.before[0].directorate, "to": change.after[0].directorate}
    if kind == "regraded" and old == new:
        return [f"{line.title} ({line.grade})" for line in (change.before[0], change.after[0])]
    return [old[0], new[0]]


def notes_of(part: Part) -> Iterator[str]:
    """What a reader must know of a directorate: where numbers part, another name, what is printed, and why posts changed."""
    if part.before_name != part.after_name and part.before_name is not None and part.after_name is not None:
        yield f"Printed as “{part.before_name}” before and “{part.after_name}” after."
    for word, count in (("Before", part.before), ("After", part.after)):
        if count.apart:
            yield f"{word}: {count.stated} stated (“{count.printed}”), {count.listed} listed."
    yield from _questions(part)
    for note in part.notes:
        yield f"{note.heading}: {note.text}" if note.heading else note.text
    for change in part.changes:
        if change.because and not change.same:
            yield f"{titles_of(change)}: {change.because}"


def _questions(part: Part) -> Iterator[str]:
    """Titles that could be two posts, where the document counts one more than are listed."""
    for side, count in ((0, part.before), (1, part.after)):
        if count.stated != count.listed + 1:
            continue
        lines = [line for change in part.changes for line in (change.before, change.after)[side]]
        for line in lines:
            if line.title.startswith("Deputy ") and rank_of(line.title.removeprefix("Deputy ")):
                word = ("before", "after")[side]
                yield f"Question: is “{line.title}” one post or two? As two, {count.listed + 1} are listed {word}."


def counted_how(found: Comparison) -> list[str]:
    """How the changes are counted, where a careful reader may count otherwise: what it adds up to, each split and merger, and
    posts that changed in two ways at once. Empty where every change is one post before and one after, or came or went.
    """
    parts = [
        (change, len(change.after) - len(change.before)) for change in found.changes if change.before and change.after
    ]
    uneven = [(change, more) for change, more in parts if more]
    said = [_adds_up(found, sum(more for _, more in uneven))] if uneven else []
    renamed = len(found.of_kind("renamed"))
    for change, more in uneven:
        word, other = ("split", "added") if more > 0 else ("merger", "removed")
        said.append(
            f"{titles_of(change)} is counted as a {word}, neither as renamed nor as {other}: "
            f"{'its subject is shared between the posts after' if more > 0 else 'the post after has the subject of all'}. "
            f"Who counts it as renamed has {renamed + 1} renamed instead of {renamed}, and then "
            f"{len(found.of_kind(other)) + abs(more)} {other} instead of {len(found.of_kind(other))}."
        )
    for change in found.changes:
        if len(change.kinds & set(KINDS) - {"to be removed"}) > 1:
            said.append(f"{titles_of(change)} is one post that counts as {kinds_of(change)}, once in each.")
    return said


def _adds_up(found: Comparison, uneven: int) -> str:
    """The posts listed before and after, and what leads from the one to the other."""
    steps = [(len(found.of_kind("added")), "added"), (-len(found.of_kind("removed")), "removed")]
    steps.append((uneven, "by splits and mergers"))
    told = ", ".join(f"{number:+d} {word}" for number, word in steps if number)
    return f"{found.total_before.listed} posts are listed before and {found.total_after.listed} after: {told}."


def titles_of(change: Change) -> str:
    """The posts of a change in words."""
    old, new = [line.title for line in change.before], [line.title for line in change.after]
    if not old or not new or old == new:
        return " and ".join(new or old)
    return f"{' and '.join(old)} → {' and '.join(new)}"


def kinds_of(change: Change) -> str:
    """In which ways posts changed, in words: "renamed and regraded"."""
    words = [kind for kind in KINDS if kind in change.kinds]
    return " and ".join(words) or ("no longer to be removed" if WAS_GOING in change.kinds else "same")


def _totals(found: Comparison) -> dict[str, Any]:
    numbers = {LABELS.get(kind, kind): len(found.of_kind(kind)) for kind in KINDS}
    return {
        "before": {**_whole(found.before, found.total_before), **_figures(found.figures_before)},
        "after": {**_whole(found.after, found.total_after), **_figures(found.figures_after)},
        **numbers,
        "proposed": sum(not change.same and not change.decided_by for change in found.changes),
        "confirmed": sum(not change.same and bool(change.decided_by) for change in found.changes),
        "counted_how": counted_how(found),
        "apart": [spelled_out(part.name) for part in found.parts if part.before.apart or part.after.apart],
    }


def _whole(drawn: Drawn, count: Counted) -> dict[str, Any]:
    day = drawn.as_at.isoformat() if drawn.as_at else None
    return {"structure": drawn.name, "stage": drawn.stage, "as_at": day, **_counted(count)}


def _figures(figures: Figures) -> dict[str, Any]:
    """Costs in pence a year; null where no post carries the figure."""
    span = figures.mean_span
    return {
        "fte": _number(figures.fte) if figures.without_fte < figures.posts else None,
        "cost_low": figures.cost_low if figures.costed else None,
        "cost_high": figures.cost_high if figures.costed else None,
        "posts_with_cost": figures.costed,
        "layers": figures.layers,
        "mean_span": round(span, 1) if span is not None else None,
        "widest_span": figures.widest,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def line_in_words(line: Line) -> str:
    """A post with what is printed beside it."""
    return f"{line.title} ({line.qualifier})" if line.qualifier else line.title
