"""Reads files with one tool and prints what its tables hold, its time and its memory: run in the tool's own environment.

    python other_tools.py TOOL FILE...

Stands alone (standard library and the one tool), so that another environment can run it. Prints one JSON object:
{"tool", "version", "files": [{"file", "rows": [[cell, ...], ...], "seconds", "pages"}], "peak_mb"}; a file that fails has
"error" instead of rows.
"""

from __future__ import annotations

import importlib.metadata
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

Rows = list[list[str]]


def with_pdfplumber(path: Path) -> Rows:
    """The rows of pdfplumber's own tables, page by page, with its default settings."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        return [[cell or "" for cell in row] for page in pdf.pages for table in page.extract_tables() for row in table]


def with_camelot(path: Path) -> Rows:
    """The rows of camelot's tables: ruled ones, or those it finds by space where it sees no rules."""
    import camelot

    for flavor in ("lattice", "stream"):
        tables = camelot.read_pdf(str(path), pages="all", flavor=flavor, suppress_stdout=True)
        if len(tables):
            return [[str(cell) for cell in row] for table in tables for row in table.df.values.tolist()]
    return []


def with_markitdown(path: Path) -> Rows:
    """The rows of the Markdown tables that markitdown writes."""
    from markitdown import MarkItDown

    text = MarkItDown(enable_plugins=False).convert(str(path)).text_content
    lines = (line.strip() for line in text.splitlines())
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


def peak_mb() -> float:
    """The most memory that this program has held since its start (getrusage may tell that of the process before it)."""
    try:
        return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


TOOLS = {"pdfplumber": with_pdfplumber, "camelot": with_camelot, "markitdown": with_markitdown}
PACKAGES = {"pdfplumber": "pdfplumber", "camelot": "camelot-py", "markitdown": "markitdown"}


def main(tool: str, files: list[str]) -> None:
    """Read every file with the tool."""
    read = TOOLS[tool]
    found: list[dict[str, Any]] = []
    for file in files:
        began = time.perf_counter()
        try:
            entry: dict[str, Any] = {"rows": read(Path(file))}
        except Exception as problem:  # noqa: BLE001  # whatever another tool raises is part of what is measured
            entry = {"error": f"{type(problem).__name__}: {problem}"[:200]}
        found.append({"file": file, "seconds": time.perf_counter() - began, **entry})
    version = importlib.metadata.version(PACKAGES[tool])
    print(json.dumps({"tool": tool, "version": version, "files": found, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
