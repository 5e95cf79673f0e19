"""Read the plain texts that the example documents are made from.

`#` theme, `##` section, `###` objective, `*` success criterion, `-` action, `@` lead (or timescale | lead), `+` bullet
of an update, anything else a paragraph of the update. A blank line parts blocks where a text has no marks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

TEXT = Path(__file__).resolve().parent / "text"


@dataclass
class Action:
    """One action as printed; `update` holds paragraphs, bullets starting with `+ `."""

    text: str
    lead: str = ""
    timescale: str = ""
    update: list[str] = field(default_factory=list)


@dataclass
class Objective:
    """An objective with its success criteria and actions, under a section of a theme (empty where it has none)."""

    section: str
    text: str
    criteria: list[str] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


@dataclass
class Theme:
    """A theme of the plan."""

    title: str
    objectives: list[Objective] = field(default_factory=list)


@dataclass
class Recommendation:
    """A recommendation of 2019 with the actions that answer it."""

    title: str
    theme: str = ""
    text: str = ""
    actions: list[Action] = field(default_factory=list)


def lines(name: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in (TEXT / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def blocks(name: str) -> list[list[str]]:
    """The lines of a text, parted at blank lines."""
    return [block.splitlines() for block in (TEXT / name).read_text(encoding="utf-8").strip().split("\n\n")]


def themes(name: str) -> list[Theme]:
    """A plan: themes with their objectives and actions."""
    found: list[Theme] = []
    section = ""
    for line in lines(name):
        mark, _, text = line.partition(" ")
        if mark == "#":
            found.append(Theme(text))
            section = ""
        elif mark == "##":
            section = text
        elif mark == "###":
            found[-1].objectives.append(Objective(section, text))
        elif mark == "*":
            found[-1].objectives[-1].criteria.append(text)
        elif mark == "-":
            found[-1].objectives[-1].actions.append(Action(text))
        elif mark == "@":
            found[-1].objectives[-1].actions[-1].lead = text
        else:
            found[-1].objectives[-1].actions[-1].update.append(line)
    return found


def recommendations_2019() -> list[Recommendation]:
    """The recommendations of 2019 in order."""
    found: list[Recommendation] = []
    for line in lines("action-plan-2019.txt"):
        mark, _, text = line.partition(" ")
        if mark == "#":
            found.append(Recommendation(text))
        elif mark == "%":
            found[-1].theme = text
        elif mark == "-":
            found[-1].actions.append(Action(text))
        elif mark == "@":
            timescale, _, lead = text.partition("|")
            found[-1].actions[-1].timescale, found[-1].actions[-1].lead = timescale.strip(), lead.strip()
        else:
            found[-1].text = line
    return found
