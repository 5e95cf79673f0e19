"""Label-and-value cards: an action (or another entry) printed as lines of labels with a value beside each."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.reading.document import Cell, Document, Place, Table
from goldthread.reading.understanding.columns import role_of_heading

_MAIN = ("action", "recommendation", "indicator", "saving", "objective", "description")
_SURE = 0.9
FEWEST_LABELS = 3
ALSO = (
    "also",
    "previous",
    "rag_previous",
    "update_previous",
    "start",
    "support",
)  # kept beside the record under their label


@dataclass(slots=True)
class Card:
    """One entry printed as labels and values: for each role the values, and where they stand."""

    block: int
    values: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    labels: list[tuple[str, Place]] = field(default_factory=list)
    other: list[tuple[str, str, Place]] = field(default_factory=list)  # label, value: labels that are not known


def cards_of(document: Document) -> list[Card]:
    """The cards of a document, in reading order; a label that comes again begins the next card."""
    cards: list[Card] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table) and is_card_table(block):
            cards += _cards(block, index)
    return cards


def is_card_table(table: Table) -> bool:
    """Whether a table is made of cards: two or four columns, the first (and third) of labels, most of them known roles."""
    if table.width not in (2, 4) or len(table.rows) < FEWEST_LABELS:
        return False
    labels = [pair[0] for row in table.rows for pair in _pairs(row)]
    if len(labels) < FEWEST_LABELS or any(len(label.text.split()) > 8 for label in labels):
        return False
    first = [cell for cell in table.rows[0] if cell is not None and cell.text.strip()]
    across = [role_of_heading(cell.text)[1] >= _SURE for cell in first]
    if len(across) >= 2 and all(across) and table.width == 2:
        return False  # a header row over two columns
    roles = [role_of_heading(label.text) for label in labels]
    sure = [role for role, score in roles if role and score >= _SURE]
    return len(sure) >= 0.6 * len(labels) and len(set(sure)) >= FEWEST_LABELS and bool(set(sure) & set(_MAIN))


def _pairs(row: list[Cell | None]) -> list[tuple[Cell, Cell | None]]:
    pairs = []
    for at in range(0, len(row) - 1, 2):
        label = row[at]
        if label is not None and label.text.strip():
            pairs.append((label, row[at + 1]))
    return pairs


def _cards(table: Table, block: int) -> list[Card]:
    cards: list[Card] = []
    opening: str | None = None
    for row in table.rows:
        for label, value in _pairs(row):
            role, score = role_of_heading(label.text.rstrip(": "))
            if score < 0.6 or role in ALSO:
                role = None
            if not cards or (role is not None and role == opening):
                opening = opening or role
                cards.append(Card(block))
            cards[-1].labels.append((label.text, label.place))
            text = value.text.strip() if value is not None else ""
            place = value.place if value is not None else label.place
            if role is None:
                cards[-1].other.append((label.text, text, place))
            elif text:
                cards[-1].values.setdefault(role, []).append((text, place))
    return cards
