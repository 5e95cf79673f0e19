"""What a structure report says about its lists of posts: how many there are, and why they changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from goldthread.reading.reading import ReadRecord
from goldthread.reading.understanding.posts import Title

_COUNT = re.compile(r"(?:in )?(?:total:?\s+)?(\d{1,4})(?:\.\d+)?\b(?!\s*%)", re.IGNORECASE)
_TWO_TITLES = re.compile(r"(Deputy|Assistant|Associate|Joint) ((?:Chief|Director|Head)\b.*)", re.DOTALL)


def mark_stated(records: Sequence[ReadRecord], titles: Sequence[Title], rest: Sequence[tuple[int, str]]) -> None:
    """Put beside each post of a cell how many posts the cell states for its unit: ``stated`` with ``posts`` and ``text``.

    ``titles`` are those of the records, in order; ``rest`` what stands between them, with where it begins. A count
    speaks of the unit of the last title before it.
    """
    for at, text in rest:
        found = _COUNT.match(text.strip())
        before = [title for title in titles if title.first < at]
        if found is None or not before:
            continue
        unit = before[-1].unit
        for title, record in zip(titles, records, strict=True):
            if title.unit == unit and "stated" not in record.fields:
                record.fields["stated"] = {"posts": int(found.group(1)), "text": text.strip()}


def ask_of_counts(records: Sequence[ReadRecord]) -> None:
    """Ask, where a cell states one post more than it lists, of each title that could be two whether it is."""
    units: dict[tuple[object, int], list[ReadRecord]] = defaultdict(list)
    for record in records:
        if "stated" in record.fields:
            units[(record.fields.get("directorate"), record.fields["stated"]["posts"])].append(record)
    for (_, stated), listed in units.items():
        if stated != len(listed) + 1:
            continue
        for record in listed:
            two = _TWO_TITLES.match(record.text)
            if two is not None and two[1] == "Deputy":
                ask = (
                    f"The document counts {stated} posts here and {len(listed)} are listed: is “{record.text}” one post, "
                    f"or two, “{two[1]}” and “{two[2]}”?"
                )
                record.questions.append({"ask": ask, "choices": ["one post", "two posts"]})


def mark_notes(records: Sequence[ReadRecord], directorate: object, heading: str, text: str) -> None:
    """Keep what a row says about its lists beside the posts of the row: ``notes``, each with the heading of its column.

    ``directorate`` is what the row itself names: posts of a unit that a cell lists apart keep no notes.
    """
    for record in records:
        if record.kind == "post" and record.fields.get("directorate") == directorate:
            record.fields.setdefault("notes", []).append({"heading": heading, "text": text})
