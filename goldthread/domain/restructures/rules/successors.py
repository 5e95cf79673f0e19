"""Who should answer for what a lost post answered for: proposed by rule, chosen by a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.domain.organisation.rules import name_key, words_of_title
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.organisation.rules.matching import closeness, subject_of
from goldthread.domain.restructures.rules import Draft


@dataclass(frozen=True, slots=True)
class Successor:
    """A post that could take over, and why it is thought of."""

    line: Line
    why: str
    weight: float


def successors(lost: Line, base: Sequence[Line], draft: Draft, *, text: str = "", limit: int = 5) -> list[Successor]:
    """Posts of the draft that could take over from a lost one, likeliest first; never empty while the draft has a post.

    What the post became comes first (of its parts the one most like the ``text`` of the record), then posts of the same
    services, then its line, then posts of like titles, its directorate's head, and at last the head of all.
    """
    chain = _line_above(lost, base)
    found = [_weighed(line, lost, draft, chain, text) for line in draft.lines]
    ordered = sorted(found, key=lambda each: (-each.weight, each.line.position, -each.line.key))
    return ordered[:limit]


def _line_above(lost: Line, base: Sequence[Line]) -> list[int]:
    by_key = {line.key: line for line in base}
    chain: list[int] = []
    step = lost.reports_to
    while step is not None and step in by_key and step not in chain:
        chain.append(step)
        step = by_key[step].reports_to
    return chain


def _weighed(line: Line, lost: Line, draft: Draft, chain: Sequence[int], text: str) -> Successor:
    reasons: list[tuple[float, str]] = [(0.0, "is in the new structure")]
    origin = draft.origins[line.key]
    if lost.key in origin:
        reasons.append((8.0 + _speaks_of(line, text), "takes its place"))
    services = {name_key(service) for service in lost.services}
    shared = services & {name_key(service) for service in line.services}
    if shared:
        reasons.append((5.0 + len(shared) / len(services), "answers for the same services"))
    for distance, key in enumerate(chain):
        if key in origin:
            reasons.append(
                (4.0 / (distance + 1), "was its line manager" if distance == 0 else "stands above it in its line")
            )
    if (like := closeness(lost, line)) > 0:
        reasons.append((1.0 + 2 * like, "has a title like it"))
    if line.directorate and name_key(line.directorate) == name_key(lost.directorate):
        reasons.append((0.6 if line.reports_to is not None else 0.9, "is in the same directorate"))
    if line.reports_to is None:
        reasons.append((0.5, "heads the structure"))
    weight, why = max(reasons)
    return Successor(line, why, weight + 0.1 * sum(w for w, _ in reasons if w != weight) / 10)


def _speaks_of(line: Line, text: str) -> float:
    subject = subject_of(line.title)
    return len(subject & words_of_title(text)) / len(subject) if subject else 0.0
