"""Entries written in text: lines with labels ("Lead: …"), items that name their lead at their end, lists under a heading
that announces actions, and cells of frames that hold such lines instead of columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from goldthread.reading.document import Document, Paragraph, Place, Table
from goldthread.reading.understanding.cells import is_task
from goldthread.reading.understanding.columns import role_of_heading
from goldthread.reading.understanding.entries import Objective, Piece
from goldthread.reading.understanding.inside import Inside, in_brackets, says_how, says_who
from goldthread.reading.understanding.over import labelled
from goldthread.reading.understanding.posts import title_and_holder
from goldthread.reading.understanding.undertaken import Undertaken, undertaken
from goldthread.reading.vocabulary import plain, vocabulary

MAIN = ("action", "recommendation", "indicator", "saving", "objective", "description")
SURE, VERY = 0.9, 0.97
ALSO = ("also", "previous", "rag_previous", "update_previous", "start", "support")
"""Roles without a field of the format: kept beside the record under their label."""
FEWEST_WRITTEN, FEWEST_PARTS = 2, 3  # cards that make it a way of listing; parts of a card that begins with a label
TITLE_WORDS = 40  # of a line that is an entry by the labelled lines below it
LABEL_WORDS = 8  # of a line that announces a list
MOSTLY = 0.6  # share of the cells of a frame that are labelled, and of the items of a list that are tasks
_SAYS = ("lead", "timescale", "status", "rag", "update", "completed", "criteria")
_LINE = re.compile(
    r"^\s*(?P<label>[A-Z][A-Za-z /’'()-]{1,40}?)(?:\s+(?P<number>[A-Z]{0,3}\d[\w.]{0,5}))?\s*:\s*(?P<value>\S.*)$", re.S
)
# "ACTION – J Dove to circulate …": without a colon, where somebody is to do something.
_ACTION = re.compile(
    r"^\s*[(\[]?(?P<label>(?:ACTION|Action)(?:S|s)?(?: (?:point|POINT|Point))?)(?:\s+(?P<number>\d{1,3}(?:\.\d+)*))?"
    r"\s*[:–—-]?\s+(?P<value>[A-Z].*?)[)\]]?$",
    re.S,
)
_NUMBER = re.compile(r"^\s*(?P<number>[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})*[a-z]?)[.):]?\s+(?=[A-Z“\"'])")


@dataclass(slots=True)
class Card:
    """One entry printed as labels and values: for each role the values, and where they stand."""

    block: int
    values: dict[str, list[tuple[str, Place]]] = field(default_factory=dict)
    labels: list[tuple[str, Place]] = field(default_factory=list)
    other: list[tuple[str, str, Place]] = field(default_factory=list)  # label, value: labels that are not known
    written: bool = False  # made of lines of text, not of the cells of a table with labels beside values
    item: bool = False  # an item of a list that says at its end who leads it
    announced: bool = False  # an item of a list whose heading says what it lists
    doubtful: bool = False  # announced by a sentence only
    headed: bool = False  # its text is the heading above its lines
    objective: Objective | None = None  # what it serves, where a heading says it and a list how success is told
    dittos: list[tuple[str, Place]] = field(default_factory=list)  # values that say "as above"


@dataclass(slots=True)
class _Line:
    """A line of text: of a paragraph, or of a cell of a frame."""

    block: int
    text: str
    place: Place
    first: bool = True  # of its paragraph or cell
    heading: int = 0  # its level
    bullet: bool = False
    cell: bool = False
    wall: bool = False  # a table stands here: nothing goes on over it


def written_cards(document: Document, frames: dict[int, Table]) -> list[Card]:
    """The entries that a document writes in text, in reading order; ``frames`` are its ``labelled_tables``.

    Of each way of listing there must be two, or it is none.
    """
    walk = _Walk(list(_lines_of(document, frames)))
    cards = walk.read()
    for card in cards:
        _take_sentence(card)
    whole = [card for card in cards if _is_whole(card)]
    sure = [card for card in whole if not card.announced]
    told = [card for card in whole if card.announced]
    kept = [*(sure if len(sure) >= FEWEST_WRITTEN else []), *(told if len(told) >= FEWEST_WRITTEN else [])]
    return sorted(kept, key=lambda card: card.block)


def labelled_tables(document: Document) -> dict[int, Table]:
    """The tables most of whose cells say with a label what they hold, by the index of their block: frames around text."""
    return {n: b for n, b in enumerate(document.blocks) if isinstance(b, Table) and _is_frame(b)}


def _is_frame(table: Table) -> bool:
    cells = [cell for row in table.rows for cell in row if cell is not None and cell.text.strip()]
    firsts = [cell for cell in cells if labelled_line(cell.text.split("\n")[0]) is not None]
    lines = [line for cell in cells for line in cell.text.split("\n")]
    says = {found[0] for line in lines if (found := labelled_line(line)) is not None and found[0] not in ALSO}
    enough = len(firsts) >= MOSTLY * len(cells) and (len(cells) > 1 or len(lines) >= FEWEST_PARTS)
    return enough and len(says) >= FEWEST_WRITTEN and bool(says & set(_SAYS))


def labelled_line(line: str) -> tuple[str, str, str | None, str] | None:
    """The role, label, number and value of a line that begins with a known label and a colon, or with "ACTION" and who is to
    do what."""
    match = _LINE.match(line)
    if match is None:
        match = _ACTION.match(line)
        if match is None or undertaken(match["value"]) is None:
            return None
        return "action", line[: match.start("value")].strip(), match["number"], match["value"].strip()
    role, score = role_of_heading(match["label"])
    if role is None or score < SURE:
        return None
    return role, line[: match.start("value")].strip(), match["number"], match["value"].strip()


def announced(text: str) -> str | None:
    """What a short line says the list below it holds ("What we will do:"): action or criteria; None for other lines."""
    bare = re.sub(r"^\s*\d+(?:\.\d+)*[.)]?\s+", "", text).strip().rstrip(":").strip()
    if not 0 < len(bare.split()) <= LABEL_WORDS:
        return None
    role, score = role_of_heading(bare)
    if score < VERY:
        return None
    return {"action": "action", "criteria": "criteria", "indicator": "criteria"}.get(role or "")


def _introduces(text: str) -> bool:
    """Whether a sentence ends with a colon and says that what follows will be done."""
    return text.rstrip().endswith(":") and any(
        phrase in f" {plain(text)} " for phrase in (f" {known} " for known in vocabulary().words["introduces_actions"])
    )


def _lines_of(document: Document, frames: dict[int, Table]) -> Iterator[_Line]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            for line, first in _lines_in(block):
                for n, text in enumerate(_apart(line)):
                    yield _Line(index, text, block.place, first and n == 0, block.level, block.bullet)
        elif index in frames:
            yield _Line(index, "", {}, wall=True)
            for cell in (cell for row in block.rows for cell in row if cell is not None):
                for n, text in enumerate(part for line in cell.text.split("\n") for part in _apart(line)):
                    if text.strip():
                        yield _Line(index, text, cell.place, n == 0, cell=True)
        else:
            yield _Line(index, "", {}, wall=True)


def _lines_in(block: Paragraph) -> Iterator[tuple[str, bool]]:
    """The lines of a paragraph, and whether each begins something; a sentence that says who is to do what is one line
    however it was broken, and each numbered one begins something."""
    lines = block.text.split("\n")
    if len(lines) == 1 or block.level or " to " not in block.text:
        yield from ((line, n == 0) for n, line in enumerate(lines))
        return
    starts = [
        n for n, line in enumerate(lines) if n == 0 or (_NUMBER.match(line) and lines[n - 1].endswith((".", ";", ":")))
    ]
    for first, stop in pairwise([*starts, len(lines)]):
        whole = " ".join(" ".join(lines[first:stop]).split())
        if _sentence(whole) is not None:
            yield whole, True
        else:
            yield from ((line, n == 0) for n, line in enumerate(lines[first:stop], first))


def _sentence(text: str) -> Undertaken | None:
    """What an item of a list says of who is to do it, behind its number."""
    number = _NUMBER.match(text)
    return undertaken(text[number.end() :] if number else text)


def _apart(line: str) -> list[str]:
    """A line that says several things side by side, each with a label ("Owner: … | Due: …"), in its parts; else itself."""
    parts = [part for part in re.split(r"\s+[|•·]\s+|\s*;\s+|\t+|\s{3,}", line) if part.strip()]
    return parts if len(parts) > 1 and all(labelled_line(part) is not None for part in parts) else [line]


def _take_sentence(card: Card) -> None:
    """Give an action the lead and the date that its own sentence says, where nothing else does: "Action: Head of Parks to …"."""
    values = card.values.get("action", [])
    if len(values) != 1 or "lead" in card.values:
        return
    text, place = values[0]
    said = undertaken(" ".join(text.split()))
    if said is None:
        return
    card.item, card.announced = True, False  # it says itself what it is, whatever stands above it
    card.values["lead"] = [(said.lead, place)]
    if said.timescale is not None and "timescale" not in card.values:
        card.values["timescale"] = [(said.timescale, place)]


def _is_whole(card: Card) -> bool:
    if not {"action", "recommendation"} & set(card.values):
        return False
    return card.item or card.announced or card.headed or len(card.values) >= FEWEST_PARTS


class _Walk:
    """Goes through the lines of a document and makes cards of those that say what they are."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        self.lines = lines
        self.cards: list[Card] = []
        self.card: Card | None = None
        self.last: str | None = None  # role of the last labelled line: what goes on goes on with it
        self.listed: str | None = None  # what the list here holds
        self.doubtful = False
        self.objective: Objective | None = None
        self.label: tuple[str, Place] | None = None  # what announced the list, until an item has it
        self.titles = set(_titles(lines))

    def read(self) -> list[Card]:
        """The cards, in order."""
        for at, line in enumerate(self.lines):
            if line.wall:
                self._end()
            elif at in self.titles:
                self._title(line)
            elif line.heading:
                self._heading(line)
            elif not self._labelled(line):
                self._plain(at, line)
        return self.cards

    def _end(self) -> None:
        self.card = self.last = self.listed = self.label = None

    def _heading(self, line: _Line) -> None:
        self._end()
        role = announced(line.text)
        if role is not None:
            self.listed, self.doubtful = role, False
            self.label = (line.text, line.place)
            return
        found = labelled(line.text)
        says = found is not None and found[0] == "objective" and found[2]
        self.objective = Objective([Piece(found[2], line.place)]) if found is not None and says else None

    def _title(self, line: _Line) -> None:
        """A line that is an entry, because the lines below it say who leads it and the like."""
        found = labelled_line(line.text)
        number = None
        labels: list[tuple[str, Place]] = []
        if found is not None and found[0] in MAIN:
            text, number = found[3], found[2]
            labels.append((found[1], line.place))
        else:
            match = _NUMBER.match(line.text)
            text, number = (line.text[match.end() :], match["number"]) if match else (line.text, None)
        self.card = self._new(line.block, "action", text.strip(), line.place)
        self.card.headed, self.card.labels = True, labels
        if number:
            self.card.values["reference"] = [(number, line.place)]
        self.last = None

    def _new(self, block: int, role: str, text: str, place: Place) -> Card:
        card = Card(block, written=True, objective=self.objective)
        card.values[role] = [(text, place)]
        self.cards.append(card)
        return card

    def _labelled(self, line: _Line) -> bool:
        """A line with a known label: a part of the card, or the first line of the next; False for any other line."""
        found = labelled_line(line.text)
        if found is None:
            return False
        role, label, number, value = found
        if role in ALSO:
            if self.card is None:
                return False
            self.card.other.append((label, value, line.place))
            self.last = None
            return True
        if self.card is None or (role in self.card.values and role in MAIN):
            self.card = Card(line.block, written=True, objective=self.objective)
            self.cards.append(self.card)
        self.card.labels.append((label, line.place))
        said = says_who(value) if role == "action" and not line.heading else None
        if said is not None:  # "ACTION: Count the ducks (Duck Warden, 9 February)"
            self.card.item, value = True, said.text
            for part, text in said.said:
                self.card.values.setdefault(part, []).append((text, line.place))
        self.card.values.setdefault(role, []).append((value, line.place))
        if number and role in MAIN:
            called = "number" if role == "recommendation" else "reference"
            self.card.values.setdefault(called, []).append((number, line.place))
        self.last = role
        return True

    def _plain(self, at: int, line: _Line) -> None:
        """A line without a label: an item of a list, the rest of the line before, or the end of a card."""
        said = in_brackets(line.text) if line.first else None
        if said is None and line.first and (line.bullet or is_task(line.text)):
            said = says_who(line.text) or (says_how(line.text) if line.bullet else None)
        if said is not None and said.text:
            self.cards.append(item_card(line.block, line.place, said, self.objective))
            self._labelled_by(self.cards[-1])
            self.card = self.last = None
            return
        if self.listed is not None and line.first and (line.bullet or _is_undertaken(line)):
            self._item(line)
        elif self.listed is None and line.first and _is_undertaken(line, dated=True):
            self._item(line, said=True)
        elif self.card is not None and self.last is not None and (not line.first or line.bullet):
            text, place = self.card.values[self.last].pop()
            self.card.values[self.last].append((f"{text}\n{line.text}", place))
        elif line.first and not line.bullet:
            self._end()
            self._announce(at, line)

    def _labelled_by(self, card: Card) -> None:
        if self.label is not None:
            card.labels.append(self.label)
            self.label = None

    def _announce(self, at: int, line: _Line) -> None:
        role = announced(line.text)
        below = self._bullets_below(at)
        if role is not None and below:
            self.listed, self.doubtful = role, False
            self.label = (line.text, line.place)
        elif _introduces(line.text) and below and sum(map(is_task, below)) >= MOSTLY * len(below):
            self.listed, self.doubtful = "action", True
            self.label = (line.text, line.place)

    def _bullets_below(self, at: int) -> list[str]:
        """The items of the list that begins right below a line."""
        found: list[str] = []
        for line in self.lines[at + 1 :]:
            if line.wall or line.heading or not (line.bullet or _is_undertaken(line)):
                break
            found.append(line.text)
        return found

    def _item(self, line: _Line, *, said: bool = False) -> None:
        """An item of a list whose heading says what it holds, or that says itself who is to do it by when (``said``)."""
        if self.listed == "criteria":
            if self.cards and self.label is not None and self.objective is not None:
                self.cards[-1].labels.append(self.label)
                self.label = None
            if self.objective is not None:
                self.objective.criteria.append(Piece(line.text, line.place, bullets=True))
            return
        number = _NUMBER.match(line.text)
        card = self._new(line.block, "action", line.text[number.end() :] if number else line.text, line.place)
        card.announced, card.doubtful = not said, self.doubtful
        self._labelled_by(card)
        if number:
            card.values["reference"] = [(number["number"], line.place)]


def _is_undertaken(line: _Line, *, dated: bool = False) -> bool:
    """Whether a line is an item of a list by its bullet or its number, and says who is to do it (``dated``: and by when)."""
    if not line.bullet and _NUMBER.match(line.text) is None:
        return False
    said = _sentence(line.text)
    return said is not None and (not dated or said.timescale is not None)


def _titles(lines: Sequence[_Line]) -> Iterator[int]:
    """The indexes of lines that are entries by what stands below: lines whose labels name a lead and a further part, up to
    the next line without a label; where a table stands below these, they speak of it. At least two of them."""
    found = [at for at in range(len(lines)) if _can_title(lines, at) and _is_told(lines, at)]
    return iter(found if len(found) >= FEWEST_WRITTEN else [])


def _can_title(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    over_it = labelled(lines[at - 1].text) if at else None
    if over_it is not None and over_it[0] == "recommendation":
        return False  # its words, and no action
    if line.wall or not line.first or not 0 < len(line.text.split()) <= TITLE_WORDS:
        return False
    named = labelled_line(line.text)
    over = labelled(line.text)
    if over is not None or announced(line.text) is not None or line.text.rstrip().endswith(":"):
        return False
    return (named is None or named[0] == "action") and title_and_holder(line.text) is None


def _is_told(lines: Sequence[_Line], at: int) -> bool:
    roles: list[str] = []
    for line in lines[at + 1 :]:
        if line.wall:
            if not lines[at].cell:
                return False  # the table below is what they speak of
            break
        found = labelled_line(line.text) if not line.heading else None
        if found is None and not line.first and roles:
            continue
        if found is None or found[0] in MAIN:
            break
        roles.append(found[0])
    return "lead" in roles and "response" not in roles and len(set(roles) & set(_SAYS)) > 1


def item_card(block: int, place: Place, said: Inside, objective: Objective | None = None) -> Card:
    """An item of a list that names its lead at its end, as a card."""
    number = _NUMBER.match(said.text)
    card = Card(block, written=True, item=True, objective=objective)
    card.values["action"] = [(said.text[number.end() :] if number else said.text, place)]
    if number:
        card.values["reference"] = [(number["number"], place)]
    for role, text in said.said:
        card.values.setdefault(role, []).append((text, place))
    card.labels += [(label, place) for label in said.labels]
    return card
