"""The report that compares two structures: laid out for pages, and as plain tables for spreadsheets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from goldthread.domain.organisation.rules.comparing import Change, Comparison, Counted, Part
from goldthread.domain.organisation.rules.lines import Drawn, Figures, Line
from goldthread.kernel.money import Money
from goldthread.reporting.blocks import (
    QUIET,
    STRONG,
    WARNING,
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Layout,
    Paragraph,
    Table,
    TableRow,
)
from goldthread.reporting.blocks import Bullets as Listed
from goldthread.reporting.blocks import Line as Words
from goldthread.reporting.flat import FlatColumn, FlatTable, Value
from goldthread.reporting.formats import FORMATS, format_named
from goldthread.reporting.renderers import csv, docx, html, pdf, xlsx
from goldthread.reporting.structures import counted_how, kinds_of, line_in_words, notes_of, shape, titles_of
from goldthread.reporting.wording import counted, day, one_line

_COUNTS = (
    Column("Directorate", "place", 2.0),
    Column("Before", "number", 1.4),
    Column("After", "number", 1.4),
    Column("Difference", "number", 0.9),
    Column("What changed", "text", 3.4),
)
_CHANGES = (
    Column("Change", "kind", 1.2),
    Column("Before", "text", 2.6),
    Column("After", "text", 2.6),
    Column("Why", "meaning", 3.4),
    Column("Decided by", "lead", 1.2),
)
_FIGURES = (Column("What", "what", 2.2), Column("Before", "number", 1.4), Column("After", "number", 1.4))


def laid_out(found: Comparison, *, organisation: str, made: datetime) -> Layout:
    """The comparison in the order of its pages: totals, directorates side by side, then each with its changes."""
    title = f"{one_line(found.before.name)} and {one_line(found.after.name)} compared"
    as_at = f"As at {day(found.after.as_at)}" if found.after.as_at else f"Made on {day(made.date())}"
    blocks: list[Block] = [*_front(found, organisation), *_summary(found)]
    for number, part in enumerate(found.parts, 1):
        blocks += _part(part, number)
    return Layout(title, organisation, as_at, f"{title}, {organisation}", made, tuple(blocks))


def _front(found: Comparison, organisation: str) -> Iterator[Block]:
    pairs = [("Before", _named(found.before)), ("After", _named(found.after))]
    yield Facts(
        tuple([("Organisation", organisation), *pairs] if organisation else pairs), label="About this comparison"
    )
    apart = [part.name for part in found.parts if part.before.apart or part.after.apart]
    if apart:
        yield Paragraph(f"What is stated and what is listed part in {_and(apart)}: both are shown.", WARNING)
    proposed = sum(not change.same and not change.decided_by for change in found.changes)
    if proposed:
        words = counted(proposed, "change")
        yield Paragraph(
            f"{words} {'is' if proposed == 1 else 'are'} proposed by rule and confirmed by nobody yet.", WARNING
        )


def _named(drawn: Drawn) -> str:
    said = f", {day(drawn.as_at)}" if drawn.as_at else ""
    return f"{one_line(drawn.name)} ({drawn.stage}{said})" if drawn.stage else one_line(drawn.name)


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _summary(found: Comparison) -> Iterator[Block]:
    yield Heading("Posts by directorate", 1, "directorates")
    rows = [_counts(part.name, part.before, part.after, part.changes) for part in found.parts]
    rows.append(_counts("All", found.total_before, found.total_after, found.changes))
    yield Table("Posts before and after, listed and stated", _COUNTS, tuple(rows))
    if how := counted_how(found):
        yield Listed(
            "How changes are counted, where a reader may count otherwise", tuple(one_line(each) for each in how)
        )
    yield Heading("Cost, spans and layers", 1, "figures")
    yield Table("Cost, spans and layers before and after", _FIGURES, tuple(
        TableRow((_cell(label), _cell(old), _cell(new)))
        for label, old, new in figure_rows(found.figures_before, found.figures_after)
    ))  # fmt: skip


def count_words(count: Counted) -> str:
    """A count as read: "11 listed, 9 stated", or the one number where the two agree."""
    return f"{count.listed} listed, {count.stated} stated" if count.apart else str(count.listed)


def _counts(name: str, before: Counted, after: Counted, changes: tuple[Change, ...]) -> TableRow:
    kinds = [kind for change in changes if not change.same for kind in kinds_of(change).split(" and ")]
    said = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    difference = f"{after.listed - before.listed:+d}" if after.listed != before.listed else "0"
    return TableRow((
        (Words(name, STRONG),), _cell(count_words(before)), _cell(count_words(after)), _cell(difference),
        _cell(said or "No change"),
    ))  # fmt: skip


def figure_rows(before: Figures, after: Figures) -> list[tuple[str, str, str]]:
    """Cost, FTE, spans and layers in words, before and after."""
    rows = [("Posts listed", str(before.posts), str(after.posts))]
    rows.append(("Full-time equivalents", _fte(before), _fte(after)))
    rows.append(("Cost a year", cost_words(before), cost_words(after)))
    if before.costed and after.costed:
        low, high = after.cost_low - before.cost_low, after.cost_high - before.cost_high
        rows.append(("Difference in cost", "", money_range(low, high, signed=True)))
    rows.append(("Layers", _or_none(before.layers), _or_none(after.layers)))
    rows.append(("Posts that report to a manager, on average", _span(before), _span(after)))
    rows.append(("Widest span", _or_none(before.widest), _or_none(after.widest)))
    return rows


def _or_none(value: int | None) -> str:
    return "No lines recorded" if value is None else str(value)


def _span(figures: Figures) -> str:
    return "No lines recorded" if figures.mean_span is None else f"{figures.mean_span:.1f}"


def _fte(figures: Figures) -> str:
    if figures.without_fte == figures.posts:
        return "Not recorded"
    missing = f" ({counted(figures.without_fte, 'post')} without)" if figures.without_fte else ""
    return f"{figures.fte.normalize():f}{missing}"


def cost_words(figures: Figures) -> str:
    """A year's cost as a range, with how many posts it leaves out."""
    if not figures.costed:
        return "Not recorded"
    missing = figures.posts - figures.costed
    return money_range(figures.cost_low, figures.cost_high) + (
        f" ({counted(missing, 'post')} without)" if missing else ""
    )


def money_range(low: int, high: int, *, signed: bool = False) -> str:
    """Pence from and to, as money: "£98,000 to £103,000"."""
    sums = sorted((low, high)) if signed else [low, high]
    words = [("+" if signed and pence > 0 else "") + Money(pence).exact for pence in sums]
    return words[0] if low == high else f"{words[0]} to {words[1]}"


def _part(part: Part, number: int) -> Iterator[Block]:
    yield Heading(part.name, 1, f"directorate-{number}", new_page=number == 1)
    yield Paragraph(f"{count_words(part.before)} before; {count_words(part.after)} after.")
    changed = [change for change in part.changes if not change.same]
    if changed:
        rows = tuple(TableRow(_change(change)) for change in changed)
        yield Table(f"{part.name}: {counted(len(rows), 'change')}", _CHANGES, rows)
    else:
        yield Paragraph("Every post stays as it is.", QUIET)
    same = [line_in_words(change.after[0]) for change in part.changes if change.same]
    if same:
        yield Listed("Stays the same", tuple(same))
    notes = [note for note in notes_of(part) if not any(note.startswith(titles_of(change)) for change in changed)]
    if notes:
        yield Listed("What the documents say, and what is in doubt", tuple(one_line(note) for note in notes))


def _cell(text: str) -> Cell:
    return (Words(one_line(text)),)


def _posts(lines: tuple[Line, ...], none: str) -> Cell:
    return tuple(Words(line_in_words(line)) for line in lines) or (Words(none, QUIET),)


def _change(change: Change) -> tuple[Cell, ...]:
    return (
        (Words(kinds_of(change).capitalize(), STRONG),),
        _posts(change.before, "Not there before"),
        _posts(change.after, "Not there after"),
        (Words(one_line(change.because)),) if change.because else (Words("No reason printed", QUIET),),
        (Words(change.decided_by),) if change.decided_by else (Words("Proposed by rule", QUIET),),
    )


_FLAT = (
    FlatColumn("Directorate before", 22), FlatColumn("Directorate after", 22), FlatColumn("Change", 20),
    FlatColumn("Post before", 44), FlatColumn("Post after", 44), FlatColumn("Grade before", 12),
    FlatColumn("Grade after", 12), FlatColumn("Cost before, from (£)", 14), FlatColumn("Cost before, to (£)", 14),
    FlatColumn("Cost after, from (£)", 14), FlatColumn("Cost after, to (£)", 14), FlatColumn("Why", 60),
    FlatColumn("Decided by", 20),
)  # fmt: skip
_TOTALS = (
    FlatColumn("Directorate", 28), FlatColumn("Listed before", 10), FlatColumn("Stated before", 10),
    FlatColumn("Listed after", 10), FlatColumn("Stated after", 10), FlatColumn("Difference", 10), FlatColumn("Notes", 90),
)  # fmt: skip


def flat_changes(found: Comparison) -> FlatTable:
    """Every post of either structure with what became of it, a row each; a split or a merger has a row for each pair."""
    rows = []
    for change in found.changes:
        for old in change.before or (None,):
            for new in change.after or (None,):
                rows.append(_flat(change, old, new))
    return FlatTable("Changes", _FLAT, tuple(rows))


def _flat(change: Change, old: Line | None, new: Line | None) -> tuple[Value, ...]:
    def of(line: Line | None, name: str) -> Value:
        value = getattr(line, name) if line is not None else None
        return value // 100 if name.startswith("cost") and value is not None else value

    costs = [of(line, name) for line in (old, new) for name in ("cost_low", "cost_high")]
    names = [of(old, "directorate"), of(new, "directorate"), kinds_of(change)]
    titles = [line_in_words(line) if line is not None else "" for line in (old, new)]
    return (*names, *titles, of(old, "grade"), of(new, "grade"), *costs, change.because, change.decided_by)


def flat_totals(found: Comparison) -> FlatTable:
    """The counts of each directorate, and of all."""
    rows: list[tuple[Value, ...]] = [
        _total(part.name, part.before, part.after, " ".join(notes_of(part))) for part in found.parts
    ]
    rows.append(_total("All", found.total_before, found.total_after, ""))
    return FlatTable("Directorates", _TOTALS, tuple(rows))


def _total(name: str, before: Counted, after: Counted, notes: str) -> tuple[Value, ...]:
    return (name, before.listed, before.stated, after.listed, after.stated, after.listed - before.listed, notes)


def render(found: Comparison, form: str, *, organisation: str, made: datetime) -> bytes:
    """The comparison as the bytes of a file: html, pdf, docx, xlsx, csv or json. Raises NoSuchFormat."""
    name = format_named(form).name
    layout = laid_out(found, organisation=organisation, made=made)
    if name == "xlsx":
        tables = (flat_totals(found), flat_changes(found))
        return xlsx.of_tables(tables, title=layout.title, organisation=organisation, made=made)
    if name == "csv":
        return csv.of_table(flat_changes(found))
    if name == "json":
        return (json.dumps(shape(found), ensure_ascii=False, indent=1, default=str) + "\n").encode()
    return {"html": html.page, "pdf": pdf.typeset, "docx": docx.written}[name](layout)


def file_name(found: Comparison, form: str) -> str:
    """The file of a comparison: "structures-current-as-at-march-24.pdf"."""
    stem = re.sub(r"[^a-z0-9]+", "-", found.after.name.lower()).strip("-")[:60] or "compared"
    return f"structures-{stem}.{format_named(form).name}"


def write(found: Comparison, forms: list[str], folder: Path, *, organisation: str, made: datetime) -> list[Path]:
    """The comparison as files of a folder, which is made where it is missing. Raises NoSuchFormat before any is made."""
    names = [format_named(form).name for form in forms]
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in names:
        path = folder / file_name(found, name)
        path.write_bytes(render(found, name, organisation=organisation, made=made))
        paths.append(path)
    return paths


MEDIA = {name: each.media_type for name, each in FORMATS.items()}
"""The media type of each format."""
