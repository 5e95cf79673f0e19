"""``goldthread``: read, import, report, show, serve and keep a register from a terminal.

Exit status: 0 done; 1 refused, or not found; 2 the command or a file it was given cannot be used; 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from goldthread import __version__
from goldthread.cli.problems import Parser, of_database, of_system
from goldthread.cli.screen import complain
from goldthread.reading.document import UnreadableFile

COMMANDS = {
    "read": "read a document and print what it says, without a database",
    "import": "bring documents into the register",
    "report": "write a report as HTML, PDF, Word, Excel, CSV or JSON",
    "show": "show one record: its thread, dates, updates and source",
    "structure": "list the council's structures, and compare two post by post",
    "names": "match names printed in documents to posts, offices and bodies",
    "check": "check the data and say what is wrong",
    "tick": "do the recurring work that is due: sealing, missing files, waiting messages",
    "seal": "seal the events that have no seal yet",
    "verify": "prove every issued report and the chain of events",
    "reviews": "what comes back in a later review, and what may answer a recommendation",
    "enquiries": "what in a plan does not add up, as questions with the printed words",
    "rounds": "open reporting rounds, remind and hand messages over, as the day asks",
    "thread": "follow a record up to why and down to what was done, or write it as CSV, JSON or a picture",
    "lineage": "what was raised, what became of it and when it was raised again",
    "coverage": "where the thread holds and where it is broken",
    "serve": "start the pages in a browser",
    "sign-in-link": "print a one-time link that signs a person in",
    "demo": "fill an empty register with the example council and write its report",
    "manage": "run one of Django's own commands (migrate, permissions, …)",
}


MODULES = {"import": "import_", "sign-in-link": "sign_in_link"}
"""Commands whose name is none that a module can have."""


def parser() -> argparse.ArgumentParser:
    """The whole command line, every command with its own help."""
    top = Parser(
        prog="goldthread",
        description="A council's plans and reviews as one dated register, each cell traceable to where it was printed.",
        epilog="Data lives in GOLDTHREAD_HOME (./data unless set), the database in DATABASE_URL (SQLite there unless set). "
        "“goldthread COMMAND --help” explains a command.",
    )
    top.add_argument("--version", action="version", version=f"goldthread {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        module = importlib.import_module(
            f"goldthread.cli.commands.{name.replace('-', '_').replace('import', 'import_')}"
        )
        sub = commands.add_parser(
            name,
            help=summary,
            description=module.__doc__,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=name != "manage",
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; what went wrong is one sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
    given = list(sys.argv[1:] if argv is None else argv)
    arguments = parser().parse_args(given[:1] if given[:1] == ["manage"] else given)
    if arguments.command == "manage":  # Django reads the rest itself, --help included
        arguments.arguments = given[1:]
    try:
        return _act(arguments)
    except UnreadableFile as problem:
        return complain(str(problem), 2)
    except KeyboardInterrupt:
        return complain("Interrupted; nothing half-done was kept.", 130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nothing left to say
        return 1
    except OSError as problem:
        return complain(of_system(problem), 2)


def _act(arguments: argparse.Namespace) -> int:
    """Run the chosen command; a database or a setting that cannot be used ends in a sentence and status 2."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import DatabaseError, InterfaceError, OperationalError

    try:
        return int(arguments.run(arguments) or 0)
    except (OperationalError, InterfaceError) as problem:
        return complain(of_database(problem), 2)
    except DatabaseError as problem:
        if type(problem) is not DatabaseError:  # a fault of the program, which must not look like the council's
            raise
        return complain(of_database(problem), 2)
    except ImproperlyConfigured as problem:
        return complain(str(problem), 2)


def run() -> None:
    """The console script."""
    sys.exit(main())


if __name__ == "__main__":
    run()
