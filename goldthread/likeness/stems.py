"""What is left of an English word without its endings: plan, plans, planned and planning are one stem.

The steps are those that M. F. Porter published (An algorithm for suffix stripping, Program 14(3), 1980), written here anew.
"""

from __future__ import annotations

import re
from functools import lru_cache

_C, _V = "[^aeiou](?:[^aeiouy]*)", "[aeiouy](?:[aeiou]*)"
_MORE_THAN_0 = re.compile(f"^(?:{_C})?{_V}{_C}")
_JUST_1 = re.compile(f"^(?:{_C})?{_V}{_C}(?:{_V})?$")
_MORE_THAN_1 = re.compile(f"^(?:{_C})?{_V}{_C}{_V}{_C}")
_VOWEL = re.compile(f"^(?:{_C})?[aeiouy]")
_SHORT_END = re.compile("^[^aeiou][^aeiouy]*[aeiouy][^aeiouwxy]$")

_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "iser": "ise", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "isation": "ise", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble",
    "isational": "ise", "izational": "ize",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "alise": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_STEP_4 = (
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ise", "al", "er",
    "ic", "ou",
)  # fmt: skip

_AS_THEY_ARE = {"police": "police", "policing": "police"}  # or they would be policy


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case word; words of up to three letters, and what holds a digit, stay as they are."""
    if word in _AS_THEY_ARE:
        return _AS_THEY_ARE[word]
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    word = _participles(_plural(word))
    if word.endswith("y") and _VOWEL.match(word[:-1]):
        word = word[:-1] + "i"
    word = _replaced(_replaced(word, _STEP_2), _STEP_3)
    return _tidied(_shortened(word))


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _participles(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _MORE_THAN_0.match(word[:-3]) else word
    end = 2 if word.endswith("ed") else 3 if word.endswith("ing") else 0
    if not end or not _VOWEL.match(word[:-end]):
        return word
    word = word[:-end]
    if word.endswith(("at", "bl", "iz")) or _SHORT_END.match(word):
        return word + "e"
    return word[:-1] if re.search(r"([^aeiouylsz])\1$", word) else word


def _replaced(word: str, endings: dict[str, str]) -> str:
    for size in range(9, 2, -1):
        if (new := endings.get(word[-size:])) is not None:
            return word[:-size] + new if _MORE_THAN_0.match(word[:-size]) else word
    return word


def _shortened(word: str) -> str:
    for ending in _STEP_4:
        if word.endswith(ending):
            return word[: -len(ending)] if _MORE_THAN_1.match(word[: -len(ending)]) else word
    if word.endswith(("sion", "tion")) and _MORE_THAN_1.match(word[:-3]):
        return word[:-3]
    return word


def _tidied(word: str) -> str:
    if word.endswith("e"):
        start = word[:-1]
        if _MORE_THAN_1.match(start) or (_JUST_1.match(start) and not _SHORT_END.match(start)):
            word = start
    if len(word) > 5 and word.endswith("i"):  # strategy with strategic, delivery with deliver
        word = word[:-1]
    return word[:-1] if word.endswith("ll") and _MORE_THAN_1.match(word) else word
