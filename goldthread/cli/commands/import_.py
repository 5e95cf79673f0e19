"""Bring documents into the register.

Each file is read and what was found is laid beside the register as proposals; nothing of the register changes until
somebody adopts them, on the import's page or with --adopt. What is adopted here carries your name and “not yet checked”.
The same file twice is recognised by its content.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli.ground import add_person, day, person, prepare
from goldthread.cli.screen import bars, complain, out, table
from goldthread.reading.readers.sniffing import MAX_BYTES, too_large

if TYPE_CHECKING:
    from datetime import date

    from goldthread.commons.accounts.models import User
    from goldthread.domain.imports.models import Import

READER_FAILED = (
    "the reader failed on it, which is a fault of this program and not of the file; nothing of it was kept. "
    "Report it with “goldthread read”, which shows where it failed."
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread import``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--adopt",
        choices=("certain", "all"),
        help="adopt at once what is certain, or everything; without it, decide on the pages",
    )
    parser.add_argument(
        "--as-at", type=day, metavar="DATE", help="the day that the documents speak of, where they print none"
    )
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Import every file and print one table; a file that cannot be read makes the status 2, refused ones 1."""
    for path in arguments.files:
        if not path.is_file():
            return complain(f"{path} is not there or is not a file: check its name and folder.", 2)
    prepare()
    from goldthread.commons.errors import Refused

    try:
        by = person(arguments.by)
        batches, status = bring_in(arguments.files, by=by, adopt=arguments.adopt, as_at=arguments.as_at)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    show(batches)
    return status


def bring_in(
    files: Sequence[Path], *, by: User, adopt: str | None, as_at: date | None = None
) -> tuple[list[Import], int]:
    """Read files into the register as one person, with a progress bar each. Returns the imports and the exit status."""
    from goldthread.domain.imports import actions
    from goldthread.domain.imports.terms import Stage

    batches, status = [], 0
    with bars() as progress:
        for path in files:
            task = progress.add_task(path.name, total=None)
            if path.stat().st_size > MAX_BYTES:  # told before gigabytes of it are kept
                status = complain(str(too_large(path.name, path.stat().st_size)), 2)
                continue
            batch, new = actions.receive(file_name=path.name, content=path, by=by)
            if batch.stage != Stage.READ:
                try:
                    batch = actions.read(
                        batch=batch,
                        by=by,
                        on_progress=lambda done, total, task=task: progress.update(task, completed=done, total=total),
                    )
                except RuntimeError:
                    status = complain(f"{path.name}: {READER_FAILED}", 1)
                    continue
            elif not new:
                out.print(f"{path.name} is here already, as {batch}; it was not read again.", markup=False)
            if batch.stage == Stage.REFUSED:
                status = complain(batch.problem, 2)
                continue
            if as_at and batch.as_at is None:
                batch = actions.set_day(batch=batch, as_at=as_at, by=by)
            if adopt:
                actions.adopt_many(batch=batch, by=by, only_certain=adopt == "certain", reason="Adopted on import")
            progress.update(task, completed=1, total=1)
            if batch not in batches:  # the same content given twice is one document
                batches.append(batch)
    return batches, status


def show(batches: Sequence[Import]) -> None:
    """One table: document, pages, records by kind, open questions, words placed."""
    from goldthread.commons.access.queries import viewer_for
    from goldthread.domain.imports.queries import tally

    rows = []
    for batch in batches:
        counts = tally(batch, viewer=viewer_for(batch.by))
        words = batch.words or {}
        placed = words.get("in_records", 0) + words.get("furniture", 0)
        share = f"{100 * placed / words['source']:.1f} %" if words.get("source") else ""
        rows.append(
            (
                batch.container.reference if batch.container else "",
                batch.file_name,
                batch.as_at or "no day printed",
                batch.source_file.pages if batch.source_file and batch.source_file.pages else "",
                ", ".join(
                    f"{number} {kind}" for kind, number in sorted(counts.by_kind.items(), key=lambda item: -item[1])
                ),
                counts.adopted,
                counts.in_question + len(batch.questions),
                share,
            )
        )
    if rows:
        table(
            ("reference", "document", "as at", "pages", "records", "adopted", "questions", "words placed"),
            rows,
            numbers=(3, 5, 6, 7),
        )
