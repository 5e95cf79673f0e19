"""Run as a program of its own: sets one report as a PDF. Its memory grows with every report, so it makes one and ends.

Arguments: a folder with ``report.typ`` and ``report.json``, and any number of folders with fonts. Writes ``report.pdf`` there
(with ``--pictures`` before them: a ``picture-1.png`` for each page), or ``refused.json`` with the characters that no font can
show and the complaint. Knows nothing of the product.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import typst

_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.S)
_ESCAPE = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)", re.S)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}


def unescaped(text: str) -> str:
    """A string as the compiler prints it in a message, without its escapes."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _SHORT.get(m[2], m[2]), text)


def main(*given: str) -> int:
    """Set the report in the folder; 0 where a PDF was made, 3 where it was refused."""
    pictures = given[0] == "--pictures"
    folder, *fonts = given[1:] if pictures else given
    root = Path(folder)
    source, where = str(root / "report.typ"), str(root)
    try:
        if pictures:
            typst.compile(source, str(root / "picture-{p}.png"), root=where, font_paths=fonts, format="png", ppi=200.0)
        else:
            typst.compile(source, str(root / "report.pdf"), root=where, font_paths=fonts, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        missing = sorted({character for text in _NO_GLYPH.findall(error.diagnostic) for character in unescaped(text)})
        (root / "refused.json").write_text(json.dumps({"missing": missing, "complaint": error.diagnostic}))
        return 3
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
