"""A report as canonical JSON and back: the same report is the same bytes, so a frozen one can be told by its hash."""

from __future__ import annotations

import json
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from goldthread.reporting.model import Report, Row

FORMAT = "goldthread-report/1"
"""Version of the shape; raised whenever a field changes its meaning, never silently."""

Model = TypeVar("Model")


class NotAReport(ValueError):
    """The bytes are not a report of this format; the sentence says what they are instead."""


def to_json(report: Report) -> bytes:
    """The canonical bytes: UTF-8, sorted keys, no spare spaces, one line feed at the end."""
    return b"".join(pieces(report))


def pieces(report: Report) -> Iterator[bytes]:
    """The canonical bytes piece by piece, so that a report of 20,000 actions never stands in memory twice."""
    yield f'{{"format":{_dumped(FORMAT)},"report":'.encode()
    for text in _texts(report):
        yield text.encode("utf-8", "backslashreplace")
    yield b"}\n"


def _texts(value: Any) -> Iterator[str]:
    """A value as JSON: a row in one go, what holds rows field by field and one by one."""
    if isinstance(value, tuple):
        yield "["
        for number, item in enumerate(value):
            if number:
                yield ","
            yield from _texts(item)
        yield "]"
    elif is_dataclass(value) and not isinstance(value, type) and not isinstance(value, Row):
        yield "{"
        for number, name in enumerate(sorted(item.name for item in fields(value))):
            yield f"{',' if number else ''}{_dumped(name)}:"
            yield from _texts(getattr(value, name))
        yield "}"
    else:
        yield _dumped(_plain(value))


def _dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(data: bytes) -> Report:
    """The report in canonical bytes. Raises NotAReport where they are something else."""
    try:
        values = json.loads(data)
    except ValueError as error:
        raise NotAReport("These bytes are not JSON, so they are not a report.") from error
    name = values.get("format") if isinstance(values, dict) else None
    if name != FORMAT:
        raise NotAReport(f"This is not a report in the format {FORMAT}, but {name or 'something without a format'}.")
    try:
        return _built(Report, values["report"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NotAReport(f"The report does not have the shape of {FORMAT}: {error}.") from error


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return value


@cache
def _hints(kind: type[object]) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: type[Model], values: dict[str, Any]) -> Model:
    hints = _hints(kind)  # type: ignore[arg-type]  # a class can be hashed
    return kind(**{name: _typed(hints[name], value) for name, value in values.items()})


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        if value is None:
            return None
        kind = next(option for option in get_args(kind) if option is not type(None))
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return _built(kind, value) if is_dataclass(kind) else value  # type: ignore[arg-type]
