"""Tables of tiers: each column holds the posts of one tier, and a post stands beside the one that it reports to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.posts import statutory_roles, title_and_holder
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.structures_grid import Grid, breaks_of

_TIER = re.compile(
    r"^(?:(?:management )?(?:tier|level|layer)\s*(?P<number>\d|one|two|three|four|five)|"
    r"(?P<word>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)(?:[ -](?:management )?(?:tier|level|layer)))\b",
    re.IGNORECASE,
)
_ORDER = {
    word: n
    for n, words in enumerate(("one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th", "five fifth 5th"), 1)
    for word in words.split()
}  # fmt: skip


def are_tiers(headings: Sequence[str]) -> bool:
    """Whether headings of columns number the tiers of one structure from the top down."""
    numbers = []
    for heading in headings:
        match = _TIER.match(heading.strip())
        if match is None:
            return False
        said = (match["number"] or match["word"]).lower()
        numbers.append(_ORDER.get(said) or int(said))
    return len(numbers) > 1 and all(low < high for low, high in pairwise(numbers))


def read_tiers(grid: Grid, columns: Sequence[int], section: list[str]) -> tuple[list[ReadRecord], list[Leftover]]:
    """The posts of a table of tiers, each with the one it reports to, and the words that are no post of their own.

    A merged or empty cell of an upper tier speaks for the rows below it; one that is printed again is the same post.
    """
    records: list[ReadRecord] = []
    left: list[Leftover] = []
    above: dict[int, str] = {}
    for row in grid.rows:
        for index, cell in enumerate(row):
            if not cell.text:
                continue
            if index not in columns:
                left.append(Leftover(cell.text, cell.places(), "a note beside the structures"))
            elif above.get(index) == cell.text:
                left.append(Leftover(cell.text, cell.places(), "the same as above"))
            else:
                over = next((above[n] for n in sorted(above, reverse=True) if n < index), None)
                titles = _titles(cell)
                records += [_record(cell, first, last, over, section) for first, last in titles]
                above = {n: text for n, text in above.items() if n < index}
                above[index] = records[-1].text
    return records, left


def _titles(cell: Passage) -> list[tuple[int, int]]:
    """Where the posts of a cell stand in its text: each printed line is one, where a line can begin a title."""
    starts = [at for at in breaks_of(cell) if at == 0 or cell.text[at : at + 1].isupper()]
    ends = [*starts[1:], len(cell.text)]
    return [(first, first + len(cell.text[first:last].rstrip())) for first, last in zip(starts, ends, strict=True)]


def _record(cell: Passage, first: int, last: int, over: str | None, section: list[str]) -> ReadRecord:
    text = cell.text[first:last]
    named = title_and_holder(text)
    title, holder = named if named is not None else (text, None)
    fields: dict[str, object] = {"reports_to": over} if over else {}
    if holder:
        fields["holder"] = {"text": holder}
    roles = statutory_roles("", title)
    if roles:
        fields["statutory_roles"] = roles
    return ReadRecord("post", title, fields, list(section), cell.places(first, last), confidence=0.9)
