"""Write a report from the register, issue it, or give back one that was issued.

    goldthread report improvement-plan --as-at 2025-05-27             as things stood, written into --out (./out unless said)
    goldthread report improvement-plan --variant exceptions            full, exceptions, completed, summary, directorate,
                                                                       lead or changes (with --directorate, --lead, --since)
    goldthread report improvement-plan --issue --reason "Cabinet"      freeze it with its hash, and make its files
    goldthread report --reissue R7                                     the files of an issue, byte for byte
    goldthread report --issues                                         list what was issued
    goldthread report --finish                                         make files that are missing, as after a power cut

Formats: html, pdf, docx, xlsx, csv, json; several with commas.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from goldthread.cli.ground import add_days, add_person, person, prepare, viewer
from goldthread.cli.screen import bars, complain, counted, out, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goldthread.commons.access.viewer import Viewer
    from goldthread.reporting.model import Report
    from goldthread.reporting.models import Issue

DEFAULT = "html,pdf,docx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread report``."""
    parser.add_argument("report", nargs="?", choices=("improvement-plan",), help="which report")
    parser.add_argument("--plan", metavar="REF", help="which plan (default: the one that speaks of the newest day)")
    parser.add_argument("--variant", default="full", metavar="NAME", help="which part of it (default: full)")
    parser.add_argument("--directorate", metavar="NAME", help="which directorate, for --variant directorate")
    parser.add_argument("--lead", metavar="NAME", help="which post, office or body, for --variant lead")
    parser.add_argument("--since", metavar="WHEN", help="a day, an issue or a body, for --variant changes")
    parser.add_argument("--to", metavar="FORMATS", help=f"default: {DEFAULT}; for an issue all of them")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: ./out")
    parser.add_argument("--issue", action="store_true", help="freeze it: stored with its hash, never computed again")
    parser.add_argument("--reason", default="", metavar="WORDS", help="why it is issued")
    parser.add_argument("--body", metavar="NAME", help="the body that it is issued for")
    parser.add_argument(
        "--audience",
        choices=("public", "council", "restricted"),
        default="council",
        help="for whose eyes (default: council)",
    )
    parser.add_argument("--reissue", metavar="ISSUE", help="give back the files of an issue byte for byte")
    parser.add_argument("--issues", action="store_true", help="list what was issued")
    parser.add_argument("--finish", action="store_true", help="make every file of an issue that is missing, now")
    add_days(parser)
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; status 1 where nothing of that name stands or it is refused, 2 for arguments that are not known."""
    if not (arguments.report or arguments.reissue or arguments.issues or arguments.finish):
        return complain(
            "Say which report (improvement-plan), --reissue with an issue, or --issues; see goldthread report --help.",
            2,
        )
    prepare()
    from goldthread.commons.errors import Refused
    from goldthread.commons.files.storage import DamagedFile
    from goldthread.reporting.formats import FORMATS, NotWritten

    asked = arguments.to or (",".join(FORMATS) if arguments.issue else DEFAULT)
    formats = [name.strip().lower() for name in asked.split(",") if name.strip()]
    strange = [name for name in formats if name not in FORMATS]
    if strange or not formats:
        said = f"“{', '.join(strange)}” is not a format" if strange else "No format is given"
        return complain(f"{said}; choose from {', '.join(FORMATS)}.", 2)
    try:
        looking = viewer(arguments.by)
        if arguments.finish:
            return _finish()
        if arguments.issues:
            return _list(looking)
        if arguments.reissue:
            return _give_back(arguments.reissue, arguments.out, looking)
        variant = _variant(arguments, looking)
        paths = _issue(arguments, variant, formats) if arguments.issue else _write(arguments, variant, formats, looking)
    except NotWritten as problem:
        return complain(str(problem), 2)
    except (Refused, LookupError, DamagedFile) as problem:
        return complain(str(problem), 1)
    for path in paths:
        out.print(str(path), markup=False)
    return 0


def _variant(arguments: argparse.Namespace, looking: Viewer) -> str:
    """The variant as it is stored, names turned into numbers. Raises LookupError where nothing has the name."""
    kind = arguments.variant.strip().lower()
    if kind == "changes" and arguments.since:
        return f"changes:{_since(arguments.since, looking)}"
    wanted = {"directorate": arguments.directorate, "lead": arguments.lead}.get(kind)
    if not wanted:
        return str(arguments.variant)
    from goldthread.domain.organisation.queries import directorates, owners

    rows = directorates(viewer=looking) if kind == "directorate" else owners(viewer=looking)
    found = rows.filter(name__iexact=wanted.strip()).first()
    if found is None:
        raise LookupError(f"There is no {kind} called {wanted}; write its name as on the organisation page.")
    return f"{kind}:{found.pk}"


def _since(words: str, looking: Viewer) -> str:
    """A day or an issue as it is; the name of a body as the last full report that was issued for it."""
    if words[:1].isdigit() or words[1:].isdigit():
        return words
    from goldthread.reporting.queries import last_seen_by

    seen = last_seen_by(words, viewer=looking)
    if seen is None:
        raise LookupError(
            f"No full report was issued for {words}; give a day such as 2025-05-27, or an issue such as R7."
        )
    return seen.reference


def _write(arguments: argparse.Namespace, variant: str, formats: Sequence[str], looking: Viewer) -> list[Path]:
    from goldthread.reporting.building import build_variant

    days = {"as_at": arguments.as_at, "known_on": arguments.known_on}
    return write_files(build_variant(arguments.plan, variant, viewer=looking, **days), formats, arguments.out)


def _issue(arguments: argparse.Namespace, variant: str, formats: Sequence[str]) -> list[Path]:
    """Freeze a report, make its files here and now, and write them out. Raises Refused."""
    from goldthread.domain.organisation.queries import bodies
    from goldthread.kernel.clock import today
    from goldthread.reporting.actions import freeze, make_files
    from goldthread.reporting.improvement_plan import plan_on_day

    by, looking = person(arguments.by), viewer(arguments.by)
    days = {"as_at": arguments.as_at or today(), "known_on": arguments.known_on}
    plan = plan_on_day(arguments.plan, viewer=looking, **days).plan.record
    body = bodies(viewer=looking).filter(owner__name__iexact=arguments.body).first() if arguments.body else None
    if arguments.body and body is None:
        raise LookupError(f"There is no body called {arguments.body}; write its name as on the organisation page.")
    issue = freeze(
        plan=plan, by=by, reason=arguments.reason, variant=variant, kinds=formats, for_body=body,
        audience=arguments.audience, **days,
    )  # fmt: skip
    out.print(f"Issued {issue.reference}, sha256 {issue.sha256}", markup=False)
    with bars() as shown:
        task = shown.add_task("files", total=len(formats))
        make_files(
            issue=issue,
            by=by,
            progress=lambda label, done, total: shown.update(task, description=label, completed=done, total=total),
        )
    return _files_of(issue, arguments.out)


def _give_back(reference: str, folder: Path, looking: Viewer) -> int:
    from goldthread.reporting.queries import issue_by_reference

    issue = issue_by_reference(reference, viewer=looking)
    if issue is None:
        return complain(f"There is no issue {reference}; “goldthread report --issues” lists them.", 1)
    if not issue.steps.filter(kind="completed").exists():
        return complain(f"The files of {issue.reference} are not all made yet: run “goldthread report --finish”.", 1)
    for path in _files_of(issue, folder):
        out.print(str(path), markup=False)
    return 0


def _finish() -> int:
    """Make what is missing; status 1 where something could not be made."""
    from goldthread.reporting.actions import finish_waiting

    done, wrong = finish_waiting()
    out.print(f"{counted(done, 'issue')} completed.", markup=False)
    for sentence in wrong:
        complain(sentence, 1)
    return 1 if wrong else 0


def _files_of(issue: Issue, folder: Path) -> list[Path]:
    from goldthread.reporting.formats import put
    from goldthread.reporting.queries import reissue

    paths = []
    for name, content in reissue(issue):
        put(folder / name, content)
        paths.append(folder / name)
    return paths


def _list(looking: Viewer) -> int:
    from goldthread.reporting.queries import issues

    rows = [
        (one.reference, one.title, one.variant, one.as_at, one.known_on, one.for_body or "", one.sha256[:12])
        for one in issues(viewer=looking)
    ]
    table(("issue", "report", "part", "as at", "known on", "for", "hash"), rows)
    return 0


def write_files(report: Report, formats: Sequence[str], folder: Path) -> list[Path]:
    """Write a report in formats into a folder, with a progress bar; returns the paths."""
    from goldthread.reporting.formats import write

    with bars() as shown:
        task = shown.add_task("report", total=len(formats))

        def tell(label: str, done: int, total: int) -> None:
            shown.update(task, description=f"report {label}".strip(), completed=done, total=total)

        return write(report, formats, folder, progress=tell)
