"""Pages that present a council's management team: a heading for each post, and below it what the post answers for."""

from __future__ import annotations

import re

from goldthread.reading.document import Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.posts import is_title, statutory_roles
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.prose_sentences import sentences
from goldthread.reading.understanding.sections import Section
from goldthread.reading.understanding.structures_grid import grid_of
from goldthread.reading.understanding.structures_tables import holds_posts, posts_of

_REPORTS_TO = re.compile(
    r"\b(?:reports?|reporting|accountable|answers?)(?: directly)? to (?:the )?(?P<post>[A-Z][\w&,' -]*?)(?= is\b|"
    r" are\b| and (?:is|has|leads|the)\b|[.;,(]|$)"
)
_MANAGES = re.compile(
    r"\b(?:line[- ]?manages?|manages?|leads?|heads?)\b[^.]*?\b(?:team of|team comprising|following|"
    r"reports?:|the)\b(?P<team>[^.]*)",
    re.IGNORECASE,
)
_PLURAL_POST = re.compile(
    r"^(?P<post>(?:Heads of Service|(?:Assistant |Group |Strategic |Corporate |Executive |Service |"
    r"Deputy )*(?:Directors|Managers|Heads)(?: of [A-Z]\w+)?))\b,?\s+(?:who|are|report)"
)
_LOST_LIST = re.compile(r"\b(?:are|include|includes|is|following|below)\s*:?$", re.IGNORECASE)
_CONTACT = re.compile(
    r"\b(?:0\d{2,4}[ \d]{6,9}|\S+@\S+\.\S+)|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\benquir(?:y|ies|es)\b.*\bdirected\b"
)
_LABELLED = re.compile(
    r"(?P<label>reports to|line manager|statutory roles?|directorate|department|post ?holder|name)\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)


def read_page(sections: list[Section], reading: Reading) -> None:
    """Add the posts and responsibilities of a page's sections to a reading; every other word is left over with why."""
    posts: list[ReadRecord] = []
    told: list[str] = []
    current: ReadRecord | None = None
    for section in sections:
        heading = section.heading
        if heading is not None and is_title(section.title):
            current = ReadRecord("post", section.title, {}, section.path[:-1], [dict(heading.place)], confidence=0.95)
            reading.records.append(current)
            posts.append(current)
        elif heading is not None:
            if not heading.text.endswith(":") or not _LOST_LIST.search(heading.text.rstrip(" :")):
                current = current if section.level > 5 else None
            why = "introduces a list" if heading.text.endswith(":") else "heading"
            reading.furniture.append(Leftover(heading.text, [dict(heading.place)], why))
        for passage in paragraphs(section.lines):
            told.append(passage.text)
            _read_passage(passage, current, posts, reading)
        _read_tables(section, reading, posts)
    _complete(posts, reading)


def _read_tables(section: Section, reading: Reading, posts: list[ReadRecord]) -> None:
    for item in section.items:
        grid = grid_of([item]) if isinstance(item, Table) else None
        if grid is None:
            continue
        if holds_posts(grid):
            found = posts_of(grid, section.path)
            reading.records.extend(found.records)
            reading.furniture.extend(found.header)
            reading.unplaced.extend(found.left)
            continue
        for row in [grid.header, *grid.rows]:
            reading.unplaced.extend(
                Leftover(cell.text, cell.places(), "a table of no known kind") for cell in row if cell.text
            )


def _read_passage(passage: Passage, post: ReadRecord | None, posts: list[ReadRecord], reading: Reading) -> None:
    """A paragraph: what a post answers for, or the story of the page."""
    text = passage.text
    if post is None:
        _read_story(passage, posts, reading)
        return
    labelled = _LABELLED.fullmatch(text)
    if labelled:
        _set(post, labelled["label"].lower(), labelled["value"].strip())
        post.source += passage.places()
        return
    if _CONTACT.search(text):
        reading.unplaced.append(Leftover(text, passage.places(), "how to get in touch"))
        return
    if passage.lines[0].bullet:
        _answers(reading, post, text, passage, 0, len(text))
        return
    if text.endswith(":"):
        reading.furniture.append(Leftover(text, passage.places(), "introduces a list"))
        return
    for first, last in sentences(text):
        _answers(reading, post, text[first:last], passage, first, last)


def _answers(reading: Reading, post: ReadRecord, text: str, passage: Passage, first: int, last: int) -> None:
    reading.records.append(
        ReadRecord(
            "responsibility", text, {"post": post.text}, [post.text], passage.places(first, last), confidence=0.9
        )
    )


def _set(post: ReadRecord, label: str, value: str) -> None:
    """A line "Reports to: …" under a post's heading."""
    if label in ("reports to", "line manager"):
        post.fields["reports_to"] = value
    elif label.startswith("statutory"):
        post.fields["statutory_roles"] = [part for part in re.split(r"\s*[;,]\s*|\s+and\s+", value) if part]
    elif label in ("directorate", "department"):
        post.fields["directorate"] = value
    else:
        post.fields["holder"] = {"text": value}


def _read_story(passage: Passage, posts: list[ReadRecord], reading: Reading) -> None:
    """A paragraph under no post: one that tells of a kind of post ("Heads of Service, who …") makes that post."""
    match = _PLURAL_POST.match(passage.text)
    if match is None:
        reading.unplaced.append(Leftover(passage.text, passage.places(), "about the page's subject as a whole"))
        return
    first, last = match.span("post")
    post = ReadRecord("post", match["post"], {}, [], passage.places(first, last), confidence=0.8)
    reading.records.append(post)
    posts.append(post)
    for low, high in sentences(passage.text):
        _answers(reading, post, passage.text[low:high], passage, low, high)


def _complete(posts: list[ReadRecord], reading: Reading) -> None:
    """Statutory roles and reporting lines, as the sentences about each post tell them."""
    for post in posts:
        own = [
            record.text
            for record in reading.records
            if record.kind == "responsibility" and record.fields["post"] == post.text
        ]
        text = " ".join(own)
        roles = statutory_roles(text, post.text)
        if roles and "statutory_roles" not in post.fields:
            post.fields["statutory_roles"] = roles
        told = _REPORTS_TO.search(text)
        if told and "reports_to" not in post.fields and is_title(told["post"].strip()):
            post.fields["reports_to"] = told["post"].strip()
        for managed in _MANAGES.finditer(text):
            for other in posts:
                if other is not post and "reports_to" not in other.fields and _named(other.text, managed["team"]):
                    other.fields["reports_to"] = post.text


def _named(title: str, team: str) -> bool:
    """Whether a list of a team's posts names a title, in the singular or the plural, with or without what it is for."""
    plain = re.sub(r"\s*\([^()]*\)", "", title)
    rank = re.split(r"\s*[:–,-]\s*|\s+of\s+|\s+for\s+", plain)[0]
    if re.search(rf"\b{re.escape(plain)}\b", team):
        return True
    return len(rank.split()) > 1 and re.search(rf"\b{re.escape(rank)}s\b", team) is not None
