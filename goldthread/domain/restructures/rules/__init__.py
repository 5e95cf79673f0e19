"""Pure rules of restructures: what a draft's edits make of a structure, and who should take over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.organisation.rules.matching import Match, change_between


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a draft: what it does, to which posts (by key), with which values, and why."""

    number: int
    kind: str
    posts: tuple[int, ...] = ()
    values: dict[str, Any] | None = None
    because: str = ""

    def value(self, name: str, default: Any = None) -> Any:
        """A value of the edit."""
        return (self.values or {}).get(name, default)


@dataclass(frozen=True, slots=True)
class Draft:
    """What edits make of a structure: its posts, of which posts each is made, and why posts changed.

    ``origins`` maps the key of each post to the keys of the base it comes from (empty for a new one).
    """

    lines: tuple[Line, ...]
    origins: dict[int, frozenset[int]]
    because: dict[int, str]  # by key of the base or of the draft


class NotPossible(ValueError):
    """An edit cannot be done to the draft as it stands; the sentence says why."""


def new_key(number: int, part: int = 0) -> int:
    """The key of a post that an edit makes: negative, so that it is no post's own."""
    return -(number * 100 + part + 1)


def redraw(base: Sequence[Line], edits: Iterable[Edit]) -> Draft:
    """A structure after the edits of a draft, in their order. Raises NotPossible where one speaks of a post that is gone."""
    lines = {line.key: line for line in base}
    origins = {line.key: frozenset({line.key}) for line in base}
    because: dict[int, str] = {}
    for edit in edits:
        missing = [key for key in (*edit.posts, edit.value("reports_to")) if key is not None and key not in lines]
        if missing:
            raise NotPossible("A post that this is about is no longer in the draft.")
        touched = _APPLY[edit.kind](edit, lines, origins)
        for key in {*edit.posts, *touched}:
            because[key] = "; ".join(part for part in (because.get(key, ""), edit.because) if part)
    return Draft(tuple(lines.values()), origins, because)


def _changes(edit: Edit) -> dict[str, Any]:
    """The values of an edit as fields of a line; what it does not say stays."""
    found: dict[str, Any] = {}
    for name in (
        "title",
        "directorate",
        "reports_to",
        "tier",
        "grade",
        "cost_low",
        "cost_high",
        "funding",
        "permanence",
    ):
        if edit.value(name) not in (None, ""):
            found[name] = edit.value(name)
    if edit.value("fte") not in (None, ""):
        found["fte"] = Decimal(str(edit.value("fte")))
    for name in ("services", "statutory_roles"):
        if edit.value(name):
            found[name] = tuple(edit.value(name))
    return found


def _add(edit: Edit, lines: dict[int, Line], origins: dict[int, frozenset[int]]) -> list[int]:
    if not edit.value("title"):
        raise NotPossible("Give the new post a title.")
    key = new_key(edit.number)
    lines[key] = replace(Line(key, "", position=_end(lines)), **_changes(edit))
    origins[key] = frozenset()
    return [key]


def _end(lines: dict[int, Line]) -> int:
    return max((line.position for line in lines.values()), default=0) + 1


def _take_out(key: int, lines: dict[int, Line], origins: dict[int, frozenset[int]], heir: int | None = None) -> Line:
    """Take a post out; who reported to it reports to its heir, else to its own line."""
    gone = lines.pop(key)
    origins.pop(key)
    above = heir if heir is not None else gone.reports_to
    for other in [line for line in lines.values() if line.reports_to == key]:
        lines[other.key] = replace(other, reports_to=above if above != other.key else gone.reports_to)
    return gone


def _remove(edit: Edit, lines: dict[int, Line], origins: dict[int, frozenset[int]]) -> list[int]:
    for key in edit.posts:
        _take_out(key, lines, origins)
    return []


def _alter(edit: Edit, lines: dict[int, Line], origins: dict[int, frozenset[int]]) -> list[int]:
    changes = _changes(edit)
    if not changes:
        raise NotPossible("Say what changes.")
    for key in edit.posts:
        lines[key] = replace(lines[key], **changes)
    return list(edit.posts)


def _merge(edit: Edit, lines: dict[int, Line], origins: dict[int, frozenset[int]]) -> list[int]:
    if len(edit.posts) < 2 or not edit.value("title"):
        raise NotPossible("Merge two posts or more, and give the merged post a title.")
    key = new_key(edit.number)
    parts = [lines[post] for post in edit.posts]
    first = parts[0]
    outside = next((line.reports_to for line in parts if line.reports_to not in edit.posts), None)
    made = replace(
        first,
        key=key,
        reports_to=outside,
        statutory_roles=_once(role for line in parts for role in line.statutory_roles),
        services=_once(service for line in parts for service in line.services),
        responsibilities=_once(duty for line in parts for duty in line.responsibilities),
        reference="",
        qualifier="",
    )
    lines[key] = replace(made, **_changes(edit))
    origins[key] = frozenset().union(*(origins[post] for post in edit.posts))
    for post in edit.posts:
        _take_out(post, lines, origins, heir=key)
    if lines[key].reports_to == key:
        lines[key] = replace(lines[key], reports_to=outside)
    return [key]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _split(edit: Edit, lines: dict[int, Line], origins: dict[int, frozenset[int]]) -> list[int]:
    titles = [str(title).strip() for title in edit.value("titles") or () if str(title).strip()]
    if len(edit.posts) != 1 or len(titles) < 2:
        raise NotPossible("Split one post into two or more: give each part a title.")
    whole, made = lines[edit.posts[0]], []
    for part, title in enumerate(titles):
        key = new_key(edit.number, part)
        roles = whole.statutory_roles if part == 0 else ()  # a role of law has one holder
        lines[key] = replace(whole, key=key, title=title, statutory_roles=roles, reference="", qualifier="")
        origins[key] = origins[whole.key]
        made.append(key)
    _take_out(whole.key, lines, origins, heir=made[0])
    return made


_APPLY = {
    "add": _add,
    "remove": _remove,
    "move": _alter,
    "rename": _alter,
    "regrade": _alter,
    "merge": _merge,
    "split": _split,
}


def matches_of(base: Sequence[Line], draft: Draft, *, decided_by: str) -> list[Match]:
    """What became of each post of the base, as the draft's own edits say it."""
    old, new = {line.key: line for line in base}, {line.key: line for line in draft.lines}
    left = set(old)
    groups: dict[frozenset[int], list[int]] = defaultdict(list)
    found: list[Match] = []
    for key in new:
        groups[draft.origins[key]].append(key)
    for origin, keys in _joined(groups):
        because = "; ".join(
            dict.fromkeys(draft.because[key] for key in (*sorted(origin), *keys) if key in draft.because)
        )
        left -= origin
        if not origin:
            found += [Match((), (key,), "added", draft.because.get(key, ""), decided_by) for key in keys]
        elif len(origin) == 1 and len(keys) == 1:
            kind = change_between(old[next(iter(origin))], new[keys[0]])
            found.append(Match(tuple(origin), tuple(keys), kind, because, decided_by))
        elif 1 in (len(origin), len(keys)):
            kind = "merged" if len(origin) > len(keys) else "split"
            found.append(Match(tuple(sorted(origin)), tuple(keys), kind, because, decided_by))
        else:  # posts were split and their parts merged with others: one by one, and the rest came or went
            pairs = list(zip(sorted(origin), keys, strict=False))
            found += [Match((a,), (b,), change_between(old[a], new[b]), because, decided_by) for a, b in pairs]
            found += [Match((a,), (), "removed", because, decided_by) for a in sorted(origin)[len(pairs) :]]
            found += [Match((), (b,), "added", because, decided_by) for b in keys[len(pairs) :]]
    found += [Match((key,), (), "removed", draft.because.get(key, ""), decided_by) for key in sorted(left)]
    return found


def _joined(groups: dict[frozenset[int], list[int]]) -> list[tuple[frozenset[int], list[int]]]:
    """Posts that share an origin together: a part of a post that was split may have been merged with another one."""
    found: list[tuple[frozenset[int], list[int]]] = []
    for origin, keys in groups.items():
        if origin:
            for other in [each for each in found if each[0] & origin]:
                found.remove(other)
                origin, keys = origin | other[0], [*other[1], *keys]
        found.append((origin, list(keys)))
    return found


def lost_posts(base: Sequence[Line], draft: Draft) -> list[Line]:
    """The posts of the base that the draft does without: what they answer for needs somebody else."""
    here = {line.key for line in draft.lines}
    return [line for line in base if line.key not in here]


def roles_lost(base: Sequence[Line], after: Iterable[Line]) -> list[tuple[str, Line]]:
    """Statutory roles that a post of the base holds and no post would hold any longer, each with that post."""
    held = {_role(role) for line in after for role in line.statutory_roles}
    return [(role, line) for line in base for role in line.statutory_roles if _role(role) not in held]


def _role(role: str) -> str:
    return " ".join(word for word in role.casefold().split() if word not in {"the", "of", "statutory"})
