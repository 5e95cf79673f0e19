"""What went wrong, as one sentence with its remedy: for a person who has a terminal and no manual."""

from __future__ import annotations

import argparse
import errno
from typing import NoReturn

FULL = "The disk is full: make room, then run the same command again; nothing half-done was kept."
_IN_WORDS = (  # a piece of what SQLite or PostgreSQL says, and what to say for it
    ("disk is full", FULL),
    ("no space left", FULL),
    (
        "readonly database",
        "The database may not be written: make its folder and file writable, or set GOLDTHREAD_HOME.",
    ),
    (
        "unable to open database file",
        "The database cannot be opened: check that its folder (GOLDTHREAD_HOME, or the one in DATABASE_URL) exists and is "
        "writable.",
    ),
    (
        "file is not a database",
        "The file that DATABASE_URL names is no database: name another file, or leave it unset.",
    ),
    ("malformed", "The database file is damaged: restore it from a backup."),
    ("disk i/o error", "The disk failed while the database was read or written: check the disk, then try again."),
    ("database is locked", "The database was busy for too long: try again when other work on it has finished."),
)


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence, and where to read how it is done."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and end with status 2."""
        plain = message.replace("the following arguments are required:", "missing here:").rstrip(".")
        self.exit(2, f"goldthread: {plain}; see {self.prog} --help.\n")


def of_database(problem: Exception) -> str:
    """The sentence for a database that cannot be used; the address is not shown, for it can hold a password."""
    said = str(problem).strip().partition("\n")[0]  # the first line says what; the others guess why
    for piece, sentence in _IN_WORDS:
        if piece in said.lower():
            return sentence
    return f"The database does not answer ({said.rstrip('.')}): check DATABASE_URL, and that the server runs and lets you in."


def of_system(problem: OSError) -> str:
    """The sentence for what the system refused."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    where = f" {problem.filename}" if problem.filename else ""
    reason = problem.strerror or str(problem)
    return f"The system refused{where} ({reason.lower()}): check that the place exists, is yours and has room."
