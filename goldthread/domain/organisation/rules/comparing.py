"""Two structures compared: by directorate what is listed and stated, what changed and why, what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from goldthread.domain.organisation.rules import name_key
from goldthread.domain.organisation.rules.lines import Drawn, Figures, Line, Note, Stated, figures_of, spelled_out
from goldthread.domain.organisation.rules.matching import (
    OPPOSITE,
    WAS_GOING,
    Match,
    mirrored,
    notes_for,
    paired_directorates,
    regraded,
    title_key,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many posts are listed, and how many the document states (None: it states no number)."""

    listed: int
    stated: int | None = None
    printed: str = ""

    @property
    def apart(self) -> bool:
        """Whether the two numbers disagree."""
        return self.stated is not None and self.stated != self.listed


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one post or a few: the posts before and after, in which ways they differ, and why.

    ``kinds`` holds every way that is true of it: a post can be renamed, moved and regraded at once.
    """

    before: tuple[Line, ...]
    after: tuple[Line, ...]
    kinds: frozenset[str]
    because: str = ""
    decided_by: str = ""

    @property
    def same(self) -> bool:
        """Whether nothing changed that the later structure shows."""
        return not self.kinds - {WAS_GOING}

    def mirrored(self) -> Change:
        """The same change seen from the later structure."""
        kinds = frozenset(OPPOSITE.get(kind, kind) for kind in self.kinds)
        return replace(self, before=self.after, after=self.before, kinds=kinds)


@dataclass(frozen=True, slots=True)
class Part:
    """One directorate in both structures; a name is None where it stands in one of them only."""

    before_name: str | None
    after_name: str | None
    before: Counted
    after: Counted
    changes: tuple[Change, ...]
    figures_before: Figures
    figures_after: Figures
    notes: tuple[Note, ...] = ()

    @property
    def name(self) -> str:
        """The name that it has now, short forms spelled out."""
        return spelled_out(self.after_name if self.after_name is not None else self.before_name or "")

    def mirrored(self) -> Part:
        """The same directorate seen from the later structure."""
        return Part(
            self.after_name, self.before_name, self.after, self.before, tuple(x.mirrored() for x in self.changes),
            self.figures_after, self.figures_before, self.notes,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two structures side by side: directorate by directorate and in all."""

    before: Drawn
    after: Drawn
    parts: tuple[Part, ...]
    changes: tuple[Change, ...]
    total_before: Counted
    total_after: Counted
    figures_before: Figures
    figures_after: Figures

    def mirrored(self) -> Comparison:
        """The same comparison from the later structure to the earlier one."""
        return Comparison(
            self.after, self.before, tuple(x.mirrored() for x in self.parts), tuple(x.mirrored() for x in self.changes),
            self.total_after, self.total_before, self.figures_after, self.figures_before,
        )  # fmt: skip

    def of_kind(self, kind: str) -> list[Change]:
        """The changes of one kind, in order."""
        return [change for change in self.changes if kind in change.kinds]


def compare(before: Drawn, after: Drawn, matches: Sequence[Match]) -> Comparison:
    """Two structures by what became of each post; every post of either stands in exactly one match.

    Comparing the other way round, with the matches mirrored, gives the mirrored comparison. Raises ValueError where a
    post stands in no match, in two, or in none of the structures.
    """
    old, new = {line.key: line for line in before.lines}, {line.key: line for line in after.lines}
    for side, lines in ((0, old), (1, new)):
        named = [key for match in matches for key in (match.before, match.after)[side]]
        if sorted(named) != sorted(lines):
            raise ValueError("Every post of both structures stands in one match.")
    pairs = paired_directorates(before, after)
    beside = {here: there for here, there in pairs if here is not None}
    changes = sorted((_change(match, old, new, beside) for match in matches), key=_order)
    where = _by_directorate(changes)
    parts = tuple(_part(pair, before, after, where) for pair in pairs)
    return Comparison(
        before, after, parts, tuple(changes), _total(before), _total(after),
        figures_of(before.lines), figures_of(after.lines),
    )  # fmt: skip


def _by_directorate(changes: Sequence[Change]) -> dict[tuple[int, str], list[Change]]:
    found: dict[tuple[int, str], list[Change]] = {}
    for change in changes:
        sides = {(0, line.directorate) for line in change.before} | {(1, line.directorate) for line in change.after}
        for side in sides:
            found.setdefault(side, []).append(change)
    return found


def _part(
    pair: tuple[str | None, str | None], before: Drawn, after: Drawn, where: dict[tuple[int, str], list[Change]]
) -> Part:
    old, new = pair
    here = [
        *(where.get((0, old), []) if old is not None else []),
        *(where.get((1, new), []) if new is not None else []),
    ]
    lines_old = [line for line in before.lines if line.directorate == old]
    lines_new = [line for line in after.lines if line.directorate == new]
    changes = sorted({id(change): change for change in here}.values(), key=_order)
    notes = {(note.heading, note.text): note for drawn, name in ((before, old), (after, new))
             for note in notes_for(name, drawn.notes)}  # fmt: skip
    return Part(
        old, new, _counted(len(lines_old), before.stated_for(old) if old is not None else None),
        _counted(len(lines_new), after.stated_for(new) if new is not None else None), tuple(changes),
        figures_of(lines_old), figures_of(lines_new), tuple(notes[key] for key in sorted(notes)),
    )  # fmt: skip


def _counted(listed: int, stated: Stated | None) -> Counted:
    return Counted(listed, stated.posts if stated else None, stated.printed if stated else "")


def _total(drawn: Drawn) -> Counted:
    """All posts; what is stated for all, or the sum of what is stated where every directorate states a number or lists one."""
    whole = drawn.stated_for("")
    if whole is not None or not drawn.stated:
        return _counted(len(drawn.lines), whole)
    total = 0
    for name in dict.fromkeys(line.directorate for line in drawn.lines):
        stated = drawn.stated_for(name)
        total += stated.posts if stated else sum(line.directorate == name for line in drawn.lines)
    return Counted(len(drawn.lines), total, "the sum of what is stated, and of what is listed where nothing is stated")


def _change(match: Match, old: dict[int, Line], new: dict[int, Line], beside: dict[str, str | None]) -> Change:
    before, after = tuple(old[key] for key in match.before), tuple(new[key] for key in match.after)
    kinds: set[str] = set()
    if not before or not after:
        kinds.add("added" if after else "removed")
    elif len(before) == 1 and len(after) == 1:
        kinds |= _differences(before[0], after[0], beside)
    else:
        kinds.add("merged" if len(before) > len(after) else "split" if len(after) > len(before) else "renamed")
    if any(line.to_be_removed for line in after) or match.kind == "to be removed":
        kinds.add("to be removed")
    if any(line.to_be_removed for line in before) or match.kind == WAS_GOING:
        kinds.add(WAS_GOING)
    return Change(before, after, frozenset(kinds), match.because, match.decided_by)


def _differences(before: Line, after: Line, beside: dict[str, str | None]) -> set[str]:
    kinds = set()
    if beside.get(before.directorate) != after.directorate:
        kinds.add("moved")
    if title_key(before.title) != title_key(after.title):
        kinds.add("renamed")
    if regraded(before, after):
        kinds.add("regraded")
    return kinds


def _order(change: Change) -> tuple[list[int], list[tuple[str, int]]]:
    lines = [*change.before, *change.after]
    return sorted({line.position for line in lines}), sorted((name_key(line.title), line.key) for line in lines)


def turned(matches: Sequence[Match]) -> list[Match]:
    """Matches from the later structure to the earlier one."""
    return [mirrored(match) for match in matches]
