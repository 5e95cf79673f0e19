"""Documents on their way in, for the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goldthread.domain.imports import actions
from goldthread.domain.imports.models import Import
from tests.domain.imports.conftest import PLAN
from tests.support.once import written_once

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for the files and pictures of each test."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def bring_in(person_for: Callable[..., Any]) -> Callable[..., Import]:
    """``bring_in("plan.csv", content)``: received and read by the coordinator."""

    def act(file_name: str = "plan.csv", content: bytes | str = PLAN) -> Import:
        data, by = content.encode() if isinstance(content, str) else content, person_for("coordinator")
        batch, _ = actions.receive(file_name=file_name, content=data, by=by)
        return actions.read(batch=batch, by=by)

    return act


@pytest.fixture
@written_once
def plan(bring_in: Callable[..., Import]) -> Import:
    """A plan of two objectives and three actions, read."""
    return bring_in()
