"""Comparing two structures: pure rules, held by properties and by the real report."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.domain.organisation.rules.comparing import compare, turned
from goldthread.domain.organisation.rules.lines import Drawn, Line, Stated, circle_in, figures_of, stray_lines
from goldthread.domain.organisation.rules.matching import (
    Match,
    clauses_of,
    closeness,
    mirrored,
    propose,
    rank_of,
)
from goldthread.reporting.structures import counted_how

RANKS = ("Director of", "Assistant Director", "Head of", "Assistant Director –", "Director")
SUBJECTS = ("Streets", "Parks", "Parks and Streets", "Housing", "Housing Repairs", "Finance", "Law", "", "Young People")
UNITS = ("People", "Place", "Law", "")

a_line = st.builds(
    lambda rank, subject, unit, grade, qualifier: (f"{rank} {subject}".strip(), unit, grade, qualifier),
    st.sampled_from(RANKS),
    st.sampled_from(SUBJECTS),
    st.sampled_from(UNITS),
    st.sampled_from(("", "A", "B")),
    st.sampled_from(("", "", "", "will not be filled when the holder leaves")),
)


@st.composite
def two_structures(draw):
    """Two structures with some posts in common."""
    made = []
    for _ in range(2):
        keys = draw(st.lists(st.integers(1, 14), unique=True, max_size=9))
        lines = [
            Line(key, title, unit, grade=grade, qualifier=qualifier, position=position)
            for position, (key, (title, unit, grade, qualifier)) in enumerate(
                zip(keys, draw(st.lists(a_line, min_size=len(keys), max_size=len(keys))), strict=True), 1
            )
        ]
        stated = draw(st.dictionaries(st.sampled_from(UNITS), st.integers(0, 9).map(lambda n: Stated(n, str(n)))))
        made.append(Drawn(f"S{len(made)}", tuple(lines), stated=tuple(stated.items())))
    return made


@given(two_structures())
@settings(max_examples=300, deadline=None)
def test_comparing_one_way_mirrors_comparing_the_other_way(both):
    before, after = both
    matches = propose(before, after)
    assert compare(after, before, turned(matches)) == compare(before, after, matches).mirrored()


@given(two_structures())
@settings(max_examples=300, deadline=None)
def test_what_is_proposed_one_way_mirrors_what_is_proposed_the_other_way(both):
    before, after = both
    there = {(frozenset(m.before), frozenset(m.after)) for m in propose(before, after)}
    back = {(frozenset(m.before), frozenset(m.after)) for m in map(mirrored, propose(after, before))}
    assert there == back


@given(two_structures())
@settings(max_examples=200, deadline=None)
def test_every_post_is_in_one_change_and_the_numbers_add_up(both):
    before, after = both
    found = compare(before, after, propose(before, after))
    assert sorted(x.key for change in found.changes for x in change.before) == sorted(x.key for x in before.lines)
    assert sum(part.before.listed for part in found.parts) == len(before.lines)
    assert sum(part.after.listed for part in found.parts) == len(after.lines)
    grown = sum(len(change.after) - len(change.before) for change in found.changes)
    assert grown == len(after.lines) - len(before.lines)


def test_a_match_that_leaves_a_post_out_is_refused():
    one = Drawn("a", (Line(1, "Director of Parks"),))
    with pytest.raises(ValueError, match="one match"):
        compare(one, one, [Match((1,), (), "removed")])


def test_a_post_is_renamed_split_merged_and_regraded():
    before = Drawn(
        "before",
        (
            Line(1, "Assistant Director Parks and Streets", "Place", position=1),
            Line(2, "Director of Law", "Law", position=2),
            Line(3, "Head of Housing Repairs", "Homes", position=3),
            Line(4, "Head of Libraries", "Homes", position=4),
        ),
    )
    after = Drawn(
        "after",
        (
            Line(11, "Assistant Director Streets", "Place", position=1),
            Line(12, "AD Parks", "Place", position=2),
            Line(13, "Assistant Director Law", "Law", position=3),
            Line(14, "Head of Housing Repairs and Safety", "Homes", position=4),
            Line(15, "Head of Museums", "Homes", position=5),
        ),
    )
    found = compare(before, after, propose(before, after))
    kinds = {tuple(x.title for x in (*c.before, *c.after)): set(c.kinds) for c in found.changes}
    assert kinds == {
        ("Assistant Director Parks and Streets", "Assistant Director Streets", "AD Parks"): {"split"},
        ("Director of Law", "Assistant Director Law"): {"renamed", "regraded"},
        ("Head of Housing Repairs", "Head of Housing Repairs and Safety"): {"renamed"},
        ("Head of Libraries",): {"removed"},
        ("Head of Museums",): {"added"},
    }
    how = counted_how(found)
    assert how[0] == "4 posts are listed before and 5 after: +1 added, -1 removed, +1 by splits and mergers."
    assert "counted as a split, neither as renamed nor as added" in how[1]
    assert "has 3 renamed instead of 2, and then 2 added instead of 1." in how[1]
    assert how[2].endswith("is one post that counts as renamed and regraded, once in each.") and len(how) == 3
    back = counted_how(found.mirrored())
    assert "counted as a merger, neither as renamed nor as removed" in back[1] and "2 removed instead of 1" in back[1]
    assert counted_how(compare(before, before, propose(before, before))) == []


def test_a_post_moves_with_its_title_to_another_directorate():
    before = Drawn("b", (Line(1, "Head of Parks", "Place"), Line(2, "Head of Law", "Law")))
    after = Drawn("a", (Line(11, "Head of Parks", "Law"), Line(12, "Head of Law", "Law"), Line(13, "Clerk", "Place")))
    found = compare(before, after, propose(before, after))
    (moved,) = found.of_kind("moved")
    assert (moved.before[0].directorate, moved.after[0].directorate) == ("Place", "Law")
    assert {part.name for part in found.parts if moved in part.changes} == {"Place", "Law"}


def test_ranks_and_likeness():
    assert rank_of("AD Customers") == rank_of("Interim Assistant Director – Customers") == "assistant director"
    assert rank_of("Strategic Director of Place") != rank_of("Director of Place")
    assert closeness(Line(1, "Director of Parks"), Line(2, "Head of Parks")) == 1
    assert closeness(Line(1, "Assistant Director"), Line(2, "Assistant Director")) == 0
    assert clauses_of("Increase in AD Parks Reduction in AD Law") == ["Increase in AD Parks", "Reduction in AD Law"]


def test_lines_that_run_in_circles_or_out_of_the_structure_are_seen():
    ring = [Line(1, "a", reports_to=2), Line(2, "b", reports_to=3), Line(3, "c", reports_to=2), Line(4, "d")]
    assert {line.key for line in circle_in(ring)} == {2, 3}
    assert not circle_in([Line(1, "a"), Line(2, "b", reports_to=1), Line(3, "c", reports_to=2)])
    assert [line.key for line in stray_lines([Line(1, "a", reports_to=9)])] == [1]


def test_spans_and_layers():
    lines = [Line(1, "a"), *(Line(key, "b", reports_to=1) for key in range(2, 6)), Line(6, "c", reports_to=2)]
    figures = figures_of(lines)
    assert (figures.layers, figures.managers, figures.widest, figures.narrowest) == (3, 2, 4, 1)
    assert figures.mean_span == 2.5
    assert figures_of([Line(1, "a")]).layers is None
