"""The risk register on a day as a report: how many risks stand where, the matrix in words, each risk with what is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.conf import settings

from goldthread.commons.errors import Refused
from goldthread.domain.organisation.queries import Holder
from goldthread.domain.risks.models import RiskScore
from goldthread.domain.risks.queries import RegisterAt, RiskAt
from goldthread.domain.risks.rules import RiskMatrix
from goldthread.domain.risks.terms import Moment
from goldthread.kernel.clock import now
from goldthread.reporting.blocks import QUIET, Block, Cell, Column, Facts, Layout, Line, Paragraph, Table, TableRow
from goldthread.reporting.renderers import docx, html, pdf
from goldthread.reporting.wording import counted, day, one_line

_RISKS = (
    Column("Risk", "text", 4.2),
    Column("Score now", "short", 1.7),
    Column("Target", "short", 1.1),
    Column("What is done", "text", 3.0),
    Column("Answered by", "text", 3.0),
)
FORMATS: dict[str, Callable[[Layout], bytes]] = {"html": html.page, "pdf": pdf.typeset, "docx": docx.written}
"""The formats of the register, besides CSV."""

Holders = Mapping[int, Sequence[Holder]]


def score_in_words(score: RiskScore, matrix: RiskMatrix) -> tuple[str, str]:
    """A score as "6 high", and how it came about: "Possible × major", or that the document prints one number."""
    band = matrix.band(score.score)
    words = f"{score.score} {band.label.lower()}" if band else f"{score.score} off the matrix"
    likely, bad = score.likelihood, score.impact
    if likely and bad and likely <= len(matrix.likelihoods) and bad <= len(matrix.impacts):
        return words, f"{matrix.likelihoods[likely - 1]} × {matrix.impacts[bad - 1].lower()}"
    places = " or ".join(f"{one} × {other}" for one, other in matrix.places(score.score))
    return words, f"one number is printed{f', {places}' if places else ''}; likelihood and impact not stated"


def laid_out(found: RegisterAt, *, holders: Holders, as_at: date) -> Layout:
    """The register as pages, the highest risks first."""
    title = "Risk register"
    pairs = [(band.label, counted(number, "risk")) for band, number in found.bands()]
    if found.not_scored:
        pairs.append(("Not scored", counted(found.not_scored, "risk")))
    blocks: list[Block] = []
    if not found.risks:
        blocks.append(Paragraph("No risk is in the register on this day."))
    else:
        blocks += [
            Facts(tuple(pairs), "Risks by band"),
            _matrix(found),
            Table("Risks, the highest first", _RISKS, tuple(_row(one, found.matrix, holders) for one in found.risks)),
        ]
    blocks.append(Paragraph(f"The matrix: {found.matrix.source}.", QUIET))
    council = settings.GOLDTHREAD_COUNCIL
    said = f"As at {day(as_at)}"
    description = ", ".join(part for part in (title, council, said.lower()) if part)
    return Layout(title, council, said, description, now(), tuple(blocks))


def _matrix(found: RegisterAt) -> Table:
    matrix = found.matrix
    columns = (Column("Likelihood", "short", 1.4), *(Column(word, "short") for word in matrix.impacts))
    rows = []
    for likelihood in range(len(matrix.likelihoods), 0, -1):
        cells: list[Cell] = [(Line(matrix.likelihoods[likelihood - 1]),)]
        for impact in range(1, len(matrix.impacts) + 1):
            band = matrix.band(likelihood * impact)
            inside = [
                one.row.reference
                for one in found.risks
                if one.current and (one.current.likelihood, one.current.impact) == (likelihood, impact)
            ]
            head = f"{likelihood * impact} {band.label.lower() if band else ''}".strip()
            cells.append((Line(head, QUIET), Line(", ".join(inside) or "none")))
        rows.append(TableRow(tuple(cells), f"likelihood-{likelihood}"))
    return Table("Risks by likelihood and impact", columns, tuple(rows))


def _row(risk: RiskAt, matrix: RiskMatrix, holders: Holders) -> TableRow:
    owner = risk.row.accountable
    held = ", ".join(str(one) for one in holders.get(owner.pk, ())) if owner else ""
    lead = f"{owner.name}{f': {held}' if held else ''}" if owner else "Nobody answers for it yet"
    target = risk.scores.get(Moment.TARGET)
    treated = risk.treatment
    return TableRow(
        (
            (Line(one_line(risk.row.text or risk.row.heading)), Line(f"{risk.row.reference}. {lead}", QUIET)),
            _score(risk, matrix),
            (Line(score_in_words(target, matrix)[0]) if target else Line("None", QUIET),),
            (
                Line(one_line(f"{treated.get_approach_display()}: {treated.text}"))
                if treated
                else Line("Not said", QUIET),
            ),
            tuple(Line(f"{row.reference} {one_line(row.heading)}") for row in risk.answers)
            or (Line("Nothing", QUIET),),
        ),
        risk.row.reference.lower(),
    )


def _score(risk: RiskAt, matrix: RiskMatrix) -> Cell:
    if risk.current is None:
        return (Line("Not scored", QUIET),)
    words, how = score_in_words(risk.current, matrix)
    moved = risk.moved()
    lines = [Line(words), Line(how, QUIET)]
    if moved:
        lines.append(Line(f"{'up' if moved > 0 else 'down'} {abs(moved)} since the score before", QUIET))
    return tuple(lines)


def rendered(found: RegisterAt, form: str, *, holders: Holders, as_at: date) -> bytes:
    """The register in a format. Raises Refused for one that there is not."""
    if form not in FORMATS:
        raise Refused(f"There is no format “{form}” of the risk register; choose among {', '.join(FORMATS)}.")
    return FORMATS[form](laid_out(found, holders=holders, as_at=as_at))
