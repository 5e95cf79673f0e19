"""Which version of the template and of each renderer makes a report: stored with every issue."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from goldthread import __version__

_HERE = Path(__file__).parent
_LIBRARIES = ("django", "python-docx", "typst", "xlsxwriter")
_SOURCES = ("*.py", "templates/**/*.html", "static/**/*.css", "renderers/*.py", "renderers/*.typ")
_NO_SHAPE = {"actions.py", "apps.py", "audience.py", "models.py", "moving.py", "queries.py", "terms.py", "versions.py"}


@cache
def versions() -> dict[str, str]:
    """The product, the libraries that write files, and a fingerprint of the template (every source that shapes a page)."""
    return {"goldthread": __version__, "template": _template(), **{name: version(name) for name in _LIBRARIES}}


def _template() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _SOURCES for path in _HERE.glob(pattern) if path.is_file()}):
        if path.name not in _NO_SHAPE:
            digest.update(path.relative_to(_HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
