"""Leads printed in one cell: how many they are, and whether each is a person, a post, an elected office or a body."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from goldthread.reading.vocabulary import plain, vocabulary

Lead = dict[str, str]
"""``text`` as printed and ``sort``: person, post, office, body or unknown."""

_NAME_WORD = r"(?:[A-Z][a-z]*[’'-]?[A-Z]?[\w’'-]+|[A-Z]\.?|[Mm]a?c[A-Z]\w+|de|van|von|bin|al|le|la|el|O[’'][A-Z]\w+)"
_PERSON = re.compile(rf"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame)\.? )?{_NAME_WORD}(?: {_NAME_WORD}){{1,3}}$")
_AND = re.compile(r"\s+(?:and|&|\+|with)\s+")
_REMARK = re.compile(r"\([^()]*\)")


def read_leads(text: str, known: Collection[str] = ()) -> list[Lead]:
    """The leads of a cell, in the order printed; ``known`` are names that stand alone in other cells of the document.

    Strokes, semicolons and lines part leads. "And" and commas part them only where both sides can be a lead by themselves:
    "Head of HR and Head of Finance" are two, "AD Culture, Sport and Leisure" is one post.
    """
    parts: list[str] = []
    for piece in _lines(text):
        for bit in re.split(
            r"\s*[;|•]\s*|,?\s+(?:supported by|support from)\s+|,\s+with\s+|\s*/\s*(?!\w{0,2}\b\.)", piece
        ):
            parts += _names_run_together(bit.strip(" ,.-–"), known)
    leads: list[Lead] = []
    for part in parts:
        for lead in _split_and(part):
            lead = lead.strip(" ,;–-")
            if (
                lead
                and plain(lead) not in {plain(item["text"]) for item in leads}
                and lead.lower() not in ("tbc", "tba", "n/a", "none")
            ):
                leads.append({"text": lead, "sort": sort_of(lead)})
    return leads


def _lines(text: str) -> list[str]:
    """The lines of a cell, those joined again that a narrow column broke."""
    joined: list[str] = []
    for line in (" ".join(raw.split()) for raw in text.split("\n")):
        if not line:
            continue
        if joined and not _new_line_is_new_lead(joined[-1], line):
            hyphen = joined[-1].endswith("-") and len(joined[-1]) > 1 and joined[-1][-2].isalpha()
            joined[-1] += line if hyphen or joined[-1].endswith("/") else f" {line}"
        else:
            joined.append(line)
    return joined


def _new_line_is_new_lead(before: str, line: str) -> bool:
    """A line goes on where the one above cannot stand alone ("Director of", "AD Policy,") or the line cannot begin a lead."""
    if (
        re.search(r"(?:\b(?:of|and|for|the|to|in|&|with)|[,&/(-])$", before, re.I)
        or line[:1].islower()
        or line[:1] in "&(/"
    ):
        return False
    if before.count("(") > before.count(")"):
        return False
    if is_person(before) and (is_person(line) or starts_lead(line)):
        return True
    return (
        starts_lead(line) and (starts_lead(before) or is_person(before)) and len(before.split()) > 1
    ) or _whole_body(before)


def _whole_body(text: str) -> bool:
    return plain(text) in vocabulary().leads["bodies"]


def starts_lead(text: str) -> bool:
    """Whether a text begins like the name of a post, an office or a body."""
    words = plain(text).split()
    if not words:
        return False
    leads = vocabulary().leads
    first, two = words[0], " ".join(words[:2])
    if first in leads["posts"] or first in leads["offices"] or two in leads["posts"] or two in leads["offices"]:
        return True
    return len(words) <= 2 and (first in leads["bodies"] or words[-1] in leads["bodies"])


def is_person(text: str) -> bool:
    """Whether a text can be somebody's name: two to four words with capitals, none of them a word of posts and bodies."""
    bare = _REMARK.sub("", text).strip()
    if not _PERSON.match(bare):
        return False
    leads = vocabulary().leads
    words = plain(bare).split()
    return not any(
        w in leads["posts"] or w in leads["bodies"] or w in ("services", "service", "office", "officer") for w in words
    )


def sort_of(lead: str) -> str:
    """What a lead is: person, post, office, body or unknown."""
    words = plain(_REMARK.sub("", lead)).split()
    leads = vocabulary().leads
    if not words:
        return "unknown"
    if (
        words[0] in ("cllr", "councillor")
        or (words[0] in leads["offices"] and words[0] not in ("cabinet",))
        or " ".join(words[:2]) in leads["offices"]
    ):
        return "office"
    if words[-1] in leads["bodies"] and words[0] not in leads["posts"] - {
        "corporate",
        "executive",
        "senior",
        "programme",
        "project",
    }:
        return "body"
    if words[-1] in ("leads", "groups", "boards", "teams", "services", "office", "leadership"):
        return "body"
    if words[0] in leads["posts"] or {"director", "manager", "officer", "head", "executive", "lead"} & set(words):
        return "post"
    return "person" if is_person(lead) else "unknown"


def _split_and(text: str) -> list[str]:
    """Split at commas and "and" where the pieces can all stand alone."""
    commas = [part for part in re.split(r",\s+(?:and\s+)?", text) if part]
    if len(commas) > 1 and all(is_person(c) or (_AND.search(c) and all(map(is_person, _AND.split(c)))) for c in commas):
        return [name for c in commas for name in _AND.split(c)]
    if (
        len(commas) > 1
        and all(starts_lead(c) and (len(c.split()) > 1 or sort_of(c) != "unknown") for c in commas)
        and not _one_word_posts(commas)
    ):
        return [lead for c in commas for lead in _split_and(c)]
    for match in _AND.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        alone = is_person(left) and is_person(right)
        first = _can_stand(left) or (is_person(left) and not starts_lead(left))
        if alone or (first and _can_stand(right) and not _is_one(left, right)) or (_whole(left) and _whole(right)):
            return [*_split_and(left), *_split_and(right)]
    return [text]


def _is_one(left: str, right: str) -> bool:
    """Whether "and" joins what one post or one team is for: "Director of Finance and HR", "HR and OD"."""
    words = vocabulary().leads
    both = plain(f"{left} and {right}")
    if both in words["joint"] or plain(f"{left} {right}") in words["joint"]:
        return True
    if plain(left) in words["departments"]:  # "Communications and Engagement Team"
        return (
            len(right.split()) > 1
            and _ENDS.search(right) is not None
            and plain(right.split()[0]) not in ("head", "chief")
        )
    return plain(right) in words["departments"] and bool(re.search(r"\b(?:of|for)\b|^AD\b", left))


def _whole(text: str) -> bool:
    """Whether a piece of two words or more is a post or a team by its last word: "Diversity Lead", "HR Advisory Team"."""
    words = plain(text).split()
    if len(words) == 1:
        return words[0] in vocabulary().leads["bodies"] - vocabulary().leads["departments"]
    if not words or not text[:1].isupper() or words[-1] in ("services", "service"):
        return False
    return sort_of(text) == "body" or bool(_ENDS.search(text))


_ENDS = re.compile(
    r"\b(?:Lead|Manager|Officer|Director|Coordinator|Co-ordinator|Team|Teams|Unit|Group|Board|Service Head)$"
)


def _one_word_posts(parts: list[str]) -> bool:
    """ "AD, Policy and Performance": a title and its subject parted by a slip of the comma are one post."""
    return any(plain(part) in _RANKS for part in parts)


_RANKS = frozenset(
    """ad|director|head|manager|assistant director|head of service|service manager|service director|strategic director|
corporate director|executive director|deputy director|group manager|service head""".replace("\n", "").split("|")
)


def _can_stand(text: str) -> bool:
    """Whether a piece is a lead by itself: a title with its subject, an office, a known body, a short form in capitals."""
    if re.search(r"\b(?:of|and|for|the|&)$|,$", text.strip()):
        return False
    words = plain(text).split()
    if text.isupper() and len(words) == 1 and len(text) <= 6:
        return True
    leads = vocabulary().leads
    if " ".join(words) in leads["offices"] | leads["bodies"] or (words[-1:] == ["office"] and len(words) <= 3):
        return True
    return starts_lead(text) and len(words) > 1


@lru_cache(maxsize=4)
def _people(known: tuple[str, ...]) -> frozenset[str]:
    """The plain forms of those known leads that are names of people."""
    return frozenset(plain(name) for name in known if is_person(name))


def _names_run_together(text: str, known: Collection[str]) -> list[str]:
    """Two names without anything between them ("Ann Bell Carl Dee"), where the document knows each by itself."""
    whole = plain(text)
    if len(whole.split()) < 4:
        return [text]
    names = _people(tuple(known))
    if whole in names:
        return [text]
    words = text.split()
    for cut in range(2, len(words) - 1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        if plain(left) in names and plain(right) in names:
            return [left, right]
    for cut in range(2, len(words) - 1):
        left, right = " ".join(words[:cut]), " ".join(words[cut:])
        if (plain(left) in names or plain(right) in names) and is_person(left) and is_person(right):
            return [left, right]
    return [text]
