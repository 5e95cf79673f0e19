"""Fill an empty register with the example council.

Reads its five documents, adopts what they say, matches the names of leads to posts, and writes the improvement plan report
as HTML, PDF and Word into ./out; then serves it. A second run changes nothing.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from goldthread.cli.commands.import_ import bring_in, show
from goldthread.cli.commands.names import match_from
from goldthread.cli.commands.report import write_files
from goldthread.cli.commands.reviews import confirm_from
from goldthread.cli.commands.serve import cannot_listen, port, serve
from goldthread.cli.ground import person, prepare
from goldthread.cli.screen import complain, out

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
ENDINGS = {".docx", ".pdf", ".xlsx", ".csv"}
DECISIONS = ("names", "lineages")
"""Files of examples that hold what a coordinator has decided."""
SPEAKS_OF = date(2025, 5, 27)
"""The day that examples speak of which print none."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread demo``."""
    parser.add_argument("--no-serve", action="store_true", help="stop after the report is written")
    parser.add_argument("--port", type=port, default=8000, help="default: 8000")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")


def run(arguments: argparse.Namespace) -> int:
    """Import, adopt, match, report, serve."""
    if not EXAMPLES.is_dir():
        return complain("The folder examples/ is missing; run this from a whole checkout.", 2)
    if not arguments.no_serve and (sentence := cannot_listen("127.0.0.1", arguments.port)):
        return complain(sentence, 2)
    prepare()
    from goldthread.commons.accounts.actions import sign_in_url
    from goldthread.commons.errors import Refused

    by = person(None)
    try:
        status = fill(arguments.out)
    except Refused as problem:
        return complain(str(problem), 1)
    if arguments.no_serve or status:
        return status
    address = f"http://127.0.0.1:{arguments.port}"
    out.print(f"Sign in with this link, once, within an hour:\n{sign_in_url(by, address)}", markup=False)
    return serve("127.0.0.1", arguments.port, 2)


def fill(folder: Path) -> int:
    """Bring the example council in and write its report; what is there already is left alone. Returns the exit status."""
    from goldthread.commons.access.queries import viewer_for
    from goldthread.reporting.improvement_plan import build

    by = person(None)
    files = sorted(
        (path for path in EXAMPLES.iterdir() if path.suffix in ENDINGS and path.stem not in DECISIONS), key=_posts_first
    )
    batches, status = bring_in(files, by=by, adopt="all", as_at=SPEAKS_OF)
    if (EXAMPLES / "names.csv").exists():
        match_from(EXAMPLES / "names.csv", by_email=None)
    if (EXAMPLES / "lineages.csv").exists():
        confirm_from(EXAMPLES / "lineages.csv", by_email=None)
    show(batches)
    report = build(viewer=viewer_for(by))
    for path in write_files(report, ["html", "pdf", "docx"], folder):
        out.print(str(path), markup=False)
    return status


def _posts_first(path: Path) -> tuple[bool, str]:
    """Posts come in before the plans whose leads they are."""
    return (path.suffix != ".csv", path.name)
