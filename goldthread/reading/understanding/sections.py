"""Sections: which lines of a document are headings, how they nest, and what a heading announces."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from goldthread.reading.document import Table
from goldthread.reading.understanding.cells import says_when
from goldthread.reading.understanding.prose import Line
from goldthread.reading.understanding.prose_furniture import key, words
from goldthread.reading.understanding.reports_answers import named_part

Item = Line | Table

_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)(?:\.|\))?(?:\s+|(?<=[.)]))(?=[A-Z\"'“‘(])")
# What a recommendation is called before its number: "Statutory recommendation 1", "Recommendation Two", "R4 Publish …".
RECOMMENDATION_KINDS = (
    r"(?:(?:key|priority|statutory|improvement|main|urgent|critical|(?:high|medium|low)[ -]priority|other|additional|"
    r"further|specific|overarching|written|previous|original) )?"
)
RECOMMENDATION_LABEL = re.compile(
    rf"{RECOMMENDATION_KINDS}(?:recommendation|rec)s?\.?\s*(?:no\.?\s*|number\s*)?"
    r"(?P<number>[A-Z]?\d+(?:\.\d+)*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)\s*(?:[:.)–—-]\s*)?|"
    r"R(?P<short>\d{1,2})\s*[:.)–—-]?\s+(?=[A-Z])",
    re.IGNORECASE,
)
_LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]+|[A-Z])[.)]\s")
# A fact of the cover, printed in one line with its label: "Inspection dates: 3 to 14 May".
_FACT = re.compile(
    r"(?:inspection|visit|review|report|publication|meeting|on-?site|lead|author|contact|dates?|version|status|prepared|"
    r"unique reference|urn|address|telephone|email|website|provider|local authority|reports? to|line manager|post ?holder)"
    r"\b[\w /]{0,30}:\s+\S",
    re.IGNORECASE,
)
_SIDE_WORDS = 4  # of a cell that says that something is a strength or is to be improved
_LONGEST = 16  # words of a heading
UNSTYLED, _COLON = 5, 6  # levels of headings that only their surroundings give away


@dataclass(slots=True)
class Section:
    """A heading with what stands under it up to the next heading. ``path`` holds the headings above and its own, as
    printed."""

    title: str = ""
    number: str | None = None
    level: int = 0
    heading: Line | None = None
    path: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    is_title: bool = False  # the document's title, not a part of it
    roles: list[str] = field(default_factory=list)  # what it and the headings above announce, innermost last

    @property
    def role(self) -> str | None:
        """What the innermost heading that announces anything announces."""
        return self.roles[-1] if self.roles else None

    @property
    def lines(self) -> list[Line]:
        """The section's lines outside tables."""
        return [item for item in self.items if isinstance(item, Line)]


@cache
def _vocabulary() -> list[tuple[str, re.Pattern[str]]]:
    """(role, pattern) in the order of sections.toml."""
    data = tomllib.loads(resources.files(__package__).joinpath("sections.toml").read_text(encoding="utf-8"))
    return [(role, re.compile(pattern)) for role, entry in data.items() for pattern in entry["patterns"]]


def role_of(title: str) -> str | None:
    """What a heading announces: "recommendations", "process", "strengths", …, or None."""
    text = key(title)
    if re.search(r"\bstrengths?\b", text) and re.search(
        r"\b(?:improve\w*|development|consider\w*|weakness\w*)\b", text
    ):
        return "summary"  # of both
    return next((role for role, pattern in _vocabulary() if pattern.search(text)), None)


def recommends_below(text: str) -> bool:
    """Whether a sentence recommends what is listed below it: "We recommend that the council should:"."""
    return text.rstrip().endswith(":") and bool(re.search(r"\brecommend(?:s|ed)?\b", text, re.IGNORECASE))


def judged_column(columns: Sequence[Sequence[str]]) -> int | None:
    """The index of the column whose cells say of each row whether it is a strength or is to be improved; None without one."""
    for index, texts in enumerate(columns):
        held = [text for text in texts if text.strip()]
        sides = [role_of(text) for text in held if len(text.split()) <= _SIDE_WORDS]
        if len(held) > 1 and sum(side in ("strengths", "improvements") for side in sides) >= 0.75 * len(held):
            return index
    return None


def number_of(text: str) -> str | None:
    """The number a heading or a paragraph begins with ("4.1"), or None."""
    match = _NUMBER.match(text)
    return match["number"] if match else None


def states_a_fact(text: str) -> bool:
    """Whether a line is a label with its value, as covers print them ("Lead inspector: …"), and no sentence."""
    return bool(_FACT.match(text)) and not re.search(r"[.!?]$", text)


def unnumbered(text: str) -> str:
    """A heading without its number."""
    return _NUMBER.sub("", text, count=1).strip() if _NUMBER.match(text) else text


def outline(flow: list[Item]) -> list[Section]:
    """The document as sections in reading order; what stands before the first heading is a section without a title."""
    body = _body_size(flow)
    styled = any(isinstance(item, Line) and item.level for item in flow)
    sections = [Section()]
    stack: list[Section] = []
    for index, item in enumerate(flow):
        level = _level(flow, index, body, styled) if isinstance(item, Line) else 0
        if not level or not isinstance(item, Line):
            sections[-1].items.append(item)
            continue
        while stack and stack[-1].level >= level:
            stack.pop()
        section = Section(unnumbered(item.text).strip(" :"), number_of(item.text), level, item)
        above = stack[-1] if stack else Section()
        own = role_of(section.title)
        section.path = [*above.path, item.text]
        section.roles = [*above.roles, own] if own else list(above.roles)
        stack.append(section)
        sections.append(section)
    sections = [section for section in sections if section.heading or section.items]
    _mark_title(sections)
    return sections


def _mark_title(sections: list[Section]) -> None:
    """Where every other heading stands under the first one, that is the document's title and belongs in no path."""
    headed = [section for section in sections if section.heading is not None and not section.is_title]
    if len(headed) < 3 or headed[0].roles or headed[0].number:
        return
    first = headed[0].path
    under = [section.roles[-1:] for section in headed[1:] if len(section.path) == 2 and section.path[:1] == first]
    if under and all(roles in (["strengths"], ["improvements"]) for roles in under):
        return  # a theme, with its strengths and its areas for improvement
    headed[0].is_title = True
    if all(section.path[:1] == first for section in headed):
        for section in headed[1:]:
            section.path = section.path[1:]
        _mark_title(sections)  # a title of two lines: what is reviewed, and whose


def _body_size(flow: list[Item]) -> float | None:
    """The font size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for item in flow:
        if isinstance(item, Line) and item.size:
            sizes[item.size] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else None


def _level(flow: list[Item], index: int, body: float | None, styled: bool) -> int:
    """The level of the heading at ``index``, 0 where the line is body text."""
    line = flow[index]
    assert isinstance(line, Line)
    if line.level:
        return line.level
    after = flow[index + 1] if index + 1 < len(flow) else None
    if line.attached or (isinstance(after, Line) and (after.attached or _goes_on_small(after))):
        return 0
    text = line.text
    count = len(words(text))
    asks = text.endswith("?") and role_of(text) is not None  # "What needs to improve?"
    if (
        not 0 < count <= _LONGEST
        or (re.search(r"[.;,?!–-][\"'”’)]*$", text) and not asks)
        or not re.match(r"[\"'“‘(]?[A-Z0-9]", text)
        or not re.search("[A-Za-z]{2}", text)
    ):
        return 0
    if _FACT.match(text) or says_when(text) or _answers(text):
        return 0
    number = number_of(text)
    if number and not line.bullet:
        return 0 if _in_list(flow, index, number) else number.count(".") + 1
    if line.bullet or _LETTERED.match(text):
        return 0
    if line.gap is not False and RECOMMENDATION_LABEL.fullmatch(text):
        return UNSTYLED if line.bold else UNSTYLED - 1
    if _capitals(text):
        return 1
    if body and line.size and line.size >= body * 1.12:
        return 1 if line.size >= body * 1.4 else 2
    if line.bold and count <= 14:
        return UNSTYLED
    return 0 if styled else _from_surroundings(flow, index, text, count)


def _answers(text: str) -> bool:
    """Whether a line is a known label with its value ("Criteria impacted: Governance"), as stand below recommendations."""
    label, _, value = text.partition(":")
    return bool(value.strip()) and label[:1].isupper() and named_part(label) not in (None, "recommendation", "action")


def _goes_on_small(after: Line) -> bool:
    """Whether a line goes on in the middle of a sentence right below: what stands above it is no heading."""
    return after.gap is False and not after.bullet and not after.level and after.text[:1].islower()


def _capitals(text: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", text)
    return len(letters) >= 5 and letters.isupper()


def _in_list(flow: list[Item], index: int, number: str) -> bool:
    """Whether a short numbered line is an item of a list: the next or the last line carries the neighbouring number."""
    head, _, last = number.rpartition(".")
    for step in (1, -1):
        if 0 <= index + step < len(flow):
            other = flow[index + step]
            if isinstance(other, Line) and number_of(other.text) == ".".join(
                filter(None, [head, str(int(last) + step)])
            ):
                return True
    return False


def _from_surroundings(flow: list[Item], index: int, text: str, count: int) -> int:
    """The level of an unstyled heading: a short line alone between blank lines that something hangs under."""
    line, after = flow[index], flow[index + 1] if index + 1 < len(flow) else None
    assert isinstance(line, Line)
    if line.gap is False:
        return 0
    before = flow[index - 1] if index else None
    if isinstance(before, Line) and RECOMMENDATION_LABEL.fullmatch(before.text):
        return 0  # the words of the recommendation whose number stands above them
    if text.endswith(":"):
        return _COLON if count <= 10 else 0
    if after is None:
        return UNSTYLED if count <= 8 and line.gap else 0
    if isinstance(after, Table):
        return UNSTYLED if count <= 12 else 0
    if after.gap is False:
        return 0
    if count <= 8 and line.gap and role_of(after.text) in ("strengths", "improvements") and role_of(text) is None:
        return UNSTYLED - 1  # a theme, with its strengths right below
    if after.bullet or len(words(after.text)) >= 12 or re.search(r"[.:]$", after.text):
        return UNSTYLED if count <= 12 else 0
    # a single line over a run of short lines printed one under another
    following = flow[index + 2] if index + 2 < len(flow) else None
    run = isinstance(following, Line) and following.gap is False and not following.level
    return UNSTYLED if run and count <= 8 else 0
