"""iCalendar (RFC 5545): whole-day events, escaped and folded as the standard asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_OCTETS = 75
"""The longest line in octets, without its break (RFC 5545 section 3.1)."""


@dataclass(frozen=True, slots=True)
class Day:
    """A whole-day event. ``key`` stays the same when the day moves, so that calendars move it with it."""

    key: str
    on: date
    summary: str
    description: str = ""


def ical(name: str, days: Iterable[Day], *, stamp: datetime) -> str:
    """A calendar file with lines ended as the standard asks. Days stand in their order; ``stamp`` is when it was made."""
    made = stamp.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Goldthread//Rounds//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for day in sorted(days, key=lambda one: (one.on, one.key)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{day.key}@goldthread",
            f"DTSTAMP:{made}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(day.summary)}",
            *([f"DESCRIPTION:{escaped(day.description)}"] if day.description else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Text as a TEXT value (section 3.3.11); control characters other than a line break are left out."""
    clean = "".join(sign for sign in text.replace("\r\n", "\n").replace("\r", "\n") if sign == "\n" or ord(sign) >= 32)
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, never within a character; each next one begins with a space."""
    pieces, now = [], ""
    for sign in line:
        if len((now + sign).encode()) > _OCTETS:
            pieces.append(now)
            now = " "
        now += sign
    return "\r\n".join([*pieces, now])
