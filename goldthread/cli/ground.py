"""What commands that need the register stand on: Django set up, the database there and up to date, a person to act as."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldthread.commons.access.viewer import Viewer
    from goldthread.commons.accounts.models import User


def prepare() -> None:
    """Set Django up and create or bring up to date the database of this home."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from goldthread.commons.triggers import install

    executor = MigrationExecutor(connection)
    older = bool(executor.loader.applied_migrations)
    moved = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if moved:
        call_command("migrate", verbosity=0, interactive=False)
    install(connection)  # a table altered on SQLite has lost its triggers without a word
    if older and moved:
        from goldthread.domain.register.models.projection import rebuild

        rebuild()  # a newer version keeps more columns of what the facts say


def person(email: str | None) -> User:
    """The person that a command acts as: the account with this address, else the local person of this computer.

    Raises LookupError where no account has the address.
    """
    from goldthread.commons.accounts.actions import local_user
    from goldthread.commons.accounts.models import User

    if not email:
        return local_user()
    found = User.objects.filter(email__iexact=email, is_active=True).first()
    if found is None:
        raise LookupError(f"Nobody here signs in as {email}; add the account first, or leave --by out.")
    return found


def viewer(email: str | None) -> Viewer:
    """What that person may see."""
    from goldthread.commons.access.queries import viewer_for

    return viewer_for(person(email))


def day(text: str) -> date:
    """A date on the command line, as 2025-05-27."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write it as 2025-05-27.") from None


def add_days(parser: argparse.ArgumentParser) -> None:
    """The two dates of every look into the register."""
    parser.add_argument("--as-at", type=day, metavar="DATE", help="as things stood on this day (2025-05-27)")
    parser.add_argument("--known-on", type=day, metavar="DATE", help="as the council knew it on this day")


def add_person(parser: argparse.ArgumentParser) -> None:
    """Whose name stands under what the command does."""
    parser.add_argument("--by", metavar="EMAIL", help="act as this person (default: the person of this computer)")
