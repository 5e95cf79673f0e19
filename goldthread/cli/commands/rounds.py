"""What the day asks for in the reporting rounds: plan and open them, remind, tell the line above, hand messages over.

“goldthread rounds run” does it at once and says what it did; nothing happens twice. “goldthread tick” and “goldthread
serve” do it by themselves. “goldthread rounds list” shows the rounds and where they stand.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from goldthread.cli.ground import add_person, person, prepare
from goldthread.cli.screen import complain, out, table

if TYPE_CHECKING:
    from goldthread.commons.accounts.models import User


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread rounds``."""
    parser.add_argument("what", choices=("run", "list"), help="run: do what is due; list: show the rounds")
    add_person(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run or list; status 1 where something could not be done, each with its sentence."""
    prepare()
    try:
        by = person(arguments.by)
    except LookupError as problem:
        return complain(str(problem), 1)
    if arguments.what == "list":
        return _list(arguments.by)
    return _once(by)


def _once(by: User) -> int:
    from goldthread.domain.rounds.actions import tick

    done = tick(by=by)
    for problem in done.problems:
        complain(problem, 1)
    for line in (*done.opened, *(f"{name}: grace is over, being checked" for name in done.closed)):
        out.print(line, markup=False)
    out.print(
        f"{done.planned} rounds planned, {len(done.opened)} opened, {done.reminded} people reminded, "
        f"{done.escalated} told as the line above, {done.called} that a step waits for them; {done.delivery.sent} messages sent, "
        f"{done.delivery.failed} to be tried again.",
        markup=False,
    )
    if done.delivery.waits_for:
        out.print(done.delivery.waits_for, markup=False)
    return 1 if done.problems else 0


def _list(email: str | None) -> int:
    from goldthread.cli.ground import viewer
    from goldthread.domain.rounds.queries import rounds_in_reach

    rows = [
        (row.plan.reference, row.name, row.get_state_display(), row.opens, row.due_last, row.freeze_on)
        for row in rounds_in_reach(viewer=viewer(email))
    ]
    if not rows:
        out.print("No plan reports in rounds yet; set one up on its page of rounds.", markup=False)
        return 0
    table(("plan", "round", "state", "opens", "due", "freeze"), rows)
    return 0
