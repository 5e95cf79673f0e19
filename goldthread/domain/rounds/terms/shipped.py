"""What the program suggests until a council records its own: the timetable, and words that tell. Read once, from files."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def suggested_timetable() -> dict[str, Any]:
    """The numbers of ``timetable.toml``, with ``source``."""
    return tomllib.loads((_HERE / "timetable.toml").read_text(encoding="utf-8"))


@cache
def telling_words() -> dict[str, Any]:
    """The rules of ``telling_words.toml``."""
    return tomllib.loads((_HERE / "telling_words.toml").read_text(encoding="utf-8"))
