"""What a check is, and the catalogue of all of them: each room declares its own in its ``checks`` module.

    @check("GT001", "The stored columns differ from the facts", severity=Severity.ERROR, what_to_do="Rebuild …")
    def projection_drift(looking: Looking) -> Iterator[Finding]: …

Numbers: GT001–099 register, 100–199 plans, 200–299 organisation, 300–399 reviews and risks, 400–499 rounds and reporting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol, TypeVar, cast

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.checks.terms import Severity


class Container(Protocol):
    """A plan, review or report within which one looks: any row with a number and a reference."""

    @property
    def pk(self) -> Any:
        """Its number."""

    @property
    def reference(self) -> Any:
        """What people call it."""


ValueT = TypeVar("ValueT")


@dataclass(eq=False)
class Looking:
    """One look at the data: for whom, on which day, within which plan or review (None: everything).

    ``once`` keeps what several checks of a room read, so that each table is read once a look.
    """

    viewer: Viewer
    on: date
    within: Container | None = None
    _read: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, read: Callable[[], ValueT]) -> ValueT:
        """What ``read`` gives, read the first time that a check asks for this name."""
        if name not in self._read:
            self._read[name] = read()
        return cast(ValueT, self._read[name])


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at one place: a sentence, what it speaks of, and the route of the page where it is put right."""

    reference: str
    sentence: str
    route: str
    args: tuple[Any, ...] = ()
    plan_id: int | None = None
    plan: str = ""  # the reference of the plan or review it stands within


Look = Callable[[Looking], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A numbered check: what is wrong in general, how much it matters, what to do, and the function that looks."""

    number: str
    title: str
    severity: Severity
    room: str
    what_to_do: str
    look: Look = field(repr=False, compare=False)


_checks: dict[str, Check] = {}
_NUMBER = re.compile(r"GT\d{3}")


def check(number: str, title: str, *, severity: Severity, what_to_do: str) -> Callable[[Look], Look]:
    """Declare a function as the check of a number. Raises ImproperlyConfigured for a number that is taken or malformed."""

    def declare(look: Look) -> Look:
        room = look.__module__.removesuffix(".checks").rsplit(".", 1)[-1]
        held = _checks.get(number)
        if not _NUMBER.fullmatch(number) or (held is not None and held.look.__module__ != look.__module__):
            raise ImproperlyConfigured(f"{number} of {room} is taken or no number like GT001: choose another.")
        if held is not None and held.look.__qualname__ != look.__qualname__:
            raise ImproperlyConfigured(f"{number} stands twice in {room}: choose another number.")
        _checks[number] = Check(number, title, severity, room, what_to_do, look)
        return look

    return declare


def discover() -> None:
    """Import the ``checks`` module of every room of this house that has one."""
    for config in apps.get_app_configs():
        name = f"{config.name}.checks"
        if config.name.startswith("goldthread.") and find_spec(name) is not None:
            import_module(name)


def all_checks() -> list[Check]:
    """Every check, by number."""
    return [_checks[number] for number in sorted(_checks)]


def check_of(number: str) -> Check | None:
    """The check of a number, or None."""
    return _checks.get(number.strip().upper())
