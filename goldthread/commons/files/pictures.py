"""Pages of kept PDF files as pictures, drawn once: they follow from the file, and may be thrown away at any time."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from goldthread.commons.files.storage import path_of
from goldthread.reading.pictures import page_as_png


def page_picture(sha256: str, page: int) -> Path:
    """The PNG of a page (counted from 1) of a kept file, drawn where it has not been yet.

    Raises goldthread.reading.document.UnreadableFile where there is no such page or it cannot be drawn.
    """
    kept = Path(settings.MEDIA_ROOT).parent / "pictures" / sha256[:2] / f"{sha256}-{page}.png"
    if kept.exists():
        return kept
    drawn = page_as_png(path_of(sha256), page=page)
    kept.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=kept.parent, prefix=".coming-")
    coming = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            target.write(drawn)
        coming.replace(kept)
    finally:
        with contextlib.suppress(FileNotFoundError):
            coming.unlink()
    return kept
