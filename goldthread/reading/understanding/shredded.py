"""Shredded tables: a table whose columns were written out one below the other, with nothing left but blank lines.

Each cell of the page is a box of text. Boxes of one row follow each other in the order of the columns, and a line of a box
stands as far below the top of its box as it stood below the top of the row: so what began on one height began together.
Where a text does not tell boxes apart, a change of what the lines are (prose, dates, owners) and wide gaps do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.kernel.timescales import parse_timescale
from goldthread.reading.document import Document, Paragraph
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.columns import role_of_heading
from goldthread.reading.understanding.entries import Lines
from goldthread.reading.understanding.leads import is_person, read_leads, starts_lead
from goldthread.reading.understanding.statuses import status_of, timescale_of
from goldthread.reading.vocabulary import plain, vocabulary

HEADER_WITHIN = 14  # paragraphs: how far apart the first and the last heading of the columns may stand
FEWEST_ROWS = 2
WIDE_GAP = 3  # blank lines that part two boxes where the text does not tell them
_TITLE = re.compile(
    r"^(?:(?:deputy|assistant|group|corporate|strategic) )*(?:director|chief|head) (?:of|executive|officer)\b", re.I
)
_PLURALS = frozenset(("leads", "officer", "officers", "groups", "boards", "teams"))
_UNFINISHED = re.compile(r"(?:[,/&(–-]|\b(?:a|an|the|and|or|of|in|on|to|for|from|by|with|as|at))$", re.I)


@dataclass(slots=True)
class _Header:
    """Where the headings of the columns stand (indexes of blocks), and their roles in order."""

    first: int
    last: int
    roles: list[str]


@dataclass(slots=True)
class _Box:
    """A cell: its paragraphs, each with its height in lines below the top; ``sort`` is text, timescale or lead."""

    parts: list[tuple[int, Paragraph]] = field(default_factory=list)
    sort: str = "text"


@dataclass(slots=True)
class _Page:
    """What one page holds of a row: the boxes of actions, timescales and leads that stand beside each other."""

    actions: list[tuple[int, list[Paragraph]]] = field(default_factory=list)
    timescales: list[tuple[int, Paragraph]] = field(default_factory=list)
    leads: list[tuple[int, Paragraph]] = field(default_factory=list)


def looks_shredded(document: Document) -> bool:
    """Whether a document without tables holds the headings of a plan's columns and then numbered rows."""
    header = _header(document)
    return header is not None and len(_row_starts(document, header)) >= FEWEST_ROWS


def read_shredded(document: Document, reading: Reading) -> Reading:
    """Read the rows of a shredded table into recommendations and their actions."""
    header = _header(document)
    if header is None:
        return reading
    lines = Lines(document)
    starts = _row_starts(document, header)
    for block in document.blocks[header.first : header.last + 1]:
        if isinstance(block, Paragraph):
            reading.furniture.append(Leftover(lines.join(block.text), [block.place], "headings of the columns"))
    for start, stop in zip(starts, [*starts[1:], len(document.blocks)], strict=True):
        paragraphs = [block for block in document.blocks[start:stop] if isinstance(block, Paragraph)]
        _row(paragraphs, header, reading, lines)
    return reading


def _header(document: Document) -> _Header | None:
    """The run of short paragraphs that name three roles or more: an action or recommendation, and its owner or date."""
    blocks = document.blocks
    for first, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or _role(block.text) is None:
            continue
        roles: list[str] = []
        last = first
        for index in range(first, min(first + HEADER_WITHIN, len(blocks))):
            here = blocks[index]
            if (
                not isinstance(here, Paragraph)
                or len(here.text.split()) > 8
                or re.fullmatch(r"\s*1[.)]?\s*", here.text)
            ):
                break
            role = _role(here.text)
            if role is not None and role not in roles:
                roles.append(role)
            last = index
        if len(roles) >= 3 and {"action", "recommendation"} & set(roles) and {"lead", "timescale"} & set(roles):
            return _Header(first, last, roles)
    return None


def _role(text: str) -> str | None:
    role, score = role_of_heading(" ".join(text.split()))
    return role if score >= 0.8 and len(text.split()) <= 8 else None


def _row_starts(document: Document, header: _Header) -> list[int]:
    """The blocks where rows begin: the numbers 1, 2, 3, … each standing by itself, in their order."""
    starts: list[int] = []
    for index in range(header.last + 1, len(document.blocks)):
        block = document.blocks[index]
        if isinstance(block, Paragraph) and re.fullmatch(rf"\s*{len(starts) + 1}[.)]?\s*", block.text):
            starts.append(index)
    return starts


def _row(paragraphs: list[Paragraph], header: _Header, reading: Reading, lines: Lines) -> None:
    number = paragraphs[0].text.strip().rstrip(".)")
    boxes = [_sorted(box) for box in _boxes(paragraphs[1:])]
    about: list[Paragraph] = []
    pages = [_Page()]
    order = {role: n for n, role in enumerate(("text", "timescale", "lead"))}
    before = -1
    for box in boxes:
        if box.sort == "text" and _is_recommendation(box, about, pages):
            about += [part for _, part in box.parts]
            continue
        if order[box.sort] < before or order[box.sort] == before == 0:
            pages.append(_Page())
        before = order[box.sort]
        if box.sort == "text":
            pages[-1].actions = _actions(box)
        elif box.sort == "timescale":
            pages[-1].timescales += box.parts
        else:
            pages[-1].leads += box.parts
    group = _group(pages)
    index = _recommendation(number, paragraphs[0], about, group, reading, lines)
    _join_over_pages(pages)
    for page in pages:
        for record in _records(page, number, lines):
            record.parent = index
            reading.records.append(record)


def _boxes(paragraphs: list[Paragraph]) -> Iterator[_Box]:
    """The boxes of a row; where the text does not tell them, from wide gaps and from changes of what the lines are."""
    box = _Box()
    before: Paragraph | None = None
    top = 0
    for part in paragraphs:
        first = int(part.place.get("lines", [0, 0])[0])
        if before is not None and _new_box(before, part):
            yield box
            box = _Box()
        if not box.parts:
            top = first
        box.parts.append((part.box[1] if part.box is not None else first - top, part))
        before = part
    if box.parts:
        yield box


def _new_box(before: Paragraph, part: Paragraph) -> bool:
    if before.box is not None and part.box is not None:
        return before.box[0] != part.box[0]
    gap = int(part.place.get("lines", [0, 0])[0]) - int(before.place.get("lines", [0, 0])[1]) - 1
    return _sort(before.text) != _sort(part.text) or (_sort(part.text) == "text" and gap >= WIDE_GAP)


def _sorted(box: _Box) -> _Box:
    """What a box holds, by what most of its paragraphs are; a timescale counts double, for no prose looks like one."""
    sorts = [_sort(part.text) for _, part in box.parts]
    if (sorts.count("timescale") * 2 >= len(sorts) and "text" not in sorts) or sorts.count("timescale") > len(
        sorts
    ) / 2:
        box.sort = "timescale"
    elif sorts.count("lead") >= len(sorts) / 2 and sorts.count("text") <= sorts.count("lead"):
        box.sort = "lead"
    return box


def _sort(text: str) -> str:
    flat = " ".join(text.split())
    words = flat.split()
    if len(words) <= 7:
        said = parse_timescale(flat)
        if said.sort not in ("unknown", "none") and (said.start or len(words) <= 4):
            return "timescale"
    if len(words) <= 14 and not flat.endswith(".") and _is_lead(flat):
        return "lead"
    if flat.isupper() and len(words) <= 4:
        return "lead"  # a group's name in capitals above the owners
    return "text"


def _is_lead(text: str) -> bool:
    """A post, office, body or name, written as one: every longer word with a capital, or a title that nothing else begins
    with ("form a data board" is something to do, "Data Board" is somebody)."""
    words = [
        word
        for word in re.findall(r"[^\W\d_][\w'’-]*", text)
        if word.lower() not in ("of", "and", "the", "for", "to", "in")
    ]
    if not words or not (all(word[:1].isupper() for word in words) or _TITLE.match(text)):
        return False
    first = re.split(r"\s*/\s*|\s+and\s+", text.strip(" /"))[0]
    known = vocabulary().leads
    body = plain(text).split()
    return (
        starts_lead(first)
        or is_person(first)
        or plain(first) in known["bodies"]
        or (len(body) <= 7 and (body[0] in known["bodies"] or body[-1] in known["bodies"] | _PLURALS))
    )


def _is_recommendation(box: _Box, about: list[Paragraph], pages: list[_Page]) -> bool:
    """The first prose of a row; prose that begins small goes on with it over a page where it had not ended."""
    if not about:
        return True
    text = box.parts[0][1].text.strip()
    if text[:1].islower() and not about[-1].text.rstrip().endswith((".", "?", "!")):
        return True
    nothing_yet = not any(page.actions or page.timescales or page.leads for page in pages)
    return (
        nothing_yet
        and len(about) == 1
        and about[0].box is None
        and not re.search(r"[.?!]\s*$", about[0].text)
        and len(box.parts) == 1
    )


def _actions(box: _Box) -> list[tuple[int, list[Paragraph]]]:
    """The actions of a box: a paragraph each; one that begins small goes on with the one above."""
    found: list[tuple[int, list[Paragraph]]] = []
    for height, part in box.parts:
        if not re.search(r"[^\W_]", part.text):
            continue
        if found and part.text[:1].islower() and not part.bullet:
            found[-1][1].append(part)
        else:
            found.append((height, [part]))
    return found


def _group(pages: list[_Page]) -> Paragraph | None:
    """A name in capitals above the first owner, higher than the first action: the group that oversees the row."""
    for page in pages:
        if not page.leads:
            continue
        height, part = page.leads[0]
        first = min((h for h, _ in page.actions), default=None)
        known = plain(part.text) in vocabulary().leads["bodies"] | vocabulary().leads["posts"]
        if (
            part.text.isupper()
            and not known
            and len(plain(part.text)) > 4
            and (first is None or height < first or len(page.leads) > 1)
        ):
            page.leads.pop(0)
            return part
    return None


def _join_over_pages(pages: list[_Page]) -> None:
    """An owner broken by a page ("Director of" / "Housing"): its rest stands at the top of the next page's box."""
    for page, after in pairwise(pages):
        if page.leads and after.leads and _UNFINISHED.search(page.leads[-1][1].text.strip()):
            height, part = page.leads[-1]
            _, rest = after.leads.pop(0)
            joined = Paragraph(
                f"{part.text}\n{rest.text}", {"lines": [part.place["lines"][0], part.place["lines"][1]]}, box=part.box
            )
            page.leads[-1] = (height, joined)


def _recommendation(
    number: str, at: Paragraph, about: list[Paragraph], group: Paragraph | None, reading: Reading, lines: Lines
) -> int:
    texts = [lines.join(part.text) for part in about if re.search(r"[^\W_]", part.text)]
    title = texts[0] if texts else None
    fields = {"number": number, "title": title, "group": lines.join(group.text) if group is not None else None}
    record = ReadRecord(
        "recommendation",
        " ".join(texts[1:]) or title or number,
        {key: value for key, value in fields.items() if value},
        source=[part.place for part in (at, *about, *([group] if group is not None else []))],
    )
    reading.records.append(record)
    return len(reading.records) - 1


def _records(page: _Page, number: str, lines: Lines) -> Iterator[ReadRecord]:
    """The actions of a page with the timescales and owners that began on their height."""
    heights = [height for height, _ in page.actions]
    dates = _align(heights, page.timescales)
    owners = _align(heights, page.leads)
    for n, (_, parts) in enumerate(page.actions):
        text = lines.join("\n".join(part.text for part in parts))
        mine = [part for at, part, _ in dates if at == n]
        leads = [lead for at, part, _ in owners if at == n for lead in read_leads(part.text)]
        when = lines.join("\n".join(part.text for part in mine))
        fields = {"recommendation": number, "leads": leads, "timescale": timescale_of(when) if when else None}
        if when and parse_timescale(when).sort in ("completed", "ongoing"):
            fields["status"] = status_of(when)
        held = [*parts, *mine, *(part for at, part, _ in owners if at == n)]
        record = ReadRecord(
            "action", text, {k: v for k, v in fields.items() if v}, source=[part.place for part in held]
        )
        if any(at == n and not sure for at, _, sure in (*dates, *owners)):
            record.confidence = 0.6
            record.questions.append(
                {
                    "ask": "The columns were torn apart. Do this timescale and these leads belong to it?",
                    "choices": ["yes", "no"],
                }
            )
        yield record


def _align(heights: list[int], parts: list[tuple[int, Paragraph]]) -> list[tuple[int, Paragraph, bool]]:
    """For each part the action it belongs to, and whether it began within a line of it.

    That is the action that began on the nearest height; what stands further below belongs to the last one above it.
    """
    found: list[tuple[int, Paragraph, bool]] = []
    for height, part in parts:
        if not heights:
            break
        nearest = min(range(len(heights)), key=lambda n: abs(heights[n] - height))
        if abs(heights[nearest] - height) <= 1:
            found.append((nearest, part, True))
            continue
        above = [n for n, h in enumerate(heights) if h <= height + 1]
        found.append((above[-1] if above else 0, part, len(heights) == 1 and len(parts) == 1))
    return found
