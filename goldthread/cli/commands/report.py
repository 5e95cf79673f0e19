"""Write a report from the register: the improvement plan, as things stood on a day, as the council knew it on a day.

Formats: html, pdf, docx, xlsx, csv, json; several with commas. The files go into --out (./out unless said).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli.ground import add_days, add_person, prepare, viewer
from goldthread.cli.screen import bars, complain, out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldthread.reporting.model import Report

DEFAULT = "html,pdf,docx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread report``."""
    parser.add_argument("report", choices=("improvement-plan",), help="which report")
    parser.add_argument("--plan", metavar="REF", help="which plan (default: the one that speaks of the newest day)")
    parser.add_argument("--to", default=DEFAULT, metavar="FORMATS", help=f"default: {DEFAULT}")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build and write the report; status 1 where no such plan stood, 2 for a format that is not known."""
    prepare()
    from goldthread.commons.errors import Refused
    from goldthread.reporting.formats import FORMATS, NotWritten
    from goldthread.reporting.improvement_plan import build

    formats = [name.strip().lower() for name in arguments.to.split(",") if name.strip()]
    strange = [name for name in formats if name not in FORMATS]
    if strange or not formats:
        said = f"“{', '.join(strange)}” is not a format" if strange else "No format is given"
        return complain(f"{said}; choose from {', '.join(FORMATS)}.", 2)
    try:
        looking = viewer(arguments.by)
        report = build(arguments.plan, viewer=looking, as_at=arguments.as_at, known_on=arguments.known_on)
        paths = write_files(report, formats, arguments.out)
    except NotWritten as problem:
        return complain(str(problem), 2)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    for path in paths:
        out.print(str(path), markup=False)
    return 0


def write_files(report: Report, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write a report in formats into a folder, with a progress bar; returns the paths."""
    from goldthread.reporting.formats import write

    with bars() as shown:
        task = shown.add_task("report", total=len(formats))

        def tell(label: str, done: int, total: int) -> None:
            shown.update(task, description=f"report {label}".strip(), completed=done, total=total)

        return write(report, formats, folder, progress=tell)
