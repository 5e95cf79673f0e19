"""Characters as people see them: what every reader does to the text that it takes out of a file."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]")
_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_RUN = re.compile(" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")

BULLETS = "•‣◦▪▫●○■□➢➤→✓\u00b7\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"  # as Word and PDF print them; the last are symbol fonts


def tidy(text: str) -> str:
    """Text without invisible characters, with plain spaces, none at the ends of lines, no empty lines at the ends.

    Line breaks are "\\n"; one empty line between two lines is kept, since it often parts two entries.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()  # most cells
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    lines = [_RUN.sub(" ", line).strip() for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
