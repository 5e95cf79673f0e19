"""Label-and-value cards: an action (or another entry) printed as lines of labels with a value beside each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from goldthread.reading.document import Cell, Document, Table
from goldthread.reading.understanding.colours import rating_of
from goldthread.reading.understanding.columns import Column, columns_of, looks_like_header, role_of_heading, settle
from goldthread.reading.understanding.written import ALSO, MAIN, SURE, Card, labelled_tables, written_cards
from goldthread.reading.vocabulary import plain, vocabulary

_NUMBERED_MAIN = 0.85
FEWEST_LABELS, FEWEST_ROLES, MOSTLY = 3, 2, 0.75  # of a card: labels, known parts, share of labels that come again

_NUMBERED = re.compile(r"^(?P<label>[^\W\d][^\d]*?)[\s.:#–-]+(?P<number>[A-Z]{0,3}\d[\w.]{0,5})$")


def cards_of(document: Document, tables: dict[int, Table]) -> list[Card]:
    """The cards of a document, in reading order, from its ``card_tables`` and its text; a label that comes again begins the
    next card."""
    cards: list[Card] = []
    roles = _roles_of_labels(tables.values())
    firsts = Counter(_named(_pairs(table.rows[0])[0][0].text)[0] for table in tables.values() if _pairs(table.rows[0]))
    opening = firsts.most_common(1)[0][0] if firsts else ""
    for index, table in tables.items():
        cards += _cards(table, index, roles, cards, opening)
    frames = {n: table for n, table in labelled_tables(document).items() if n not in tables}
    return sorted([*cards, *written_cards(document, frames)], key=lambda card: card.block)


def card_tables(document: Document) -> dict[int, Table]:
    """The tables made of cards, by the index of their block: those whose labels are known, and those whose labels come
    again and again in other tables or their own, where these and the values beside them make an entry."""
    tables = {n: b for n, b in enumerate(document.blocks) if isinstance(b, Table) and b.width in (2, 4)}
    times = Counter(
        plain(_named(label.text)[0]) for table in tables.values() for row in table.rows for label, _ in _pairs(row)
    )
    again = {n: table for n, table in tables.items() if _labels_again(table, times)}
    if again and not _makes_an_entry(_roles_of_labels(again.values())):
        again = {}
    found: dict[int, Table] = {}
    before = False
    for n, table in tables.items():
        before = n in again or is_card_table(table) or (before and _goes_on(table, times))
        if before:
            found[n] = table
    return found


def _goes_on(table: Table, times: Counter[str]) -> bool:
    """Whether a table below one of cards can be the rest of its last card: all of its labels are known or come again."""
    labels = [_named(label.text)[0] for row in table.rows for label, _ in _pairs(row)]
    if (
        not labels
        or len(set(labels)) < len(labels)
        or looks_like_header([c.text for c in table.rows[0] if c is not None])
    ):
        return False
    return all(times[plain(text)] > 1 or role_of_heading(text)[1] >= SURE for text in labels)


def _labels_again(table: Table, times: Counter[str]) -> bool:
    """Whether a table has short labels on its left that the document prints again and again, beside values that it does not."""
    labels = [_named(label.text)[0] for row in table.rows for label, _ in _pairs(row)]
    if (
        len(labels) < FEWEST_LABELS
        or len(labels) < 0.8 * len(table.rows)
        or any(len(text.split()) > 8 for text in labels)
    ):
        return False
    if len(set(labels)) < FEWEST_LABELS or any(one == two for one, two in pairwise(labels)):
        return False
    if looks_like_header([cell.text for cell in table.rows[0] if cell is not None]):
        return False
    values = [
        plain(value.text) for row in table.rows for _, value in _pairs(row) if value is not None and value.text.strip()
    ]
    repeated = sum(1 for text in labels if times[plain(text)] > 1)
    return (
        repeated >= MOSTLY * len(labels) and len(set(values)) >= len(values) / 2 and not times.keys() & set(values[:1])
    )


def _makes_an_entry(roles: dict[str, str | None]) -> bool:
    named = {role for role in roles.values() if role is not None}
    return bool(named & set(MAIN)) and len(named) >= FEWEST_ROLES


def _roles_of_labels(tables: Iterable[Table]) -> dict[str, str | None]:
    """The role of each label; None for one whose value is kept beside the record."""
    return {column.heading: None if column.role in ALSO else column.role for column in label_columns(tables)}


def label_columns(tables: Iterable[Table]) -> list[Column]:
    """The labels of cards as columns, settled from their words and from the values that stand beside them on all cards."""
    values: dict[str, list[str]] = {}
    for table in tables:
        for row in table.rows:
            for label, value in _pairs(row):
                values.setdefault(_named(label.text)[0], []).append(value.text if value is not None else "")
    columns = columns_of(list(values))
    beside = [column for column in columns if column.role == "also" and column.score == 1]
    for column in columns:
        if column.score < 0.6 or column.role in ALSO:
            column.role = None
    named = {column.index: column.role for column in columns if column.role in MAIN and column.score >= _NUMBERED_MAIN}
    settle(columns, list(values.values()))
    for column in columns:
        if column.role is None:  # "Improvement recommendation" on one card, "Key recommendation" on the others
            column.role = named.get(column.index)
    for column in beside:  # a label that is known word for word is nothing else, whatever stands beside it
        column.role, column.guessed = "also", False
    return columns


def is_card_table(table: Table, *, least: float = 0.6) -> bool:
    """Whether a table is made of cards: two or four columns, the first (and third) of labels, at least a share of them
    known roles."""
    if table.width not in (2, 4) or len(table.rows) < FEWEST_LABELS:
        return False
    labels = [pair[0] for row in table.rows for pair in _pairs(row)]
    if len(labels) < FEWEST_LABELS or any(len(label.text.split()) > 8 for label in labels):
        return False
    first = [cell for cell in table.rows[0] if cell is not None and cell.text.strip()]
    across = [role_of_heading(cell.text)[1] >= SURE for cell in first]
    if len(across) >= 2 and all(across) and table.width == 2:
        return False  # a header row over two columns
    roles = [role_of_heading(_named(label.text)[0]) for label in labels]
    sure = [role for role, score in roles if role and score >= SURE]
    return len(sure) >= least * len(labels) and len(set(sure)) >= FEWEST_LABELS and bool(set(sure) & set(MAIN))


def _named(text: str) -> tuple[str, str | None]:
    """A label and the number that it may end with: "Recommendation 3", "Action A2:"."""
    bare = text.rstrip(": ")
    match = _NUMBERED.match(bare)
    if match is None:
        return bare, None
    role, score = role_of_heading(match["label"])
    least = _NUMBERED_MAIN if role in MAIN else SURE  # "Improvement recommendation 1": the number says that it is one
    return (match["label"], match["number"]) if score >= least else (bare, None)


def _pairs(row: list[Cell | None]) -> list[tuple[Cell, Cell | None]]:
    pairs = []
    for at in range(0, len(row) - 1, 2):
        label = row[at]
        if label is not None and label.text.strip():
            pairs.append((label, row[at + 1]))
    return pairs


def _cards(table: Table, block: int, roles: dict[str, str | None], before: list[Card], opening: str) -> list[Card]:
    """The cards of a table; a value that says "as above" is that of the card before. ``opening`` is the label with which
    most cards begin: a table that begins in the middle goes on with the card that a page break parted."""
    cards: list[Card] = []
    first: str | None = None
    mains = {roles.get(_named(label.text)[0]) for row in table.rows for label, _ in _pairs(row)} & set(MAIN)
    whole = bool(before and mains & before[-1].values.keys())  # it says itself what the card before says already
    for row in table.rows:
        for label, value in _pairs(row):
            name, number = _named(label.text)
            role = roles.get(name)
            goes_on = not cards and not first and before and not whole and name != opening
            if goes_on and _free(before[-1], role, label.text):
                cards.append(before.pop())
            elif not cards or (_begins(cards[-1], role, first) or (name == opening and cards[-1].labels)):
                first = first or role
                cards.append(Card(block))
            card = cards[-1]
            above = cards[-2] if len(cards) > 1 else before[-1] if before else None
            card.labels.append((label.text, label.place))
            text = value.text.strip() if value is not None else ""
            place = value.place if value is not None else label.place
            if role == "rag" and not text and value is not None:
                text = rating_of(value.fill) or ""
            if number is not None and role in MAIN:
                called = "number" if role == "recommendation" else "reference"
                card.values.setdefault(called, []).append((number, label.place))
            if role is None:
                card.other.append((label.text, text, place))
            elif above is not None and role in above.values and plain(text) in vocabulary().words["ditto"]:
                card.values[role] = above.values[role]
                card.dittos.append((text, place))
            elif text:
                card.values.setdefault(role, []).append((text, place))
    return cards


def _begins(card: Card, role: str | None, first: str | None) -> bool:
    """Whether a label begins the next card: it is the first one again, and not the words of a card that is only a number
    so far ("Key recommendation 1" across the table, "Recommendation" below it)."""
    return role is not None and role == first and not card.values.keys() <= {"number", "reference"}


def _free(card: Card, role: str | None, label: str) -> bool:
    """Whether a card has nothing under a label yet."""
    return role not in card.values and all(label != text for text, _ in card.labels)
