"""Masked twins of real documents: the same layout and the same general words, every content word an invented one.

A reader that knows a document rather than documents reads the twin worse. General words are those that at least four of the
documents use, those of dates and offices, those of the reader's own vocabularies and short ones; every other word is
replaced, everywhere and in the truth, by the same invented word of the same length, capitals and ending.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from goldthread.reading import understanding

SHORT = 3  # letters: words up to here are general
STEM = 6  # letters: a word that begins with so long a piece of a vocabulary is general
DOCUMENTS = 4  # a word that so many documents use is general
ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ness", "ies", "ers", "ed", "ly", "es", "s", "y")
_WORD = re.compile(r"[A-Za-z]+")
_SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]
# Fields of a truth that are printed in the document; the others are concluded.
PRINTED = (
    *("text", "title", "update", "timescale", "completed", "key_risk", "objective", "leads", "success_criteria"),
    *("section", "directorate", "structure", "reports_to", "statutory_roles", "status", "theme", "post", "group"),
    *("type", "risk_rating", "target", "actual", "rag"),
)
# Words of dates, numbers and offices: general wherever they stand.
CALENDAR = {word.lower() for names in (calendar.month_name, calendar.month_abbr, calendar.day_name) for word in names}
EVERYWHERE = CALENDAR | {
    *("spring", "summer", "autumn", "winter", "year", "years", "month", "months", "week", "weeks", "quarter", "date"),
    *("soon", "possible", "immediate", "immediately", "ongoing", "within", "before", "after", "next", "completed"),
    *("today", "onwards", "early", "late", "mid", "start", "million", "thousand", "hundred", "council", "borough"),
    *("chief", "executive", "director", "head", "assistant", "deputy", "manager", "officer", "service", "services"),
}


def general_words(texts: Iterable[str]) -> set[str]:
    """The words that stay, in small letters: of several texts, or of the reader's vocabularies."""
    count: Counter[str] = Counter()
    for text in texts:
        count.update({word.lower() for word in _WORD.findall(text)})
    return {word for word, times in count.items() if times >= DOCUMENTS} | vocabulary_words() | EVERYWHERE


def vocabulary_words() -> set[str]:
    """Every word in the data files of the reader."""
    folder = Path(understanding.__file__).parent
    files = [*folder.glob("*.toml"), *folder.parent.glob("*.toml")]
    return {word.lower() for file in files for word in _WORD.findall(file.read_text(encoding="utf-8"))}


class Mask:
    """Replaces content words, each always by the same invented one."""

    def __init__(self, general: set[str]) -> None:
        """``general`` are the words that stay, in small letters."""
        self.general = general
        self.stems = {word for word in general if len(word) >= STEM}
        self.made: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text with its content words replaced."""
        return _WORD.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        small = word.lower()
        if (
            len(small) <= SHORT
            or small in self.general
            or any(small[:n] in self.stems for n in range(STEM, len(small)))
        ):
            return word
        if small not in self.made:
            self.made[small] = self._invented(small)
        invented = self.made[small]
        if word.isupper():
            return invented.upper()
        return invented.capitalize() if word[0].isupper() else invented

    def _invented(self, word: str) -> str:
        ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
        seed = hashlib.sha256(word.encode()).digest()
        body = "".join(_SYLLABLES[byte % len(_SYLLABLES)] for byte in seed)[: len(word) - len(ending)]
        made = body + ending
        return made if made not in self.general and made not in self.made.values() else f"{body}x{ending}"

    def value(self, value: Any) -> Any:
        """A value of a truth with its texts replaced."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        return value

    def truth(self, truth: dict[str, Any]) -> dict[str, Any]:
        """A truth whose records print the invented words."""
        records = [
            {key: self.value(value) if key in PRINTED else value for key, value in record.items()}
            for record in truth["records"]
        ]
        return {**truth, "records": records}


def twins(documents: Path, truths: Path, folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    """A twin of every document with its truth; the files are written to ``folder``."""
    sources = sorted(documents.glob("*.txt"))
    texts = [source.read_text(encoding="utf-8") for source in sources]
    mask = Mask(general_words(texts))
    made = []
    for source, text in zip(sources, texts, strict=True):
        path = folder / source.name
        path.write_text(mask.text(text), encoding="utf-8")
        truth = json.loads((truths / f"{source.stem}.json").read_text(encoding="utf-8"))
        made.append((path, mask.truth(truth)))
    return made
