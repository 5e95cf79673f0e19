"""Structures as plain values: what each post is in one, what its document counts and notes, and what it adds up to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goldthread.domain.organisation.rules import name_key

REMOVAL = re.compile(
    r"\b(?:will not be (?:filled|replaced)|not be(?:ing)? replaced|(?:will|to) be (?:removed|deleted)|remove from|"
    r"(?:is|are) deleted|to go|delete)\b",
    re.IGNORECASE,
)
"""What is printed beside a post that is to leave the structure."""


TO_PUBLISH = {
    "contact": "Contact details",
    "budget": "Budget held",
    "staff": "Number of staff",
    "bonuses": "Bonuses",
    "benefits": "Benefits in kind",
}
"""What the Local Government Transparency Code has published of a senior post beside its place, grade and pay."""


@dataclass(frozen=True, slots=True)
class Line:
    """A post as it stands in one structure. ``key`` tells posts apart and is the same in every structure."""

    key: int
    title: str
    directorate: str = ""
    reports_to: int | None = None
    tier: int | None = None
    grade: str = ""
    fte: Decimal | None = None
    cost_low: int | None = None  # pence a year
    cost_high: int | None = None
    funding: str = ""
    permanence: str = ""
    statutory_roles: tuple[str, ...] = ()
    restriction: str = ""
    services: tuple[str, ...] = ()
    responsibilities: tuple[str, ...] = ()
    qualifier: str = ""  # as printed: "will not be filled"
    reference: str = ""
    position: int = 0
    to_publish: tuple[tuple[str, str], ...] = ()  # name of TO_PUBLISH, what the council states

    def stated(self, name: str) -> str:
        """What the council states of a post for publication, by a name of TO_PUBLISH; empty where it states nothing."""
        return next((text for key, text in self.to_publish if key == name), "")

    @property
    def to_be_removed(self) -> bool:
        """Whether what is printed beside it says that it will go."""
        return bool(REMOVAL.search(self.qualifier))


@dataclass(frozen=True, slots=True)
class Stated:
    """How many posts a document says there are, and its words."""

    posts: int
    printed: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a document says beside the posts of a directorate."""

    directorate: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A whole structure: its posts in order, and what its document counts (by directorate, "" for all) and notes."""

    name: str
    lines: tuple[Line, ...] = ()
    as_at: date | None = None
    stage: str = ""
    stated: tuple[tuple[str, Stated], ...] = ()
    notes: tuple[Note, ...] = ()
    key: int | None = None

    def stated_for(self, directorate: str) -> Stated | None:
        """What the document counts for a directorate."""
        wanted = name_key(directorate)
        return next((count for name, count in self.stated if name_key(name) == wanted), None)


def directorates_of(lines: Iterable[Line]) -> list[str]:
    """The directorates of a structure in the order of their first posts, "" where a post has none."""
    return list(dict.fromkeys(line.directorate for line in lines))


def spelled_out(name: str) -> str:
    """A directorate's name for readers who do not know its short form: "CEX Office" is the Chief Executive's office."""
    short = re.fullmatch(r"(?:cex|ceo?|chief exec(?:utive)?)(?:'s|’s)?(?: \w+)?", name.strip(), re.IGNORECASE)
    return "Chief Executive's office" if short else name or "No directorate"


def circle_in(lines: Sequence[Line]) -> list[Line]:
    """The posts of a line that runs in a circle, in its order; empty where there is none."""
    by_key = {line.key: line for line in lines}
    safe: set[int] = set()
    for line in lines:
        path: dict[int, int] = {}
        step: int | None = line.key
        while step is not None and step in by_key and step not in safe:
            if step in path:
                return [by_key[key] for key in list(path)[path[step] :]]
            path[step] = len(path)
            step = by_key[step].reports_to
        safe.update(path)
    return []


def stray_lines(lines: Sequence[Line]) -> list[Line]:
    """Posts that report to a post outside the structure."""
    here = {line.key for line in lines}
    return [line for line in lines if line.reports_to is not None and line.reports_to not in here]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a structure adds up to. Costs are pence a year and count only posts with a band (``costed``)."""

    posts: int = 0
    fte: Decimal = Decimal(0)
    without_fte: int = 0
    cost_low: int = 0
    cost_high: int = 0
    costed: int = 0
    layers: int | None = None  # None: no lines are recorded
    managers: int = 0
    widest: int | None = None
    narrowest: int | None = None
    reports: int = 0  # posts that report to another one

    @property
    def mean_span(self) -> float | None:
        """Posts that report to a manager, on average."""
        return self.reports / self.managers if self.managers else None


def figures_of(lines: Sequence[Line]) -> Figures:
    """Cost, spans and layers of a structure or a part of it. A line that leaves the part ends there."""
    here = {line.key for line in lines}
    spans = Counter(line.reports_to for line in lines if line.reports_to in here)
    costed = [line for line in lines if line.cost_low is not None or line.cost_high is not None]
    return Figures(
        posts=len(lines),
        fte=sum((line.fte for line in lines if line.fte is not None), Decimal(0)),
        without_fte=sum(line.fte is None for line in lines),
        cost_low=sum(line.cost_low or line.cost_high or 0 for line in costed),
        cost_high=sum(line.cost_high or line.cost_low or 0 for line in costed),
        costed=len(costed),
        layers=_layers(lines) if spans else None,
        managers=len(spans),
        widest=max(spans.values(), default=None),
        narrowest=min(spans.values(), default=None),
        reports=sum(spans.values()),
    )


def _layers(lines: Sequence[Line]) -> int:
    above = {line.key: line.reports_to for line in lines}
    depth: dict[int, int] = {}
    for key in above:
        path = []
        step: int | None = key
        while step is not None and step in above and step not in depth and step not in path:
            path.append(step)
            step = above[step]
        base = depth.get(step, 0) if step is not None else 0
        for number, passed in enumerate(reversed(path), 1):
            depth[passed] = base + number
    return max(depth.values(), default=0)
