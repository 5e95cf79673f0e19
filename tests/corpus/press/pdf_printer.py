"""Prints a document as PDF with typst: tagged, ruled without tags, or with columns that nothing but space parts."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from random import Random

import pikepdf
import typst

from tests.corpus.press.blocks import Block, Break, Cell, Contents, Heading, Para, Print, Table


def print_pdf(made: Print, path: Path, manner: str, rng: Random) -> None:
    """Write ``path``; ``manner`` is "tagged" (with or without rules), "ruled" or "columns"."""
    ruled = manner == "ruled" or (manner == "tagged" and rng.random() < 0.7)
    source = _Setter(made, ruled, rng).source()
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "main.typ"
        text.write_text(source, encoding="utf-8")
        path.write_bytes(typst.compile(str(text), pdf_tags=manner == "tagged"))
    if made.rotated:
        _rotate(path)


def _rotate(path: Path) -> None:
    """Turn every wide page on its side and mark it as rotated, as scanners and print drivers do: it looks the same."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(v) for v in page.mediabox)
            if x1 - x0 > y1 - y0:
                page.contents_add(f"q 0 1 -1 0 {y1} 0 cm\n".encode(), prepend=True)
                page.contents_add(b"\nQ")
                page.mediabox = [0, 0, y1, x1]
                page.obj.Rotate = 90
        pdf.save(path)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class _Setter:
    """Writes typst source."""

    def __init__(self, made: Print, ruled: bool, rng: Random) -> None:
        self.made, self.ruled = made, ruled
        self.size = rng.choice([8, 9, 10])
        self.numbers = rng.random() < 0.7
        self.breakable = rng.random() < 0.7

    def source(self) -> str:
        """The whole document."""
        lines = [
            f"#set document(title: {_quoted(self.made.title)})",
            f'#set text(lang: "en", size: {self.size}pt, hyphenate: true)',
        ]
        head = f"header: [#{_quoted(self.made.running_head)}], " if self.made.running_head else ""
        foot = 'numbering: "1", ' if self.numbers else ""
        columns = "columns: 2, " if self.made.two_columns else ""
        lines.append(f'#set page(paper: "a4", margin: 1.6cm, {head}{foot}{columns})')
        if self.made.two_columns:
            lines.append("#set par(justify: true)")
        stroke = "0.5pt" if self.ruled else "none"
        lines.append(f"#set table(stroke: {stroke}, inset: 5pt)")
        lines.append(
            f"#show table.cell: set par(justify: false)\n#set table.cell(breakable: {str(self.breakable).lower()})"
        )
        bullets: list[str] = []
        for block in [*self.made.blocks, None]:
            if isinstance(block, Para) and block.bullet:
                bullets.append(f"[#{_quoted(block.text)}]")
                continue
            if bullets:
                lines.append(f"#list({', '.join(bullets)})")
                bullets = []
            if block is not None:
                lines.append(self.block(block))
        return "\n\n".join(lines)

    def block(self, block: Block) -> str:
        """The source of a block."""
        if isinstance(block, Heading):
            return f"#heading(level: {block.level}, {_quoted(block.text)})"
        if isinstance(block, Para):
            text = f"#{_quoted(block.text)}" if block.text else ""
            return f"*{text}*" if block.bold and text else text
        if isinstance(block, Contents):
            items = "\\\n".join(f"#{_quoted(text)} #box(width: 1fr, repeat[.]) {page}" for text, page in block.entries)
            return f"*Contents*\n\n{items}"
        if isinstance(block, Break):
            if block.landscape is None:
                return "#pagebreak(weak: true)"
            return f"#set page(flipped: {str(block.landscape).lower()})"
        return self.table(block)

    def table(self, block: Table) -> str:
        """The source of a table."""
        shares = block.widths or [1] * len(block.rows[0])
        columns = ", ".join(f"{share}fr" for share in shares)
        head = [self.cell(cell) for row in block.rows[: block.header_rows] for cell in row if cell is not None]
        body = [self.cell(cell) for row in block.rows[block.header_rows :] for cell in row if cell is not None]
        repeat = str(self.made.repeat_header).lower()
        start = [f"table.header(repeat: {repeat}, {', '.join(head)})"] if head else []
        return f"#table(columns: ({columns}), {', '.join([*start, *body])})"

    def cell(self, cell: Cell) -> str:
        """The source of a cell."""
        options = [f"rowspan: {cell.rows}"] * (cell.rows > 1) + [f"colspan: {cell.across}"] * (cell.across > 1)
        if cell.fill and (self.ruled or not cell.text):
            options.append(f'fill: rgb("#{cell.fill}")')
        lines = cell.text.split("\n")
        if cell.bullets and cell.text:
            inner = f"#list({', '.join(f'[#{_quoted(line)}]' for line in lines)})"
        else:
            inner = " #linebreak() ".join(f"#{_quoted(line)}" for line in lines if line)
        inner = f"#strong[{inner}]" if cell.bold and inner else inner
        return f"table.cell({', '.join(options)})[{inner}]" if options else f"[{inner}]"
