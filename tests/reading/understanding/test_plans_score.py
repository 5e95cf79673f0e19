"""How well the two published plans are read, by the score that the contract defines (skipped where they are not at hand)."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest

from goldthread.reading import read_file
from goldthread.reading.printed import as_json

SHARED = Path(os.environ.get("GOLDTHREAD_SHARED", Path(__file__).resolve().parents[4] / "shared"))
PLANS = [("improvement-plan-2025-05-27", 0.97), ("peer-challenge-action-plan-2019", 0.97)]


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "accuracy" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(
    not (SHARED / "accuracy").is_dir(), reason="the published documents and their truths are not at hand"
)
@pytest.mark.parametrize(("name", "least"), PLANS)
def test_a_published_plan_is_read_as_well_as_before(name: str, least: float) -> None:
    truth = json.loads((SHARED / "accuracy" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    reading = as_json(read_file(SHARED / "documents" / f"{name}.txt"))
    assert scorer().score(truth, reading)[0] >= least
    assert reading["words"]["source"] == sum(reading["words"][k] for k in ("in_records", "furniture", "unplaced"))
