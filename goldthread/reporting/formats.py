"""The formats that a report can be made in, and writing them as files."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from goldthread.commons.errors import Refused
from goldthread.reporting.model import Report
from goldthread.reporting.renderers import csv, docx, html, json, pdf, xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name in commands, its words, its media type, and what makes it."""

    name: str
    label: str
    media_type: str
    render: Callable[[Report], bytes]


FORMATS = {
    made.name: made
    for made in (
        Format("html", "Web page", "text/html; charset=utf-8", html.render),
        Format("pdf", "PDF", "application/pdf", pdf.render),
        Format("docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx.render),
        Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.render),
        Format("csv", "CSV", "text/csv; charset=utf-8", csv.render),
        Format("json", "JSON", "application/json", json.render),
    )
}
"""Every format by its name."""


class NoSuchFormat(Refused):
    """A report cannot be made in this format; the sentence says in which it can."""


class NotWritten(Refused):
    """A file of a report could not be written; the sentence says which and why."""


def format_named(name: str) -> Format:
    """The format of a name, case aside. Raises NoSuchFormat."""
    found = FORMATS.get(name.strip().lower())
    if found is None:
        raise NoSuchFormat(f"There is no format “{name.strip()}”; choose among {', '.join(FORMATS)}.")
    return found


def file_name(report: Report, name: str) -> str:
    """The file of a report in a format: "improvement-plan-2025-05-27.pdf"; the same report has the same name."""
    plain = unicodedata.normalize("NFKD", report.kind).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "report"
    known = f"-known-{report.known_on.isoformat()}" if report.known_on else ""
    return f"{stem}-{report.as_at.isoformat()}{known}.{format_named(name).name}"


def write(
    report: Report, formats: Iterable[str], out_dir: Path, *, progress: Callable[[str, int, int], None] | None = None
) -> list[Path]:
    """Make a report in some formats as files of a folder, which is made where it is missing; return their paths in order.

    Each file appears whole or not at all: a reader never meets half of one. ``progress`` is called with the format's words,
    how many files stand and how many there will be, before each file and once at the end.
    Raises NoSuchFormat before anything is written, NotWritten where the folder takes no file.
    """
    wanted = list(dict.fromkeys(format_named(name).name for name in formats))
    paths: list[Path] = []
    for number, name in enumerate(wanted):
        chosen = FORMATS[name]
        if progress:
            progress(chosen.label, number, len(wanted))
        path = out_dir / file_name(report, name)
        put(path, chosen.render(report))
        paths.append(path)
    if progress:
        progress("", len(wanted), len(wanted))
    return paths


def put(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there in one step. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or "no reason given"
        raise NotWritten(f"{path} could not be written ({why}); choose another folder with --out.") from error
