"""Which kind of document this is, from what it holds: never from its name.

Tables speak first: a table with a column of actions makes a plan whatever the prose around it says. Where no table has
columns that are known, the vocabulary of the headings and the density of post titles decide.
"""

from __future__ import annotations

import re

from goldthread.reading.document import Document, Paragraph, Table

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
    r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?(?:key\s+)?recommendations?\b.{0,12}$", re.IGNORECASE
)
_PAPER_HEADING = re.compile(
    r"\b(implications?|report detail|background papers|subject heading|policy context)\b", re.IGNORECASE
)


def kind_of(document: Document) -> str:
    """One of ``DOCUMENT_KINDS`` for a document."""
    from goldthread.reading.understanding.shredded import looks_shredded
    from goldthread.reading.understanding.tables import kind_of_tables

    by_tables = kind_of_tables(document)
    if by_tables is not None:
        return by_tables
    if looks_shredded(document):
        return "action-plan"
    by_prose = _kind_of_prose(document)
    if by_prose == "other" and any(isinstance(b, Table) and len(b.rows) > 2 and b.width > 1 for b in document.blocks):
        return "register"
    return by_prose


def _kind_of_prose(document: Document) -> str:
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    whole = "\n".join(texts)
    words = max(1, len(whole.split()))
    headings = [t.strip() for t in texts if 0 < len(t.split()) <= 9 and not t.rstrip().endswith((".", ",", ";"))]
    post_headings = sum(1 for h in headings if POST.match(h) and len(h.split()) <= 12)
    posts = len(POST.findall(whole))
    review = len(_REVIEW.findall(whole)) + 4 * sum(1 for h in headings if _RECOMMENDATION_HEADING.match(h))
    structure = len(_STRUCTURE.findall(whole)) + 2 * posts
    paper = sum(1 for h in headings if _PAPER_HEADING.search(h))
    if max(review, structure) < 3 or max(review, structure) / words < 0.002:
        return "other"
    if paper >= 2 and posts >= 5:  # a committee paper about posts: its recommendations are the paper's own
        return "structure-report"
    if review > structure:
        return "review-report"
    return "structure-page" if post_headings >= 2 and paper == 0 else "structure-report"
