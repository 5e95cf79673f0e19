"""Where the real documents are that some tests measure the reader with. They are not part of the repository."""

from __future__ import annotations

import os
from pathlib import Path


def shared_folder() -> Path | None:
    """The folder named by ``GOLDTHREAD_SHARED``, else ``shared`` beside the checkout; None when there is neither."""
    folder = Path(os.environ.get("GOLDTHREAD_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    return folder if (folder / "documents").is_dir() else None
