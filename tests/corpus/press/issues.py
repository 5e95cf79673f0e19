"""Two issues of one plan: as it stood in May, and as it stands in September, with the truth about what differs.

both = press_issues("docx", seed=4, folder=Path("."))          # one of each difference, the rest unchanged
both = press_issues("docx", seed=4, folder=Path("."), reworded=0.3)  # every entry reworded, all in another order
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.corpus.press import print_out, words
from tests.corpus.press.blocks import Heading, Print
from tests.corpus.press.plans import Action, Layout, Objective, arranged, invent_plan, layout_of
from tests.corpus.press.words import Speaker

Themes = list[tuple[str, list[Objective]]]
MAY, SEPTEMBER = "27 May 2025", "30 September 2025"
STOCK = sorted({word for text in (*words.TOPICS, *words.PURPOSES, *words.VERBS) for word in text.lower().split()})


@dataclass
class Issues:
    """Both files; for each difference the words of the entries that have it (as September prints them; a missing one: as
    May does); and which entry of May each entry of September is, by their words.
    """

    may: Path
    september: Path
    what: dict[str, list[str]] = field(default_factory=dict)
    pairs: dict[str, str] = field(default_factory=dict)


def press_issues(format_: str, *, seed: int, folder: Path, reworded: float = 0.0) -> Issues:
    """Print both issues in one layout. ``reworded``: the share of words changed in every entry; 0: one of each difference."""
    rng = Random(f"issues {format_} {seed} {reworded}")
    say = Speaker(rng, judging=seed % 2 == 1)
    themes = _large_enough(rng, say)
    layout = _layout(rng, format_, say)
    title = f"{rng.choice(words.PLACES)} Council Improvement Plan"
    later = deepcopy(themes)
    suffix = format_.partition("-")[0]
    both = Issues(folder / f"may-{format_}-{seed}.{suffix}", folder / f"september-{format_}-{seed}.{suffix}")
    if reworded:
        _reword_all(later, rng, reworded, both)
    else:
        _one_of_each(later, rng, say, both)
    for path, day, content in ((both.may, MAY, themes), (both.september, SEPTEMBER, later)):
        heading = f"{title} as at {day}"
        made = Print([Heading(1, heading), *arranged(content, layout, Random(seed))], [], "plan", heading)
        print_out(made, path, format_, Random(seed))
    return both


def _large_enough(rng: Random, say: Speaker) -> Themes:
    """A plan with enough actions that each difference falls on another one, no two with the same words."""
    while True:
        themes = invent_plan(rng, say)
        texts = [action.text for action in _actions(themes)]
        if len(texts) >= 10 and len(set(texts)) == len(texts):
            for action in _actions(themes):
                action.status = "In progress"
                action.update = action.update or say.update(say.topic(), 1)
            return themes


def _layout(rng: Random, format_: str, say: Speaker) -> Layout:
    """A layout that prints all that may differ, with nothing in it that is not part of the plan."""
    layout = layout_of(rng, format_, say)
    used = set(layout.names.values())
    layout.columns = [role for role in layout.columns if role != "rag"]
    for role in ("timescale", "status", "update"):
        if role not in layout.columns:
            layout.columns.append(role)
            layout.names[role] = say.heading(role, used)
    layout.comments = layout.hidden = layout.totals = layout.two_row_header = False
    return layout


def _actions(themes: Themes) -> list[Action]:
    return [action for _, objectives in themes for objective in objectives for action in objective.actions]


def _reword_all(themes: Themes, rng: Random, share: float, both: Issues) -> None:
    """Every objective and action with some of its words replaced; themes, objectives and actions in another order."""
    for _, objectives in themes:
        for part in [*objectives, *(action for one in objectives for action in one.actions)]:
            before, part.text = part.text, reworded_text(part.text, rng, share)
            both.pairs[part.text] = before
            if isinstance(part, Objective):
                rng.shuffle(part.actions)
        rng.shuffle(objectives)
    rng.shuffle(themes)


def reworded_text(text: str, rng: Random, share: float) -> str:
    """A text with a share of its words (rounded) replaced by others of the press."""
    parts = text.split()
    for index in rng.sample(range(len(parts)), round(len(parts) * share)):
        parts[index] = rng.choice(STOCK)
    made = " ".join(parts)
    return made[0].upper() + made[1:]


def _one_of_each(themes: Themes, rng: Random, say: Speaker, both: Issues) -> None:
    """One action of each difference, among actions that stay as they are."""
    chosen = rng.sample(_actions(themes), 6)
    news, other_words, lead, done, due, gone = chosen
    news.update = say.update(say.topic(), 2)
    other_words.text = f"{other_words.text}, beginning with the oldest sites"
    lead.leads = [say.person()]
    done.status = "Completed"
    due.timescale = "31 March 2029"
    added = Action(f"Publish what the {say.topic()} costs each year", [say.person()], "May 2027", "Not started", "", "")
    for _, objectives in themes:
        for objective in objectives:
            if gone in objective.actions:
                objective.actions[objective.actions.index(gone)] = added
    both.what = {
        "new update": [news.text],
        "reworded": [other_words.text],
        "lead changed": [lead.text],
        "completed": [done.text],
        "date changed": [due.text],
        "new": [added.text],
        "missing": [gone.text],
        "unchanged": [action.text for action in _actions(themes) if action not in (*chosen, added)],
    }
