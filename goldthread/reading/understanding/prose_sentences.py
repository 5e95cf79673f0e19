"""Sentences of running text, with their offsets."""

from __future__ import annotations

import re

# Abbreviations after which a full stop ends nothing: titles, references, Latin, months, companies (English usage).
_ABBREVIATION = re.compile(
    r"mrs?|ms|dr|prof|rev|sir|st|cllrs?|rt|hon|gen|col|capt|sgt|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    r"nos?|paras?|secs?|ss|pp?|vol|figs?|app|cf|e\.?g|i\.?e|etc|et|al|viz|vs?|incl?|excl|ltd|plc|co|dept|"
    r"approx|est|max|min|refs?|tel|ext|a\.m|p\.m|u\.k|c"
)
# … of which these may also end a sentence, when a capital follows.
_MAY_END = re.compile(r"etc|inc|ltd|plc|co|a\.m|p\.m|u\.k")
_END = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9£]|\s*$)")


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand, as (first, last) offsets; together they hold every word of it."""
    cuts, start = [], 0
    for match in _END.finditer(text):
        if _ends(text, match.start(), match.end()):
            cuts.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        cuts.append((start, len(text)))
    return [_trimmed(text, first, last) for first, last in cuts if text[first:last].strip()]


def _ends(text: str, stop: int, after: int) -> bool:
    """Whether the sign at ``stop`` ends a sentence and not an abbreviation, an initial or a list number."""
    if text[stop] != ".":
        return True
    window = text[max(0, stop - 40) : stop]
    word_match = re.search(r"[\w.]+$", window)
    word = word_match.group().lower() if word_match else ""
    before = window[: word_match.start()] if word_match else window
    follows = text[after : after + 40].lstrip()
    if _ABBREVIATION.fullmatch(word):
        return not follows or (_MAY_END.fullmatch(word) is not None and follows[:1].isupper())
    if len(word) == 1 and word.isalpha():  # an initial: "J. Smith"
        return not follows
    if re.fullmatch(r"\d+(?:\.\d+)*", word):  # a list number: "2. Theme"
        return before.strip() != "" and not re.search(r"[.:;]\s*$", before)
    return True


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    return first, last
