"""What is understood and carries no record is set aside with its reason; what is not understood stays to be looked at."""

from __future__ import annotations

from goldthread.reading.document import Document
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.set_aside import BEFORE, set_aside


def reading_with(*leftovers: Leftover) -> Reading:
    """A plan with one action on line 5, and some leftovers."""
    action = ReadRecord("action", "Mend the bridge", source=[{"lines": [5, 5]}])
    words = {"source": 13, "in_records": 3, "furniture": 0, "unplaced": 10}
    reading = Reading("p.txt", "", "text/plain", None, None, "action-plan", None, None, [action], words=words)
    reading.unplaced = list(leftovers)
    return reading


def test_conclusions_go_aside_and_doubts_stay() -> None:
    reading = reading_with(
        Leftover("They met forty people", [{"lines": [9, 9]}], "describes how the review was done"),
        Leftover("a stray thing", [{"lines": [9, 9]}], "a table of no known kind"),
        Leftover("Plan of Fernleigh", [{"lines": [1, 2]}], "not part of any record"),
    )
    set_aside(reading, Document("a", "", ""))
    assert [(row.text, row.why) for row in reading.furniture] == [
        ("They met forty people", "describes how the review was done"),
        ("Plan of Fernleigh", BEFORE),
    ]
    assert [row.text for row in reading.unplaced] == ["a stray thing"]
    assert reading.words == {"source": 13, "in_records": 3, "furniture": 7, "unplaced": 3}
