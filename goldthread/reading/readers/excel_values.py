"""A cell's value as Excel shows it: dates, percentages and money by the cell's number format, other values as they are.

Formats: ECMA-376 part 1, 18.8.30 and 18.8.31. Format 14 is the short date of the reader's region; here the British one.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

from goldthread.reading.readers.wording import tidy

_SECTION = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_BRACKETS = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.I)
_PADDING = re.compile(r"_.|\*.")
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*,*)?")
_DATE = re.compile(r"\[h+\]|\[m+\]|\[s+\]|y+|m+|d+|h+|s+|\.0+|am/pm|a/p|.", re.I | re.S)
_REGIONAL = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yyyy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm"}
_LONG_DATE = "d mmmm yyyy"
_LITERAL = 0xF0000  # characters from here on stand for the quoted parts of a format while it is taken apart


def shown(value: object, number_format: str | None) -> str:
    """The text that Excel prints for a value (None: "")."""
    if value is None:
        return ""
    pattern = number_format or "General"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, pattern)
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, int | float):
        return _number(value, pattern)
    return tidy(str(value))


def _date(value: dt.datetime | dt.date | dt.time, pattern: str) -> str:
    pattern = _REGIONAL.get(pattern.lower(), pattern)
    if "[$-f800]" in pattern.lower():
        pattern = _LONG_DATE
    pattern = _SECTION.split(pattern)[0]
    if pattern in ("General", "@", ""):
        pattern = "hh:mm" if isinstance(value, dt.time) else "dd/mm/yyyy"
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) if match.group(1) is not None else match.group(2))
        return chr(_LITERAL + len(literals) - 1)

    pattern = _PADDING.sub("", _BRACKETS.sub("", _LOCALE.sub("", _QUOTED.sub(keep, pattern))))
    tokens = _DATE.findall(pattern)
    twelve = any(token.lower() in ("am/pm", "a/p") for token in tokens)
    out = []
    for place, token in enumerate(tokens):
        if ord(token[0]) >= _LITERAL and ord(token[0]) - _LITERAL < len(literals):
            out.append(literals[ord(token[0]) - _LITERAL])
        else:
            out.append(_date_part(token, value, _is_minute(tokens, place), twelve))
    return tidy("".join(out))


def _is_minute(tokens: list[str], place: int) -> bool:
    """``m`` means minutes after hours or before seconds (18.8.31)."""
    letters = [(n, t[0].lower()) for n, t in enumerate(tokens) if t[0].lower() in "ymdhs" or t.startswith("[")]
    here = next((n for n, (at, _) in enumerate(letters) if at == place), None)
    if here is None:
        return False
    before = letters[here - 1][1] if here else ""
    after = letters[here + 1][1] if here + 1 < len(letters) else ""
    return before in ("h", "[") or after == "s"


def _date_part(token: str, value: dt.datetime | dt.date | dt.time, minute: bool, twelve: bool) -> str:
    kind, count = token[0].lower(), len(token)
    time = value if isinstance(value, dt.datetime | dt.time) else dt.time()
    if kind == "h":
        hour = (time.hour % 12 or 12) if twelve else time.hour
        return f"{hour:02d}" if count > 1 else str(hour)
    if kind == "s":
        return f"{time.second:02d}" if count > 1 else str(time.second)
    if kind == "m" and minute:
        return f"{time.minute:02d}" if count > 1 else str(time.minute)
    if token.lower() in ("am/pm", "a/p"):
        return "AM" if time.hour < 12 else "PM"
    if isinstance(value, dt.time) or kind not in "ymd":
        return "" if token.startswith(".0") else token
    if kind == "y":
        return f"{value.year:04d}" if count > 2 else f"{value.year % 100:02d}"
    if kind == "m":
        names = {3: value.strftime("%b"), 4: value.strftime("%B"), 5: value.strftime("%B")[:1]}
        return names.get(count, f"{value.month:02d}" if count > 1 else str(value.month))
    names = {3: value.strftime("%a"), 4: value.strftime("%A")}
    return names.get(count, f"{value.day:02d}" if count > 1 else str(value.day))


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")


def _number(value: float, pattern: str) -> str:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if pattern == "General":
        return _general(Decimal(repr(value)))
    sections = _SECTION.split(pattern)
    section, number = _section(sections, Decimal(repr(value)))
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match.group(1) if match.group(1) is not None else match.group(2))
        return chr(_LITERAL + len(literals) - 1)

    section = _PADDING.sub("", _BRACKETS.sub("", _LOCALE.sub(r"\1", _QUOTED.sub(keep, section))))
    digits = _DIGITS.search(section)
    if "General" in section or "@" in section or "/" in section or "E+" in section.upper():
        text = re.sub("General|@", lambda _: _general(number), section) if "/" not in section else _general(number)
        text = _general(number) if "E+" in section.upper() else text
    elif digits:
        text = section[: digits.start()] + _digits(number, digits, section) + section[digits.end() :]
    else:
        text = section  # a section of words only, as ;;"none"
    for place, literal in enumerate(literals):
        text = text.replace(chr(_LITERAL + place), literal)
    return tidy(text)


def _section(sections: list[str], number: Decimal) -> tuple[str, Decimal]:
    """The section of a format for a number, and the number as that section prints it (negatives without their sign)."""
    if number < 0 and len(sections) > 1:
        return sections[1], -number
    if number == 0 and len(sections) > 2:
        return sections[2], number
    return sections[0], number


def _digits(number: Decimal, found: re.Match[str], section: str) -> str:
    places = found.group(0)
    scale = len(places) - len(places.rstrip(","))  # a comma at the end divides by a thousand
    whole, _, fraction = places.rstrip(",").partition(".")
    if "%" in section:
        number *= 100
    number /= Decimal(1000) ** scale
    rounded = number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    optional = len(fraction) - len(fraction.rstrip("#"))
    for _ in range(optional):
        text = text[:-1] if text.endswith("0") else text
    digits, point, rest = text.partition(".")
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    digits = digits.rjust(whole.count("0"), "0")
    return f"{sign}{digits}{point if rest else ''}{rest}"


def _general(number: Decimal) -> str:
    """A number without a format: up to eleven figures, no trailing zeros."""
    text = f"{float(number):.11g}"
    return text if "e" not in text else text.replace("e+", "E+").replace("e-", "E-")
