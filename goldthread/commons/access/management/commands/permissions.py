"""``goldthread manage permissions``: who may open which page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from goldthread.commons.access.table import as_markdown, permission_table


class Command(BaseCommand):
    """Prints the permission table as Markdown; fails when a page does not say who it is for."""

    help = "Print who may open which page, as the page docs/permissions.md."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the table. Raises CommandError naming the pages without a mark."""
        rows = permission_table()
        self.stdout.write(as_markdown(rows), ending="")
        unmarked = [row.pattern for row in rows if row.mark is None]
        if unmarked:
            raise CommandError(f"These pages do not say who they are for: {', '.join(unmarked)}. Mark their views.")
