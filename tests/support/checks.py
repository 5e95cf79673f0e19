"""How the tests of the data checks ask: each check has a test in which it speaks and one in which it is silent.

``tests/house/test_checks.py`` reads the numbers given to ``speaks`` and ``silent`` in every test.
"""

from __future__ import annotations

from datetime import date

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.checks.queries import Problem, problems
from goldthread.kernel.clock import today


def speaks(number: str, viewer: Viewer, *, at: str, on: date | None = None) -> Problem:
    """The problem that a check finds at a reference; the test fails where it finds none there."""
    found = problems(viewer=viewer, on=on or today(), numbers=[number])
    here = [row for row in found if row.reference == at]
    assert here, f"{number} finds nothing at {at}, but at {[row.reference for row in found]}"
    assert here[0].sentence.endswith(".") and here[0].route
    return here[0]


def silent(number: str, viewer: Viewer, *, at: str = "", on: date | None = None) -> None:
    """The check finds nothing (at a reference, where one is given)."""
    found = problems(viewer=viewer, on=on or today(), numbers=[number])
    assert not [row.sentence for row in found if not at or row.reference == at]
