"""The JSON is the contract: the names, identifiers and absences that scripts rely on."""

from __future__ import annotations

import json

from goldthread.reading.printed import as_json
from goldthread.reading.reading import Leftover, Reading, ReadRecord


def made() -> Reading:
    """A reading with an objective and an action under it."""
    reading = Reading("plan.txt", "abc", "text/plain", None, "Plan", "action-plan", "2025-05-27", "A Council")
    timescale = {"text": "by end of Q2 25/26", "sort": "quarter", "from": "2025-07-01", "to": "2025-09-30"}
    fields = {
        "leads": [{"text": "Ann", "sort": "person"}],
        "timescale": timescale,
        "facts": [{"sort": "money"}],
        "rag": None,
    }
    reading.records = [
        ReadRecord("objective", "Save", {"success_criteria": ["Less spent"]}, ["Workforce"]),
        ReadRecord(
            "action", "Review", fields, ["Workforce"], [{"lines": (12, 13)}], 0, 0.97132, [{"ask": "One or two?"}]
        ),
    ]
    reading.furniture = [Leftover("1", [{"lines": [4, 4]}])]
    reading.unplaced = [Leftover("x", [], "torn")]
    reading.questions = [
        {"record": 1, "ask": "Split?", "choices": ["split", "keep"]},
        {"record": None, "ask": "Which day?"},
    ]
    reading.words = {"source": 9, "in_records": 7, "furniture": 1, "unplaced": 1}
    return reading


def test_the_shape_of_the_format() -> None:
    printed = as_json(made())
    assert list(printed) == ["format", "document", "records", "furniture", "unplaced", "questions", "words"]
    assert printed["format"] == "goldthread-reading/1"
    assert printed["document"]["pages"] is None
    objective, action = printed["records"]
    assert objective["id"] == "r1"
    assert "parent" not in objective
    assert objective["success_criteria"] == ["Less spent"]
    assert (action["id"], action["parent"], action["confidence"]) == ("r2", "r1", 0.97)
    assert action["timescale"]["to"] == "2025-09-30"
    assert action["source"] == [{"lines": [12, 13]}]
    assert "rag" not in action, "what the document does not state is absent"
    assert printed["unplaced"] == [{"text": "x", "source": [], "why": "torn"}]
    assert json.loads(json.dumps(printed)) == printed


def test_questions_name_their_record() -> None:
    assert as_json(made())["questions"] == [
        {"record": "r2", "ask": "Split?", "choices": ["split", "keep"]},
        {"record": None, "ask": "Which day?"},
        {"record": "r2", "ask": "One or two?"},
    ]


def test_facts_can_be_left_out() -> None:
    assert "facts" in as_json(made())["records"][1]
    assert "facts" not in as_json(made(), facts=False)["records"][1]
