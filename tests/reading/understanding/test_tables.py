"""Headers, the parts of columns, kinds of tables; scorecards, savings and registers."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from goldthread.reading.document import Document, Paragraph
from goldthread.reading.readers import read_document
from goldthread.reading.understanding import understand
from goldthread.reading.understanding.colours import rating_of
from goldthread.reading.understanding.columns import looks_like_header, role_of_heading
from goldthread.reading.understanding.kinds import kind_of
from goldthread.reading.understanding.tables import grids_of
from goldthread.reading.vocabulary import OWN_WORDS, vocabulary
from tests.reading.understanding.plan_making import across, heading, leads, of, read, said, table


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("ELT Lead", "lead"),
        ("Action owner", "lead"),
        ("Progress against actions", "update"),
        ("RAG (status)", "rag"),
        ("Completed (Month / Year)", "completed"),
        ("Forecast £000", "saving_actual"),
        ("2024/25 target", "target"),
        ("Comment/Action", "action"),
        ("Opdate", "update"),
        ("The success criteria", "criteria"),
        ("Moonlight sonata", None),
        ("", None),
    ],
)
def test_the_role_that_a_heading_names(words: str, role: str | None) -> None:
    assert role_of_heading(words)[0] == role


def test_an_entry_is_no_header_however_its_cells_are_worded() -> None:
    assert looks_like_header(["Action", "Lead", "Update"])
    assert not looks_like_header(
        ["Train budget managers", "Section 151 Officer", "Autumn 2025", "In progress"], again=True
    )
    assert not looks_like_header(["Action", "£5,000"])
    assert not looks_like_header(["Mend the roofs before winter.", "Action"])


def test_a_council_adds_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[columns]\nlead = ["bearer of the torch"]\n', encoding="utf-8")
    monkeypatch.setenv(OWN_WORDS, str(own))
    vocabulary.cache_clear()
    role_of_heading.cache_clear()
    try:
        assert role_of_heading("Bearer of the torch")[0] == "lead"
        assert role_of_heading("Owner")[0] == "lead"
    finally:
        vocabulary.cache_clear()
        role_of_heading.cache_clear()


def test_title_rows_above_the_header_and_two_header_rows() -> None:
    title, span = across("Sampleton scorecard", 6)
    grid = grids_of(
        Document(
            "a",
            "",
            "",
            [
                table(
                    title,
                    ["Measure", "Target", "Performance", None, None, "RAG"],
                    ["", "", "Q1", "Q2", "Q3", ""],
                    ["Calls answered", "90%", "80%", "85%", "", "Amber"],
                    spans={(0, 0): span, (1, 2): (1, 3)},
                )
            ],
        )
    )[0]
    assert [row.kind for row in grid.rows] == ["above", "header", "header", "body"]
    assert grid.kind == "scorecard"


def test_a_scorecard_becomes_indicators_with_the_latest_of_a_series() -> None:
    section, span = across("Customers", 7)
    reading = read(
        table(
            ["Ref", "Indicator", "Target", "Q1", "Q2", "RAG", "Direction of travel"],
            section,
            ["K1", "Calls answered in five minutes", "90%", "80%", "85%", "Amber", "Better"],
            ["K2", "Missed bins", "50", "60", "", "Red", "Worse"],
            spans={(1, 0): span},
        )
    )
    assert reading.kind == "scorecard"
    calls, bins = of(reading, "indicator")
    assert (calls.text, calls.section) == ("Calls answered in five minutes", ["Customers"])
    kept = {name: calls.fields[name] for name in ("reference", "target", "actual", "period", "rag", "direction")}
    assert kept == {
        "reference": "K1",
        "target": "90%",
        "actual": "85%",
        "period": "Q2",
        "rag": "Amber",
        "direction": "Better",
    }
    assert (bins.fields["actual"], bins.fields["period"]) == ("60", "Q1")


def test_savings_become_savings_and_totals_are_furniture() -> None:
    reading = read(
        table(
            ["Ref", "Directorate", "Saving", "Target £000", "Forecast £000", "RAG"],
            ["S1", "People", "Review of placements", "1,200", "950", "Amber"],
            ["S2", "Place", "Parking charges", "300", "300", "Green"],
            ["Total", "", "", "1,500", "1,250", ""],
        )
    )
    assert reading.kind == "savings-tracker"
    assert [
        (s.text, s.fields["target"], s.fields["actual"], s.fields["directorate"]) for s in of(reading, "saving")
    ] == [
        ("Review of placements", "1,200", "950", "People"),
        ("Parking charges", "300", "300", "Place"),
    ]
    assert any("total" in (f.why or "") for f in reading.furniture)


def test_an_empty_cell_and_a_printed_none_are_different() -> None:
    reading = read(
        table(
            ["Indicator", "Target", "Actual", "Comment"],
            ["Calls answered", "90%", "n/a", "none"],
            ["Bins missed", "50", "", ""],
        )
    )
    calls, bins = of(reading, "indicator")
    assert "actual" not in calls.fields
    assert {"heading": "Actual", "text": "n/a"} in calls.fields["also"]
    assert "also" not in bins.fields


def test_a_table_without_known_main_column_is_judged_by_its_cells() -> None:
    reading = read(
        table(
            ["Ref", "", "Lead", "Deadline"],
            ["A1", "Mend every roof in the north", "Ann Bell", "May 2025"],
            ["A2", "Clear the drains of all blocks", "Carl Dee", "June 2025"],
        )
    )
    assert reading.records[0].text == "Mend every roof in the north"
    assert leads(reading.records[0]) == ["Ann Bell"]
    assert said(reading.records[0].fields["timescale"]) == "May 2025"


@pytest.mark.parametrize(
    ("headings", "row", "kind"),
    [
        (["Action", "Lead", "Due"], ["Mend roofs", "Ann Bell", "May"], "action-plan"),
        (["KPI", "Target", "Actual"], ["Calls", "90%", "85%"], "scorecard"),
        (["Savings proposal", "Target", "Delivered"], ["Parking", "300", "100"], "savings-tracker"),
        (
            ["Contract title", "Supplier", "End date", "Owner"],
            ["Cleaning", "Shine Ltd", "May 2026", "Ann Bell"],
            "register",
        ),
    ],
)
def test_the_kind_of_a_document_follows_from_its_tables(headings: list[str], row: list[str], kind: str) -> None:
    document = Document("list.csv", "", "", [table(list(headings), list(row), list(row))])
    assert kind_of(document) == kind


def test_a_document_that_is_nothing_known_is_other() -> None:
    assert kind_of(Document("a.txt", "", "", [Paragraph("The weather was fine and we walked by the sea.")])) == "other"


def test_title_day_and_council_are_what_the_document_says() -> None:
    reading = read(
        heading("Improvement plan of Sampleton City Council", 1),
        Paragraph("Update as at 27th May 2025"),
        table(["Action", "Lead"], ["Mend roofs", "Ann Bell"]),
    )
    assert (reading.title, reading.as_at) == ("Improvement plan of Sampleton City Council", "2025-05-27")
    assert reading.organisation == "Sampleton City Council"


@pytest.mark.parametrize(
    ("fill", "word"),
    [
        ("ff0000", "Red"),
        ("c00000", "Red"),
        ("ffc000", "Amber"),
        ("ffff00", "Amber"),
        ("00b050", "Green"),
        ("92d050", "Green"),
        ("0070c0", "Blue"),
        ("d9d9d9", None),
        ("ffffff", None),
        ("7030a0", None),
        (None, None),
        ("zzzzzz", None),
    ],
)
def test_the_rating_that_a_colour_shows(fill: str | None, word: str | None) -> None:
    assert rating_of(fill) == word


def test_a_rating_that_only_the_colour_of_its_cell_shows() -> None:
    grid = table(["Action", "Lead", "Status"], ["Mend roofs", "Ann Bell", ""], ["Paint doors", "Ann Bell", ""])
    for row, fill in ((1, "00b050"), (2, "ff0000")):
        cell = grid.rows[row][2]
        assert cell is not None
        cell.fill = fill
    assert [action.fields["rag"] for action in of(read(grid), "action")] == ["Green", "Red"]


def test_a_workbook_whose_ratings_are_colours(tmp_path: Path) -> None:
    """Empty cells with a background, below a banner that is merged and coloured too."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Action", "Owner", "Status", "Due"], ["Homes"], ["Mend roofs", "Ann Bell", None, "May 2025"]):
        sheet.append(row)
    sheet.append(["Paint doors", "Carl Dee", None, "June 2025"])
    sheet.merge_cells("A2:D2")
    for cell, colour in (("A2", "0070C0"), ("B2", "0070C0"), ("C3", "00B050"), ("C4", "FF0000")):
        sheet[cell].fill = PatternFill("solid", fgColor=colour)
    book.save(tmp_path / "tracker.xlsx")
    actions = of(understand(read_document(tmp_path / "tracker.xlsx")), "action")
    assert [(a.text, a.section, a.fields["rag"]) for a in actions] == [
        ("Mend roofs", ["Homes"], "Green"),
        ("Paint doors", ["Homes"], "Red"),
    ]


def test_a_rating_shown_by_a_coloured_sign() -> None:
    rows = [["Mend roofs", "Ann Bell", "🟢"], ["Paint doors", "Carl Dee", "🔴"]]
    actions = of(read(table(["Action", "Lead", "Status"], *map(list, rows))), "action")
    assert [action.fields["rag"] for action in actions] == ["Green", "Red"]
