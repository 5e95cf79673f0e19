"""What became of each post between two structures, proposed by rule; a person confirms it or decides otherwise.

The rules read both structures alike, so that what is proposed from the later to the earlier one is the same turned round.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from goldthread.domain.organisation.rules import name_key, words_of_title
from goldthread.domain.organisation.rules.lines import Drawn, Line, Note, directorates_of

LIKE = 1 / 3
"""From this share of common words on, two titles of one rank in one directorate are taken for one post renamed."""

_RANKS = (
    ("deputy chief executive", 1),
    ("assistant chief executive", 2),
    ("chief executive", 0),
    ("chief operating officer", 1),
    ("strategic director", 1),
    ("executive director", 1),
    ("corporate director", 1),
    ("group director", 1),
    ("deputy director", 3),
    ("associate director", 3),
    ("assistant director", 3),
    ("director", 2),
    ("head of service", 4),
    ("head", 4),
    ("service manager", 5),
    ("manager", 5),
)
_RANK = re.compile(rf"(?:{'|'.join(rank for rank, _ in _RANKS)})\b")
_REMEMBERED = 30_000  # titles: two structures of a large council
_RANK_WORDS = {
    "assistant", "associate", "chief", "corporate", "deputy", "director", "executive", "group", "head", "manager",
    "strategic", "in", "on", "to",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """Which posts of one structure became which of another: both sides by key, one of them may be empty.

    ``kind`` is a word of ``terms.MatchKind``; ``because`` why, as printed or said; ``decided_by`` who confirmed it, ""
    where nobody has.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    kind: str
    because: str = ""
    decided_by: str = ""


WAS_GOING = "was to be removed"
"""Said already in the earlier structure: what "to be removed" is when one looks from the later one."""

OPPOSITE = {
    "added": "removed",
    "removed": "added",
    "split": "merged",
    "merged": "split",
    "to be removed": WAS_GOING,
    WAS_GOING: "to be removed",
}
"""What a kind of change is when one looks from the later structure; other kinds stay what they are."""


def mirrored(match: Match) -> Match:
    """The same match seen from the later structure."""
    return replace(match, before=match.after, after=match.before, kind=OPPOSITE.get(match.kind, match.kind))


@lru_cache(maxsize=_REMEMBERED)
def title_key(title: str) -> str:
    """Titles that differ only in dashes, commas, colons, "&", "of" and case are one post's."""
    folded = re.sub(r"[-–—,:/]", " ", name_key(title).replace("&", " and "))
    return " ".join(word for word in folded.split() if word not in {"of", "the"})


@lru_cache(maxsize=_REMEMBERED)
def rank_of(title: str) -> str:
    """The rank that a title begins with: "assistant director", "head"; "" where it names none."""
    plain = re.sub(r"^(?:interim|acting|joint)\s+", "", title_key(title))
    plain = re.sub(r"^ads?\b", "assistant director", plain)
    found = _RANK.match(plain)
    return found[0] if found else ""


def level_of(title: str) -> int | None:
    """How far from the top the rank of a title stands in most councils: 0 for a chief executive, None where none is named."""
    return dict(_RANKS).get(rank_of(title))


@lru_cache(maxsize=_REMEMBERED)
def subject_of(title: str) -> frozenset[str]:
    """What a post is for: the words of its title without those of its rank."""
    return frozenset(words_of_title(title) - _RANK_WORDS)


def closeness(one: Line, other: Line) -> float:
    """How much two posts are for the same thing, 0 to 1."""
    first, second = subject_of(one.title), subject_of(other.title)
    return len(first & second) / len(first | second) if first and second else 0.0


def paired_directorates(before: Drawn, after: Drawn) -> list[tuple[str | None, str | None]]:
    """The directorates of two structures beside each other, in printed order; None where one has no counterpart.

    By name; then, where each has one left, those two.
    """
    old, new = directorates_of(before.lines), directorates_of(after.lines)
    names = {name_key(name): name for name in new}
    pairs: dict[str, str] = {name: names[name_key(name)] for name in old if name_key(name) in names}
    taken = set(pairs.values())
    left_old, left_new = [name for name in old if name not in pairs], [name for name in new if name not in taken]
    if len(left_old) == 1 and len(left_new) == 1:
        pairs[left_old[0]] = left_new[0]
    found: list[tuple[str | None, str | None]] = [(name, pairs.get(name)) for name in old]
    found += [(None, name) for name in left_new if name not in pairs.values()]
    place_old, place_new = {n: i for i, n in enumerate(old)}, {n: i for i, n in enumerate(new)}

    def where(pair: tuple[str | None, str | None]) -> tuple[list[int], list[str]]:
        at = [places[name] for places, name in ((place_old, pair[0]), (place_new, pair[1])) if name is not None]
        return sorted(at), sorted(name for name in pair if name is not None)

    return sorted(found, key=where)


class _Leftovers:
    """The posts of both structures that nothing has been said of yet."""

    def __init__(self, before: Drawn, after: Drawn, decided: Iterable[Match]) -> None:
        rows = list(decided)
        gone_before = {key for match in rows for key in match.before}
        gone_after = {key for match in rows for key in match.after}
        self.before = {line.key: line for line in before.lines if line.key not in gone_before}
        self.after = {line.key: line for line in after.lines if line.key not in gone_after}
        self.found: list[Match] = []

    def take(self, before: Sequence[Line], after: Sequence[Line], kind: str = "") -> None:
        """Say what became of some posts."""
        for line in before:
            del self.before[line.key]
        for line in after:
            del self.after[line.key]
        kind = kind or change_between(before[0], after[0])
        self.found.append(Match(tuple(x.key for x in before), tuple(x.key for x in after), kind))


def change_between(before: Line, after: Line) -> str:
    """The word for what became of one post: the most telling of what differs."""
    if regraded(before, after):
        return "regraded"
    if title_key(before.title) != title_key(after.title):
        return "renamed"
    if name_key(before.directorate) != name_key(after.directorate):
        return "moved"
    return "to be removed" if after.to_be_removed else "same"


def regraded(before: Line, after: Line) -> bool:
    """Whether a post stands at another rank or grade."""
    ranks = rank_of(before.title), rank_of(after.title)
    return (all(ranks) and ranks[0] != ranks[1]) or bool(
        before.grade and after.grade and name_key(before.grade) != name_key(after.grade)
    )


def propose(before: Drawn, after: Drawn, decided: Sequence[Match] = ()) -> list[Match]:
    """What became of every post: what people decided, and for the rest what the rules take for likely.

    One after another: the same post; the same title; a post whose subject others share between them (split, merged); a
    title like it in the same directorate; else it was added or removed. Reasons come from the notes of the later document.
    """
    left = _Leftovers(before, after, decided)
    for key in [key for key in left.before if key in left.after]:
        left.take([left.before[key]], [left.after[key]])
    _same_titles(left)
    pairs = paired_directorates(before, after)
    _shared_out(left, pairs)
    for pair in pairs:
        _alike(left, pair)
    for line in list(left.before.values()):
        left.take([line], [], "removed")
    for line in list(left.after.values()):
        left.take([], [line], "added")
    notes = [*after.notes, *before.notes]
    lines = {line.key: line for line in (*before.lines, *after.lines)}
    clauses = [(note.directorate, clause) for note in notes for clause in clauses_of(note.text)]
    told = [
        replace(match, because=_because(match, lines, clauses)) if match.kind != "same" else match
        for match in left.found
    ]
    return sorted([*decided, *told], key=lambda match: _place(match, before, after))


def _place(match: Match, before: Drawn, after: Drawn) -> tuple[int, ...]:
    return (*sorted([*match.before, *match.after]), len(match.before))


def _same_titles(left: _Leftovers) -> None:
    """The same title in the same directorate, then anywhere; only where it is the only one of its name on both sides."""
    for within in (True, False):
        old, new = _by_title(left.before.values(), within), _by_title(left.after.values(), within)
        for key, lines in old.items():
            others = new.get(key, [])
            if len(lines) == 1 and len(others) == 1:
                left.take(lines, others)


def _by_title(lines: Iterable[Line], within: bool) -> dict[tuple[str, str], list[Line]]:
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[(title_key(line.title), name_key(line.directorate) if within else "")].append(line)
    return found


def _of(lines: dict[int, Line], directorate: str | None) -> list[Line]:
    return [line for line in lines.values() if directorate is not None and line.directorate == directorate]


def _shared_out(left: _Leftovers, pairs: Iterable[tuple[str | None, str | None]]) -> None:
    """A post whose subject two or more posts of its rank share between them was split into them; turned round, merged.

    A post that could be part of two such changes is part of none: a person says.
    """
    groups: list[tuple[list[Line], list[Line], str]] = []
    for old, new in pairs:
        before, after = _of(left.before, old), _of(left.after, new)
        groups += [([line], parts, "split") for line in before if (parts := _parts(line, after))]
        groups += [(parts, [line], "merged") for line in after if (parts := _parts(line, before))]
    named = Counter(line.key for before, after, _ in groups for line in (*before, *after))
    for before, after, kind in groups:
        if all(named[line.key] == 1 for line in (*before, *after)):
            left.take(before, after, kind)


def _parts(whole: Line, others: Iterable[Line]) -> list[Line]:
    subject, rank = subject_of(whole.title), rank_of(whole.title)
    parts = [x for x in others if rank_of(x.title) == rank and subject_of(x.title) and subject_of(x.title) < subject]
    covered = [word for line in parts for word in subject_of(line.title)]
    whole_of_it = len(parts) > 1 and set(covered) == subject and len(covered) == len(subject)
    return sorted(parts, key=lambda line: (line.position, line.key)) if whole_of_it else []


def _alike(left: _Leftovers, pair: tuple[str | None, str | None]) -> None:
    """Titles most alike first; of one rank, or the only two that are left of their directorate."""
    old, new = _of(left.before, pair[0]), _of(left.after, pair[1])
    if len(old) == 1 and len(new) == 1 and closeness(old[0], new[0]) > 0:
        left.take(old, new)
        return
    by_word: dict[str, list[Line]] = defaultdict(list)
    for line in new:
        for word in subject_of(line.title):
            by_word[word].append(line)
    scored = []
    for one in old:
        near = {line.key: line for word in subject_of(one.title) for line in by_word.get(word, ())}
        for other in near.values():
            score = closeness(one, other)
            if score >= LIKE and rank_of(one.title) == rank_of(other.title):
                names = sorted([(title_key(one.title), one.key), (title_key(other.title), other.key)])
                scored.append((-score, names, one, other))
    for _, _, one, other in sorted(scored, key=lambda row: row[:2]):
        if one.key in left.before and other.key in left.after:
            left.take([one], [other])


_BEGINS = re.compile(
    r"(?<=[.;])\s+|\n+|(?<=[a-z0-9&D]) (?=(?:Increased?|Reduc(?:ed|tion)|Additional|Roles?|These|Other|New|Deleted?|Moved|"
    r"Merged|Split)\b)"
)


def clauses_of(text: str) -> list[str]:
    """A note of a document in its single statements, of which several may be run together."""
    return [clause.strip() for clause in _BEGINS.split(text) if clause and clause.strip()]


def _because(match: Match, lines: dict[int, Line], clauses: Sequence[tuple[str, str]]) -> str:
    """Why a post changed, as printed: what stands beside it, and the statement of the notes that speaks of it.

    A statement speaks of a post when it holds its subject's words (most of them, for a post that came or went), and its
    rank where it names any.
    """
    posts = [lines[key] for key in (*match.before, *match.after)]
    said = next((line.qualifier for line in reversed(posts) if line.qualifier), "")
    best, most = "", 0.6 if match.kind in ("added", "removed") else 1.0
    for directorate, clause in clauses:
        words, ranks = words_of_title(clause), _ranks_in(clause)
        for line in posts:
            share = _share(subject_of(line.title), words)
            if share >= most and (not ranks or rank_of(line.title) in ranks):
                # of two that fit as well, the one beside the post's own directorate
                best, most = clause, share + (0.1 if name_key(line.directorate) == name_key(directorate) else 0.01)
    return "; ".join(part for part in (said, best) if part)


def _ranks_in(text: str) -> set[str]:
    """The ranks that a statement names."""
    plain = re.sub(r"\bads?\b", "assistant director", text.casefold())
    found = set()
    for rank, _ in sorted(_RANKS, key=lambda row: -len(row[0])):
        plain, times = re.subn(rf"\b{rank}s?\b", " ", plain)
        if times:
            found.add(rank)
    return found


def _share(subject: frozenset[str], words: set[str]) -> float:
    return len(subject & words) / len(subject) if subject else 0.0


def notes_for(directorate: str | None, notes: Iterable[Note]) -> list[Note]:
    """What documents say beside one directorate."""
    return [note for note in notes if directorate is not None and name_key(note.directorate) == name_key(directorate)]
