"""What a council publishes of its posts: organisation chart and senior salaries after the Local Government Transparency
Code 2015, and appointments after Popolo. Names below the threshold stay out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldthread.commons.access.viewer import Viewer
from goldthread.domain.organisation.models import Structure
from goldthread.domain.organisation.queries import Holder, holders, owners
from goldthread.domain.organisation.queries.structures import lines_of
from goldthread.domain.organisation.rules import name_key
from goldthread.domain.organisation.rules.lines import Line
from goldthread.domain.organisation.rules.publishing import (
    band_of,
    levels_of,
    name_published,
    pay_of,
    salary_published,
    threshold,
)
from goldthread.domain.organisation.terms import OwnerKind
from goldthread.kernel.clock import today
from goldthread.reporting.flat import FlatColumn, FlatTable, Value
from goldthread.reporting.renderers import csv
from goldthread.reporting.wording import counted


@dataclass(frozen=True, slots=True)
class Published:
    """A structure with who holds each post on a day."""

    name: str
    organisation: str
    on: date
    lines: tuple[Line, ...]
    held: Mapping[int, Sequence[Holder]]
    offices: tuple[tuple[int, str], ...] = ()  # elected offices, by id and name: who holds them is public

    def contact_of(self, line: Line) -> str:
        """The contact as published: one that gives away the name of a holder below the threshold is left out."""
        return "" if self.contact_names_holder(line) else line.stated("contact")

    def contact_names_holder(self, line: Line) -> bool:
        """Whether a stated contact holds the family name of a holder whose name is not published."""
        words = name_key(line.stated("contact"))
        families = [name_key(holder.name).split()[-1] for holder in self.held.get(line.key, ())]
        return bool(words) and not name_published(line, self.on) and any(family in words for family in families)

    def name_of(self, line: Line) -> str:
        """The holder as published: a name only from the threshold on, "Vacant" for a post without holder."""
        people = self.held.get(line.key, ())
        if not people:
            return "Vacant"
        return ", ".join(holder.name for holder in people) if name_published(line, self.on) else ""


def published(structure: Structure, *, viewer: Viewer, organisation: str) -> Published:
    """A structure as it is published today."""
    lines = lines_of(structure, viewer=viewer)
    offices = tuple((row.pk, row.name) for row in owners(viewer=viewer, kind=OwnerKind.OFFICE))
    on = today()
    held = holders([*(line.key for line in lines), *(key for key, _ in offices)], viewer=viewer, on=on)
    return Published(structure.name, organisation, on, lines, held, offices)


def _columns(*labels: str) -> tuple[FlatColumn, ...]:
    return tuple(FlatColumn(label, 20) for label in labels)


_CHART = _columns(
    "Organisation_Name", "Effective_Date", "Level", "Job_Number", "Job_Title", "Name", "Grade", "Directorate", "Team",
    "Contract", "Contact", "Reports_To", "Reports_To_Number", "FTE", "Salary_From", "Salary_To", "Salary_Ceiling",
)  # fmt: skip
_SALARIES = _columns(
    "Organisation_Name", "Effective_Date", "Job_Title", "Directorate", "Salary_From", "Salary_To", "Name", "Services",
    "Responsibilities", "Budget_Held", "Number_Of_Staff", "Posts_Managed", "Bonuses", "Benefits_In_Kind",
)  # fmt: skip
_BANDS = _columns("Organisation_Name", "Effective_Date", "Salary_From", "Salary_To", "Number_Of_Posts")


def organisation_chart(found: Published) -> FlatTable:
    """The top levels of the structure (three, by the Code), a post a row."""
    levels = levels_of(found.lines)
    deepest = threshold("levels of the chart", found.on).value
    by_key = {line.key: line for line in found.lines}
    rows: list[tuple[Value, ...]] = []
    for line in found.lines:
        if levels[line.key] > deepest:
            continue
        above = by_key.get(line.reports_to) if line.reports_to is not None else None
        foot, top = _band(line, found.on)
        ceiling = line.cost_high // 100 if line.cost_high is not None else None
        rows.append(
            (
                found.organisation, found.on, levels[line.key], line.reference, line.title, found.name_of(line), line.grade,
                line.directorate, "; ".join(line.services), line.permanence, found.contact_of(line),
                above.title if above else "", above.reference if above else "",
                str(line.fte) if line.fte is not None else "", foot, top, ceiling,
            )
        )  # fmt: skip
    return FlatTable("Organisation chart", _CHART, tuple(rows))


def _band(line: Line, on: date) -> tuple[Value, Value]:
    pay = pay_of(line)
    return band_of(pay, on) if pay is not None else (None, None)


def senior_salaries(found: Published) -> FlatTable:
    """Posts from the salary threshold on, in bands, with what they answer for; names from the higher threshold on."""
    below = Counter(line.reports_to for line in found.lines if line.reports_to is not None)
    rows = [
        (
            found.organisation, found.on, line.title, line.directorate, *_band(line, found.on),
            found.name_of(line), "; ".join(line.services), "; ".join(line.responsibilities), line.stated("budget"),
            line.stated("staff"), below[line.key], line.stated("bonuses"), line.stated("benefits"),
        )
        for line in sorted(found.lines, key=lambda line: -(pay_of(line) or 0))
        if salary_published(line, found.on)
    ]  # fmt: skip
    return FlatTable("Senior salaries", _SALARIES, tuple(rows))


Asked = tuple[str, Callable[[Published, Line], object]]

_ASKED_OF_CHART: tuple[Asked, ...] = (
    ("grade", lambda _, line: line.grade),
    ("department", lambda _, line: line.directorate),
    ("team (its services)", lambda _, line: line.services),
    ("whether permanent or temporary", lambda _, line: line.permanence),
    ("contact details", lambda found, line: found.contact_of(line)),
    ("salary", lambda _, line: pay_of(line) is not None),
    ("salary ceiling", lambda _, line: line.cost_high is not None),
)
_ASKED_OF_SALARIES: tuple[Asked, ...] = (
    ("services", lambda _, line: line.services),
    ("responsibilities", lambda _, line: line.responsibilities),
    ("budget held", lambda _, line: line.stated("budget")),
    ("number of staff", lambda _, line: line.stated("staff")),
    ("bonuses", lambda _, line: line.stated("bonuses")),
    ("benefits in kind", lambda _, line: line.stated("benefits")),
)


def missing(found: Published, which: str) -> list[str]:
    """What the Code asks for in one of TABLES and the council has not stated, in sentences; empty where all is there."""
    if which == "organisation-chart":
        levels, deepest = levels_of(found.lines), threshold("levels of the chart", found.on).value
        lines = [line for line in found.lines if levels[line.key] <= deepest]
        said = _not_stated(found, lines, _ASKED_OF_CHART)
        hidden = [line for line in lines if found.contact_names_holder(line)]
        if hidden:
            said.append(f"Left out because it names a holder below the threshold: the contact of {_titles(hidden)}.")
        return said
    unpaid = [line for line in found.lines if pay_of(line) is None]
    said = [f"No pay is stated, so that they are not counted here: {_titles(unpaid)}."] if unpaid else []
    if which == "senior-salaries":
        lines = [line for line in found.lines if salary_published(line, found.on)]
        said += _not_stated(found, lines, _ASKED_OF_SALARIES)
    return said


def _not_stated(found: Published, lines: Sequence[Line], asked: Sequence[Asked]) -> list[str]:
    gaps = [(name, sum(not value(found, line) for line in lines)) for name, value in asked]
    told = [f"{name} ({number if number < len(lines) else 'all'})" for name, number in gaps if number]
    return [f"Not stated, of {counted(len(lines), 'post')}: {', '.join(told)}."] if told else []


def _titles(lines: Sequence[Line]) -> str:
    shown = ", ".join(line.title for line in lines[:3])
    return shown + (f" and {counted(len(lines) - 3, 'more post')}" if len(lines) > 3 else "")


def salary_bands(found: Published) -> FlatTable:
    """How many posts are paid in each band from the salary threshold on."""
    pays = [pay_of(line) for line in found.lines if salary_published(line, found.on)]
    counts = Counter(band_of(pay, found.on) for pay in pays if pay is not None)
    rows = tuple((found.organisation, found.on, foot, top, counts[(foot, top)]) for foot, top in sorted(counts))
    return FlatTable("Salary bands", _BANDS, rows)


TABLES = {
    "organisation-chart": organisation_chart,
    "senior-salaries": senior_salaries,
    "salary-bands": salary_bands,
}
"""The tables that are published, by the name of their file."""


def table_csv(found: Published, which: str) -> bytes:
    """One of TABLES as the bytes of a CSV file. Raises KeyError for another name."""
    return csv.of_table(TABLES[which](found))


def popolo(found: Published) -> dict[str, Any]:
    """Organisations, posts, people and memberships after Popolo (popoloproject.com/specs), for the public.

    A person below the threshold appears neither by name nor as a membership: only the post and that it is held. Who holds
    an elected office is public.
    """
    parts = list(dict.fromkeys(line.directorate for line in found.lines if line.directorate))
    council = {"id": "council", "name": found.organisation, "classification": "council"}
    units = [{"id": f"unit-{at}", "name": name, "classification": "directorate", "parent_id": "council"}
             for at, name in enumerate(parts, 1)]  # fmt: skip
    by_name = {unit["name"]: unit["id"] for unit in units}
    named = [
        (x.key, x.title, by_name.get(x.directorate, "council")) for x in found.lines if name_published(x, found.on)
    ]
    named += [(key, name, "council") for key, name in found.offices]
    people: dict[int, dict[str, Any]] = {}
    memberships = []
    for key, title, organisation in named:
        for holder in found.held.get(key, ()):
            people.setdefault(holder.person_id, {"id": f"person-{holder.person_id}", "name": holder.name})
            memberships.append(
                {
                    "person_id": f"person-{holder.person_id}",
                    "post_id": f"post-{key}",
                    "organization_id": organisation,
                    "role": title,
                    "label": holder.kind,
                }
            )
    offices = [
        {
            "id": f"post-{key}",
            "label": name,
            "role": name,
            "organization_id": "council",
            "vacant": not found.held.get(key),
        }
        for key, name in found.offices
    ]
    return {
        "organizations": [council, *units],
        "posts": [*(_post(line, by_name, found) for line in found.lines), *offices],
        "persons": list(people.values()),
        "memberships": memberships,
        "meta": {
            "structure": found.name,
            "as_at": found.on.isoformat(),
            "names_from": threshold("names published from", found.on).value,
            "source": threshold("names published from", found.on).source,
        },
    }


def _post(line: Line, by_name: Mapping[str, str], found: Published) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": f"post-{line.key}",
        "label": line.title,
        "role": line.title,
        "organization_id": by_name.get(line.directorate, "council"),
        "vacant": not found.held.get(line.key),
    }
    if line.reports_to is not None:
        made["reports_to_id"] = f"post-{line.reports_to}"
    return made


def popolo_json(found: Published) -> bytes:
    """Popolo as the bytes of one JSON object."""
    return (json.dumps(popolo(found), ensure_ascii=False, indent=1) + "\n").encode()
