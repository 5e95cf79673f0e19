"""Pages that present a council's management team: a heading for each post, and below it what the post answers for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from goldthread.reading.document import Place, Table
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from goldthread.reading.understanding.findings import paragraphs
from goldthread.reading.understanding.posts import is_name, is_title, starts_title, statutory_roles, title_and_holder
from goldthread.reading.understanding.prose import Passage
from goldthread.reading.understanding.prose_sentences import sentences
from goldthread.reading.understanding.sections import Section
from goldthread.reading.understanding.structures_grid import grid_of
from goldthread.reading.understanding.structures_tables import holds_posts, posts_of, unit_of

_REPORTS_TO = re.compile(
    r"\b(?i:reports?|reporting|accountable|answers?)(?: directly)? to:? (?:the )?(?P<post>[A-Z][\w&,' -]*?)(?= is\b|"
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
_TEAM = re.compile(r"\b(?:reports?|reporting|manages?|managed|managing|team|heads of service)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(?:The|Our) (?P<post>[A-Z][\w&,' -]+?)(?:,? who)? (?:is|leads?|manages?|heads|oversees|has|holds|reports?|supports?|works?|"
    r"provides?)\b"
)
_CONTACT = re.compile(
    r"\b(?:0\d{2,4}[ \d]{6,9}|\S+@\S+\.\S+)|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\benquir(?:y|ies|es)\b.*\bdirected\b"
)
_LABELLED = re.compile(
    r"(?P<label>reports to|line manager|statutory roles?|directorate|department|post ?holder|name)\s*:\s*(?P<value>.+)",
    re.IGNORECASE,
)


def read_page(sections: list[Section], reading: Reading) -> None:
    """Add the posts and responsibilities of a page's sections to a reading; every other word is left over with why."""
    page = _Page(reading)
    for section in sections:
        page.open(section)
        for passage in paragraphs(section.lines):
            page.read(passage, section.path)
        for item in section.items:
            if isinstance(item, Table):
                page.read_table(item, section)
    page.complete()


@dataclass(slots=True)
class _Page:
    """A page while it is being read: the post that is spoken of, and everything told of each post so far."""

    reading: Reading
    posts: list[ReadRecord] = field(default_factory=list)
    told: dict[int, list[str]] = field(default_factory=dict)  # by the post's place in ``posts``
    current: ReadRecord | None = None
    level: int = 0  # of the heading that names the current post
    name: Leftover | None = None  # a person's name in a heading of its own, before the post is named
    team: bool = False  # the list that follows names the current post's team

    def add(self, title: str, holder: str | None, path: list[str], places: list[Place]) -> ReadRecord:
        """A new post."""
        post = ReadRecord("post", title, {"holder": {"text": holder}} if holder else {}, path, places, confidence=0.95)
        self.reading.records.append(post)
        self.posts.append(post)
        self.told[len(self.posts) - 1] = []
        return post

    def open(self, section: Section) -> None:
        """A heading: a post, a person, a part of what is said of a post, or something else."""
        heading = section.heading
        if heading is None:
            return
        places = [dict(heading.place)]
        named = title_and_holder(section.title)
        self.team = False
        if named is not None:
            holder, self.name = named[1] or (self.name.text if self.name else None), None
            self.current = self.add(named[0], holder, section.path[:-1], places)
            unit = unit_of(section.path[:-1])
            if unit is not None:
                self.current.fields["directorate"] = unit
            self.level = section.level
        elif is_name(section.title) and (self.current is None or section.level <= self.level):
            self.current, self.name = None, Leftover(section.title, places, "name of a person")
            self.level = section.level
            self.reading.furniture.append(self.name)
        else:
            if self.current is not None and section.level <= self.level:
                self.current = None
            self.team = bool(_TEAM.search(section.title))
            why = "introduces a list" if heading.text.endswith(":") else "heading"
            self.reading.furniture.append(Leftover(heading.text, places, why))

    def read(self, passage: Passage, path: list[str]) -> None:
        """A paragraph under the headings of ``path``: what a post answers for, or the story of the page."""
        text, bullet = passage.text, passage.lines[0].bullet
        named = title_and_holder(text) if not re.search(r"[.:]$", text) else None
        if named and (self.current is None or (bullet and self.team)):
            self._list_post(named, passage, path)
        elif self.current is None:
            self._tell(passage)
        elif _CONTACT.search(text):
            self.reading.unplaced.append(Leftover(text, passage.places(), "how to get in touch"))
        else:
            self._of_current(self.current, passage)

    def _list_post(self, named: tuple[str, str | None], passage: Passage, path: list[str]) -> None:
        """A line that names a post: under a person's name, in a list of posts, or in the team of the current one."""
        holder = named[1] or (self.name.text if self.name else None)
        post = self.add(named[0], holder, [], passage.places())
        unit = unit_of(path)
        if unit is not None and self.current is None:
            post.fields["directorate"] = unit
        if self.current is not None:
            post.fields["reports_to"] = self.current.text
        elif self.name is not None:
            self.current, self.level, self.name = post, self.level or 1, None

    def _of_current(self, post: ReadRecord, passage: Passage) -> None:
        """A line or paragraph under a post's heading."""
        text = passage.text
        self.told[next(n for n, other in enumerate(self.posts) if other is post)].append(text)
        labelled = _LABELLED.fullmatch(text)
        alone = _REPORTS_TO.fullmatch(text.strip(" ."))
        if labelled:
            _set(post, labelled["label"].lower(), labelled["value"].strip())
            self._label(post, passage, labelled.start("value"))
        elif alone:
            post.fields["reports_to"] = alone["post"].strip()
            self._label(post, passage, alone.start("post"))
        elif is_name(text) and "holder" not in post.fields:
            post.fields["holder"] = {"text": text}
            post.source += passage.places()
        elif passage.lines[0].bullet:
            self.answers(post, passage, 0, len(text))
        elif text.endswith(":"):
            self.team = bool(_TEAM.search(text))
            self.reading.furniture.append(Leftover(text, passage.places(), "introduces a list"))
        else:
            for first, last in sentences(text):
                self._sentence(post, passage, first, last)

    def _sentence(self, post: ReadRecord, passage: Passage, first: int, last: int) -> None:
        """A sentence: who the post reports to and nothing else, or something that it answers for."""
        alone = _REPORTS_TO.fullmatch(passage.text[first:last].strip(" ."))
        if alone is not None:
            post.fields["reports_to"] = alone["post"].strip()
            self._label(post, passage, first + alone.start("post"), first, last)
        else:
            self.answers(post, passage, first, last)

    def _label(self, post: ReadRecord, passage: Passage, value: int, first: int = 0, last: int | None = None) -> None:
        """A value with its label ("Reports to: …"): the value is the post's, the label is furniture."""
        post.source += passage.places(value, last)
        if passage.text[first:value].strip():
            self.reading.furniture.append(
                Leftover(passage.text[first:value].strip(), passage.places(first, value), "label of a field")
            )

    def answers(self, post: ReadRecord, passage: Passage, first: int, last: int) -> None:
        """A responsibility of a post."""
        text, places = passage.text[first:last], passage.places(first, last)
        self.reading.records.append(
            ReadRecord("responsibility", text, {"post": post.text}, [post.text], places, confidence=0.9)
        )

    def _tell(self, passage: Passage) -> None:
        """A paragraph under no post: one that tells of a kind of post ("Heads of Service, who …") makes that post."""
        match = _PLURAL_POST.match(passage.text) or _subject(passage.text)
        if match is None:
            self.reading.unplaced.append(
                Leftover(passage.text, passage.places(), "about the page's subject as a whole")
            )
            return
        first, last = match.span("post")
        known = next((post for post in self.posts if post.text.lower() == match["post"].lower()), None)
        post = known or self.add(match["post"], None, [], passage.places(first, last))
        self.told[next(n for n, other in enumerate(self.posts) if other is post)].append(passage.text)
        for low, high in sentences(passage.text):
            self.answers(post, passage, low, high)

    def read_table(self, table: Table, section: Section) -> None:
        """A table of posts, or of something unknown."""
        grid = grid_of([table])
        if grid is None:
            return
        if holds_posts(grid):
            found = posts_of(grid, section.path)
            self.reading.records.extend(found.records)
            self.reading.furniture.extend(found.header)
            self.reading.unplaced.extend(found.left)
            return
        for cell in [cell for row in [grid.caption, grid.header, *grid.rows] for cell in row if cell.text]:
            self.reading.unplaced.append(Leftover(cell.text, cell.places(), "a table of no known kind"))

    def complete(self) -> None:
        """Statutory roles and reporting lines, as what was told of each post says them."""
        for index, post in enumerate(self.posts):
            text = " ".join(self.told[index])
            roles = list(dict.fromkeys(r for part in ["", *self.told[index]] for r in statutory_roles(part, post.text)))
            if roles and "statutory_roles" not in post.fields:
                post.fields["statutory_roles"] = roles
            told = _REPORTS_TO.search(text)
            if told and "reports_to" not in post.fields and is_title(told["post"].strip()):
                post.fields["reports_to"] = told["post"].strip()
            for managed in _MANAGES.finditer(text):
                for other in self.posts:
                    if other is not post and "reports_to" not in other.fields and _named(other.text, managed["team"]):
                        other.fields["reports_to"] = post.text


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


def _subject(text: str) -> re.Match[str] | None:
    """The post that a paragraph begins with and tells of: "The Director of Place is responsible for …"."""
    match = _SUBJECT.match(text)
    return match if match is not None and starts_title(match["post"]) and is_title(match["post"]) else None


def _named(title: str, team: str) -> bool:
    """Whether a list of a team's posts names a title, in the singular or the plural, with or without what it is for."""
    plain = re.sub(r"\s*\([^()]*\)", "", title)
    rank = re.split(r"\s*[:–,-]\s*|\s+of\s+|\s+for\s+", plain)[0]
    if re.search(rf"\b{re.escape(plain)}\b", team):
        return True
    return len(rank.split()) > 1 and re.search(rf"\b{re.escape(rank)}s\b", team) is not None
