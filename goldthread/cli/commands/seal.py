"""Seal every event that has no seal yet: a chain of hashes over what was done and what it recorded.

Runs by itself every few minutes (``goldthread tick``). Prints the hash of the newest seal: noted elsewhere, in minutes or in a
published report, it proves later that nothing before it was changed (``goldthread verify --expect HASH``).
"""

from __future__ import annotations

import argparse

from goldthread.cli.ground import prepare
from goldthread.cli.screen import complain, counted, out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``goldthread seal`` takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Seal, and print how many and the head of the chain."""
    prepare()
    from goldthread.commons.events.sealing import OtherSealer, head, seal_new

    try:
        number = seal_new()
    except OtherSealer as problem:
        return complain(str(problem), 1)
    out.print(f"{counted(number, 'event')} sealed. Head of the chain: {head() or 'nothing sealed yet'}", markup=False)
    return 0
