"""Prove what was issued, and the chain of events.

Every issued report: its data and files are there and have their hashes, and the event that recorded them says the same. The
chain: every sealed event, and every dated row that it recorded, is as it was when it was sealed. Names the first link that
does not hold. ``--expect HASH`` also demands that a hash noted earlier is still in the chain.

Exit status: 0 all holds, 1 something does not.
"""

from __future__ import annotations

import argparse

from goldthread.cli.ground import add_person, prepare, viewer
from goldthread.cli.screen import bars, complain, counted, out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread verify``."""
    parser.add_argument(
        "issue", nargs="*", metavar="ISSUE", help="only these issues, such as R7 (default: all, and the chain)"
    )
    parser.add_argument("--expect", default="", metavar="HASH", help="a hash of the chain that was noted earlier")
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Verify, and say what holds."""
    prepare()
    from goldthread.reporting.models import Issue
    from goldthread.reporting.queries import issue_by_reference
    from goldthread.reporting.verifying import verify

    chosen = Issue.objects.all()
    if arguments.issue:
        looking = viewer(arguments.by)
        found = {name: issue_by_reference(name, viewer=looking) for name in arguments.issue}
        strange = [name for name, issue in found.items() if issue is None]
        if strange:
            return complain(f"There is no issue {', '.join(strange)}.", 1)
        chosen = chosen.filter(pk__in=[issue.pk for issue in found.values() if issue])
    holds = True
    with bars() as shown:
        task = shown.add_task("issues", total=chosen.count())
        for proof in verify(chosen):
            shown.advance(task)
            holds &= proof.holds
            for sentence in proof.wrong:
                out.print(f"{proof.issue.reference}: {sentence}", markup=False)
            if proof.waiting:
                out.print(f"{proof.issue.reference}: still to be made: {', '.join(proof.waiting)}", markup=False)
    out.print(f"{counted(chosen.count(), 'issue')} verified.", markup=False)
    return 0 if (bool(arguments.issue) or _chain(arguments.expect)) and holds else 1


def _chain(expect: str) -> bool:
    from goldthread.commons.events.sealing import verify_chain

    verdict = verify_chain(expect=expect)
    if verdict.first_break is not None:
        out.print(f"The chain breaks: {verdict.first_break.said}", markup=False)
        return False
    waiting = f" {counted(verdict.unsealed, 'event')} not sealed yet." if verdict.unsealed else ""
    out.print(f"{counted(verdict.seals, 'seal')} in one chain, head {verdict.head or '(none)'}.{waiting}", markup=False)
    return True
