"""What the pages of risks show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goldthread.domain.organisation.queries import Holder
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.risks.models import RiskScore
from goldthread.domain.risks.queries import RegisterAt, RiskAt
from goldthread.domain.risks.rules import RiskMatrix, cells
from goldthread.domain.risks.terms import Moment
from goldthread.kernel.shortening import shortened
from goldthread.reporting.risk_register import score_in_words
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.lead.presenter import Lead
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of, lead_of


@dataclass(frozen=True, slots=True)
class ScoreShown:
    """A score in words and a colour."""

    tag: Tag
    how: str
    printed: str


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk in the register."""

    reference: str
    href: str
    text: str
    lead: Lead
    current: ScoreShown | None
    target: ScoreShown | None
    inherent: ScoreShown | None
    moved: str
    treatment: str
    answers: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of the matrix: its score, its band, the risks in it."""

    score: int
    band: str
    colour: str
    risks: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of the matrix, the most likely first."""

    likelihood: str
    cells: list[MatrixCell]


def score_shown(score: RiskScore | None, matrix: RiskMatrix) -> ScoreShown | None:
    """A score on a matrix; one that the matrix cannot give says so."""
    if score is None:
        return None
    band = matrix.band(score.score)
    words, how = score_in_words(score, matrix)
    return ScoreShown(Tag(words, band.colour if band else "grey"), how, score.printed)


def risk_line(
    risk: RiskAt, matrix: RiskMatrix, holders: Mapping[int, Sequence[Holder]], *, query: str = ""
) -> RiskLine:
    """The line of a risk."""
    moved = risk.moved()
    return RiskLine(
        reference=risk.row.reference,
        href=address_of(risk.row.record) + query,
        text=shortened(risk.row.heading, 300),
        lead=lead_of(risk.row, holders),
        current=score_shown(risk.current, matrix),
        target=score_shown(risk.scores.get(Moment.TARGET), matrix),
        inherent=score_shown(risk.scores.get(Moment.INHERENT), matrix),
        moved=f"up {moved}" if moved > 0 else f"down {-moved}" if moved < 0 else "",
        treatment=f"{risk.treatment.get_approach_display()}: {risk.treatment.text}" if risk.treatment else "",
        answers=[_answer(one, query) for one in risk.answers],
    )


def _answer(row: RecordAt, query: str) -> tuple[str, str, str]:
    return (row.reference, address_of(row.record) + query, shortened(row.heading, 100))


def matrix_rows(found: RegisterAt) -> list[MatrixRow]:
    """The matrix with the risks that stand in each cell now, the most likely row first."""
    matrix = found.matrix
    hrefs = {one.row.reference: address_of(one.row.record) for one in found.risks}
    stated = [
        (one.current.likelihood, one.current.impact, one.row.reference)
        for one in found.risks
        if one.current is not None
    ]
    filled = cells(matrix, stated)
    rows = []
    for likelihood in range(len(matrix.likelihoods), 0, -1):
        line = []
        for impact in range(1, len(matrix.impacts) + 1):
            band = matrix.band(likelihood * impact)
            inside = [(name, hrefs[name]) for name in filled.get((likelihood, impact), [])]
            line.append(
                MatrixCell(likelihood * impact, band.label if band else "", band.colour if band else "grey", inside)
            )
        rows.append(MatrixRow(matrix.likelihoods[likelihood - 1], line))
    return rows


def band_bar(found: RegisterAt) -> Bar:
    """How many risks stand in each band."""
    parts = [(band.label, number, band.colour, "") for band, number in found.bands()]
    return stacked("Risks by band", [*parts, ("Not scored", found.not_scored, "grey", "")])


def unplaced(risks: Iterable[RiskAt]) -> int:
    """How many have a score whose likelihood and impact nobody has stated."""
    return sum(one.current is not None and one.current.likelihood is None for one in risks)
