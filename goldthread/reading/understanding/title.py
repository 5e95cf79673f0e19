"""What a document says of itself: its title, the day it speaks of, and whose it is."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from goldthread.reading.document import Document, Paragraph, Table
from goldthread.reading.reading import Reading

HEAD_LINES = 3  # how many of them are the very head
OFTEN = 5  # how often a council's own word must come for a name in the text to count
HEAD_BLOCKS = 25  # the title and the date of a document stand in its first blocks, or nowhere
MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DATE = re.compile(
    rf"(?P<d1>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?P<m1>{_MONTH})[,\s]+(?P<y1>\d{{4}})"
    r"|(?P<y2>\d{4})-(?P<m2>\d{2})-(?P<d2>\d{2})"
    r"|(?P<d3>\d{1,2})[/.](?P<m3>\d{1,2})[/.](?P<y3>\d{4}|\d{2})\b"
    rf"|(?P<m4>{_MONTH})\s+(?P<y4>\d{{4}})",
    re.IGNORECASE,
)
# Words that announce the day a document speaks of. "Date" alone is no use: a plan is full of dates.
_AS_AT = re.compile(
    r"(?:\bas\s+(?:at|of|on)|\bposition\s+(?:as\s+)?(?:at|on|to)|\bup ?dated?(?:\s+(?:as\s+)?(?:at|on|to|of))?|"
    r"\bcorrect\s+(?:at|on)|"
    r"\breport(?:ing)? date|\bdate of (?:update|report|plan)|\blast (?:updated|reviewed)|"
    r"\b(?:period|quarter|year|month)\s+(?:end(?:ing|ed)?|to)|^\s*(?:at|date))\s*[:–-]?\s*(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
_COUNCIL = re.compile(
    r"\b(?:(?i:London Borough of|Royal Borough of|City of|Borough of))\s+"
    r"(?:[A-Z][\w'’-]+(?:\s+(?:and|&|upon|with)\s+(?=[A-Z]))?\s?){1,4}"
    r"|\b(?:[A-Z][\w'’-]+\s+(?:(?:and|&|upon|on|with)\s+(?=[A-Z]))?){1,4}"
    r"(?:Council|COUNCIL|Combined Authority|Unitary Authority)\b"
)
# The heading of a part that many documents have: none of them is what a document is called.
_PART = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:(?:table of )?contents|foreword|preface|introduction|(?:executive )?summary|background|"
    r"purpose(?: of (?:the |this )?report)?|version (?:control|history)|document (?:control|history))\s*:?$",
    re.IGNORECASE,
)
_PAPER = re.compile(r"\b(?:report|plan|review|strategy|register|tracker|update|response)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:committee|board|cabinet|council|executive|panel|commission)\b", re.IGNORECASE)
LONGEST_MEETING = 14  # words of a line that names a meeting
# The line of a committee paper's head that says what it is called.
_SUBJECT = re.compile(
    r"\s*(?:subject(?: heading)?|(?:report )?title|title of report|report name)\s*:\s*(?P<title>\S.{3,200})$", re.I
)
LARGER = 1.25  # the print of a title beside that of the line at the very head
LONGEST_ENDED = 3  # words of a title that ends with a full stop
# The heading of a part ("Theme 2: …"), or a line that says for whom a paper is.
_NO_TITLE = re.compile(
    r"^\s*(?:(?:theme|priority|work ?stream|objective|section|part|chapter|strand|pillar|ambition|outcome|goal|aim|mission|"
    r"recommendation)(?:\s*:|\s+(?:\d|[A-Z]\b))|(?:a )?report (?:to|of|by|for)\b|presented to\b|agenda item\b)",
    re.I,
)
_KINDS_OF_COUNCIL = frozenset(("London", "Borough", "Royal", "City", "County", "District", "Metropolitan", "Council"))
NAMES_DOCUMENT = re.compile(
    r"\d|\b(?:plan|tracker|scorecard|report|register|strategy|programme|review|update|log|dashboard|actions?|council|"
    r"savings|performance)\b",
    re.IGNORECASE,
)
"""Words of a heading that names a document rather than one of its themes."""
_NOT_A_NAME = {
    "the",
    "a",
    "this",
    "our",
    "each",
    "county",
    "borough",
    "city",
    "district",
    "parish",
    "town",
    "cabinet",
    "full",
}


def start_reading(document: Document, kind: str) -> Reading:
    """An empty reading of a document: its kind, and what it says of itself. Records are still to come."""
    return Reading(
        file=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.pages,
        title=title_of(document),
        kind=kind,
        as_at=as_at_of(document),
        organisation=organisation_of(document),
    )


def head_texts(document: Document) -> Iterator[str]:
    """The texts of a document's first blocks, and of the first rows of tables among them, in reading order."""
    for block in document.blocks[:HEAD_BLOCKS]:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        if block.name:
            yield block.name
        for row in block.rows[:4]:
            yield " ".join(cell.text for cell in row if cell is not None and cell.text)


def title_of(document: Document) -> str | None:
    """The title as printed: what the head of a paper calls its subject, else the first heading, else the first line of
    text, else what the file says of itself."""
    for text in head_texts(document):
        subject = _SUBJECT.match(text)
        if subject is not None:
            return " ".join(subject["title"].split())
    head = [b for b in document.blocks[:HEAD_BLOCKS] if not isinstance(b, Paragraph) or set(b.place) != {"sheet"}]
    paragraphs = [b for b in head if isinstance(b, Paragraph) and b.text.strip()]
    theme = _first_theme(document)
    paragraphs = [p for p in paragraphs if p is not theme and not _NO_TITLE.match(p.text) and not _is_sentence(p)]
    paragraphs = [p for p in paragraphs if p.level or not _DATE.fullmatch(p.text.strip())]
    if len(paragraphs) > 1 and names_council(paragraphs[0].text):
        paragraphs = paragraphs[1:]  # whose document it is, above what it is called
    cover = _on_the_cover(paragraphs)
    head = [b for b in head if b is not theme and (b in paragraphs or isinstance(b, Table))]
    top = next((p for p in paragraphs if p.level == 1 and (theme is None or p.level < theme.level)), None)
    if cover is not None and (top is None or _PART.match(top.text.strip())):
        top = cover
    if top is None and paragraphs and isinstance(head[0], Paragraph):
        top = paragraphs[0]
    if top is not None and len(top.text) <= 300:
        first_line, *more = top.text.split("\n")
        if len(more) >= HEAD_LINES:
            more = []  # a text without blank lines: what follows is no longer its title
        return " ".join(" ".join([first_line, *(line for line in more if not speaks_of_a_day(line))]).split())
    if document.properties.get("title"):
        return document.properties["title"]
    first = head[0] if head else None
    if isinstance(first, Table) and first.rows:
        filled = [cell for cell in first.rows[0] if cell is not None and cell.text.strip()]
        if len(filled) == 1 and not _NO_TITLE.match(
            filled[0].text
        ):  # a sheet whose first row holds nothing but its title
            return " ".join(filled[0].text.split())
    return " ".join(top.text.split())[:300] if top is not None else None


def _on_the_cover(paragraphs: list[Paragraph]) -> Paragraph | None:
    """The title on a cover that no heading marks: the first short line above the headings of the document's own parts
    ("Contents", "1. Foreword"), or one that is printed larger than the lines around it; None where neither is there."""
    part = next((n for n, p in enumerate(paragraphs) if _PART.match(p.text.strip())), None)
    if part and not any(p.level for p in paragraphs[:part]):
        return paragraphs[0]
    head = [p for p in paragraphs[:HEAD_LINES] if not p.level]
    if len(head) < 2 or len(head) < min(HEAD_LINES, len(paragraphs)) or not all(p.size for p in head):
        return None
    largest = max(head, key=lambda p: p.size or 0.0)
    return largest if (largest.size or 0.0) >= LARGER * (head[0].size or 0.0) else None


def names_council(text: str) -> bool:
    """Whether a line is the name of a council and nothing else."""
    return _COUNCIL.fullmatch(" ".join(text.split())) is not None and not _PAPER.search(text)


def _is_sentence(paragraph: Paragraph) -> bool:
    """Whether a paragraph of the body is a whole sentence, as no title is."""
    return not paragraph.level and paragraph.text.rstrip().endswith(".") and len(paragraph.text.split()) > LONGEST_ENDED


def _first_theme(document: Document) -> Paragraph | None:
    """The first heading of a document where it is no title but the first of its themes: it stands right above a table,
    headings of its own level stand above further tables, and its words name no document."""
    headings = [
        n for n, b in enumerate(document.blocks) if isinstance(b, Paragraph) and b.level and b.place.keys() != {"sheet"}
    ]
    if len(headings) < 2 or not _above_a_table(document, headings[0]):
        return None
    first = document.blocks[headings[0]]
    assert isinstance(first, Paragraph)
    more = [n for n in headings[1:] if getattr(document.blocks[n], "level", 0) == first.level]
    if (
        len(more) < len(headings) - 1
        or NAMES_DOCUMENT.search(first.text)
        or (first.size is not None and _largest(document, first))
    ):
        return None
    return first if sum(1 for n in more if _above_a_table(document, n)) >= 0.6 * len(more) else None


def _above_a_table(document: Document, index: int) -> bool:
    return index + 1 < len(document.blocks) and isinstance(document.blocks[index + 1], Table)


def _largest(document: Document, first: Paragraph) -> bool:
    """Whether no other heading is printed as large."""
    others = [b.size or 0 for b in document.blocks if isinstance(b, Paragraph) and b.level and b is not first]
    return (first.size or 0) > max(others, default=0) + 0.5


_BEFORE_A_DAY = 160  # characters before a day that can say that it is the document's


def as_at_of(document: Document) -> str | None:
    """The day the document says it speaks of, as an ISO date; a month stands for its last day. None where it does not say."""
    for text in head_texts(document):
        for match in _DATE.finditer(text):
            said = _AS_AT.search(text[max(match.start() - _BEFORE_A_DAY, 0) : match.start()])
            # "An update on the paper of May" in a sentence speaks of a paper; only "as at" is sure there.
            if said and (len(text.split()) <= 16 or said.group().lower().startswith("as")):
                day = _day(match)
                if day is not None:
                    return day.isoformat()
    return None


def is_meeting(text: str) -> bool:
    """Whether a short line names a meeting: a body and the full day on which it meets ("Audit Committee – 4 May 2026")."""
    match = _DATE.search(text)
    return match is not None and len(text.split()) <= LONGEST_MEETING and bool(match["d1"] and _BODY.search(text))


def speaks_of_a_day(text: str) -> bool:
    """Whether a short line only says of which day a document speaks ("As at 30 June 2025"), or is no more than a day."""
    match = _DATE.search(text)
    if match is None or len(text.split()) > 10:
        return False
    return bool(_AS_AT.search(text[: match.start()])) or match.group().strip() == text.strip()


def _day(match: re.Match[str]) -> dt.date | None:
    part = match.groupdict()
    year = next((part[k] for k in ("y1", "y2", "y3", "y4") if part[k]), "")
    month = next((part[k] for k in ("m1", "m2", "m3", "m4") if part[k]), "")
    day = next((part[k] for k in ("d1", "d2", "d3") if part[k]), None)
    number = int(month) if month.isdigit() else MONTHS[month.lower().rstrip(".")]
    full = int(year) + 2000 if len(year) == 2 else int(year)
    if not 1 <= number <= 12 or not 1900 <= full <= 2200:
        return None
    last = calendar.monthrange(full, number)[1]
    wanted = int(day) if day else last
    return dt.date(full, number, wanted) if 1 <= wanted <= last else None


def organisation_of(document: Document) -> str | None:
    """The council a document names most often, as printed; None where it names none, or names others in passing.

    A name counts where it stands at the very head of the document, or where its own word ("Sampleton") comes again and
    again: the councils of reviewers and neighbours are named once or twice.
    """
    texts = [text for block in document.blocks for text in _texts_of(block)]
    names = Counter(name for text in texts for name in _councils_in(text))
    whole = " ".join(texts)
    head = " ".join(list(head_texts(document))[:HEAD_LINES])
    for name, _ in names.most_common():
        own = max(
            (word for word in name.split() if word[:1].isupper() and word not in _KINDS_OF_COUNCIL), key=len, default=""
        )
        if name in " ".join(head.split()) or (own and len(re.findall(rf"\b{re.escape(own)}\b", whole)) >= OFTEN):
            return name
    return None


def _texts_of(block: Paragraph | Table) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [cell.text for row in block.rows for cell in row if cell is not None]


def _councils_in(text: str) -> Iterator[str]:
    """The names of councils in a text, without the words before them that are no part of a name."""
    for match in _COUNCIL.finditer(text):
        words = match.group().split()
        while len(words) > 1 and words[0].lower() in _NOT_A_NAME and words[0] not in ("City", "Borough"):
            words = words[1:]
        if (len(words) >= 2 and words[0].lower() not in _NOT_A_NAME) or " of " in match.group():
            yield " ".join(words)
