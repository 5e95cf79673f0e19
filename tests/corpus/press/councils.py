"""Documents as particular councils lay them out: trackers of auditors' points, plans under best value, answers to peers,
scrutiny's recommendations, delivery logs, quarterly scorecards, savings with variances.

Each manner is one layout written down from how such papers look, with its own headings; nothing of it is drawn at random
but the words of the entries. They are a second opinion on the press: the reader was not built along them.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.corpus.press.blocks import Block, Cell, Heading, Para, Print, Table, Truth
from tests.corpus.press.plans import COLOURS
from tests.corpus.press.words import ADVICE, CRITICISM, INDICATORS, MONTHS, THEMES, Speaker

Row = list[Cell | None]


def lay_council(rng: Random, format_: str, say: Speaker) -> Print:
    """One of the manners, which the format can carry."""
    manners = [m for m in _MANNERS if not (format_.startswith(("txt", "csv")) and m in _NOT_FLAT)]
    return rng.choice(manners)(rng, say)


def _row(*texts: str, bold: bool = False, fill: str | None = None) -> Row:
    return [Cell(text, bold=bold, fill=fill) for text in texts]


def _wide(text: str, width: int, fill: str | None = "d0cece") -> Row:
    return [Cell(text, across=width, bold=True, fill=fill), *[None] * (width - 1)]


def _table(
    head: list[str], rows: list[Row], widths: list[int], *, marked: bool = True, name: str | None = None
) -> Table:
    return Table([_row(*head, bold=True, fill="1f4e79"), *rows], 1 if marked else 0, widths, name)


def _date(rng: Random) -> str:
    return rng.choice(["{d}/{i:02d}/{y}", "{m} {y}", "{a}-{z}", "Q{q} {y}/{n}", "{d} {m} {y}"]).format(
        d=rng.randint(1, 28), i=rng.randint(1, 12), y=(year := rng.choice([2024, 2025, 2026])), z=year % 100, n=year % 100 + 1,
        m=(month := rng.choice(MONTHS)), a=month[:3], q=rng.randint(1, 4),
    )  # fmt: skip


def _audit(rng: Random, say: Speaker) -> Print:
    """Internal audit: what was found, what was advised, what managers said, and where it stands."""
    rows: list[Row] = []
    records: list[Truth] = []
    for n in range(1, rng.randint(6, 11)):
        topic = say.topic()
        advice = say.fill(rng.choice(ADVICE), topic)
        answer = rng.choice(["Agreed. ", "Accepted. ", "Partially agreed. "]) + say.action(topic) + "."
        officer, due, status, news = (
            say.post(),
            _date(rng),
            rng.choice(["Open", "Closed", "In progress", "Overdue"]),
            say.update(topic, 2),
        )
        level = rng.choice(["High", "Medium", "Low"])
        number = f"{rng.randint(1, 4)}.{n}"
        rows.append(_row(number, advice, level, answer, officer, due, status, news))
        records.append({
            "kind": "recommendation", "number": number, "text": advice, "response": answer, "leads": [officer],
            "timescale": due, "status": status, "update": news,
        })  # fmt: skip
    head = [
        "Ref",
        "Recommendation",
        "Priority",
        "Management response",
        "Responsible officer",
        "Agreed date",
        "Status",
        "Position reported",
    ]
    blocks: list[Block] = [
        Para("This report tells members how far the points raised by internal audit have been dealt with.")
    ]
    return Print(
        [*blocks, _table(head, rows, [1, 5, 1, 5, 3, 2, 2, 5])],
        records,
        "tracker",
        "Internal Audit: outstanding actions",
    )


def _best_value(rng: Random, say: Speaker) -> Print:
    """A plan under a best value notice: a theme, what is wanted of it in a sentence, and its numbered steps."""
    blocks: list[Block] = []
    records: list[Truth] = []
    for t, theme in enumerate(rng.sample(THEMES, rng.randint(2, 3)), 1):
        blocks.append(Heading(2, f"Theme {t}: {theme}"))
        rows: list[Row] = []
        for n in range(1, rng.randint(4, 7)):
            topic = say.topic()
            step, owner, ends, news = say.action(topic), say.post(), _date(rng), say.update(topic, 2)
            shade = rng.choice(list(COLOURS))
            rows.append([*_row(f"{t}.{n}", step, owner, _date(rng), ends, news), Cell(shade, fill=COLOURS[shade])])
            records.append({
                "kind": "action", "text": step, "leads": [owner], "timescale": ends, "update": news, "rag": shade,
                "section": [f"Theme {t}: {theme}"],
            })  # fmt: skip
        head = [
            "Ref",
            "Improvement action",
            "Accountable officer",
            "Start",
            "End",
            "Progress since last meeting",
            "BRAG",
        ]
        blocks.append(_table(head, rows, [1, 6, 3, 2, 2, 6, 2]))
    return Print(blocks, records, "plan", "Best Value Improvement Plan")


def _peers(rng: Random, say: Speaker) -> Print:
    """An answer to peers: each recommendation is a heading with its words below, then a table of what is done about it."""
    blocks: list[Block] = []
    records: list[Truth] = []
    for n in range(1, rng.randint(4, 6)):
        advice = say.fill(rng.choice(ADVICE), say.topic())
        blocks += [Heading(2, f"Recommendation {n}: {advice}")]
        records.append({"kind": "recommendation", "number": str(n), "text": advice})
        rows: list[Row] = []
        for _ in range(rng.randint(1, 3)):
            topic = say.topic()
            step, person, due, news = say.action(topic), say.person(), say.due(), say.update(topic, 2)
            rows.append(_row(step, person, due, news))
            records.append({
                "kind": "action", "text": step, "leads": [person], "timescale": due, "update": news, "recommendation": str(n),
            })  # fmt: skip
        blocks.append(_table(["What we will do", "Who", "By when", "Update"], rows, [5, 2, 2, 5]))
    return Print(blocks, records, "tracker", "Corporate Peer Challenge: our action plan")


def _scrutiny(rng: Random, say: Speaker) -> Print:
    """Scrutiny's recommendations with the answer of the cabinet; groups of them under the name of each review."""
    rows: list[Row] = []
    records: list[Truth] = []
    for theme in rng.sample(THEMES, 2):
        rows.append(_wide(f"Review of {theme.lower()}", 6))
        for _ in range(rng.randint(3, 5)):
            n, topic = sum(1 for r in records) + 1, say.topic()
            advice, news, due = say.fill(rng.choice(ADVICE), topic), say.update(topic, 2), say.due()
            answer = rng.choice(["Accepted", "Accepted in part", "Not accepted"])
            member = f"Cllr {say.person()}"
            rows.append(_row(str(n), advice, answer, member, due, news))
            records.append({
                "kind": "recommendation", "number": str(n), "text": advice, "response": answer, "leads": [member],
                "timescale": due, "update": news, "section": [f"Review of {theme.lower()}"],
            })  # fmt: skip
    head = ["No", "Recommendation", "Cabinet response", "Cabinet member", "To be in place by", "Where things stand"]
    return Print(
        [_table(head, rows, [1, 6, 2, 3, 2, 5])], records, "tracker", "Scrutiny recommendations: six-monthly monitoring"
    )


def _delivery(rng: Random, say: Speaker) -> Print:
    """A log of a corporate plan: priorities as rows across, deliverables, a colour for each quarter that has passed."""
    rows: list[Row] = []
    records: list[Truth] = []
    for p, theme in enumerate(rng.sample(THEMES, rng.randint(2, 3)), 1):
        name = f"Priority {p}: {theme}"
        rows.append(_wide(name, 6))
        for _ in range(rng.randint(2, 4)):
            topic = say.topic()
            step, post, due, status, news = (
                say.action(topic),
                say.post(),
                _date(rng),
                say.status(),
                say.update(topic, 2),
            )
            rows.append(_row(step, post, due, status, news, rng.choice(["Existing budget", "Reserve", "Grant"])))
            records.append({
                "kind": "action", "text": step, "leads": [post], "timescale": due, "status": status, "update": news,
                "section": [name],
            })  # fmt: skip
    head = ["Deliverable", "Service lead", "Completion due", "Delivery status", "Commentary", "Funding"]
    return Print([_table(head, rows, [5, 3, 2, 2, 5, 2])], records, "plan", "Corporate Plan delivery log")


def _quarterly(rng: Random, say: Speaker) -> Print:
    """A quarterly scorecard: last year, the target, what each quarter brought, a rating and a word about it."""
    rows: list[Row] = []
    records: list[Truth] = []
    for n in range(rng.randint(5, 9)):
        topic = say.topic()
        text = say.fill(rng.choice(INDICATORS), topic)
        before, target, now = (f"{rng.randint(20, 98)}%" for _ in range(3))
        shade, news = rng.choice(["Green", "Amber", "Red"]), say.update(topic, 1)
        rows.append(
            [
                *_row(f"CP{n + 1}", text, rng.choice(["Higher", "Lower"]), before, target, now),
                Cell(shade, fill=COLOURS[shade]),
                Cell(rng.choice("↑↓→")),
                Cell(news),
            ]
        )
        records.append(
            {"kind": "indicator", "text": text, "target": target, "actual": now, "rag": shade, "update": news}
        )
    head = ["Ref", "Indicator", "Good is", "2024/25 outturn", "2025/26 target", "Q2 actual", "RAG", "DoT", "Commentary"]
    return Print(
        [_table(head, rows, [1, 5, 1, 2, 2, 2, 1, 1, 5])], records, "scorecard", "Council performance: quarter two"
    )


def _medium_term(rng: Random, say: Speaker) -> Print:
    """Savings of a medium-term plan: agreed, forecast, the gap, and why; subtotals for each directorate."""
    rows: list[Row] = []
    records: list[Truth] = []
    for area in rng.sample(["People", "Place", "Resources", "Adults and Health"], 2):
        total = [0, 0]
        for n in range(rng.randint(3, 5)):
            agreed = rng.randint(2, 90) * 10
            likely = int(agreed * rng.choice([0, 0.5, 0.8, 1]))
            total = [total[0] + agreed, total[1] + likely]
            text = rng.choice(["Review of the {}", "Better buying for the {}", "Fees for the {}", "Smaller {}"]).format(
                say.topic()
            )
            shade = rng.choice(["Green", "Amber", "Red"])
            rows.append(
                _row(
                    f"{area[:2].upper()}{n + 1}",
                    area,
                    text,
                    f"{agreed:,}",
                    f"{likely:,}",
                    f"({agreed - likely:,})",
                    shade,
                    say.update(say.topic(), 1),
                )
            )
            records.append(
                {
                    "kind": "saving",
                    "text": text,
                    "directorate": area,
                    "target": f"{agreed:,}",
                    "actual": f"{likely:,}",
                    "rag": shade,
                }
            )
        rows.append(
            _row(
                f"Total {area}",
                "",
                "",
                f"{total[0]:,}",
                f"{total[1]:,}",
                f"({total[0] - total[1]:,})",
                "",
                "",
                bold=True,
            )
        )
    head = ["Ref", "Directorate", "Saving", "Agreed £000", "Forecast £000", "Variance £000", "RAG", "Comment"]
    return Print(
        [_table(head, rows, [1, 2, 4, 2, 2, 2, 1, 4])], records, "savings", "Medium Term Plan: savings monitoring"
    )


def _aims(rng: Random, say: Speaker) -> Print:
    """A plan in tables of one aim each: the aim and how success is told stand across, above the header."""
    blocks: list[Block] = []
    records: list[Truth] = []
    for theme in rng.sample(THEMES, 2):
        blocks.append(Heading(2, theme))
        for _ in range(rng.randint(1, 2)):
            aim, told = say.aim(say.topic()), say.criterion([], say.topic())
            rows = [
                _wide(f"Aim: {aim}", 4),
                _wide(f"How we will know: {told}", 4),
                _row("Action", "Lead", "When", "Update", bold=True),
            ]
            records.append({"kind": "objective", "text": aim, "success_criteria": [told], "section": [theme]})
            for _ in range(rng.randint(2, 3)):
                topic = say.topic()
                step, post, due, news = say.action(topic), say.post(), say.due(), say.update(topic, 2)
                rows.append(_row(step, post, due, news))
                records.append({
                    "kind": "action", "text": step, "leads": [post], "timescale": due, "update": news, "objective": aim,
                    "section": [theme],
                })  # fmt: skip
            blocks.append(Table(rows, 0, [5, 3, 2, 5]))
    return Print(blocks, records, "plan", "Improvement Plan")


def _findings(rng: Random, say: Speaker) -> Print:
    """A review in prose with one table of what was found and advised, beside which nobody has said who does what."""
    blocks: list[Block] = [
        Heading(2, "Introduction"),
        Para("The review was carried out by a team of three in the spring."),
        Heading(2, "Findings and recommendations"),
    ]
    rows: list[Row] = []
    records: list[Truth] = []
    for n in range(1, rng.randint(5, 8)):
        found, advice = (say.fill(rng.choice(frames), say.topic()) for frames in (CRITICISM, ADVICE))
        rows.append(_row(f"R{n}", found, advice))
        records += [
            {"kind": "finding", "text": found, "polarity": "area for improvement"},
            {"kind": "recommendation", "number": str(n), "text": advice},
        ]
    blocks.append(_table(["Ref", "Finding", "Recommendation"], rows, [1, 5, 5]))
    blocks += [Heading(2, "Next steps"), Para("The council is asked to answer this report within two months.")]
    return Print(blocks, records, "report", "Independent Review of Governance")


_MANNERS: tuple[Callable[[Random, Speaker], Print], ...] = (
    _audit, _best_value, _peers, _scrutiny, _delivery, _quarterly, _medium_term, _aims, _findings,
)  # fmt: skip
_NOT_FLAT: Any = (_best_value, _peers, _aims, _findings)
