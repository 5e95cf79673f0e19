"""Page furniture in prose: page numbers, running heads, contact lines, contents lists and garbled doubles of them.

Everything taken out comes back as a Leftover with its place and the reason, so that no word is lost.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from goldthread.reading.document import Table
from goldthread.reading.reading import Leftover
from goldthread.reading.understanding.prose import Line

_PAGE_NUMBER = re.compile(
    r"(?:[-–|]\s*)?(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*\|\s*page)?(?:\s*[-–|])?|page", re.I
)
_WEB = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.I)
_CONTACT = re.compile(
    r"\b(?:telephone|tel|phone|e-?mail|fax|minicom|company (?:number|no)|registered (?:office|charity)|"
    r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|0\d{2,4}[ \d]{6,9})\b",
    re.I,
)
_POINTER = re.compile(
    r"^(?:more|further|additional|full) (?:information|details?)\b.*\b(?:available|found|visit|see|page|website)\b|"
    r"^(?:back to top|read more|find out more|click here|print this page|skip to)\b",
    re.I,
)
_NOTICE = re.compile(
    r"^©|\bcrown copyright\b|\bopen government licence\b|\ball rights reserved\b|^this publication is available\b|"
    r"^if you (?:would like|need|require) (?:a copy of )?this (?:document|information|report|publication)\b|"
    r"^you may (?:re-?use|copy) (?:all or parts of )?this (?:document|information|report|publication)\b",
    re.I,
)
_NOTHING = re.compile(r"(?:none|nil|n/?a|not applicable|no implications|not known|tbc)\b", re.I)
_CONTENTS_HEADING = re.compile(r"(?:table of )?contents(?: page)?:?", re.I)
_ENTRY = re.compile(r"(?P<text>\D.*?|\d+(?:\.\d+)*\.?\s+.*?)[\s.…·_]+(?P<page>\d{1,3})")
_LONGEST = 1_000  # characters of a line of furniture
_LEADER = re.compile(r"(\S.*?)\s*(?:[.…·_]\s?){4,}\s*\d{1,3}(?=\s|$)")


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return re.findall(r"[a-z0-9£%&']+", text.lower().replace("’", "'"))


def key(text: str) -> str:
    """A heading's words without its number, to compare it with its entry in a contents list."""
    return " ".join(words(re.sub(r"^\W*\d+(?:\.\d+)*[.)]?\s+", "", text)))


def set_apart(flow: list[Line | Table]) -> tuple[list[Line | Table], list[Leftover]]:
    """The flow without page furniture, and the furniture."""
    furniture: list[Leftover] = []
    flow = _without_contents(flow, furniture)
    repeated = _running(flow)
    kept: list[Line | Table] = []
    for item in flow:
        why = None if isinstance(item, Table) else _why(item, repeated)
        if why and isinstance(item, Line):
            furniture.append(Leftover(item.text, [dict(item.place)], why))
        else:
            kept.append(item)
    return kept, furniture


def _why(line: Line, repeated: set[str]) -> str | None:
    """Why a line is furniture, or None."""
    if line.text in repeated:
        return "running head or foot"
    if len(line.text) > _LONGEST:
        return None
    if _PAGE_NUMBER.fullmatch(line.text):
        return "page number"
    if line.level == 0 and _WEB.fullmatch(line.text.strip(" .")):
        return "web or mail address"
    contacts = len(_CONTACT.findall(line.text)) + len(_WEB.findall(line.text))
    if contacts >= 3 and not re.search(r"[a-z]{3}\. [A-Z][a-z]+ [a-z]", line.text):
        return "address line"
    if _NOTICE.search(line.text) and not line.bullet:
        return "publisher's notice"
    if _POINTER.search(line.text) and len(words(line.text)) <= 25:
        return "pointer to another page"
    return None


def _running(flow: list[Line | Table]) -> set[str]:
    """Lines printed again and again: three times word for word (twice with a web address), and not an answer like
    "None"."""
    lines = [item for item in flow if isinstance(item, Line) and not item.bullet and not item.attached]
    counts = Counter(line.text for line in lines)
    found = set()
    for text, count in counts.items():
        short = 3 <= len(words(text)) <= 15
        if short and not _NOTHING.match(text) and count >= 3:
            found.add(text)
    for before, after in itertools.pairwise(lines):  # a slogan over the council's web address
        if _WEB.fullmatch(after.text) and counts[before.text] >= 2 and len(words(before.text)) <= 15:
            found.add(before.text)
    return found


def _without_contents(flow: list[Line | Table], furniture: list[Leftover]) -> list[Line | Table]:
    """The flow without its contents list (entries that are printed again below) and garbled doubles of it."""
    later = Counter(key(item.text) for item in flow if isinstance(item, Line))
    kept: list[Line | Table] = []
    entries: set[str] = set()
    run: list[tuple[Line | Table, list[str]]] = []

    def close() -> None:
        texts = [text for _, found in run for text in found]
        known = sum(1 for text in texts if later[text])
        if len(texts) >= 3 and known * 2 >= len(texts):
            entries.update(texts)
            furniture.extend(_leftovers(item, "contents list") for item, _ in run)
        else:
            kept.extend(item for item, _ in run)
        run.clear()

    for item in flow:
        found = _entries(item)
        if found:
            run.append((item, found))
            continue
        close()
        garbled = entries and isinstance(item, Line | Table) and _made_of(_text(item), entries)
        if garbled:
            furniture.append(_leftovers(item, "garbled double of the contents list"))
        else:
            kept.append(item)
    close()
    if entries:
        kept = [item for item in kept if not _is_contents_heading(item, furniture)]
    return kept


def _is_contents_heading(item: Line | Table, furniture: list[Leftover]) -> bool:
    if isinstance(item, Line) and _CONTENTS_HEADING.fullmatch(item.text):
        furniture.append(_leftovers(item, "contents list"))
        return True
    return False


def _entries(item: Line | Table) -> list[str]:
    """The headings that an entry of a contents list names: a text and a page number; [] for anything else."""
    if isinstance(item, Line):
        if not re.search(r"\d$", item.text[-3:]):
            return []
        led = re.search(r"(?:[.…·_]\s?){4}", item.text[:_LONGEST])
        leaders = [key(text) for text in _LEADER.findall(item.text[: 20 * _LONGEST])] if led else []
        if len(leaders) >= 2:  # several entries that the reader joined
            return leaders
        match = _ENTRY.fullmatch(item.text) if len(item.text) < 120 else None
        return [key(match["text"])] if match and key(match["text"]) else []
    found = []
    for row in item.rows:
        text = " ".join(cell.text.strip() for cell in row if cell is not None and cell.text.strip())
        match = _ENTRY.fullmatch(text)
        if match and key(match["text"]):
            found.append(re.sub(r" \d{1,3}$", "", key(match["text"])))
    filled = sum(1 for row in item.rows if any(cell is not None and cell.text.strip() for cell in row))
    return found if len(found) * 4 >= filled * 3 and item.width <= 3 else []


def _made_of(text: str, entries: set[str]) -> bool:
    """Whether a text is nothing but two or more of the entries one after another."""
    rest, used = " ".join(words(text)), 0
    while rest:
        first = next(
            (entry for entry in sorted(entries, key=len, reverse=True) if (rest + " ").startswith(entry + " ")), None
        )
        if first is None:
            return False
        rest, used = rest[len(first) :].strip(), used + 1
    return used >= 2


def _text(item: Line | Table) -> str:
    if isinstance(item, Line):
        return item.text
    return " ".join(cell.text for row in item.rows for cell in row if cell is not None)


def _leftovers(item: Line | Table, why: str) -> Leftover:
    if isinstance(item, Line):
        return Leftover(item.text, [dict(item.place)], why)
    places = [dict(cell.place) for row in item.rows for cell in row if cell is not None and cell.text.strip()]
    return Leftover(_text(item), places, why)
