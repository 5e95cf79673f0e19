"""A query that is asked for an earlier day of knowledge asks the viewer whether that day counts for them (decisions/0025)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2] / "goldthread"


def forgetful(source: str) -> Iterator[str]:
    """Functions that take a viewer and a day of knowledge, and use that day without asking or handing the viewer along."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.FunctionDef):
            continue
        arguments = {one.arg for one in [*node.args.args, *node.args.kwonlyargs]}
        if not {"viewer", "known_on"} <= arguments:
            continue
        inside = [one for statement in node.body for one in ast.walk(statement)]
        if any(isinstance(one, ast.Attribute) and one.attr == "knowing" for one in inside):
            continue
        calls = [one for one in inside if isinstance(one, ast.Call)]
        handed = {
            id(keyword.value)
            for call in calls
            if any(keyword.arg == "viewer" for keyword in call.keywords)
            for keyword in call.keywords
        }
        used = [one for one in inside if isinstance(one, ast.Name) and one.id == "known_on"]
        if any(id(one) not in handed for one in used):
            yield f"{node.name}, line {node.lineno}"


def test_it_finds_who_forgets() -> None:
    asks = "def at(*, viewer, known_on):\n    return stand(known_on=viewer.knowing(known_on))"
    hands_on = "def at(*, viewer, known_on):\n    return other(viewer=viewer, known_on=known_on)"
    forgets = "def at(*, viewer, known_on):\n    return stand(known_on=known_on)"
    assert [list(forgetful(one)) for one in (asks, hands_on, forgets)] == [[], [], ["at, line 1"]]


def test_every_query_of_an_earlier_day_of_knowledge_asks_the_viewer() -> None:
    looked_at, found = 0, []
    for path in sorted((PACKAGE / "domain").rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        looked_at += source.count("known_on: date | None")
        found += [f"{path.relative_to(PACKAGE)}: {one}" for one in forgetful(source)]
    assert looked_at > 20
    assert found == []
