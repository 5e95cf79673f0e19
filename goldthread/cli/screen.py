"""What commands show in a terminal: tables, progress, one-sentence complaints."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

# A file or a pipe has no width of its own: there a table keeps its columns instead of folding them at 80.
out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str, status: int) -> int:
    """Print one sentence on standard error and return the exit status."""
    err.print(f"goldthread: {sentence}", markup=False)
    return status


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, numbers: Sequence[int] = ()) -> None:
    """Print a table; the columns in ``numbers`` stand to the right."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(columns):
        made.add_column(name, justify="right" if index in numbers else "left", overflow="fold")
    for row in rows:
        made.add_row(*(str(value) for value in row))
    out.print(made)


@contextmanager
def bars() -> Iterator[Progress]:
    """Progress bars on standard error, so that standard output stays clean for scripts."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=not sys.stderr.isatty(),
    ) as progress:
        yield progress


def counted(number: int, word: str) -> str:
    """Say a number with its noun, which takes an s: "1 name", "2 names"."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"
