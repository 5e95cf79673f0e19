"""Which kind of document this is, from what it holds: never from its name.

Tables speak first: a table with a column of actions makes a plan whatever the prose around it says. Where no table has
columns that are known, the vocabulary of the headings and the density of post titles decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goldthread.reading.document import Document, Paragraph, Table
from goldthread.reading.understanding.cells import cells_of
from goldthread.reading.understanding.sections import (
    RECOMMENDATION_KINDS,
    RECOMMENDATION_LABEL,
    recommends_below,
    role_of,
    unnumbered,
)
from goldthread.reading.understanding.structures_grid import Grid

if TYPE_CHECKING:
    from goldthread.reading.understanding.tables import Grid as TableGrid

POST = re.compile(
    r"\b(?:(?:Group|Executive|Strategic|Corporate|Assistant|Deputy|Service|Interim|Acting|Managing) )*"
    r"(?:Director(?! General)|Chief (?:Executive|Officer|\w+ Officer)|Head of (?!the)|Monitoring Officer|AD\b|DASS\b|DCS\b)",
)
_REVIEW = re.compile(
    r"\b(peer (?:challenge|review|team)|feedback report|key recommendations|inspectors?|inspection|review team|"
    r"areas? for (?:improvement|development)|strengths?|good practice|we (?:found|recommend)|audit opinion|findings?)\b",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"\b(operating model|restructur\w+|(?:organisation(?:al)?|management|leadership|proposed|current) structures?|tiers?|"
    r"directorates?|post ?holders?|structure charts?|reports? to|responsible for|design principles)\b",
    re.IGNORECASE,
)
_RECOMMENDATION_HEADING = re.compile(
    rf"^\W*(?:\d+(?:\.\d+)*\.?\s+)?{RECOMMENDATION_KINDS}recommendations?\b(?:.{{0,12}}$|\s+\d+\s*[:.–—-])",
    re.IGNORECASE,
)
# "Recommendation 4: Publish …", wherever it is printed.
NUMBERED_RECOMMENDATION = re.compile(
    rf"{RECOMMENDATION_KINDS}recommendation\s+[A-Z]?\d+(?:\.\d+)*\s*[:.–—-]\s+(?=\S+\s+\S)", re.IGNORECASE
)
_ACTION_COLUMN = re.compile(
    r"\b(?:actions?|recommendations?|objectives?|milestones?|timescales?|deadlines?|due|by when|updates?|progress|rag|targets?|"
    r"indicators?|measures?|savings?|contracts?|suppliers?|values?|tasks?|owners?)\b",
    re.IGNORECASE,
)
# What a document that sets out what will be done is called.
_PLAN = re.compile(r"\b(?:plan|strategy|programme|response|commitments|roadmap)\b", re.IGNORECASE)
LONGEST_HEAD = 40  # words of a heading that is a recommendation
SAMPLE = 80  # rows of a table that are looked at to tell what it lists
_PAPER_HEADING = re.compile(
    r"\b(implications?|report detail|background papers|subject heading|policy context)\b", re.IGNORECASE
)


def kind_of(document: Document) -> str:
    """One of ``DOCUMENT_KINDS`` for a document."""
    return kind_and_grids(document)[0]


def kind_and_grids(document: Document) -> tuple[str, list[TableGrid] | None]:
    """The kind of a document, and its tables as ``tables.grids_of`` finds them where they had to be looked at for it."""
    from goldthread.reading.understanding.cards import card_tables, cards_of
    from goldthread.reading.understanding.shredded import looks_shredded
    from goldthread.reading.understanding.tables import grids_of, head_of, kind_of_tables

    if _lists_posts(document):
        return ("structure-report" if _is_paper(document) else "structure-page"), None
    grids = grids_of(document)
    listed = card_tables(document) or any(grid.kind in ("plan", "scorecard", "savings", "benefits") for grid in grids)
    if not listed and _heads_recommendations(document):
        return "review-report", None
    by_tables = kind_of_tables(document, grids)
    if by_tables is not None:
        return by_tables, grids
    if looks_shredded(document):
        return "action-plan", grids
    by_prose = _kind_of_prose(document)
    if (by_prose == "other" or _PLAN.search(head_of(document))) and cards_of(document, {}):
        return "action-plan", grids  # its text lists actions under headings that announce them
    if by_prose == "other" and any(isinstance(b, Table) and len(b.rows) > 2 and b.width > 1 for b in document.blocks):
        return "register", grids
    return by_prose, grids


def _heads_recommendations(document: Document) -> bool:
    """Whether the headings of a document are recommendations, with what is said of each below."""
    from goldthread.reading.understanding.prose_reading import begin
    from goldthread.reading.understanding.reports_headed import FEWEST, headed_of

    if sum(1 for b in document.blocks if isinstance(b, Paragraph) and _may_head(b)) < FEWEST:
        return False  # most documents, which need not be taken apart for it
    return bool(headed_of(begin(document, "review-report")[1]))


def _may_head(block: Paragraph) -> bool:
    words = len(block.text.split())
    asks = block.level > 0 and words > 0 and re.search(r"\b(?:should|must)\b", block.text) is not None
    return asks or (words <= LONGEST_HEAD and RECOMMENDATION_LABEL.match(unnumbered(block.text.strip())) is not None)


def _lists_posts(document: Document) -> bool:
    """Whether the rows of a document's tables are posts: more of them than of anything else that is listed in a table.

    Such tables come before plans, because "Responsible for" and "Current" are headings of plans as well.
    """
    from goldthread.reading.understanding.structures_grid import grid_of
    from goldthread.reading.understanding.structures_tables import column_parts, holds_posts, titles_only

    posts = others = 0
    for block in document.blocks:
        if not isinstance(block, Table) or not block.rows or len(block.rows[0]) < 2:
            continue
        rows = [[cell.text for cell in row if cell is not None and cell.text.strip()] for row in block.rows[:5]]
        head = " ".join(next((row for row in rows if len(row) > 1), []))
        if _ACTION_COLUMN.search(head):
            others += 1  # a plan names posts too, often in two columns: its owners
            continue
        grid = grid_of([Table(block.rows[:SAMPLE], block.place, block.header_rows, block.name, block.method)])
        if grid is None:
            continue
        if _says_what_is_done(grid):
            others += 1
            continue
        parts = list(column_parts(grid).values())
        versions = parts.count("post")
        told = versions > 1 or set(parts) & {"holder", "reports_to", "statutory_roles", "responsibilities"}
        if holds_posts(grid) and (told or ("directorate" in parts and titles_only(grid))):
            posts += 1
    return posts > others


def _says_what_is_done(grid: Grid) -> bool:
    """Whether a column of a table holds tasks or news, as plans do and tables of posts do not."""
    held = [cells_of(grid.column(index)) for index in range(len(grid.header))]
    return any(cells.count >= 2 and cells.words >= 4 and max(cells.task, cells.news) >= 0.6 for cells in held)


def _is_paper(document: Document) -> bool:
    """Whether a document has the headings of a committee paper, or sets one version of a structure against another."""
    from goldthread.reading.understanding.structures_tables import names_version

    heads = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    versions = {text for text in heads if len(text.split()) <= 6 and names_version(text)}
    return sum(1 for text in heads if _PAPER_HEADING.search(text)) >= 2 or len(versions) >= 2


def _heads_a_post(heading: str) -> bool:
    """Whether a heading is a post, perhaps behind the name of who holds it: "Head of Parks", "Jo Dove – Head of Parks"."""
    return len(heading.split()) <= 12 and any(
        POST.match(part) for part in re.split(r"\s+[–—-]\s+|[:,]\s+", heading)[:2]
    )


def _texts_of(block: Paragraph | Table) -> list[str]:
    """The text of a paragraph, or of a frame around text: a table of one column."""
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows for cell in row if cell is not None] if block.width == 1 else []


def _recommends(text: str) -> bool:
    """Whether a text is a heading over recommendations, or a recommendation with its number."""
    short = 0 < len(text.split()) <= 9 and not text.rstrip().endswith((".", ",", ";"))
    return bool((short and _RECOMMENDATION_HEADING.match(text.strip())) or NUMBERED_RECOMMENDATION.match(text.strip()))


def _announces_recommendations(text: str) -> bool:
    """Whether a line is a heading over recommendations, or a sentence that ends with a colon and recommends what follows."""
    short = 0 < len(text.split()) <= 9 and not text.rstrip().endswith((".", ",", ";"))
    return (short and not _recommends(text) and role_of(text) == "recommendations") or recommends_below(text)


def _kind_of_prose(document: Document) -> str:
    texts = [text for block in document.blocks for text in _texts_of(block)]
    whole = "\n".join(texts)
    words = max(1, len(whole.split()))
    headings = [t.strip() for t in texts if 0 < len(t.split()) <= 9 and not t.rstrip().endswith((".", ",", ";"))]
    post_headings = sum(1 for h in headings if _heads_a_post(h))
    posts = len(POST.findall(whole))
    review = len(_REVIEW.findall(whole)) + 4 * sum(1 for t in texts if _recommends(t))
    structure = len(_STRUCTURE.findall(whole)) + 2 * posts
    paper = sum(1 for h in headings if _PAPER_HEADING.search(h))
    sides = {role_of(h) for h in headings}
    review += 4 * sum(1 for t in texts if _announces_recommendations(t))
    if {"strengths", "improvements"} <= sides and posts < review + 2:
        return "review-report"
    if max(review, structure) < 3 or max(review, structure) / words < 0.002:
        return "review-report" if sides & {"strengths", "improvements"} else "other"
    if paper >= 2 and posts >= 5:  # a committee paper about posts: its recommendations are the paper's own
        return "structure-report"
    if review > structure:
        return "review-report"
    return "structure-page" if post_headings >= 2 and paper == 0 else "structure-report"
