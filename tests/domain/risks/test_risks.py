"""Risks: printed scores stay printed, stated ones stand on the matrix of their day, and each change says why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.queries import upwards
from goldthread.domain.risks import actions, queries
from goldthread.domain.risks.rules import matrix_of, shipped_matrix
from goldthread.domain.risks.terms import Approach, Moment
from tests.domain.reviews.conftest import SmallReview, small_review

__all__ = ["small_review"]


def test_a_printed_three_is_kept_and_nobody_invents_its_likelihood(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    assert queries.printed_risks(viewer=looking) == [small_review.rated]
    event = actions.register_printed(recommendations=[small_review.rated], by=coordinator)
    (risk,) = queries.register_at(viewer=looking).risks
    assert (risk.current.score, risk.current.likelihood, risk.current.impact) == (3, None, None)
    assert [row.record for row in risk.answers] == [small_review.rated]
    assert risk.row.record in [row for _, _, row in upwards(small_review.rated, viewer=looking)]
    assert queries.printed_risks(viewer=looking) == []
    with pytest.raises(Refused, match="already"):
        actions.register_printed(recommendations=[small_review.rated], by=coordinator)
    assert queries.register_at(viewer=PUBLIC).risks == []
    undo(event=event, by=coordinator)
    assert queries.register_at(viewer=looking).risks == []
    assert queries.printed_risks(viewer=looking) == [small_review.rated]


def test_stating_a_score_follows_the_print_or_says_what_has_changed(
    small_review: SmallReview, coordinator: User, looking: Viewer
) -> None:
    actions.register_printed(recommendations=[small_review.rated], by=coordinator)
    risk = queries.register_at(viewer=looking).risks[0].row.record
    with pytest.raises(Refused, match="2 × 2 is 4: say what has changed"):
        actions.state_score(risk=risk, moment=Moment.CURRENT, likelihood=2, impact=2, by=coordinator)
    with pytest.raises(Refused, match="The matrix has 3 steps"):
        actions.state_score(risk=risk, moment=Moment.CURRENT, likelihood=4, impact=1, by=coordinator)
    actions.state_score(risk=risk, moment=Moment.CURRENT, likelihood=1, impact=3, by=coordinator)
    actions.state_score(
        risk=risk, moment=Moment.CURRENT, likelihood=2, impact=3, by=coordinator, reason="The lease ends sooner"
    )
    actions.state_score(risk=risk, moment=Moment.TARGET, likelihood=1, impact=2, by=coordinator)
    actions.treat(risk=risk, approach=Approach.TREAT, text="Look for a second site", by=coordinator)
    found = queries.risk_at(risk.reference, viewer=looking)
    assert found.current.score == 6
    assert found.moved() == 3
    assert found.scores[Moment.TARGET].score == 2
    assert [one.score for one in found.history if one.moment == Moment.CURRENT] == [3, 3, 6]
    assert found.treatment.approach == Approach.TREAT
    assert [(band.label, number) for band, number in queries.register_at(viewer=looking).bands()] == [
        ("High", 1),
        ("Medium", 0),
        ("Low", 0),
    ]


def test_a_council_sets_its_own_matrix_from_a_day(coordinator: User, looking: Viewer) -> None:
    words = [["Rare", "Unlikely", "Likely", "Certain"], ["Small", "Fair", "Large", "Grave"]]
    bands = [{"up_to": 6, "label": "Low", "colour": "green"}, {"up_to": 16, "label": "High", "colour": "red"}]
    with pytest.raises(Refused, match="highest score, 16"):
        actions.set_matrix(
            likelihoods=words[0], impacts=words[1], bands=bands[:1], starts=date(2025, 4, 1), by=coordinator, reason="x"
        )
    actions.set_matrix(
        likelihoods=words[0], impacts=words[1], bands=bands, starts=date(2025, 4, 1), by=coordinator, reason="Strategy"
    )
    assert queries.matrix_on(date(2025, 3, 31), viewer=looking).highest == 9
    assert queries.matrix_on(date(2025, 4, 1), viewer=looking).highest == 16


def test_only_six_scores_can_come_of_three_by_three():
    matrix = shipped_matrix()
    assert [score for score in range(1, 12) if matrix.places(score)] == [1, 2, 3, 4, 6, 9]
    assert matrix.places(3) == [(1, 3), (3, 1)]


@given(st.integers(2, 10), st.integers(2, 10), st.data())
def test_every_score_of_a_matrix_has_one_band_and_its_places_multiply_to_it(rows, columns, data):
    cut = data.draw(st.integers(1, rows * columns - 1))
    bands = [
        {"up_to": cut, "label": "Low", "colour": "green"},
        {"up_to": rows * columns, "label": "High", "colour": "red"},
    ]
    matrix = matrix_of([f"l{n}" for n in range(rows)], [f"i{n}" for n in range(columns)], bands, "")
    for likelihood in range(1, rows + 1):
        for impact in range(1, columns + 1):
            score = likelihood * impact
            assert matrix.band(score).label == ("Low" if score <= cut else "High")
            assert (likelihood, impact) in matrix.places(score)
    assert matrix.band(0) is None
    assert matrix.band(rows * columns + 1) is None
