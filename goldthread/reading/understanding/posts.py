"""Titles of posts: telling them from other words, splitting run-on lists of them, and the roles that the law gives."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from goldthread.reading.understanding.prose_sentences import sentences

_LONGEST = 200  # characters of a title, with its holder


@dataclass(frozen=True, slots=True)
class Title:
    """A post title in a text: its offsets, and what is printed beside it (a note, or the unit it is listed under)."""

    first: int
    last: int
    note: tuple[int, int] | None = None
    unit: str | None = None
    in_doubt: bool = False  # it stands in a list of titles, and is worded as none


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("titles.toml").read_text(encoding="utf-8"))


@cache
def _begins() -> re.Pattern[str]:
    """A title's beginning, with the words before its rank."""
    data = _data()
    before = "|".join(data["before_rank"])
    return re.compile(rf"\b(?:(?:{before})(?:[ /-]+))*(?:{'|'.join(data['begins'])})")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_data()['ends'])})(?: \([^()]*\))?$")


@cache
def _statutory() -> list[re.Pattern[str]]:
    return [re.compile(entry["print"], re.IGNORECASE) for entry in _data()["statutory"]]


def is_statutory_role(text: str) -> bool:
    """Whether a text is the name of a role that the law gives to a post, and nothing else."""
    return any(pattern.fullmatch(text.strip()) for pattern in _statutory())


def starts_title(text: str) -> bool:
    """Whether a text begins as a post title does."""
    return bool(_begins().match(text))


# "Senior Officers", "Directors": a group of posts, no post.
_PLURAL = re.compile(
    r"^Heads\b|\b(?:Directors|Officers|Managers|Executives|Leads|Partners|Solicitors|Advisers|Heads)$|^The\b"
)


def is_title(text: str) -> bool:
    """Whether a short text is the title of a post and nothing else."""
    plain = text.strip()
    if (
        not plain
        or len(plain.split()) > 16
        or _PLURAL.search(plain)
        or re.search(r"[.;?!]$", plain)
        or not plain[0].isupper()
    ):
        return False
    if re.search(r"\b(?:is|are|was|will|has|have|should|report|page|structure|team|office)\b", plain):
        return False
    return starts_title(plain) or bool(_ends().search(plain))


def title_starts(text: str) -> list[int]:
    """Where titles begin in a run-on text."""
    starts: list[int] = []
    depth = last = 0
    for match in _begins().finditer(text):
        depth += text.count("(", last, match.start()) - text.count(")", last, match.start())
        last = match.start()
        if depth > 0:
            continue  # inside brackets
        before = text[max(0, match.start() - 80) : match.start()]
        if re.search(
            r"\b(?:of|to|by|with|the|for|a|an|as|our|their|this|that)\s+$|\bas (?:[A-Z][\w-]+ )$|[-/]$", before
        ):
            continue  # "removal of AD …", "acting as Client Director"
        if re.match(r"\s+(?:structure|office|team|directorate|department)\b", text[match.end() :], re.IGNORECASE):
            continue  # a unit named after its head: "COO structure"
        joint = re.search(r"(\w[\w ]*?)\s+(?:and|&)\s+$", before)
        if joint and starts and _bare(text[starts[-1] : match.start()]):
            continue  # one post with two titles: "Deputy Chief Executive and Director of Resources"
        if joint and starts and any(pattern.match(text, match.start()) for pattern in _statutory()):
            continue  # a post with a role of the law: "Head of Legal and Monitoring Officer"
        starts.append(match.start())
    return starts


def _bare(text: str) -> bool:
    """Whether a title says a rank alone, and nothing of what it is for."""
    plain = re.sub(r"\s+(?:and|&)\s*$", "", text).strip()
    match = _begins().match(plain)
    return bool(match) and match is not None and match.end() == len(plain) and not plain.startswith("Head")


_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Prof(?:essor)?|Cllr|Councillor)\.? )?"
    r"(?:[A-Z]\.|[A-Z][a-zA-Z'’-]+)(?: (?:[A-Z]\.?|de|van|von|bin|al|[A-Z][a-zA-Z'’-]+)){1,3}(?: (?:OBE|MBE|CBE|QPM))?"
)


_NOBODY = re.compile(
    r"(?:currently |post )?vacan(?:t|cy)|to be (?:appointed|confirmed|recruited|advertised)|tbc|tba|under recruitment",
    re.IGNORECASE,
)


def is_name(text: str) -> bool:
    """Whether a short text looks like a person's name: two to four capitalised words, none of a post's or a service's."""
    plain = text.strip()
    words = plain.replace(".", "").split()
    known = set(_data()["subjects"]) | set(_data()["before_rank"])
    return bool(_NAME.fullmatch(plain)) and not known.intersection(words) and not is_title(plain)


def title_and_holder(text: str) -> tuple[str, str | None] | None:
    """The post that a short text names, and the person whom it names beside it; None where it names no post."""
    if len(text) > _LONGEST:
        return None
    for separator in re.finditer(r"\s+[-–—|]\s+|\s*:\s+|,\s+|\s+\((?=[^()]*\)$)", text):
        left, right = text[: separator.start()].strip(), text[separator.end() :].strip()
        right = right.removesuffix(")") if "(" in separator.group() else right
        if is_title(left) and (is_name(right) or _NOBODY.fullmatch(right)):
            return left, right
        if is_name(left) and is_title(right):
            return right, left
    return (text.strip(), None) if is_title(text) else None


_COUNT = r"(?:in )?(?:Total:?\s+)?\d+(?:\.\d+)?(?:\s*(?:roles?|posts?|FTEs?|fte))?(?:\s+with\b.*)?"
_TRAILING_COUNT = re.compile(rf"[\s,;]*\b{_COUNT}\s*$")
_ONLY_COUNT = re.compile(rf"\s*{_COUNT}\s*")
_UNIT = re.compile(
    r"(?P<unit>[A-Z&][\w&'’ -]*?)\s+(?P<word>roles?|posts?|structure|office|team|directorate|department)\b",
    re.IGNORECASE,
)
# "Shared service roles in place in April 2023 Finance, Director of …": the first of a list, printed without its rank.
_LISTED = re.compile(r"(?<=\b(?:19|20)\d\d) ([A-Z][\w&'’ -]{2,40}?),\s*$")
_NOTE = re.compile(r"\s+[–—-]\s+(?=[a-z])|\s+\((?=[a-z][^()]*\s[^()]*\s[^()]*\s[^()]*\))")
_LOOSE_END = re.compile(r"(?:[\s,;:–—-]|(?<=\s)(?:and|&))+$")


def split_titles(text: str, breaks: list[int] | None = None) -> tuple[list[Title], list[tuple[int, int]]]:
    """A run-on list of titles as titles, and the spans of it that belong to none (counts, headings in the cell).

    ``breaks`` are the offsets at which a new printed paragraph begins. A line such as "Shared service roles in
    April" sets
    the unit of the titles after it.
    """
    pieces = _pieces(text, sorted({0, len(text), *(breaks or [])}))
    titles: list[Title] = []
    rest: list[tuple[int, int]] = []
    unit: str | None = None
    for first, last, is_post in pieces:
        if not is_post:
            unit = _unit(text[first:last]) or unit
            item = _LISTED.search(text[first:last])
            if item is not None:
                titles.append(Title(first + item.start(1), first + item.end(1), None, unit, in_doubt=True))
                last = first + item.start()
            rest.append((first, last))
            continue
        title = _tidy(text, first, last, unit)
        titles.append(title)
        rest.extend(_around(text, first, last, title))
    return titles, rest


def _pieces(text: str, breaks: list[int]) -> list[tuple[int, int, bool]]:
    """The text cut where titles begin and where a printed paragraph begins that is no rest of a title."""
    starts = set(title_starts(text))
    cuts = {0, len(text)} | starts
    for low, high in itertools.pairwise(breaks):
        part = text[low:high].strip()
        alone = not any(low <= start < high for start in starts)
        if low and (_ONLY_COUNT.fullmatch(part) or _unit(part) or (alone and _ends().search(part))):
            cuts.add(low)
    ordered = sorted(cuts)
    pieces = []
    for first, last in itertools.pairwise(ordered):
        part = text[first:last].strip()
        if part:
            pieces.append((first, last, first in starts or is_title(part)))
    return pieces


def _unit(text: str) -> str | None:
    """The unit that a heading inside a cell names ("Shared service roles in place" → "Shared service")."""
    plain = text.strip()
    match = _UNIT.match(plain)
    if match is None or re.match(r"total\b|no\b|same\b|\d", plain, re.IGNORECASE):
        return None
    keep = match["word"].lower() not in ("role", "roles", "post", "posts")
    return match.group().strip() if keep else match["unit"].strip()


def _tidy(text: str, first: int, last: int, unit: str | None) -> Title:
    """A title without the count and the note that follow it."""
    counted = _TRAILING_COUNT.search(text[first:last])
    end = first + counted.start() if counted and counted.start() else last
    noted = _NOTE.search(text[first:end])
    note = (first + noted.end(), first + len(text[first:end].rstrip())) if noted else None
    end = first + noted.start() if noted else end
    loose = _LOOSE_END.search(text[first:end])
    return Title(first, first + loose.start() if loose and loose.start() else end, note, unit)


def _around(text: str, first: int, last: int, title: Title) -> list[tuple[int, int]]:
    """What of a piece is neither its title nor its note."""
    end = title.note[1] if title.note else title.last
    return [(end, last)] if re.search(r"\w", text[end:last]) else []


_GIVES = re.compile(
    r"\b(?:is|are|as|be|being|acts?|serves?|holds?|appointed|designated|roles?|statutory|discharges?|fulfils?)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:manages?|managing|reports?|reporting|supports?|supporting|works? (?:with|closely)|"
    r"team of|alongside|together with)\b",
    re.IGNORECASE,
)
_NAMED_BY_LAW = re.compile(r"\bis (the (?:[Cc]ouncil['’]s )?statutory [^.;,]+)")


def statutory_roles(text: str, title: str = "") -> list[str]:
    """The roles that the law gives to a post, as printed in a text about it or in brackets after its title.

    The post's own title is not one of them, nor is the role of somebody whom it manages or works with.
    """
    own = title.lower()
    found: dict[int, str] = {}
    for part in re.split(r"\s+(?:and|&)\s+|[,/()]\s*", title)[1:]:
        if any(pattern.fullmatch(part.strip()) for pattern in _statutory()):
            found[len(found) - 100] = part.strip()  # before everything that the text says
    for first, last in sentences(text):
        sentence = text[first:last]
        for pattern in _statutory():
            for match in pattern.finditer(sentence):
                before = sentence[: match.start()]
                if match.group().lower() not in own and _GIVES.search(before) and not _OTHERS.search(before):
                    found[first + match.start()] = match.group()
        law = _NAMED_BY_LAW.search(sentence)
        if law and not any(first + law.start(1) <= at < first + law.end(1) for at in found):
            found[first + law.start(1)] = law.group(1).strip()
    return list(dict.fromkeys(found[at] for at in sorted(found)))
