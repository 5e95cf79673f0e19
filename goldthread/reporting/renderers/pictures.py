"""Charts as pictures for what takes no SVG: drawn by the typesetter, in the fonts of the PDF."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from goldthread.reporting.charts import svg
from goldthread.reporting.model import Chart
from goldthread.reporting.renderers.pdf import NotTypeset, families, run_typesetter

_PAGES = """#let drawn = json("report.json")
#set page(width: 110mm, height: auto, margin: 1mm)
#for (number, picture) in drawn.enumerate() {
  if number > 0 { pagebreak() }
  image(bytes(picture), format: "svg", width: 100%)
}
"""


def pictures(charts: Sequence[Chart]) -> list[bytes]:
    """A PNG of each chart, in order. Raises NotTypeset."""
    if not charts:
        return []
    with tempfile.TemporaryDirectory(prefix="goldthread-charts-") as name:
        folder = Path(name)
        (folder / "report.typ").write_text(_PAGES, encoding="utf-8")
        drawn = [svg(chart, font=families()[0]) for chart in charts]
        (folder / "report.json").write_text(json.dumps(drawn), encoding="utf-8")
        if run_typesetter(folder, "--pictures") is not None:
            raise NotTypeset("The charts were not drawn: they hold characters that no font here can show.")
        return [(folder / f"picture-{number}.png").read_bytes() for number in range(1, len(charts) + 1)]
