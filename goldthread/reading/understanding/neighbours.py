"""What a column holds by the columns beside it: what is missing among them, and what makes the entries where nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from goldthread.reading.understanding.cells import cells_of, is_news
from goldthread.reading.vocabulary import plain, vocabulary

if TYPE_CHECKING:
    from goldthread.reading.understanding.columns import Column

MAINS = frozenset(("action", "recommendation", "indicator", "saving", "description"))
"""Roles without one of which a table has no entries."""
TOLD = 2.0  # the score of a heading of which a person has said what it means: nothing outweighs it
DATES = 0.75  # share of the cells of a column that are dates, from which it says when
NEWS = 0.6  # share of them that are news, from which it says how things go
# How a cell begins that says what came of an action: "Circulated by email", but not "Improved morale".
_TOLD = re.compile(
    r"(?!(?:improved|increased|reduced|enhanced|strengthened|embedded|agreed|shared|balanced|sustained)\b)"
    r"(?:[a-z]+ed|done|sent|met|yes|no|on (?:the )?agenda|in progress|being|to (?:be|follow))\b", re.I,
)  # fmt: skip


def names_entries(columns: list[Column], cells: Sequence[Sequence[str]]) -> bool:
    """Whether a column of names ("Project") has another one in each row: then each row is one of these."""
    held = [cells_of(cells[column.index]) for column in columns if column.role == "description"]
    return any(found.count > 1 and found.distinct == 1.0 and not found.again for found in held)


def settle_missing(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """In a table that lists what is done and says nowhere when, a column of dates does, whatever it is called ("Milestone",
    "Quarter"); where it says nowhere how things go, a column of news kept beside it does ("Evidence")."""
    roles = {column.role for column in columns}
    if not roles & {"action", "recommendation"}:
        return
    for wanted, sort, least in (("timescale", "date", DATES), ("update", "news", NEWS)):
        if wanted in roles or "completed" in roles or (wanted == "update" and roles & {"status", "rag"}):
            continue
        for column in columns:
            held = cells_of(cells[column.index])
            beside = column.role in ("also", "period", "target", "milestone", "previous", None) and column.score < TOLD
            named_otherwise = plain(column.heading) in vocabulary().words["other_dates"]
            if beside and held.count > 1 and getattr(held, sort) >= least and not named_otherwise:
                column.role = wanted
                break


def settle_names(columns: list[Column], cells: Sequence[Sequence[str]]) -> None:
    """Where no column makes the entries, a column of themes or services of which each row has its own does: "Workstream"
    beside its lead, its colour and what was achieved."""
    roles = {column.role for column in columns}
    if roles & (MAINS | {"objective", "series"}) or len(roles & {"lead", "update", "status", "rag"}) < 2:
        return
    for column in columns:
        held = cells_of(cells[column.index])
        if column.role in ("group", "directorate") and held.count > 1 and held.distinct == 1.0 and not held.again:
            if any(other.role == "key_risk" and other.index < column.index for other in columns):
                return
            column.role = "description"
            for other in columns:
                if other.role == "key_risk":
                    other.role = "also"  # of the entry, and not the entry itself
            return


def settle_what_and_how(columns: list[Column]) -> None:
    """Of two columns of actions, "What we will do" is what "How we will do it" serves, where no other objective is."""
    doing = [column for column in columns if column.role == "action"]
    if len(doing) < 2 or any(column.role in ("objective", "recommendation") for column in columns):
        return
    first, second = doing[:2]
    if plain(second.heading).startswith("how") and not plain(first.heading).startswith("how"):
        first.role = "objective"


def settle_numbers(columns: list[Column]) -> None:
    """Of a reference left of the recommendations and a number left of the actions that answer them, the first is what the
    recommendation is called by, and the second what the action is."""
    order = {role: [column for column in columns if column.role == role] for role in ("reference", "number")}
    main = {role: next((c.index for c in columns if c.role == role), -1) for role in ("recommendation", "action")}
    if any(len(found) != 1 for found in order.values()) or min(main.values()) < 0:
        return
    reference, number = order["reference"][0], order["number"][0]
    if reference.index < main["recommendation"] < number.index < main["action"]:
        reference.role, number.role = "number", "reference"


def outcome(column: Column, columns: list[Column], texts: Sequence[str], roles: set[str | None]) -> str:
    """What a column "Outcome" holds: beside an objective criteria; right of the actions with their owners or dates, in a
    table that tells no news elsewhere, what came of them; else what is wanted."""
    if "objective" in roles:
        return "criteria"
    if {"action", "recommendation"} <= roles:
        return "criteria"  # actions that answer recommendations serve no objective beside them
    left = {other.role for other in columns if other.index < column.index}
    if "action" in left and left & {"lead", "timescale", "completed"} and not roles & {"update", "status"}:
        told = sum(1 for text in texts if not text.strip() or _TOLD.match(text.strip()) or is_news(text))
        if told > cells_of(texts).measure * len(texts):
            return "update"
    return "objective"


def settle_benefit(column: Column, columns: list[Column]) -> None:
    """A column of benefits is beside the actions of a plan; where nothing but a guess makes other entries, it makes them."""
    mains = [c for c in columns if c.role in ("action", "recommendation", "objective", "saving", "indicator")]
    if any(not other.guessed for other in mains if other.role != "indicator"):
        column.role = "also"
        return
    for other in mains:
        other.role = "also"
    for other in columns:
        other.role = {"saving_target": "target", "saving_actual": "actual"}.get(other.role or "", other.role)
