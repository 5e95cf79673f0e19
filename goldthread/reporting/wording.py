"""Texts from anywhere made fit to print: characters that no format can carry, bullets, direction, dates in words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from goldthread.kernel.days import printed

# Not allowed in XML 1.0 (section 2.2, Char), or without meaning in print: controls, lone surrogates, non-characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffc\ufffe\uffff\U000e0001-\U000e007f]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)) + "]"
)
# Overrides and embeddings can make a line read as something else than it says (Unicode Technical Report 36, 2.5).
_DIRECTION_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Bullets of Word's symbol fonts, which live in the private use area and have no shape anywhere else.
_SYMBOL_BULLETS = re.compile("[\uf0b7\uf0a7\uf076\uf0d8\uf06f\uf0fc\uf0be\uf0e8]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BEFORE_BULLET = re.compile(r"(?<=\S)[ \t]+(?=[•▪◦‣●]\s)")
_SPACES = re.compile(r"[ \t\u00a0]+")


def plain(text: str) -> str:
    """The text without what cannot be printed; line breaks as line feeds, symbol-font bullets as "•"."""
    text = _BREAKS.sub("\n", text)
    text = _DIRECTION_OVERRIDES.sub("", _UNPRINTABLE.sub("", text))
    return _SYMBOL_BULLETS.sub("•", text)


def one_line(text: str) -> str:
    """The text fit to print on one line: any run of white space is one space."""
    return " ".join(plain(text).split())


def lines(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: broken where it breaks, and before each bullet; empty ones left out."""
    broken = _BEFORE_BULLET.sub("\n", plain(text))
    return tuple(line for line in (_SPACES.sub(" ", part).strip() for part in broken.split("\n")) if line)


def runs_right_to_left(text: str) -> bool:
    """Whether a paragraph runs from right to left: its first letter with a direction does (UAX 9, rule P2)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def day(value: date | None, otherwise: str = "") -> str:
    """A date as people read it, "27 May 2025", or ``otherwise`` for none."""
    return printed(value) if value else otherwise


def moment(value: datetime) -> str:
    """A moment as people read it: "22 November 2026 at 2:05pm"."""
    hour = value.hour % 12 or 12
    return f"{printed(value.date())} at {hour}:{value.minute:02d}{'am' if value.hour < 12 else 'pm'}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 action", "1,204 actions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
