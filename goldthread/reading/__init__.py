"""Documents become readings: plain data, no database, no Django.

``read_file(path)`` is the one door: a reader for the format makes a Document, understanding makes a Reading of it.
``goldthread.reading.limits.read_in_child`` does the same in a process with bounded time and memory.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from goldthread.kernel.collecting import without_pauses
from goldthread.reading.reading import Reading


def read_file(
    path: str | Path, *, name: str | None = None, on_progress: Callable[[int, int], None] | None = None
) -> Reading:
    """Read one document: what it says, every word of it accounted for.

    ``name`` is what the person calls the file, where its path says another; ``on_progress`` is called with (done,
    total). Raises UnreadableFile, one sentence with the remedy, where the file cannot be read.
    """
    with without_pauses():
        return _read(Path(path), name, on_progress)


def _read(path: Path, name: str | None, on_progress: Callable[[int, int], None] | None) -> Reading:
    from goldthread.reading.facts import add_facts
    from goldthread.reading.readers import read_document
    from goldthread.reading.understanding import understand
    from goldthread.reading.understanding.set_aside import set_aside
    from goldthread.reading.words import check

    document = read_document(path, name=name, on_progress=on_progress)
    reading = understand(document)
    reading.questions.extend({"record": None, "ask": ask, "choices": []} for ask in document.asks)
    check(document, reading)
    set_aside(reading, document)
    add_facts(reading)
    return reading
