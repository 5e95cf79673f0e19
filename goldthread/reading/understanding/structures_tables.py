"""Tables of posts: one post a row, or one structure a column with lists of titles in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from goldthread.reading.document import Place
from goldthread.reading.reading import Leftover, ReadRecord
from goldthread.reading.understanding.posts import (
    Title,
    is_name,
    is_statutory_role,
    is_title,
    split_titles,
    starts_title,
    statutory_roles,
    title_and_holder,
    title_starts,
)
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.structures_counts import ask_of_counts, mark_notes, mark_stated
from goldthread.reading.understanding.structures_grid import Grid, Row, breaks_of, joined, list_items
from goldthread.reading.understanding.structures_tiers import are_tiers, read_tiers

# What the heading of a column says, in the order in which they are asked (words of structure tables in general use).
_COLUMNS = {
    "reports_to": r"\breports? (?:in)?to\b|\bline manage[rd]|\baccountable to\b|\breporting (?:line|to)\b|^manager$",
    "statutory_roles": r"\bstatutory\b|\bproper officer\b",
    "holder": r"\bpost ?-?holder|\bholder\b|^(?:officer )?name\b|^incumbent|\bcurrent officer\b|^(?:employee|person)$",
    "directorate": r"\bdirectorate\b|\bdepartment\b|\bservice area\b|\bdivision\b|^(?:service|"
    "portfolio|group|team|unit|area)$",
    "structure": r"^(?:structure )?version\b|^(?:which )?structure$|^model$|^as at$",
    "responsibilities": r"\bresponsib|\bremit\b|\bduties\b|\baccountabilit|\bkey (?:areas|services|"
    "functions)\b|\bservices (?:managed|led|provided|covered|included)\b|^(?:main |key )?(?:functions|services)$|"
    r"^what .*\b(?:does|do|covers?|runs?|looks? after)$|^covers$",
    "change": r"\bchange\b|\bdifference\b|\bproposal\b|\bimpact\b|^status$",
    "post": r"\bposts?\b|\bjob title\b|\broles?\b|\bposition\b|\btitle\b",
}
_LISTS = re.compile(r"\w; \w|[a-z], [A-Za-z][^,]*[a-z](?:, | and | & )[A-Za-z]")  # one thing after the other
_NONE = re.compile(r"[-–—]+|n/?a|none|nil|not applicable")
_NO_POST = re.compile(rf"{_NONE.pattern}|no (?:equivalent|post)|(?:post )?deleted|new(?: post)?")
FEW_NAMES = 0.7  # share of different names in a column that says the same again and again
MOSTLY = 0.6  # share of the cells of a column that are lists
FEWEST_POSTS, FEW_COLUMNS, MOST_WORDS = 4, 3, 9  # of a table that lists nothing but posts; words of a title


@dataclass(slots=True)
class Posts:
    """Posts and responsibilities read from a table, and its other words."""

    records: list[ReadRecord] = field(default_factory=list)
    left: list[Leftover] = field(default_factory=list)
    header: list[Leftover] = field(default_factory=list)


def column_parts(grid: Grid) -> dict[int, str]:
    """What each column holds, by its heading and by whether its cells hold titles of posts."""
    parts: dict[int, str] = {}
    for index, cell in enumerate(grid.header):
        named = next(
            (part for part, pattern in _COLUMNS.items() if re.search(pattern, cell.text.strip().lower())), None
        )
        texts = grid.column(index)
        titled = sum(1 for text in texts if starts_title(text) or is_title(text))
        titles = bool(texts) and titled * 2 >= len(texts)
        if named in ("reports_to", "holder", "statutory_roles", "directorate", "responsibilities"):
            parts[index] = named
        elif titles and (named in (None, "post", "structure", "change") or index):
            parts[index] = "post"
        elif named and not (named == "post" and any(part == "post" for part in parts.values())):
            parts[index] = named
    return _by_cells(grid, parts)


def _by_cells(grid: Grid, parts: dict[int, str]) -> dict[int, str]:
    """The parts with those that no heading tells: of two columns of titles, the one that says a few of the other's titles
    again and again holds what posts report to; roles of the law are roles of the law; a first column of few short names
    is one of parts of the council. Only where nothing in the table is running text, as it is in plans."""
    texts = {index: grid.column(index) for index in range(len(grid.header))}
    if any(sum(map(_count, held)) > MOST_WORDS * len(held) for held in texts.values() if held):
        return parts
    posts = [index for index, part in parts.items() if part == "post"]
    own = [index for index in posts if len(set(texts[index])) >= 0.9 * len(texts[index]) >= 0.9 * FEWEST_POSTS]
    if len(own) == 1:
        titles = set(texts[own[0]])
        for index in posts:
            held = texts[index]
            said = sum(1 for text in held if text in titles)
            if index not in own and "reports_to" not in parts.values() and said >= 0.4 * len(held):
                parts[index] = "reports_to"
    if "post" not in parts.values():
        return parts
    for index, held in texts.items():
        named = index in parts and parts[index] != "post"
        if (
            held
            and not (named and parts[index] == "reports_to")
            and all(is_statutory_role(role) for text in held for role in text.split(";"))
        ):
            parts[index] = "statutory_roles"
    free = [index for index in texts if index not in parts and texts[index]]
    for index in free:
        names = sum(1 for text in texts[index] if is_name(text))
        if "holder" not in parts.values() and names >= MOSTLY * len(texts[index]):
            parts[index] = "holder"
    free = [index for index in free if index not in parts]
    for index in free:
        lists = sum(1 for text in texts[index] if _LISTS.search(text))
        if "responsibilities" not in parts.values() and lists >= MOSTLY * len(texts[index]):
            parts[index] = "responsibilities"  # what each post answers for, one thing after the other
    free = [index for index in free if index not in parts]
    few = [index for index in free if index == 0 or len(set(texts[index])) <= FEW_NAMES * len(texts[index])]
    short = [index for index in few if sum(_count(t) <= MOST_WORDS for t in texts[index]) >= 0.8 * len(texts[index])]
    if short and "directorate" not in parts.values():
        parts[short[0]] = "directorate"
    return parts


def _count(text: str) -> int:
    return len(text.split())


def holds_posts(grid: Grid) -> bool:
    """Whether a table lists posts."""
    parts = column_parts(grid)
    columns = [index for index, part in parts.items() if part == "post"]
    texts = [text for index in columns for text in grid.column(index)]
    return bool(texts) and sum(1 for text in texts if title_starts(text) or is_title(text)) * 5 >= len(texts) * 2


def titles_only(grid: Grid) -> bool:
    """Whether every cell of a table's columns of posts is one title, and no more: parts of the council with their posts."""
    columns = [index for index, part in column_parts(grid).items() if part == "post"]
    texts = [text for index in columns for text in grid.column(index)]
    alone = sum(1 for text in texts if is_title(text) or (starts_title(text) and len(text.split()) <= MOST_WORDS))
    return len(texts) >= FEWEST_POSTS and len(grid.header) <= FEW_COLUMNS and alone >= 0.8 * len(texts)


def posts_of(grid: Grid, section: list[str]) -> Posts:
    """The posts of a table. Columns of posts next to each other are versions of the structure, named by their
    headings."""
    parts = column_parts(grid)
    columns = [index for index, part in parts.items() if part == "post"]
    if len(columns) > 1 and 0 not in parts:
        parts[0] = "directorate"
    elif columns and columns[0] and 0 in parts and parts[0] in ("structure",):
        parts[0] = "directorate"  # a first column "Structure" names the parts of the council beside lists of posts
    lists = any(len(title_starts(text)) > 2 for index in columns for text in grid.column(index))
    found = Posts()
    if are_tiers([grid.header[index].text for index in columns]):
        found.records, found.left = read_tiers(grid, columns, section)
        columns = []
    for row in _whole_rows(grid, parts, lists) if columns else []:
        _read_row(grid, row, parts, columns, section, found)
    found.header = [Leftover(cell.text, cell.places(), "header of a table") for cell in grid.header if cell.text]
    found.header += [Leftover(cell.text, cell.places(), "caption of a table") for cell in grid.caption]
    return found


def _whole_rows(grid: Grid, parts: dict[int, str], lists: bool) -> list[Row]:
    """Rows with their continuations joined: in lists of titles wherever the first cell is empty, else where no post
    stands."""
    rows: list[Row] = []
    directorate = next((index for index, part in parts.items() if part == "directorate"), None)
    posts = [index for index, part in parts.items() if part == "post"]
    for row in grid.rows:
        torn = not row[0].text if lists else not any(row[index].text for index in posts)
        if rows and torn:
            for before, cell in zip(rows[-1], row, strict=True):
                joined(before, cell)
            continue
        if rows and directorate is not None and not row[directorate].text:  # a merged cell speaks for the rows below it
            row[directorate] = rows[-1][directorate]
        rows.append(row)
    return rows


def _read_row(
    grid: Grid, row: Row, parts: dict[int, str], columns: list[int], section: list[str], found: Posts
) -> None:
    """The posts of one row and what the other cells say of them."""
    fields, places = _row_fields(row, parts)
    unit = unit_of(section)
    if unit is not None:
        _under_unit(grid, parts, fields, unit)
    if any(len(title_starts(row[index].text)) > 1 for index in columns):
        fields.pop("change", None)  # it speaks of the list, not of each post in it
    before = len(found.records)
    for index in columns:
        if not re.search(r"\w", row[index].text) or _NO_POST.fullmatch(row[index].text.strip().lower()):
            continue  # a post that this structure has not
        name = grid.header[index].text
        here = dict(fields)
        if "structure" not in here and (len(columns) > 1 or _names_a_structure(name)):
            here["structure"] = name
        elif "structure" not in here and section and names_version(section[-1]):
            here["structure"] = section[-1]
        for record in _posts_of_cell(row[index], here, places if len(columns) == 1 else [], section, found):
            found.records.append(record)
            if len(columns) == 1:
                _responsibilities(row, parts, record, section, found)
    for index, cell in enumerate(row):
        if (
            cell.text
            and parts.get(index) in (None, "change")
            and not (len(columns) == 1 and parts.get(index) == "change")
        ):
            found.left.append(Leftover(cell.text, cell.places(), "a note beside the structures"))
            mark_notes(found.records[before:], fields.get("directorate"), grid.header[index].text, cell.text)


def _under_unit(grid: Grid, parts: dict[int, str], fields: dict[str, Any], unit: str) -> None:
    """Give the posts of a row the directorate of the heading above; a column that names its services is a note beside."""
    column = next((index for index, part in parts.items() if part == "directorate"), None)
    if column is None:
        fields["directorate"] = unit
    elif _PART_OF_ONE.match(grid.header[column].text.strip()):
        note = {"heading": grid.header[column].text, "text": fields.get("directorate", "")}
        fields["directorate"], fields["notes"] = unit, [note] if note["text"] else []


_UNIT = re.compile(
    r"(?P<name>.+?)\s+(?:directorate|department)|(?P<whole>(?:directorate|department) (?:of|for)\s+.+)|"
    r"(?:directorate|department)(?::| –| -)\s+(?P<after>.+)",
    re.I,
)
_PART_OF_ONE = re.compile(r"^(?:service|team|unit|area)s?\b", re.I)  # a column that names parts of a directorate


def unit_of(path: Sequence[str]) -> str | None:
    """The directorate that the innermost of some headings names ("Directorate of Place", "Place department"), or None."""
    match = next((match for part in reversed(path) if (match := _UNIT.fullmatch(part.strip()))), None)
    if match is None:
        return None
    return match["whole"] or match["name"] or match["after"]


def _names_a_structure(heading: str) -> bool:
    """Whether a column's heading names a version ("Current structure") and not only what the column holds ("Post")."""
    return bool(
        re.search(
            r"\b(?:current|proposed|existing|new|future|revised|old|previous|implemented|as at|from)\b", heading.lower()
        )
    )


def names_version(heading: str) -> bool:
    """Whether the heading over a table names a version of the structure: "Proposed structure", "Current leadership structure"."""
    return bool(re.search(r"\bstructures?\b", heading.lower())) and _names_a_structure(heading)


def _row_fields(row: Row, parts: dict[int, str]) -> tuple[dict[str, Any], list[Place]]:
    """The fields that a row states for its posts, and where."""
    fields: dict[str, Any] = {}
    places: list[Place] = []
    for index, part in parts.items():
        text = row[index].text
        if not text or part in ("post", "responsibilities") or _NONE.fullmatch(text.lower()):
            continue
        if part == "statutory_roles":
            fields[part] = [role for role in re.split(r"\s*(?:[;,•]|\n| and | & )\s*", text) if role]
        elif part == "holder":
            fields[part] = {"text": text}
        else:
            fields[part] = text
        places.extend(row[index].places())
    return fields, places


def _posts_of_cell(
    cell: Passage, fields: dict[str, Any], places: list[Place], section: list[str], found: Posts
) -> list[ReadRecord]:
    """The posts of a cell: one title, or a list of them."""
    if len(title_starts(cell.text)) <= 1 and len(cell.lines) == 1:
        long = len(cell.text.split()) > 6 and title_starts(cell.text)  # a note or a count may follow the title
        titles, rest = split_titles(cell.text) if long else ([Title(0, len(cell.text))], [])
    else:
        titles, rest = split_titles(cell.text, breaks_of(cell))
    records = []
    for title in titles:
        text = cell.text[title.first : title.last]
        own = dict(fields)
        held = title_and_holder(text)
        if held is not None and held[1] and text.startswith(held[0]) and "holder" not in own:
            text, own["holder"] = held[0], {"text": held[1]}
        if title.unit:
            own["directorate"] = title.unit
        if title.note:
            own["change"] = cell.text[title.note[0] : title.note[1]].strip(" ()")
        roles = own.get("statutory_roles") or statutory_roles("", text)
        if roles:
            own["statutory_roles"] = roles
        last = title.note[1] if title.note else title.last
        record = ReadRecord("post", text, own, list(section), cell.places(title.first, last) + places, confidence=0.9)
        if title.in_doubt:
            record.confidence = 0.6
            record.questions.append(
                {"ask": f"“{text}” stands in a list of posts without a rank: is it a post?", "choices": ["yes", "no"]}
            )
        records.append(record)
    mark_stated(records, titles, [(first, cell.text[first:last]) for first, last in rest])
    ask_of_counts(records)
    for first, last in rest:
        text = cell.text[first:last].strip()
        if text:
            why = (
                "a count of posts"
                if re.fullmatch(r"(?:total )?[\d.]+(?: \w+)?", text.lower())
                else "words beside a list of posts"
            )
            found.left.append(Leftover(text, cell.places(first, last), why))
    return records


def _duties(cell: Passage) -> list[tuple[int, int]]:
    """The items of a cell of responsibilities: its list items, else what semicolons part."""
    items = list_items(cell)
    if len(items) > 1:
        return items
    spans = [match.span() for match in re.finditer(r"[^;\s][^;]*", cell.text)]
    return [(first, first + len(cell.text[first:last].rstrip())) for first, last in spans]


def _responsibilities(row: Row, parts: dict[int, str], post: ReadRecord, section: list[str], found: Posts) -> None:
    """What the row says its post answers for."""
    for index, part in parts.items():
        if part == "responsibilities" and row[index].text:
            for first, last in _duties(row[index]):
                text = row[index].text[first:last]
                found.records.append(
                    ReadRecord(
                        "responsibility", text, {"post": post.text}, list(section), row[index].places(first, last)
                    )
                )
