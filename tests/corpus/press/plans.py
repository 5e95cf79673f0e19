"""Plans and trackers of recommendations: what is in them, and how they may be laid out."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.corpus.press import words
from tests.corpus.press.blocks import Block, Break, Cell, Contents, Heading, Para, Print, Table, Truth
from tests.corpus.press.words import Speaker

COLOURS = {"Green": "92d050", "Amber": "ffc000", "Red": "ff0000", "Blue": "4f81bd"}
SIGNS = {"Green": "🟢", "Amber": "🟠", "Red": "🔴", "Blue": "🔵"}
WIDTHS = {
    "objective": 4,
    "criteria": 4,
    "action": 5,
    "update": 6,
    "recommendation": 6,
    "leads": 3,
    "timescale": 2,
    "theme": 2,
}
FLAT = ("csv",)  # formats without headings between tables


@dataclass
class Action:
    """One action with what the plan says of it."""

    text: str
    leads: list[str]
    timescale: str
    status: str
    rag: str
    update: str
    ref: str = ""


@dataclass
class Objective:
    """An objective with its criteria and actions."""

    text: str
    criteria: list[str]
    actions: list[Action]


@dataclass
class Layout:
    """How a plan is laid out."""

    columns: list[str]
    arrange: str  # one, per_theme, per_objective, section_rows, theme_column, cards
    objective: str  # merged, repeated, blank, ditto
    criteria: str  # column, inside, none
    criteria_as: str  # bullets, lines, prose
    rag_as: str  # words, letters, signs, colour
    separator: str
    names: dict[str, str] = field(default_factory=dict)
    two_row_header: bool = False
    totals: bool = False
    hidden: bool = False
    comments: bool = False
    repeat_header: bool = True
    beside: str | None = None  # the heading of a column of which the truth says nothing
    plain_titles: bool = False  # themes are printed in bold, not as headings


def layout_of(rng: Random, format_: str, say: Speaker) -> Layout:
    """A random layout that the format can carry."""
    columns = ["action", "leads"]
    columns += [
        c for c, p in (("timescale", 0.8), ("status", 0.4), ("rag", 0.45), ("update", 0.75)) if rng.random() < p
    ]
    arrange = rng.choice(["one", "per_theme", "per_theme", "per_objective", "section_rows", "theme_column", "cards"])
    if format_ in FLAT or format_.startswith("txt"):
        arrange = rng.choice(["one", "theme_column", "section_rows"])
    has_objective = rng.random() < 0.8 and arrange != "per_objective"
    criteria = rng.choice(["column", "inside", "none"]) if has_objective else "none"
    if arrange == "per_objective":
        criteria = rng.choice(["above", "none"])
    rng.shuffle(columns)
    if columns[0] in ("rag", "status", "leads", "timescale", "update") and rng.random() < 0.7:
        columns.remove("action")
        columns.insert(0, "action")
    if criteria == "column":
        columns.insert(0, "criteria") if rng.random() < 0.6 else columns.append("criteria")
    if has_objective:
        columns.insert(0, "objective")
    if arrange == "theme_column":
        columns.insert(0, "theme")
    if rng.random() < 0.4:
        columns.insert(0, "ref")
    merges = format_ not in FLAT and not format_.startswith("txt")
    layout = Layout(
        columns=columns,
        arrange=arrange,
        objective=rng.choice(["merged", "repeated", "blank", "ditto"] if merges else ["repeated", "blank", "ditto"]),
        criteria=criteria,
        criteria_as=rng.choice(["bullets", "lines", "prose"]),
        rag_as=rng.choice(["words", "words", "letters", "signs", "colour"]),
        separator=rng.choice(["\n", "; ", " / ", "\n"]),
        two_row_header=merges and arrange != "cards" and rng.random() < 0.2,
        totals=arrange in ("one", "per_theme") and rng.random() < 0.15,
        hidden=format_ in ("xlsx", "docx", "odt") and rng.random() < 0.4,
        comments=format_ in ("xlsx", "docx", "odt") and rng.random() < 0.4,
        repeat_header=rng.random() < 0.7,
        beside=rng.choice(list(words.BESIDE)) if rng.random() < 0.2 and arrange != "cards" else None,
        plain_titles=rng.random() < 0.2 and format_ in ("docx", "odt", "pdf-tagged", "pdf-ruled", "pdf-columns"),
    )
    if layout.beside:
        layout.columns.insert(rng.randint(len(columns) // 2, len(columns)), "beside")
        layout.names["beside"] = layout.beside
    if not merges and layout.criteria_as != "prose":
        layout.criteria_as = rng.choice(["lines", "prose"]) if format_ == "csv" else "prose"
    if format_.startswith("txt"):
        layout.separator = "; "
    if layout.rag_as == "colour" and (format_.startswith(("txt", "csv")) or format_ == "pdf-columns"):
        layout.rag_as = "words"
    if layout.rag_as == "signs" and format_.startswith("pdf"):
        layout.rag_as = "words"
    used: set[str] = set()
    for role in [*columns, "criteria", "recommendation"]:
        if role != "beside":
            layout.names[role] = say.heading(role, used)
    return layout


def invent_plan(rng: Random, say: Speaker) -> list[tuple[str, list[Objective]]]:
    """Themes with objectives with actions; leads as names, posts or both."""
    manner = rng.choice(["names", "posts", "both", "mixed"])
    people = [(say.person(), say.post()) for _ in range(8)]

    def lead() -> str:
        person, post = rng.choice(people)
        how = rng.choice(["names", "posts", "both"]) if manner == "mixed" else manner
        if rng.random() < 0.05:
            return rng.choice(words.BODIES)
        return {"names": person, "posts": post, "both": f"{person} ({post})"}[how]

    long = rng.choice([1, 3, 4])
    count = 0
    themes = []
    for theme in rng.sample(words.THEMES, rng.randint(2, 4)):
        objectives = []
        for _ in range(rng.randint(1, 3)):
            topic = say.topic()
            criteria: list[str] = []
            for _ in range(rng.randint(1, 3)):
                criteria.append(say.criterion(criteria, topic))
            actions = []
            for _ in range(rng.randint(1, 4)):
                count += 1
                about = say.topic()
                leads = list(dict.fromkeys(lead() for _ in range(2 if rng.random() < 0.25 else 1)))
                update = say.update(about, long) if rng.random() < 0.9 else ""
                actions.append(
                    Action(
                        say.action(about),
                        leads,
                        say.due(),
                        say.status(),
                        rng.choice(list(COLOURS)),
                        update,
                        str(count),
                    )
                )
            objectives.append(Objective(say.aim(topic), criteria, actions))
        themes.append((theme, objectives))
    return themes


def lay_plan(rng: Random, format_: str, say: Speaker) -> Print:
    """An action plan in a random layout with its truth."""
    themes = invent_plan(rng, say)
    layout = layout_of(rng, format_, say)
    if layout.arrange == "per_objective" and layout.criteria_as != "bullets":
        layout.criteria_as = "prose"
    if layout.criteria_as == "prose" and layout.criteria != "none":
        for _, objectives in themes:
            for objective in objectives:
                del objective.criteria[1:]
    place = rng.choice(words.PLACES)
    title = say.title(
        [f"{place} Council Improvement Plan", f"{place} Transformation Action Plan", "Recovery and Improvement Plan"]
    )
    made = Print(
        arranged(themes, layout, rng), _truth(themes, layout), "plan", title, repeat_header=layout.repeat_header
    )
    if layout.hidden and layout.arrange != "cards" and format_ == "xlsx":
        _hide(made, rng, say)
    made.hard = [
        word
        for word, here in (
            ("two-row header", layout.two_row_header),
            ("cards", layout.arrange == "cards"),
            ("rag by colour or sign", "rag" in layout.columns and layout.rag_as in ("colour", "signs")),
            ("blank or ditto objectives", layout.objective in ("blank", "ditto") and "objective" in layout.columns),
            ("section rows", layout.arrange == "section_rows"),
            ("hidden or struck parts", layout.hidden or layout.comments),
            ("totals", layout.totals),
            ("objective in rows above the header", layout.arrange == "per_objective"),
            ("titles in bold only", layout.plain_titles and layout.arrange in ("per_theme", "per_objective", "cards")),
            ("a column of something else", layout.beside is not None),
        )
        if here
    ]
    return made


def arranged(themes: list[tuple[str, list[Objective]]], layout: Layout, rng: Random) -> list[Block]:
    """The plan as its layout arranges it: one table, a table for each theme, or a card for each action."""
    if layout.arrange in ("one", "section_rows", "theme_column"):
        return [_table(themes, layout, rng, layout.arrange, None)]
    blocks: list[Block] = []
    for theme, objectives in themes:
        blocks.append(Para(theme, bold=True) if layout.plain_titles else Heading(2, theme))
        if layout.arrange == "per_objective":
            blocks += [_under_labels(objective, layout, rng) for objective in objectives]
        elif layout.arrange == "cards":
            blocks += _cards(objectives, layout, rng)
        else:
            blocks.append(_table([(theme, objectives)], layout, rng, "one", theme))
    return blocks


def _rag(layout: Layout, rag: str) -> Cell:
    if layout.rag_as == "colour":
        return Cell("", fill=COLOURS[rag])
    if layout.rag_as == "signs":
        return Cell(SIGNS[rag])
    if layout.rag_as == "letters":
        return Cell(rag[0], fill=COLOURS[rag])
    return Cell(rag)


def _criteria(layout: Layout, criteria: list[str]) -> tuple[str, bool]:
    return "\n".join(criteria), layout.criteria_as == "bullets"


def _cell(role: str, theme: str, objective: Objective, action: Action, layout: Layout, first: bool) -> Cell:
    """The cell of a role for one action; ``first`` of its objective."""
    if role == "objective":
        text, bullets = objective.text, False
        if layout.criteria == "inside":
            inside, bullets = _criteria(layout, objective.criteria)
            mark = "\n• " if bullets else "\n"
            text += "\nSuccess criteria:" + mark + inside.replace("\n", mark)
        if not first and layout.objective == "ditto":
            return Cell("As above")
        return Cell(text) if first or layout.objective != "blank" else Cell()
    if role == "criteria":
        text, bullets = _criteria(layout, objective.criteria)
        return Cell(text, bullets=bullets) if first or layout.objective not in ("blank", "ditto") else Cell()
    if role == "rag":
        return _rag(layout, action.rag)
    if role == "leads":
        return Cell(layout.separator.join(action.leads))
    if role == "theme":
        return Cell(theme)
    if role == "beside":
        kept = words.BESIDE[layout.names["beside"]]
        return Cell(kept[sum(map(ord, action.text)) % len(kept)])
    return Cell(action.text if role == "action" else str(getattr(action, role)))


def _table(
    themes: list[tuple[str, list[Objective]]], layout: Layout, rng: Random, arrange: str, name: str | None
) -> Table:
    """One table of the themes' actions."""
    rows: list[list[Cell | None]] = _header(layout, rng)
    deep = len(rows)
    for theme, objectives in themes:
        if arrange == "section_rows":
            rest: list[Cell | None] = [None] * (len(layout.columns) - 1)
            rows.append([Cell(theme, across=len(layout.columns), bold=True, fill="d9d9d9"), *rest])
        for objective in objectives:
            start = len(rows)
            for n, action in enumerate(objective.actions):
                rows.append([_cell(role, theme, objective, action, layout, n == 0) for role in layout.columns])
            for c, role in enumerate(layout.columns):
                top = rows[start][c]
                if role in ("objective", "criteria") and layout.objective == "merged" and top is not None:
                    top.rows = len(rows) - start
                    for below in rows[start + 1 :]:
                        below[c] = None
    if layout.comments:
        target = rng.choice(rows[deep:])[layout.columns.index("action")]
        if target is not None:
            target.comment = "Please check this wording with the service before Thursday"
            target.deleted = "and possibly something else"
    if layout.totals:
        count = sum(len(o.actions) for _, objectives in themes for o in objectives)
        rows.append([Cell("Total", bold=True), Cell(f"{count} actions"), *(Cell() for _ in layout.columns[2:])])
    return Table(rows, deep, [WIDTHS.get(role, 2) for role in layout.columns], name)


def _under_labels(objective: Objective, layout: Layout, rng: Random) -> Table:
    """A table for one objective, which stands with its criteria in rows of their own above the header."""
    made = _table([("", [objective])], layout, rng, "one", None)
    above: list[list[Cell | None]] = []
    rest: list[Cell | None] = [None] * (len(layout.columns) - 1)
    for role, texts in (("objective", [objective.text]), ("criteria", objective.criteria)):
        if role == "objective" or layout.criteria == "above":
            label = layout.names.setdefault(f"above {role}", rng.choice(words.ABOVE[role]))
            mark = "\n• " if layout.criteria_as == "bullets" and role == "criteria" else " "
            text = f"{label}:{mark}{mark.join(texts)}"
            above.append([Cell(text, across=len(layout.columns), fill="e7e6e6"), *rest])
    return Table([*above, *made.rows], 0, made.widths)


def _header(layout: Layout, rng: Random) -> list[list[Cell | None]]:
    names = [layout.names[role] for role in layout.columns]
    pairs = [
        (at, above)
        for pair, above in ((("leads", "timescale"), words.OWNERSHIP), (("status", "update"), words.PROGRESS))
        for at in range(len(layout.columns) - 1)
        if set(layout.columns[at : at + 2]) == set(pair)
    ]
    if not layout.two_row_header or not pairs:
        layout.two_row_header = False
        return [[Cell(name, bold=True, fill="bdd7ee") for name in names]]
    at, above = pairs[0]
    upper: list[Cell | None] = [Cell(name, rows=2, bold=True) for name in names]
    upper[at], upper[at + 1] = Cell(rng.choice(above), across=2, bold=True), None
    lower: list[Cell | None] = [None] * len(names)
    lower[at], lower[at + 1] = Cell(names[at], bold=True), Cell(names[at + 1], bold=True)
    return [upper, lower]


def _cards(objectives: list[Objective], layout: Layout, rng: Random) -> list[Block]:
    """A table of labels and values for each action."""
    made: list[Block] = []
    for objective in objectives:
        for n, action in enumerate(objective.actions):
            rows: list[list[Cell | None]] = []
            for role in layout.columns:
                cell = _cell(role, "", objective, action, layout, n == 0 or layout.objective != "ditto")
                if role != "criteria" or n == 0:
                    rows.append([Cell(layout.names[role], bold=True), cell])
            made += [Table(rows, 0, [2, 6]), Para("")]
    return made


def _hide(made: Print, rng: Random, say: Speaker) -> None:
    """A hidden row, a hidden column and a hidden sheet of things that are not part of the plan."""
    table = next(block for block in made.blocks if isinstance(block, Table))
    if any(cell is None or cell.rows > 1 for row in table.rows for cell in row):
        return
    row: list[Cell | None] = [Cell(f"Old entry {say.topic()}") for _ in table.rows[0]]
    table.rows.append(row)
    table.hidden_rows.add(len(table.rows) - 1)
    for n, line in enumerate(table.rows):
        line.append(Cell("Internal note" if n == 0 else f"check {n}"))
    table.widths.append(2)
    table.hidden_columns.add(len(table.rows[0]) - 1)
    made.hidden_sheet = Table(
        [[Cell("Action"), Cell("Lead")], [Cell("A withdrawn draft action"), Cell("Nobody")]], name="Drafts"
    )


def _truth(themes: list[tuple[str, list[Objective]]], layout: Layout) -> list[Truth]:
    """The records that the layout prints, in the shape of the truths of the score."""
    sections = layout.arrange != "one"
    records: list[Truth] = []
    for theme, objectives in themes:
        for objective in objectives:
            own: Truth = {"kind": "objective", "text": objective.text, "success_criteria": objective.criteria}
            if layout.criteria == "none":
                own["success_criteria"] = []
            if sections:
                own["section"] = [theme]
            over = layout.arrange == "per_objective"
            if "objective" in layout.columns or over:
                records.append(own)
            for action in objective.actions:
                fields: dict[str, Any] = {
                    "leads": action.leads,
                    "timescale": action.timescale,
                    "status": action.status,
                    "update": action.update,
                }
                made: Truth = {"kind": "action", "text": action.text}
                made |= {role: value for role, value in fields.items() if role in layout.columns}
                if "rag" in layout.columns:
                    made["rag"] = action.rag[0] if layout.rag_as == "letters" else action.rag
                if "objective" in layout.columns or over:
                    made["objective"] = objective.text
                if sections:
                    made["section"] = [theme]
                records.append(made)
    return records


def lay_tracker(rng: Random, format_: str, say: Speaker) -> Print:
    """A tracker of recommendations: one table, a row for each, perhaps with the action that answers it."""
    with_action = rng.random() < 0.5
    columns = ["number", "recommendation", *(["action"] if with_action else []), "leads"]
    columns += [c for c, p in (("timescale", 0.8), ("status", 0.6), ("update", 0.7)) if rng.random() < p]
    layout = layout_of(rng, format_, say)
    layout.columns, layout.two_row_header = columns, False
    used: set[str] = set()
    for role in columns:
        layout.names[role] = say.heading(role, used)
    rows: list[list[Cell | None]] = [[Cell(layout.names[role], bold=True, fill="c6e0b4") for role in columns]]
    records: list[Truth] = []
    for n in range(1, rng.randint(6, 14)):
        topic = say.topic()
        action = Action(
            say.action(topic),
            [say.person() if rng.random() < 0.5 else say.post()],
            say.due(),
            say.status(),
            "",
            say.update(topic, 3),
        )
        said = {
            "number": str(n), "recommendation": say.fill(rng.choice(words.ADVICE), topic), "action": action.text,
            "leads": action.leads[0], "timescale": action.timescale, "status": action.status, "update": action.update,
        }  # fmt: skip
        rows.append([Cell(said[role]) for role in columns])
        told = {role: said[role] for role in columns if role in ("timescale", "status", "update")} | {
            "leads": action.leads
        }
        own: Truth = {"kind": "recommendation", "text": said["recommendation"], "number": str(n)}
        records.append(own if with_action else own | told)
        if with_action:
            records.append({"kind": "action", "text": action.text, "recommendation": str(n), **told})
    title = rng.choice(
        ["Peer Challenge Action Tracker", "Response to the recommendations", "Audit recommendations tracker"]
    )
    table = Table(rows, 1, [WIDTHS.get(role, 2) if role != "number" else 1 for role in columns])
    return Print([table], records, "tracker", title)


def dress(made: Print, rng: Random, format_: str) -> Print:
    """Around what is there: cover, contents, the other papers of a pack, notes, running head, pages on their side."""
    front: list[Block] = []
    paged = format_.startswith("pdf") or format_ in ("docx", "odt")
    if paged and rng.random() < 0.15:
        pages = rng.choice([3, 6, 86]) if format_.startswith("pdf") else 3
        for page in range(pages):
            front.append(Heading(1, "Minutes" if page % 2 else "Notes of the meeting"))
            front += [Para(text) for text in rng.sample(words.FILLER, 4)]
            front.append(Break())
        made.hard.append(f"page {pages + 1} of a pack")
        for record in made.records:  # in a pack the title of the paper is a heading too, or none: either is right
            record.pop("section", None)
    cover = paged and rng.random() < 0.3
    if cover:
        front += [
            Heading(1, made.title),
            Para("Report to the Cabinet"),
            Para(f"{rng.choice(words.MONTHS)} 2025"),
            Break(),
        ]
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    if paged and heads and rng.random() < 0.3:
        front += [Contents([(text, n + 3) for n, text in enumerate(heads)]), Break()]
    if rng.random() < 0.8 or format_.startswith("txt"):
        if made.organisation and rng.random() < 0.2:
            front.append(Para(made.organisation, bold=True))
        front.append(Heading(1, made.title))
        if paged and rng.random() < 0.5:
            front.append(Para("This plan sets out what the council will do and is reviewed every quarter by members."))
    if paged and made.kind in ("plan", "tracker", "scorecard", "savings") and rng.random() < 0.5:
        front.insert(0, Break(landscape=True))
        made.rotated = format_.startswith("pdf") and rng.random() < 0.3
    if made.rotated:
        made.hard.append("rotated pages")
    made.blocks = front + made.blocks
    if rng.random() < 0.2 and made.kind != "report":
        made.blocks.append(Para("Note: figures were correct when the papers went to print."))
    if paged and rng.random() < 0.5:
        made.running_head = f"{made.title} – for publication"
    return made
