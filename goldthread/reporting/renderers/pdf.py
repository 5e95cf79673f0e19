"""A report as a tagged PDF (PDF/UA-1), A4 landscape, set by typst in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from goldthread.commons.errors import Refused
from goldthread.reporting.blocks import Block, Bullets, Cell, Charts, Facts, Heading, Layout, Paragraph, Table
from goldthread.reporting.charts import svg
from goldthread.reporting.layout import laid_out
from goldthread.reporting.model import Report
from goldthread.reporting.wording import plain

_HERE = Path(__file__).parent
FONTS = _HERE.parent / "fonts"
"""Filled at set-up with an open sans serif; where it is empty, the fonts inside typst serve."""

_FALLBACKS = ("Libertinus Serif", "DejaVu Sans", "DejaVu Sans Mono", "New Computer Modern")
_TIME_LIMIT = 600  # seconds; a report of 1,000 actions takes a few
_ROUNDS = 8  # of replacing what no font can show; one is the rule, two where a replacement brings a new one
_LONG_WORD = re.compile(r"\S{25,}")
_BREAK_AFTER = re.compile(r"(?<=[/.,;:_?&=@\-])(?=\w)|(?<=\w{20})(?=\w)")
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Mn", "Me", "Zl", "Zp"})


class NotTypeset(Refused):
    """The PDF was not made; the sentence says why."""


def render(report: Report) -> bytes:
    """The report as the bytes of a PDF. Raises NotTypeset where the typesetter refuses it."""
    return typeset(laid_out(report))


def typeset(layout: Layout) -> bytes:
    """A layout as the bytes of a PDF. A character that no font can show is replaced by its name in square brackets."""
    text = json.dumps(_values(layout), ensure_ascii=False)
    with tempfile.TemporaryDirectory(prefix="goldthread-pdf-") as name:
        folder = Path(name)
        (folder / "report.typ").write_bytes((_HERE / "report.typ").read_bytes())
        for _ in range(_ROUNDS):
            (folder / "report.json").write_text(text, encoding="utf-8")
            missing = run_typesetter(folder)
            if missing is None:
                return (folder / "report.pdf").read_bytes()
            for character in missing:
                text = text.replace(character, json.dumps(_named(character))[1:-1])
    raise NotTypeset("The PDF was not made: the report holds too many characters that no font here can show.")


def run_typesetter(folder: Path, *options: str) -> list[str] | None:
    """One run of the typesetter: None where the PDF stands, else the characters that it could not show."""
    program = [
        sys.executable,
        "-I",
        str(_HERE / "typesetting.py"),
        *options,
        str(folder),
        *([str(FONTS)] if FONTS.is_dir() else []),
    ]
    try:
        done = subprocess.run(program, capture_output=True, text=True, timeout=_TIME_LIMIT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise NotTypeset(f"The PDF was not made: it took more than {_TIME_LIMIT // 60} minutes.") from error
    if done.returncode == 0:
        return None
    refused = folder / "refused.json"
    if not refused.exists():
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        raise NotTypeset(f"The PDF was not made: {last}")
    said: dict[str, Any] = json.loads(refused.read_text())
    refused.unlink()
    missing = [character for character in said["missing"] if not (character.isascii() and character.isprintable())]
    if not missing:
        raise NotTypeset(f"The PDF was not made: {said['complaint'].strip()}")
    return missing


def _named(character: str) -> str:
    """What stands for a character without a shape: nothing for an invisible one, else its name in square brackets."""
    if unicodedata.category(character) in _INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F:
        return ""
    return f"[{unicodedata.name(character, f'character {ord(character):X}').lower()}]"


@cache
def families() -> tuple[str, ...]:
    """Font families in order of preference: the one brought by set-up, then those that typst carries."""
    brought = sorted(path.stem.split("-")[0].split("_")[0] for path in FONTS.glob("*.[ot]tf")) if FONTS.is_dir() else []
    spaced = (re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=\d)(?=[A-Z])", " ", name) for name in brought)
    return (*dict.fromkeys(spaced), *_FALLBACKS)


def _values(layout: Layout) -> dict[str, Any]:
    made = layout.generated_at
    running = " – ".join(part for part in (layout.title, layout.organisation) if part)
    return {
        "title": layout.title,
        "shown_title": _soft(layout.title),
        "organisation": layout.organisation,
        "footer": _shortened(layout.organisation, 90),
        "as_at": layout.as_at,
        "description": layout.description,
        "running": _shortened(running, 120),
        "made": {
            "year": made.year,
            "month": made.month,
            "day": made.day,
            "hour": made.hour,
            "minute": made.minute,
            "second": 0,
        },
        "fonts": list(families()),
        "blocks": [_block(block) for block in layout.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": block.kind}
    match block:
        case Heading():
            values |= {"text": _soft(block.text), "level": block.level, "anchor": block.anchor, "break": block.new_page}
        case Paragraph():
            values |= {"text": _soft(block.text), "style": block.style}
        case Bullets():
            values |= {"label": block.label, "items": [_soft(item) for item in block.items]}
        case Facts():
            values |= {"pairs": [[_soft(part) for part in pair] for pair in block.pairs]}
        case Charts():
            drawn = [(chart, svg(chart, font=families()[0])) for chart in block.charts]
            values["charts"] = [
                {
                    "title": _soft(plain(chart.title)),
                    "said": _soft(plain(chart.said)),
                    "svg": picture,
                    "alt": plain(chart.in_words),
                    "bars": [[_soft(plain(bar.label)), f"{bar.value:,}"] for bar in chart.bars],
                }
                for chart, picture in drawn
            ]
        case Table():
            values |= {
                "caption": block.caption,
                "columns": [{"label": column.label, "share": column.share} for column in block.columns],
                "rows": [{"whole": row.short, "cells": [_cell(cell) for cell in row.cells]} for row in block.rows],
            }
    return values


def _cell(cell: Cell) -> list[dict[str, Any]]:
    return [
        {
            "text": _soft(line.text),
            "style": line.style,
            "rtl": line.right_to_left,
            "pieces": [[_soft(words), mark] for words, mark in line.pieces],
        }
        for line in cell
    ]


def _shortened(text: str, limit: int) -> str:
    """The text on the one line that a page's head or foot has."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _soft(text: str) -> str:
    """The text with places where a very long word may break, which else would run into the next column."""
    return _LONG_WORD.sub(lambda word: _BREAK_AFTER.sub("\u200b", word[0]), text)
