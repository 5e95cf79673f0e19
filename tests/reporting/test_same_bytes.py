"""The same canonical data is the same bytes in each format, whenever and wherever in the program it is made."""

from __future__ import annotations

import json
import time

import pytest

from bench.invented_reports import invented
from goldthread.kernel.clock import fixed_at
from goldthread.reporting.canonical import from_json, to_json
from goldthread.reporting.formats import FORMATS
from goldthread.reporting.model import Report
from tests.reporting.conftest import report_saying


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_made_again_later_from_what_was_stored(report: Report, name: str) -> None:
    data = to_json(report)
    with fixed_at(report.as_at):
        first = FORMATS[name].render(from_json(data))
    time.sleep(2.1)  # archives keep the time to two seconds
    assert FORMATS[name].render(from_json(data)) == first


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx"])
def test_whatever_it_says(hostile_text: str, name: str) -> None:
    data = to_json(report_saying(hostile_text))
    assert FORMATS[name].render(from_json(data)) == FORMATS[name].render(from_json(data))


@pytest.mark.parametrize("actions", [0, 1, 60])
def test_data_is_in_the_canonical_form_of_json(actions: int) -> None:
    data = to_json(invented(actions))
    form = json.dumps(json.loads(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert data == form.encode() + b"\n"
    assert to_json(from_json(data)) == data
