"""A Reading as the JSON of ``reading-format`` (goldthread-reading/1): what ``goldthread read`` prints."""

from __future__ import annotations

from typing import Any

from goldthread.reading.document import Place
from goldthread.reading.reading import FORMAT, Leftover, Reading, ReadRecord

# Names of the format that a record's fields can never take.
_OWN = ("id", "kind", "parent", "section", "text", "source", "confidence", "questions")


def as_json(reading: Reading, *, facts: bool = True) -> dict[str, Any]:
    """The reading as plain dicts and lists, ready for ``json.dumps``.

    Records get the identifiers r1, r2, … in their order; fields that the document does not state are absent. With
    ``facts`` False the amounts, percentages and dates found inside the texts are left out.
    """
    return {
        "format": FORMAT,
        "document": {
            "file": reading.file,
            "sha256": reading.sha256,
            "media_type": reading.media_type,
            "pages": reading.pages,
            "title": reading.title,
            "kind": reading.kind,
            "as_at": reading.as_at,
            "organisation": reading.organisation,
        },
        "records": [_record(record, number, facts) for number, record in enumerate(reading.records)],
        "furniture": [_leftover(leftover) for leftover in reading.furniture],
        "unplaced": [_leftover(leftover) for leftover in reading.unplaced],
        "questions": _questions(reading),
        "words": {key: reading.words.get(key, 0) for key in ("source", "in_records", "furniture", "unplaced")},
    }


def identifier(index: int) -> str:
    """The identifier of the record at an index of ``Reading.records``."""
    return f"r{index + 1}"


def _record(record: ReadRecord, index: int, facts: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"id": identifier(index), "kind": record.kind}
    if record.parent is not None:
        made["parent"] = identifier(record.parent)
    made["section"] = list(record.section)
    made["text"] = record.text
    for name, value in record.fields.items():
        if name not in _OWN and value is not None and (facts or name != "facts"):
            made[name] = _plain(value)
    made["source"] = [_plain(place) for place in record.source]
    made["confidence"] = round(record.confidence, 2)
    made["questions"] = [_plain(question) for question in record.questions]
    return made


def _leftover(leftover: Leftover) -> dict[str, Any]:
    made: dict[str, Any] = {"text": leftover.text, "source": _places(leftover.source)}
    if leftover.why:
        made["why"] = leftover.why
    return made


def _places(places: list[Place]) -> list[Any]:
    return [_plain(place) for place in places]


def _questions(reading: Reading) -> list[dict[str, Any]]:
    """The questions of the whole document and those of each record, each once, with the record that they are about."""
    found: list[dict[str, Any]] = []
    for question in reading.questions:
        about = question.get("record")
        made = {"record": identifier(about) if isinstance(about, int) else about}
        found.append({**made, **_plain({k: v for k, v in question.items() if k != "record"})})
    for index, record in enumerate(reading.records):
        for question in record.questions:
            made = {"record": identifier(index), **_plain({k: v for k, v in question.items() if k != "record"})}
            if not any(q["record"] == made["record"] and q.get("ask") == made.get("ask") for q in found):
                found.append(made)
    return found


def _plain(value: Any) -> Any:
    """Tuples as lists, dates as ISO text, all else as it is."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(inner) for inner in value)
    return value.isoformat() if hasattr(value, "isoformat") else value
