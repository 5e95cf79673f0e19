"""Proving what was issued: its data, its files, and the event that recorded it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from goldthread.commons.events.models import Seal
from goldthread.commons.files.storage import DamagedFile, open_file
from goldthread.reporting.canonical import NotAReport, from_json, to_json
from goldthread.reporting.models import Issue
from goldthread.reporting.terms import StepKind
from goldthread.reporting.versions import versions


@dataclass(frozen=True, slots=True)
class Proof:
    """One issue and everything that does not hold of it; ``waiting`` names files that are not made yet."""

    issue: Issue
    wrong: tuple[str, ...]
    waiting: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong; what is still being made is not wrong."""
        return not self.wrong


def verify(issues: QuerySet[Issue]) -> Iterator[Proof]:
    """Prove issues one by one. Three queries, whatever their number; every stored byte is read."""
    rows = issues.select_related("event", "plan").prefetch_related("files", "steps")
    noted = set(issues.exclude(sealed_to="").values_list("sealed_to", flat=True))
    heads = set(Seal.objects.filter(hash__in=noted).values_list("hash", flat=True))
    for issue in rows.order_by("pk"):
        completed = next((step for step in issue.steps.all() if step.kind == StepKind.COMPLETED), None)
        made = {row.kind for row in issue.files.all()}
        missing = tuple(kind for kind in issue.kinds if kind not in made)
        wrong = [*_data(issue), *_files(issue), *_recorded(issue, completed.detail if completed else None, heads)]
        if completed and missing:
            wrong.append(f"It was complete, and {_listed(missing)} {_is(missing)} missing from its files.")
        yield Proof(issue, tuple(wrong), () if completed else missing)


def _data(issue: Issue) -> Iterator[str]:
    """The data is there, has its hash, is a report, and is in the canonical form."""
    try:
        with open_file(issue.sha256) as source:
            data = source.read()
    except DamagedFile as problem:
        yield f"Its data: {problem}"
        return
    if len(data) != issue.size:
        yield f"Its data has {len(data):,} bytes where {issue.size:,} were issued."
    try:
        canonical = to_json(from_json(data))
    except NotAReport as problem:
        yield f"Its data: {problem}"
        return
    # A later version of the product may know fields that the one which issued it did not.
    if issue.versions == versions() and hashlib.sha256(canonical).hexdigest() != issue.sha256:
        yield "Its data is not in the canonical form."


def _files(issue: Issue) -> Iterator[str]:
    for row in issue.files.all():
        try:
            with open_file(row.sha256) as source:
                size = source.seek(0, 2)
        except (DamagedFile, ValueError) as problem:
            yield f"{row.name}: {problem}"
            continue
        if size != row.size:
            yield f"{row.name} has {size:,} bytes where {row.size:,} were made."


def _recorded(issue: Issue, completed: dict[str, str] | None, heads: set[str]) -> Iterator[str]:
    """What the chained events say of it is what its rows say."""
    if issue.event.detail.get("report") != issue.sha256:
        yield "The event that recorded it names another hash of its data."
    if completed is not None:
        other = [row.name for row in issue.files.all() if completed.get(row.kind) != row.sha256]
        if other:
            yield f"{_listed(other)} {_is(other)} not what was recorded when it became complete."
    if issue.sealed_to and issue.sealed_to not in heads:
        yield "The head of the chain that it was issued under is in the chain no longer."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _is(names: Iterable[str]) -> str:
    return "is" if len(list(names)) == 1 else "are"
