"""Write the example council's five documents from the plain texts in text/.

    .venv/bin/python examples/make.py [FOLDER]

Without FOLDER they are written beside this file, where they are kept in the repository. The same texts and the same
pinned libraries give the same bytes: every file carries a fixed date instead of the day it was made.
"""

from __future__ import annotations

import csv
import json
import sys
from datetime import datetime
from pathlib import Path

import typst
import xlsxwriter
from texts import Theme, blocks, lines, recommendations_2019, themes
from word import Report

HERE = Path(__file__).resolve().parent
COUNCIL = "London Borough of Fernleigh"


def improvement_plan(target: Path) -> None:
    """The 59-action plan: a Word table for each theme, the financial review's recommendations, completed actions."""
    report = Report("Improvement and Transformation Action Plan – update as at 27 May 2025", COUNCIL, landscape=True)
    for theme in themes("improvement-plan.txt"):
        report.heading(theme.title)
        report.plan_table(["Objective", "Action", "ELT lead", "Update"], [theme])
    report.heading("Financial management review: recommendations")
    rows = []
    for block in blocks("finance-recommendations.txt"):
        risk, recommendation, timeline, rating, lead, *update = block
        rows.append([[risk], [recommendation.removeprefix("> "), timeline], [rating], [lead], update])
    report.table(["Key risk", "Recommendation (with timeline)", "Risk rating", "ELT lead", "Update"], rows)
    report.heading("Completed actions")
    completed: list[Theme] = themes("completed-actions.txt")
    report.plan_table(["Objective", "Action", "ELT lead", "Completed (month/year)"], completed, theme_rows=True)
    report.save(target)


def structure_report(target: Path) -> None:
    """The committee paper on the new structure: roles before and after, benefits, principles, implications."""
    report = Report("Operating model: what was proposed and what stands", COUNCIL)
    report.facts(
        {
            "Committee": "Overview and Scrutiny Committee",
            "Subject heading": "Operating model",
            "ELT lead": "Rowan Ashdown, Chief Executive",
            "Policy context": "What became of the model that Cabinet agreed",
            "Report date": "March 2024",
        }
    )
    inserts = {"structures": _structures, "benefits": _benefits, "workstreams": _workstreams}
    for line in lines("structure-report.txt"):
        if line.startswith("@@ "):
            inserts[line[3:]](report)
        elif line.startswith("# "):
            report.heading(line[2:])
        elif line.startswith("## "):
            report.heading(line[3:], level=2)
        elif line[:1].isdigit() and line[1:3] == ". ":
            report.numbered(line[3:])
        else:
            report.paragraph(line)
    report.heading("Appendix A: design principles")
    groups = _groups("principles.txt")
    report.table(list(groups), [list(groups.values())], bullets=True, caption="Operating model: design principles")
    report.save(target)


def _groups(name: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in lines(name):
        if line.startswith("= "):
            groups[line[2:]] = []
        else:
            groups[list(groups)[-1]].append(line)
    return groups


def _structures(report: Report) -> None:
    head = ["Structure", "Roles at launch in April 2023", "Current as at March 2024", "Difference", "Notes"]
    rows = []
    for name, entries in _groups("structures.txt").items():
        difference, notes = (entry[2:] for entry in entries if entry.startswith("~ "))
        posts = [entry for entry in entries if not entry.startswith("~ ")]
        before = [post.removeprefix("- ") for post in posts if not post.startswith("+ ")]
        after = [post.removeprefix("+ ") for post in posts if not post.startswith("- ")]
        rows.append([[name], [*before, str(len(before))], [*after, str(len(after))], [difference], [notes]])
    report.table(head, rows)


def _benefits(report: Report) -> None:
    entries = lines("benefits.txt")
    rows = [[[cell] for cell in entries[at : at + 3]] for at in range(0, len(entries), 3)]
    report.table(["Benefit type", "Title", "Description"], rows)


def _workstreams(report: Report) -> None:
    for name, entries in _groups("workstreams.txt").items():
        report.heading(name, level=3)
        for entry in entries:
            report.bullet(entry)


def peer_challenge(target: Path) -> None:
    """The peers' feedback report, a tagged PDF."""
    body = []
    for line in lines("peer-challenge.txt"):
        level = len(line) - len(line.lstrip("#"))
        if line == "@@ recommendations":
            for number, text in enumerate(lines("peer-recommendations.txt"), start=1):
                body.append({"sort": "heading", "level": 2, "text": f"2.{number}. Recommendation {number}"})
                body.append({"sort": "paragraph", "text": text})
        elif level:
            body.append({"sort": "heading", "level": level, "text": line[level:].strip()})
        else:
            body.append({"sort": "paragraph", "text": line})
    given = {"council": COUNCIL, "body": json.dumps(body)}
    fonts = HERE.parent / "goldthread/reporting/fonts"
    pdf = typst.compile(HERE / "peer-challenge.typ", font_paths=[fonts], sys_inputs=given, pdf_standards=["ua-1"])
    target.write_bytes(pdf)


def action_plan_2019(target: Path) -> None:
    """The answer to the first peer challenge, a workbook with merged cells: one row for each action."""
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Peer challenge action plan", "company": COUNCIL, "created": datetime(2019, 6, 1)})
    sheet = book.add_worksheet("Action plan")
    wrap = {"text_wrap": True, "valign": "top", "border": 1}
    cell, head = book.add_format(wrap), book.add_format(wrap | {"bold": True, "bg_color": "#E5E0EC"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write(0, 0, f"{COUNCIL}: draft action plan for the peer challenge of 26 February to 1 March 2019", title)
    sheet.write(1, 0, "Position at 1 June 2019")
    columns = ["No.", "Recommendation", "Theme", "Action", "Timescale", "Lead officer or group"]
    for column, (text, width) in enumerate(zip(columns, (5, 48, 16, 48, 18, 34), strict=True)):
        sheet.write(2, column, text, head)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    row = 3
    for number, entry in enumerate(recommendations_2019(), start=1):
        last = row + len(entry.actions) - 1
        for column, value in enumerate((number, f"{entry.title}\n{entry.text}", entry.theme)):
            if last > row:
                sheet.merge_range(row, column, last, column, value, cell)
            else:
                sheet.write(row, column, value, cell)
        for action in entry.actions:
            for column, text in enumerate((action.text, action.timescale, action.lead), start=3):
                sheet.write(row, column, text, cell)
            row += 1
    book.close()


def management_team(target: Path) -> None:
    """Who holds which post on 27 May 2025, as a system of record would export it."""
    columns = ["Post", "Holder", "Directorate", "Reports to", "Statutory roles", "Responsible for"]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for line in lines("management-team.txt"):
            writer.writerow([cell.strip() for cell in line.split("|")])


DOCUMENTS = {
    "improvement-plan-2025-05-27.docx": improvement_plan,
    "structure-report-2024-03.docx": structure_report,
    "peer-challenge-2022-11.pdf": peer_challenge,
    "peer-challenge-action-plan-2019.xlsx": action_plan_2019,
    "management-team-2025-05-27.csv": management_team,
}


def main(folder: Path) -> None:
    """Write all five into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in DOCUMENTS.items():
        write(folder / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
