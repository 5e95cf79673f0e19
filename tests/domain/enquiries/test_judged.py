"""How sure the rules are: contradictions of every kind planted in random plans, read, adopted and asked about.

The words of the plants stand in the press, apart from the rules. Even seeds were looked at while the rules were made; odd
seeds speak in other words and only judge. ``rules`` are judged on plain values, where hundreds of plans cost little; a few
plans go the whole way, printed, read, adopted, printed again a round later, and asked about through the register.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.enquiries.queries import enquiries_of
from goldthread.domain.enquiries.rules import RULES, enquire
from goldthread.domain.imports import actions
from goldthread.domain.imports.actions.reconciling import continue_plan, publish_issue
from goldthread.domain.imports.models import Import
from tests.corpus.press.contradictions import Contradicted, plant, print_plan
from tests.domain.enquiries.press_plans import RULE, as_values, found_in

RECALL, FALSE_TO_TRUE = 0.8, 1 / 3
TUNING, JUDGING = range(0, 60, 2), range(1, 61, 2)


def recall_of(pairs: Iterable[tuple[set[tuple[str, str]], Contradicted]]) -> dict[str, float]:
    """The share of what was planted that is found, of each rule."""
    hit, whole = Counter[str](), Counter[str]()
    for found, made in pairs:
        for kind, text in made.truth:
            whole[RULE[kind]] += 1
            hit[RULE[kind]] += (RULE[kind], text) in found
    assert set(whole) == set(RULES)
    return {rule: round(hit[rule] / whole[rule], 2) for rule in RULES}


@pytest.mark.parametrize("seeds", [TUNING, JUDGING], ids=["tuning", "judging"])
def test_each_rule_finds_what_was_planted_for_it(seeds: range) -> None:
    made = [plant(seed=seed) for seed in seeds]
    recall = recall_of((found_in(as_values(each)), each) for each in made)
    assert min(recall.values()) >= RECALL, recall


@pytest.mark.parametrize("seeds", [TUNING, JUDGING], ids=["tuning", "judging"])
def test_where_nothing_was_planted_hardly_anything_is_found(seeds: range) -> None:
    false, true = Counter[str](), Counter[str]()
    for seed in seeds:
        false.update(rule for rule, _ in found_in(as_values(plant(seed=seed, none=True))))
        made = plant(seed=seed)
        found = found_in(as_values(made))
        true.update(RULE[kind] for kind, text in made.truth if (RULE[kind], text) in found)
    rates = {rule: (false[rule], true[rule]) for rule in RULES}
    assert all(wrong <= right * FALSE_TO_TRUE for wrong, right in rates.values()), rates
    assert sum(false.values()) <= sum(true.values()) * FALSE_TO_TRUE / 3


def test_the_same_plan_gives_the_same_enquiries_in_the_same_order() -> None:
    plan = as_values(plant(seed=2))
    assert [one.key for one in enquire(plan)] == [one.key for one in enquire(plan)]
    keys = [one.key for one in enquire(plan)]
    assert len(keys) == len(set(keys))


def _read_in(path: Path, by: User) -> Import:
    batch, _ = actions.receive(file_name=path.name, content=path.read_bytes(), by=by)
    return actions.read(batch=batch, by=by)


def _through_the_register(
    made: Contradicted, folder: Path, name: str, by: User, viewer: Viewer
) -> set[tuple[str, str]]:
    """Printed, read and adopted, printed again a round later and published as a newer issue, and asked about."""
    before, now = folder / f"{name}-before.csv", folder / f"{name}.csv"
    print_plan(made, before, round_before=True)
    print_plan(made, now)
    first = _read_in(before, by)
    actions.adopt_many(batch=first, by=by, only_certain=False)
    first.refresh_from_db()
    assert first.container is not None
    second = continue_plan(batch=_read_in(now, by), plan=first.container, by=by)
    publish_issue(batch=second, by=by, proposals=list(second.proposals.all()))
    whole = enquiries_of(first.container.reference, viewer=viewer)
    assert whole is not None and whole.on == made.as_at
    return {(row.enquiry.rule, " ".join(row.record.text.split())) for row in whole.rows}


@pytest.mark.slow
def test_the_whole_way_through_the_register(coordinator: User, looking: Viewer, tmp_path: Path) -> None:
    made = [plant(seed=seed) for seed in (1, 3, 5)]
    found = [_through_the_register(each, tmp_path, f"plan-{n}", coordinator, looking) for n, each in enumerate(made)]
    hit = sum((RULE[kind], text) in here for here, each in zip(found, made, strict=True) for kind, text in each.truth)
    whole = sum(len(each.truth) for each in made)
    missed = [
        (RULE[kind], text)
        for here, each in zip(found, made, strict=True)
        for kind, text in each.truth
        if (RULE[kind], text) not in here
    ]
    assert hit / whole >= RECALL, missed
    clean = _through_the_register(plant(seed=1, none=True), tmp_path, "clean", coordinator, looking)
    assert len(clean) <= hit / len(made) * FALSE_TO_TRUE, clean
