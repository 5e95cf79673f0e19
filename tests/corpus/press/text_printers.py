"""Prints a document as CSV, as a web page, and as the text that a converter makes of a PDF."""

from __future__ import annotations

import csv
import html
import io
import textwrap
from pathlib import Path
from random import Random

from tests.corpus.press.blocks import Break, Cell, Contents, Heading, Para, Print, Table

_WIDE = 150  # characters of a page of aligned text


def print_csv(made: Print, path: Path, rng: Random) -> None:
    """Write ``path``: perhaps a title above, one table, perhaps a note below."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=rng.choice([",", ",", ";"]))
    for block in made.blocks:
        if isinstance(block, Heading | Para) and block.text:
            writer.writerow([block.text])
            if rng.random() < 0.5:
                writer.writerow([])
        elif isinstance(block, Table):
            for row in block.rows:
                writer.writerow([cell.text if cell else "" for cell in row])
    coding = rng.choice(["utf-8-sig", "utf-8", "cp1252"])
    text = out.getvalue()
    if coding == "cp1252" and text != text.encode(coding, "ignore").decode(coding):  # signs that it has no room for
        coding = "utf-8"
    path.write_bytes(text.encode(coding))


def print_html(made: Print, path: Path) -> None:
    """Write ``path``: a page as a council's site makes it, with a menu and a footer."""
    parts = (
        [f"<h1>{html.escape(made.title)}</h1>"]
        if not any(isinstance(b, Heading) and b.level == 1 for b in made.blocks)
        else []
    )
    listing = False
    for block in made.blocks:
        bullet = isinstance(block, Para) and block.bullet
        if listing != bullet:
            parts.append("<ul>" if bullet else "</ul>")
            listing = bullet
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{html.escape(block.text)}</h{block.level}>")
        elif isinstance(block, Para) and block.text:
            tag = "li" if bullet else "p"
            parts.append(f"<{tag}>{html.escape(block.text)}</{tag}>")
        elif isinstance(block, Table):
            parts.append(_html_table(block))
    if listing:
        parts.append("</ul>")
    head = f'<meta charset="utf-8"><title>{html.escape(made.title)}</title>'
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/council">Your council</a></li></ul></nav>'
    body = f"{menu}<main>{''.join(parts)}</main><footer>Contact us</footer>"
    page = f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>"
    path.write_text(page, encoding="utf-8")


def _html_table(block: Table) -> str:
    rows = []
    for r, row in enumerate(block.rows):
        tag = "th" if r < block.header_rows else "td"
        rows.append("<tr>" + "".join(_html_cell(tag, cell) for cell in row if cell is not None) + "</tr>")
    return f"<table>{''.join(rows)}</table>"


def _html_cell(tag: str, cell: Cell) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.across}"' if cell.across > 1 else ""
    )
    colour = f' style="background-color:#{cell.fill}"' if cell.fill else ""
    lines = [html.escape(line) for line in cell.text.split("\n")]
    inner = (
        f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"
        if cell.bullets and cell.text
        else "<br>".join(lines)
    )
    return f"<{tag}{spans}{colour}>{f'<b>{inner}</b>' if cell.bold and tag == 'td' else inner}</{tag}>"


def print_tabbed(made: Print, path: Path) -> None:
    """Write ``path``: each row of a table is one line, its cells parted by tabs, as some converters do."""
    lines: list[str] = []
    for block in made.blocks:
        if isinstance(block, Heading | Para) and block.text:
            lines += [("• " if isinstance(block, Para) and block.bullet else "") + block.text, ""]
        elif isinstance(block, Table):
            lines += ["\t".join(" ".join(cell.text.split()) if cell else "" for cell in row) for row in block.rows]
            lines.append("")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def print_aligned(made: Print, path: Path) -> None:
    """Write ``path``: columns stand side by side in spaces, cells wrapped, pages ended by form feeds."""
    lines: list[str] = []
    for block in made.blocks:
        if isinstance(block, Heading | Para) and block.text:
            mark = "• " if isinstance(block, Para) and block.bullet else ""
            lines += [*textwrap.wrap(mark + block.text, 95), ""]
        elif isinstance(block, Table):
            lines += _aligned(block)
        elif isinstance(block, Break | Contents):
            lines.append("\f" if isinstance(block, Break) else "")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _aligned(block: Table) -> list[str]:
    shares = block.widths or [1] * len(block.rows[0])
    widths = [max(12, _WIDE * share // sum(shares)) for share in shares]
    lines: list[str] = []
    for row in block.rows:
        wrapped = []
        for n, cell in enumerate(row):
            width = sum(widths[n : n + (cell.across if cell else 1)]) - 3
            wrapped.append(
                [part for line in (cell.text if cell else "").split("\n") for part in textwrap.wrap(line, width)]
            )
        for k in range(max(map(len, wrapped), default=0)):
            lines.append(
                "".join(
                    (part[k] if k < len(part) else "").ljust(w) for part, w in zip(wrapped, widths, strict=True)
                ).rstrip()
            )
        lines.append("")
    return lines


def print_layout(made: Print, path: Path, rng: Random) -> None:
    """Write ``path`` as converters do that keep the layout of a page: a margin, justified lines with wide spaces, hanging
    bullets without blank lines between them, a running head and a page number on every page."""
    margin, wide, justified = " " * rng.choice([0, 4, 7]), rng.choice([84, 92, 100]), rng.random() < 0.5
    lines: list[str] = []
    before: object = None
    for block in made.blocks:
        if isinstance(before, Para) and before.bullet and not (isinstance(block, Para) and block.bullet):
            lines.append("")
        before = block
        if isinstance(block, Heading | Para) and block.text:
            bullet = isinstance(block, Para) and block.bullet
            first, rest = ("  •   ", "      ") if bullet else ("", "")
            wrapped = textwrap.wrap(block.text, wide, initial_indent=first, subsequent_indent=rest)
            full = [_justified(line, wide, rng) if justified else line for line in wrapped[:-1]]
            lines += [margin + line for line in [*full, *wrapped[-1:]]] + ([] if bullet else [""])
        elif isinstance(block, Table):
            lines += [margin + line for line in _aligned(block)]
    path.write_text(_paged(lines, made, wide), encoding="utf-8")


def _justified(line: str, wide: int, rng: Random) -> str:
    """A line spread to the full width by wider spaces between some of its words."""
    bare = line.lstrip()
    words, lead = bare.split(" "), line[: len(line) - len(bare)]
    gaps = [" "] * (len(words) - 1)
    for _ in range(min(wide - len(line), 2 * len(gaps))):
        gaps[rng.randrange(len(gaps))] += " "
    return lead + "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _paged(lines: list[str], made: Print, wide: int) -> str:
    pages = [lines[n : n + 48] for n in range(0, len(lines), 48)]
    head = [made.running_head, ""] if made.running_head else []
    return "\f".join("\n".join([*head, *page, "", str(n).center(wide).rstrip(), ""]) for n, page in enumerate(pages, 1))
