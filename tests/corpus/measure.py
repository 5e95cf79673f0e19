"""How alike a reading and a truth are: a measure of its own, so that the press can judge without any other file.

Two texts are as alike as the F1 of the words they hold. Records of a kind are paired best first, from 0.6 on; the score
of a kind is the mean of the F1 of its records and of each field that the truth carries; the score of a document is the
mean over its kinds, lowered by the share of records of kinds that it does not hold. Fields that the truth carries empty
must be empty in the reading; fields that it does not carry are not judged.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

Record = dict[str, Any]
TEXTS = ("title", "update", "timescale", "objective", "directorate", "reports_to", "status", "theme", "group", "post")
EXACT = ("recommendation", "number", "polarity", "target", "actual", "rag")
LISTS = ("leads", "success_criteria", "statutory_roles")
LEAST = 0.6
_WORD = re.compile(r"[a-z0-9£%&]+")


def measure(truth: dict[str, Any], reading: dict[str, Any]) -> float:
    """The score of a reading against a truth, 0 to 1."""
    kinds = {record["kind"] for record in truth["records"]}
    scores = [_kind([_of(truth, kind), _of(reading, kind)]) for kind in sorted(kinds)]
    strange = sum(1 for record in reading["records"] if record["kind"] not in kinds)
    return sum(scores) / len(scores) * (1 - strange / max(1, len(reading["records"])))


def alike(one: Any, other: Any) -> float:
    """How alike two texts are, 0 to 1."""
    a, b = _words(one), _words(other)
    if not a and not b:
        return 1.0
    return 2 * (a & b).total() / (a.total() + b.total())


def _of(document: dict[str, Any], kind: str) -> list[Record]:
    return [record for record in document["records"] if record["kind"] == kind]


def _words(value: Any) -> Counter[str]:
    if isinstance(value, dict):
        value = value.get("text")
    return Counter(_WORD.findall(str(value or "").lower()))


def _kind(both: list[list[Record]]) -> float:
    truths, found = both
    pairs = _paired(truths, found)
    hits = sum(alike(truths[i]["text"], found[j]["text"]) for i, j in pairs.items())
    f1 = 2 * hits / (len(truths) + len(found))
    fields = []
    for name in ("section", *TEXTS, *EXACT, *LISTS):
        judged = [i for i, truth in enumerate(truths) if name in truth]
        if any(truths[i][name] not in (None, "", []) for i in judged):
            marks = [_field(name, truths[i][name], found[pairs[i]].get(name)) if i in pairs else 0.0 for i in judged]
            fields.append(sum(marks) / len(marks))
    return (f1 + sum(fields)) / (1 + len(fields))


def _paired(truths: list[Record], found: list[Record]) -> dict[int, int]:
    """The index of the reading for each truth that has one; texts that tie go by the objective and the update."""
    cells = []
    for i, truth in enumerate(truths):
        for j, record in enumerate(found):
            likeness = alike(truth["text"], record["text"])
            if likeness >= LEAST:
                more = sum(alike(truth.get(name), record.get(name)) for name in ("objective", "update", "section"))
                cells.append((likeness, more, i, j))
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(cells, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _field(name: str, truth: Any, read: Any) -> float:
    if truth in (None, "", []):
        return float(read in (None, "", []))
    if name in LISTS:
        return _lists(list(truth), list(read or []))
    if name == "section":
        return alike(" ".join(truth), " ".join(read or []))
    if name in EXACT:
        shown = read.get("text") if isinstance(read, dict) else read
        return float(str(truth).strip(" .").lower() == str(shown).strip(" .").lower())
    return alike(truth, read)


def _lists(truth: list[Any], read: list[Any]) -> float:
    total, left = 0.0, list(read)
    for item in truth:
        best = max(left, key=lambda other: alike(item, other), default=None)
        if best is not None and alike(item, best) >= 0.5:
            total += alike(item, best)
            left.remove(best)
    return 2 * total / (len(truth) + len(read))
