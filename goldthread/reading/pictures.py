"""A page of a PDF file as a picture, drawn in a process of its own, for files are not trusted.

Run as ``python -m goldthread.reading.pictures FILE PAGE SECONDS MEGABYTES``: it writes the PNG to standard output.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from goldthread.reading.document import UnreadableFile
from goldthread.reading.limits import bound

SCALE = 1.6
"""Pixels per point: a page of A4 is 952 pixels wide."""

_LARGEST = 4_000  # pixels on a side: a wall chart is drawn smaller, not refused
_PNG = b"\x89PNG\r\n\x1a\n"


def page_as_png(path: str | Path, *, page: int, seconds: int = 20, megabytes: int = 768) -> bytes:
    """The page (counted from 1) of a PDF file as a PNG, SCALE pixels per point, less where a side would pass 4,000.

    Raises UnreadableFile where there is no such page, or it cannot be drawn within the bounds.
    """
    if page < 1:
        raise UnreadableFile(f"There is no page {page}; pages are counted from 1.")
    command = [sys.executable, "-m", "goldthread.reading.pictures", str(path), str(page), str(seconds), str(megabytes)]
    try:
        drawn = subprocess.run(  # noqa: S603  no shell; the file's name is an argument of its own
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(
            f"Page {page} takes longer than {seconds} seconds to draw: open the file itself."
        ) from None
    if drawn.returncode != 0 or not drawn.stdout.startswith(_PNG):
        raise UnreadableFile(f"Page {page} cannot be drawn: open the file itself.")
    return drawn.stdout


def size_in_points(picture: Path) -> tuple[float, float]:
    """Width and height, in points, of the page that a picture made by ``page_as_png`` shows."""
    from PIL import Image

    with Image.open(picture) as opened:
        per_inch = opened.info["dpi"][0]
        return opened.width * 72 / per_inch, opened.height * 72 / per_inch


def run(arguments: list[str]) -> int:
    """The child: draw one page within the limits. Gives the exit status."""
    path, page, seconds, megabytes = arguments[0], *map(int, arguments[1:4])
    bound(seconds, megabytes)
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    try:
        with pdfium.PdfDocument(path) as document:
            sheet = document[page - 1]
            scale = min(SCALE, _LARGEST / max(1.0, *sheet.get_size()))
            picture = sheet.render(scale=scale).to_pil().convert("RGB")
            picture.save(sys.stdout.buffer, "PNG", dpi=(72 * scale, 72 * scale))
    except (pdfium.PdfiumError, IndexError):
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
