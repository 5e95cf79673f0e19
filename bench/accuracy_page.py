"""Writes docs/accuracy.md from what bench/accuracy.py has measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bench.facts_and_pairs import FORMATS
from bench.press_scores import Read

OTHERS = ("pdfplumber", "camelot", "markitdown")
AIM_ON_REAL = {
    "improvement-plan-2025-05-27": 0.95,
    "target-operating-model-report-2024-03": 0.92,
    "peer-challenge-action-plan-2019": 0.88,
    "peer-challenge-report-2022": 0.88,
    "corporate-management-team": 0.90,
}


def written(
    rows: Sequence[dict[str, Any]],
    twins: dict[str, float],
    tuning: Sequence[Read],
    judging: Sequence[Read],
    compared: Sequence[dict[str, Any]],
    beside: tuple[Sequence[str], tuple[int, int]],
) -> str:
    """The page. ``rows`` and ``twins`` are empty where the real documents are not there, ``compared`` with --quick.

    ``beside``: what the scorer of facts printed, and how many entries of newer issues were found again, of how many.
    """
    lines = [
        "# How well the reader reads",
        "",
        "Made by `script/accuracy`; nothing on this page is written by hand. A score is the mean over kinds of record of how "
        "many are found, how many are true and how alike each field is, so that an invented record costs as much as a missed "
        "one. 1 is perfect.",
        "",
        *_real(rows, twins),
        *_press(tuning, judging),
        *_difficulty(judging),
        *_beside(*beside),
        *_compared(compared),
        *_kinds(rows),
    ]
    return "\n".join([*lines, ""])


def _table(head: Sequence[str], body: Iterable[Sequence[str]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(row) + " |" for row in body), ""]


def _real(rows: Sequence[dict[str, Any]], twins: dict[str, float]) -> list[str]:
    """The real documents with their twins."""
    if not rows:
        return ["The real documents were not at hand when this page was made.", ""]
    mean = sum(row["score"] for row in rows) / len(rows)
    body = []
    for row in rows:
        words, aim, twin = row["words"], AIM_ON_REAL.get(row["name"]), twins.get(row["name"])
        body.append([
            row["name"], f"{row['score']:.3f}", f"{aim:.2f}" if aim else "", f"{twin:.3f}" if twin is not None else "",
            f"{words['source']:,}", f"{words['unplaced'] / max(1, words['source']):.1%}", str(row["lost"]),
            str(row["questions"]), f"{row['seconds']:.1f}",
        ])  # fmt: skip
    return [
        "## Five public documents of one council",
        "",
        "Text made from their PDFs, broken as such texts are, against truths made by careful reading. A twin has the same "
        "layout with its content words replaced by invented ones: a reader that knew the documents would read it worse. The "
        f"mean is {mean:.3f}.",
        "",
        *_table(
            ("document", "score", "aim", "twin", "words", "unplaced", "lost", "questions", "seconds with start"), body
        ),
    ]


def _beside(facts: Sequence[str], found: tuple[int, int]) -> list[str]:
    """Facts, and entries found again."""
    right, total = found
    lines = [
        "## Facts, and newer issues", "",
        f"Entries of a newer issue matched with the entry that they are, three words of ten changed, in {len(FORMATS)} formats: "
        f"**{right / max(1, total):.4f}** ({right} of {total}; asked 0.98).", "",
    ]  # fmt: skip
    if facts:
        lines += [
            "Facts in the improvement plan (asked 0.85 over all), as the scorer prints them:",
            "",
            "```",
            *facts,
            "```",
            "",
        ]
    return lines


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def _press(tuning: Sequence[Read], judging: Sequence[Read]) -> list[str]:
    """The press by format and kind."""
    from tests.corpus.press import AIMS, FORMATS, KINDS

    body = []
    for format_ in FORMATS:
        judged = [one for one in judging if one.format == format_]
        tuned = [one for one in tuning if one.format == format_]
        by_kind = []
        for kind in KINDS:
            here = [one.score for one in judged if one.kind == kind]
            by_kind.append(f"{_mean(here):.3f}" if here else "")
        aim = AIMS.get(format_)
        body.append([
            format_, f"**{_mean(o.score for o in judged):.3f}**", f"{aim:.2f}" if aim else "",
            f"{_mean(o.score for o in tuned):.3f}", f"{min((o.score for o in judged), default=0):.2f}", *by_kind,
            f"{_mean(o.unplaced for o in judged):.1%}", str(sum(o.lost for o in judged)),
        ])  # fmt: skip
    count = len(judging)
    return [
        "## Invented documents",
        "",
        "The press prints plans, trackers, reports, scorecards, savings and posts in random layouts with their truth, and "
        "(under council) papers in nine fixed manners in which councils lay them out. The reader has been tuned on even seeds; "
        f"the {count} documents of odd seeds only judge it: they carry headings that no document for tuning has, and half of "
        "their sentences have forms that no other has; what failed on them has been looked at by kind of failure, never by "
        "heading. Means on documents for judging, beside the mean on those for tuning and the lowest single score:",
        "",
        *_table(("format", "judged", "aim", "tuned", "lowest", *KINDS, "unplaced", "lost"), body),
    ]


def _difficulty(judging: Sequence[Read]) -> list[str]:
    """The press by what makes a layout hard."""
    plain = [one.score for one in judging if not one.hard]
    names = sorted({_named(word) for one in judging for word in one.hard})
    body = [["none of these", f"{_mean(plain):.3f}", str(len(plain))]]
    for name in names:
        here = [one.score for one in judging if name in map(_named, one.hard)]
        body.append([name, f"{_mean(here):.3f}", str(len(here))])
    return ["What makes a layout harder, over all formats:", "", *_table(("layout", "score", "documents"), body)]


def _named(word: str) -> str:
    return "inside a pack" if word.startswith("page ") and word.endswith("pack") else word


def _compared(compared: Sequence[dict[str, Any]]) -> list[str]:
    """The other tools."""
    if not compared:
        return ["The comparison with other tools was left out (`--quick`).", ""]
    versions = {tool: entry[tool]["version"] for entry in compared for tool in OTHERS if entry.get(tool)}
    missing = [tool for tool in OTHERS if tool not in versions]
    body = []
    for entry in compared:
        for tool in ("Goldthread", *OTHERS):
            told = entry.get(tool)
            if told:
                pages = f"{entry['pages'] / told['seconds']:.1f}" if entry["pages"] else ""
                rate = f"{entry['files'] / told['seconds']:.1f}"
                failed = f" ({told['failed']} files failed)" if told.get("failed") else ""
                name = tool if tool == "Goldthread" else f"{tool} {told['version']}"
                body.append(
                    [entry["format"], name, f"{told['rows']:.3f}{failed}", pages, rate, f"{told['peak_mb']:.0f}"]
                )
    note = [f"Not run, because it could not be installed: {', '.join(missing)}.", ""] if missing else []
    return [
        "## Beside other tools",
        "",
        "The same files of the press for judging, in one run, each tool in a process of its own. Other tools give tables and no "
        "records, so what is compared is rows: the share of the document's entries of which every printed field stands whole "
        "in one row (for the reader: in one record). Seconds are those of reading, the start of Python left out.",
        "",
        *_table(("format", "tool", "whole rows", "pages a second", "files a second", "peak memory, MB"), body),
        *note,
    ]


def _kinds(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The real documents by kind of record."""
    body = []
    for row in rows:
        for kind, values in row["kinds"].items():
            fields = ", ".join(f"{name} {value:.2f}" for name, value in values["fields"].items())
            body.append([
                row["name"], kind, str(values["truth"]), str(values["read"]), f"{values['found']:.3f}",
                f"{values['true']:.3f}", fields,
            ])  # fmt: skip
    head = ("document", "kind", "truth", "read", "found", "right", "fields")
    return ["## The five documents by kind of record", "", *_table(head, body)] if rows else []
