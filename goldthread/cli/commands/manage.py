"""Run one of Django's own commands on this register: goldthread manage migrate, goldthread manage permissions …"""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after ``manage`` goes to Django."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    """Hand over to Django, which prints its own help and ends the process itself where it fails."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["goldthread manage", *arguments.arguments])
    return 0
