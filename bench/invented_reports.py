"""Invented reports of any size: no council, no plan and no person in them exists."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from goldthread.reporting.model import (
    ActionRow,
    CompletedRow,
    Criterion,
    Fact,
    Group,
    Lead,
    ObjectiveBlock,
    Rating,
    RecommendationGroup,
    RecommendationRow,
    Report,
    Source,
    Theme,
    Update,
    summarise,
)

AS_AT = date(2025, 5, 27)
MADE = datetime(2026, 11, 22, 14, 5, tzinfo=ZoneInfo("Europe/London"))

_THEMES = ("Money well spent", "Homes and places", "Digital and data", "A confident workforce")
_GROUPS = ("Buying and contracts", "Housing", "Health and care", "Customers")
_POSTS = (
    "Director of Places",
    "Director of Resources",
    "Head of Digital",
    "Assistant Director, Early Help",
    "Cabinet Member for Homes",
)
_PEOPLE = ("Ottilie Farrow", "Bram Quillfeather", "Isolde Marchbank", "Caspian Thrupp", "Wendeline Oake")
_RATINGS = (
    ("green", "On track"),
    ("amber", "At risk"),
    ("red", "Late or off track"),
    ("no-date", "No date set"),
    ("grey", "Not started or paused"),
)
_SENTENCES = (
    "The pilot ran in two libraries and the results went to the board.",
    "Recruitment is under way and three of five posts are filled.",
    "The contract was let in March; the saving so far is £1.2m against a target of £1.5m.",
    "Residents told us in the spring survey that the form is too long, so it is being cut to one page.",
    "The supplier missed the first milestone. A recovery plan was agreed on 4 April.",
    "Training reached 212 staff; a second course follows in the autumn.",
)
_WORK = ("Review", "Renew", "Publish", "Test", "Agree", "Move to")
_THINGS = (
    "the framework for repairs",
    "the single customer record",
    "a quarterly panel on placements",
    "the asset register",
    "one telephone line for families",
)


def invented(actions: int = 60, *, seed: int = 7) -> Report:
    """A report with so many actions, a fifth of them completed, and a recommendation to every five.

    The same seed gives the same report.
    """
    draw = random.Random(seed)
    done = actions // 5
    rows = [_action(number, draw) for number in range(1, actions - done + 1)]
    themes = _themes(rows)
    completed = tuple(_completed(number, draw) for number in range(actions - done + 1, actions + 1))
    answers = tuple(_recommendation(number, draw) for number in range(1, actions // 5 + 1))
    recommendations = (RecommendationGroup("Review of financial management", answers),) if answers else ()
    return Report(
        title="Improvement plan",
        organisation="Borough of Elmbridge Vale",
        as_at=AS_AT,
        generated_at=MADE,
        cover=(Fact("Plan", "IP-000 Improvement plan"), Fact("Prepared for", "The leadership team")),
        summary=summarise(themes, completed, recommendations),
        themes=themes,
        completed=completed,
        recommendations=recommendations,
        notes=("A name printed in a document stands for a post only after a person has matched it.",),
    )


def _themes(rows: list[ActionRow]) -> tuple[Theme, ...]:
    """Three actions to an objective, the objectives dealt out to four themes of four groups."""
    blocks = [
        ObjectiveBlock(
            f"IP-O{number:03}",
            f"Residents get the service they need the first time they ask, part {number}",
            (Criterion("Fewer repeat contacts"), Criterion("Cost per case falls by a tenth", "", number % 4 != 0)),
            tuple(rows[start : start + 3]),
        )
        for number, start in enumerate(range(0, len(rows), 3), 1)
    ]
    size = -(-len(blocks) // 16) or 1
    groups = [Group((_GROUPS[(i // size) % 4],), tuple(blocks[i : i + size])) for i in range(0, len(blocks), size)]
    return tuple(Theme(_THEMES[i // 4 % 4], tuple(groups[i : i + 4])) for i in range(0, len(groups), 4))


def _shared(number: int, prefix: str, draw: random.Random) -> dict[str, object]:
    person = draw.randrange(5)
    lead = (
        Lead(_POSTS[person], (_PEOPLE[person],), _PEOPLE[person])
        if draw.random() < 0.8
        else Lead(printed="Perpetua Vane")
    )
    updates = (
        (Update(" ".join(draw.choice(_SENTENCES) for _ in range(draw.choice((1, 3, 5, 9)))), AS_AT),)
        if draw.random() < 0.9
        else ()
    )
    return {
        "reference": f"{prefix}-{number:03}",
        "text": f"{draw.choice(_WORK)} {draw.choice(_THINGS)} and report to the board",
        "leads": (lead,) if draw.random() < 0.95 else (),
        "updates": updates,
        "source": Source("Improvement plan, 27 May 2025.docx", f"table {number // 20 + 1}, row {number % 20 + 1}"),
        "checked": draw.random() < 0.7,
    }


def _action(number: int, draw: random.Random) -> ActionRow:
    value, words = draw.choice(_RATINGS)
    due = None if value == "no-date" else AS_AT + timedelta(days=draw.randrange(-60, 300))
    late = due is not None and due < AS_AT
    rating = Rating("red", "Late or off track") if late else Rating(value, words)
    shared = _shared(number, "IP", draw)
    return ActionRow(**shared, due_on=due, late=late, rating=rating)  # type: ignore[arg-type]


def _completed(number: int, draw: random.Random) -> CompletedRow:
    return CompletedRow(
        **_shared(number, "IP", draw),  # type: ignore[arg-type]
        state="Complete",
        rating=Rating("green", "On track"),
        section=(_THEMES[number % 4], _GROUPS[number % 3]),
        objective="Residents get the service they need the first time they ask",
        completed="October 2024",
        completed_on=date(2024, 10, 31),
    )


def _recommendation(number: int, draw: random.Random) -> RecommendationRow:
    return RecommendationRow(
        **_shared(number, "FR", draw),  # type: ignore[arg-type]
        number=str(number),
        key_risk="There is a risk that decisions are taken on figures which nobody has compared with the ledger.",
        risk_rating=str(draw.choice((1, 2, 3, 4, 6, 9))),
        due_text="As soon as possible",
    )
