"""Print a one-time link that signs a person in at a running server; it works once, within an hour."""

from __future__ import annotations

import argparse

from goldthread.cli.ground import person, prepare
from goldthread.cli.screen import complain, out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``goldthread sign-in-link``."""
    parser.add_argument("email", nargs="?", help="whose link (default: the person of this computer)")
    parser.add_argument("--base", default="http://127.0.0.1:8000", metavar="ADDRESS", help="where the server answers")


def run(arguments: argparse.Namespace) -> int:
    """Print the address; status 1 where nobody has that account."""
    prepare()
    from goldthread.commons.accounts.actions import sign_in_url
    from goldthread.commons.errors import Refused

    try:
        out.print(sign_in_url(person(arguments.email), arguments.base), markup=False)
    except (Refused, LookupError) as problem:
        return complain(str(problem), 1)
    return 0
