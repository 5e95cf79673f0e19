"""Reports of reviews, scorecards, savings tables and tables of posts: what is in them and how they are laid out."""

from __future__ import annotations

from random import Random

from tests.corpus.press import words
from tests.corpus.press.blocks import Block, Cell, Heading, Para, Print, Table, Truth
from tests.corpus.press.plans import COLOURS, SIGNS, WIDTHS
from tests.corpus.press.words import Speaker

WIDE = {**WIDTHS, "indicator": 6, "saving": 6, "post": 5, "directorate": 3, "reports_to": 4, "statutory": 3}


def _headings(say: Speaker, columns: list[str]) -> list[Cell | None]:
    used: set[str] = set()
    return [Cell(say.heading(role, used), bold=True, fill="ddebf7") for role in columns]


def _manner(rng: Random, format_: str) -> str:
    """How ratings are printed: in words, as signs, or only as a colour."""
    if format_ in ("pdf-tagged", "pdf-ruled"):
        return rng.choice(["words", "colour"])
    if format_.startswith(("txt", "csv", "pdf")):
        return "words"
    return rng.choice(["words", "signs", "colour"])


def _rated(rng: Random, manner: str) -> tuple[str, Cell]:
    """A rating: what is true, and its cell."""
    rag = rng.choice(list(COLOURS)[:3])
    if manner == "colour":
        return rag, Cell("", fill=COLOURS[rag])
    return rag, Cell(SIGNS[rag] if manner == "signs" else rag)


def lay_scorecard(rng: Random, format_: str, say: Speaker) -> Print:
    """Indicators with target, actual and rating; one table or one for each theme."""
    columns = ["ref"] * (rng.random() < 0.4) + ["indicator"] + ["period"] * (rng.random() < 0.3)
    columns += rng.choice([["target", "actual"], ["actual", "target"]]) + ["rag"] * (rng.random() < 0.8)
    columns += ["update"] * (rng.random() < 0.5)
    themes = rng.sample(words.THEMES, rng.choice([1, 1, 3]))
    if format_.startswith(("txt", "csv")):
        themes = themes[:1]
    blocks: list[Block] = []
    records: list[Truth] = []
    header = _headings(say, columns)
    manner = _manner(rng, format_)
    hard = ["rag by colour or sign"] if "rag" in columns and manner != "words" else []
    for theme in themes:
        rows: list[list[Cell | None]] = [[Cell(c.text, bold=True, fill=c.fill) for c in header if c]]
        for n in range(rng.randint(4, 9)):
            topic = say.topic()
            text = say.fill(rng.choice(words.INDICATORS), topic)
            sign = "%" if "(%)" in text and rng.random() < 0.7 else ""
            target, actual = (f"{rng.randint(20, 98)}{sign}" for _ in range(2))
            rag, cell = _rated(rng, manner)
            said = {
                "ref": Cell(f"KP{n + 1:02d}"), "indicator": Cell(text), "period": Cell("Q2 2025/26"), "target": Cell(target),
                "actual": Cell(actual), "rag": cell, "update": Cell(say.update(topic, 2)),
            }  # fmt: skip
            rows.append([said[role] for role in columns])
            record: Truth = {"kind": "indicator", "text": text, "target": target, "actual": actual}
            if "rag" in columns:
                record["rag"] = rag
            if len(themes) > 1:
                record["section"] = [theme]
            records.append(record)
        blocks += [Heading(2, theme)] * (len(themes) > 1)
        blocks.append(Table(rows, 1, [WIDE.get(role, 2) for role in columns], theme))
    return Print(
        blocks, records, "scorecard", rng.choice(["Corporate Scorecard", "Performance Report Quarter 2"]), hard=hard
    )


def lay_savings(rng: Random, format_: str, say: Speaker) -> Print:
    """Savings with what was agreed and what was delivered, and a row of totals."""
    columns = ["ref"] * (rng.random() < 0.6) + rng.choice(
        [["directorate", "saving"], ["saving", "directorate"], ["saving"]]
    )
    columns += ["saving_target", "saving_actual"] + ["rag"] * (rng.random() < 0.5)
    rows: list[list[Cell | None]] = [_headings(say, columns)]
    records: list[Truth] = []
    pounds = rng.choice(["£{:,}", "{:,}", "{}"])
    agreed_sum = actual_sum = 0
    for n in range(rng.randint(6, 14)):
        topic = say.topic()
        agreed = rng.randint(2, 90) * 10
        actual = int(agreed * rng.choice([0, 0.4, 0.8, 1, 1.1]))
        agreed_sum, actual_sum = agreed_sum + agreed, actual_sum + actual
        rag = rng.choice(list(COLOURS)[:3])
        directorate = rng.choice(["People", "Place", "Resources", "Children", "Adults and Health"])
        text = rng.choice(
            ["Retender the {}", "Reduced spend on the {}", "Income from the {}", "Fewer vacancies: {}"]
        ).format(topic)
        said = {
            "ref": f"S{n + 1:02d}", "directorate": directorate, "saving": text, "saving_target": pounds.format(agreed),
            "saving_actual": pounds.format(actual), "rag": rag,
        }  # fmt: skip
        rows.append([Cell(said[role]) for role in columns])
        record: Truth = {
            "kind": "saving",
            "text": text,
            "target": said["saving_target"],
            "actual": said["saving_actual"],
        }
        record |= {role: said[role] for role in ("directorate", "rag") if role in columns}
        records.append(record)
    hard = []
    if rng.random() < 0.6:
        total: list[Cell | None] = [Cell() for _ in columns]
        total[0] = Cell("Total", bold=True)
        total[columns.index("saving_target")] = Cell(pounds.format(agreed_sum), bold=True)
        total[columns.index("saving_actual")] = Cell(pounds.format(actual_sum), bold=True)
        rows.append(total)
        hard.append("totals")
    table = Table(rows, 1, [WIDE.get(role, 2) for role in columns])
    return Print(
        [table], records, "savings", rng.choice(["Savings Tracker 2025/26", "Delivery of agreed savings"]), hard=hard
    )


def lay_structure(rng: Random, format_: str, say: Speaker) -> Print:
    """A table of posts, one a row."""
    columns = ["directorate", "post"] if rng.random() < 0.7 else ["post", "directorate"]
    columns += ["reports_to"] * (rng.random() < 0.7) + ["statutory"] * (rng.random() < 0.5)
    merged = columns[0] == "directorate" and not format_.startswith(("txt", "csv")) and rng.random() < 0.5
    rows: list[list[Cell | None]] = [_headings(say, columns)]
    records: list[Truth] = []
    statutory = rng.sample(words.STATUTORY, 4)
    areas = rng.sample(words.AREAS, len(words.AREAS))
    for directorate in rng.sample(
        ["People", "Place", "Resources", "Children and Learning", "Adults and Health"], rng.randint(2, 4)
    ):
        chief = f"{rng.choice(['Strategic Director of', 'Executive Director'])} {directorate}"
        posts = [chief] + [
            f"{rng.choice(['Director of', 'Assistant Director', 'Head of'])} {areas.pop()}"
            for _ in range(rng.randint(2, 4))
        ]
        start = len(rows)
        for post in posts:
            above = "Chief Executive" if post == chief else chief
            role = statutory.pop() if statutory and rng.random() < 0.3 else ""
            said = {"directorate": directorate, "post": post, "reports_to": above, "statutory": role}
            rows.append([Cell(said[c]) for c in columns])
            record: Truth = {"kind": "post", "text": post, "directorate": directorate}
            if "reports_to" in columns:
                record["reports_to"] = above
            if "statutory" in columns:
                record["statutory_roles"] = [role] if role else []
            records.append(record)
        if merged:
            top = rows[start][0]
            assert top is not None
            top.rows = len(rows) - start
            for line in rows[start + 1 :]:
                line[0] = None
    table = Table(rows, 1, [WIDE.get(role, 2) for role in columns])
    return Print(
        [table], records, "structure", rng.choice(["Senior Management Structure", "Proposed structure of the council"])
    )


def lay_report(rng: Random, format_: str, say: Speaker) -> Print:
    """A review's report: recommendations, then findings under themes, as lists or as prose."""
    records: list[Truth] = []
    blocks: list[Block] = [Heading(2, rng.choice(["Key recommendations", "Recommendations"]))]
    style = rng.choice(["numbered", "labelled", "table"])
    rows: list[list[Cell | None]] = [_headings(say, ["number", "recommendation"])]
    for n in range(1, rng.randint(5, 9)):
        text = say.fill(rng.choice(words.ADVICE), say.topic())
        records.append({"kind": "recommendation", "number": str(n), "text": text})
        rows.append([Cell(str(n)), Cell(text)])
        if style != "table":
            blocks.append(Para(f"{n}. {text}" if style == "numbered" else f"Recommendation {n}: {text}"))
    if style == "table":
        blocks.append(Table(rows, 1, [1, 8]))
    lists = rng.random() < 0.6
    for theme in rng.sample(words.THEMES, rng.randint(2, 3)):
        blocks.append(Heading(2, theme))
        praise = [say.fill(s, say.topic()) for s in rng.sample(words.PRAISE, rng.randint(2, 3))]
        blame = [say.fill(s, say.topic()) for s in rng.sample(words.CRITICISM, rng.randint(2, 3))]
        for sentences, names, value in (
            (praise, words.STRENGTHS, "strength"),
            (blame, words.IMPROVEMENTS, "area for improvement"),
        ):
            if lists:
                blocks.append(Heading(3, rng.choice(names)))
                blocks += [Para(text, bullet=True) for text in sentences]
            else:
                blocks.append(Para(" ".join(sentences)))
            records += [{"kind": "finding", "theme": theme, "polarity": value, "text": text} for text in sentences]
    title = rng.choice(
        ["Corporate Peer Challenge Feedback Report", "Independent Review of Governance", "Best Value Inspection Report"]
    )
    made = Print(blocks, records, "report", title)
    made.two_columns = format_.startswith("pdf") and rng.random() < 0.3
    if made.two_columns:
        made.hard.append("two columns")
    return made
