"""Charts as static SVG: bars with their words and numbers. The same figures always stand in a table beside them."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from goldthread.reporting.model import Bar, Chart
from goldthread.reporting.wording import plain

WIDTH = 470
"""In units of the picture; it is shown at any size."""

_ROW, _LABELS, _NUMBERS = 30, 232, 44
FILLS = {
    "blue": "#1d70b8",
    "green": "#00703c",
    "amber": "#f47738",
    "red": "#d4351c",
    "grey": "#b1b4b6",
    "no-date": "#ffffff",  # outlined: there is nothing to colour
    "plain": "#484f54",
}
"""The colour of a bar by its style; its words always say the same."""
_INK = "#0b0c0c"


def height(chart: Chart) -> int:
    """In the units of WIDTH."""
    return _ROW * max(len(chart.bars), 1) + 6


def svg(chart: Chart, *, font: str = "Arial, Helvetica, sans-serif") -> str:
    """The chart as one SVG element with its content in words for those who do not see it."""
    longest = max((bar.value for bar in chart.bars), default=0) or 1
    room = WIDTH - _LABELS - _NUMBERS
    rows = "".join(_bar(bar, number, longest, room) for number, bar in enumerate(chart.bars))
    tall = height(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" role="img"'
        f' aria-label={quoteattr(plain(chart.in_words))} font-family={quoteattr(font)} font-size="12.5" fill="{_INK}">'
        f'{rows}<line x1="{_LABELS}" y1="0" x2="{_LABELS}" y2="{tall}" stroke="{_INK}" stroke-width="1"/></svg>'
    )


def _bar(bar: Bar, number: int, longest: int, room: int) -> str:
    top = number * _ROW + 4
    wide = round(room * bar.value / longest)
    middle = top + _ROW // 2
    outline = f' stroke="{_INK}" stroke-width="1.5" stroke-dasharray="4 2"' if bar.style == "no-date" else ""
    fill = FILLS.get(bar.style, FILLS["plain"])
    drawn = (
        f'<rect x="{_LABELS + 1}" y="{top + 2}" width="{wide}" height="{_ROW - 8}" fill="{fill}"{outline}/>'
        if wide
        else ""
    )
    return (
        f'<text x="{_LABELS - 8}" y="{middle}" text-anchor="end">{escape(plain(bar.label))}</text>{drawn}'
        f'<text x="{_LABELS + wide + 8}" y="{middle}" font-weight="bold">{bar.value:,}</text>'
    )
