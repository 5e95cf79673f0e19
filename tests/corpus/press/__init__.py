"""The press: prints invented council documents in random layouts, with the truth about each.

It proves that the reader generalises: its words, headings and layouts are its own and never the reader's. A document is
told by its kind, its format and its seed. Even seeds are for tuning; odd ones are only for judging.

    pressed = press("plan", "docx", seed=4, folder=Path("."))
    pressed.path, pressed.truth, pressed.hard
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.corpus.press.blocks import Print
from tests.corpus.press.councils import lay_council
from tests.corpus.press.excel_printer import print_excel
from tests.corpus.press.odt_printer import print_odt
from tests.corpus.press.others import lay_report, lay_savings, lay_scorecard, lay_structure
from tests.corpus.press.pdf_printer import print_pdf
from tests.corpus.press.plans import dress, lay_plan, lay_tracker
from tests.corpus.press.text_printers import print_aligned, print_csv, print_html, print_layout, print_tabbed
from tests.corpus.press.word_printer import print_word
from tests.corpus.press.words import Speaker

KINDS = {
    "plan": lay_plan,
    "tracker": lay_tracker,
    "report": lay_report,
    "scorecard": lay_scorecard,
    "savings": lay_savings,
    "structure": lay_structure,
    "council": lay_council,
}
CLEAN = ("docx", "xlsx", "csv", "html", "odt")
FORMATS = (*CLEAN, "pdf-tagged", "pdf-ruled", "pdf-columns", "txt-tabs", "txt-aligned", "txt-layout")
AIMS = {**dict.fromkeys(CLEAN, 0.97), "pdf-tagged": 0.95, "pdf-ruled": 0.95, "pdf-columns": 0.85}
"""The least mean score of the formats that have one."""


@dataclass(frozen=True)
class Pressed:
    """A printed document: where it is, what is true of it, and what makes its layout hard."""

    path: Path
    truth: dict[str, Any]
    hard: tuple[str, ...]


def can_press(kind: str, format_: str) -> bool:
    """Whether a kind is ever printed in a format: nobody keeps a report as a spreadsheet."""
    return not (kind == "report" and format_ in ("csv", "xlsx"))


def press(kind: str, format_: str, *, seed: int, folder: Path) -> Pressed:
    """Print one document. The same arguments print the same words in the same layout."""
    rng = Random(f"{kind} {format_} {seed}")
    made = dress(KINDS[kind](rng, format_, Speaker(rng, judging=seed % 2 == 1)), rng, format_)
    path = folder / f"{kind}-{format_}-{seed}.{format_.partition('-')[0]}"
    print_out(made, path, format_, rng)
    return Pressed(path, {"records": made.records}, tuple(made.hard))


def print_out(made: Print, path: Path, format_: str, rng: Random) -> None:
    """Print a document in a format."""
    if format_ == "docx":
        print_word(made, path)
    elif format_ == "xlsx":
        print_excel(made, path, rng)
    elif format_ == "csv":
        print_csv(made, path, rng)
    elif format_ == "html":
        print_html(made, path)
    elif format_ == "odt":
        print_odt(made, path)
    elif format_ == "txt-tabs":
        print_tabbed(made, path)
    elif format_ == "txt-layout":
        print_layout(made, path, rng)
    elif format_ == "txt-aligned":
        print_aligned(made, path)
    else:
        print_pdf(made, path, format_.partition("-")[2], rng)
