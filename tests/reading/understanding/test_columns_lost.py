"""Plain text in which a table has lost its columns: cells one below the other, column by column, or run into lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.reading import read_file
from goldthread.reading.reading import Reading
from tests.reading.understanding.plan_making import leads, of, said

_HEADER = ["Ref", "Action", "Lead officer", "Target date", "Progress", "RAG"]
_ROWS = [
    ["1.1", "Dig a second pond behind the hall", "Head of Ponds", "31/05/2027", "The diggers were hired in March", "G"],
    ["1.2", "Count the ducks on every pond", "Duck Warden", "30/06/2027", "Two counts have taken place", "A"],
    ["1.3", "Mend the nets that the storm tore", "Jo Dove", "31/07/2027", "Thread was bought in April", "G"],
    ["2.1", "Line the first pond with clay", "Clay Officer", "31/08/2027", "Not started", "R"],
]


def _read(tmp_path: Path, lines: list[str]) -> Reading:
    path = tmp_path / "plan.txt"
    path.write_text("\n".join(["Pond Action Plan", "", *lines, ""]), encoding="utf-8")
    reading = read_file(path)
    assert reading.words["source"] == sum(reading.words[part] for part in ("in_records", "furniture", "unplaced"))
    return reading


def _expected(reading: Reading) -> None:
    found = of(reading, "action")
    assert [
        [r.fields["reference"], r.text, *leads(r), said(r.fields["timescale"]), r.fields["update"], r.fields["rag"]]
        for r in found
    ] == _ROWS
    assert reading.words["unplaced"] == 0


def test_cells_below_one_another_are_rows_again(tmp_path: Path) -> None:
    reading = _read(tmp_path, [cell for row in [_HEADER, *_ROWS] for cell in row])
    _expected(reading)
    first = of(reading, "action")[0]
    assert first.source[0]["lines"] == [9, 14]
    assert 0.7 < first.confidence < 0.9  # somebody looks at what was put together
    assert not first.questions


def test_cells_that_were_broken_into_lines_are_whole_again(tmp_path: Path) -> None:
    lines: list[str] = [*_HEADER, ""]
    for row in _ROWS:
        for cell in row:
            words = cell.split()
            lines += [" ".join(words[:4]), *([" ".join(words[4:])] if len(words) > 4 else [])]
        lines.append("")
    _expected(_read(tmp_path, lines))


def test_cells_that_ran_into_one_line_are_told_by_what_they_are(tmp_path: Path) -> None:
    lines = [" ".join(_HEADER)]
    for number, action, lead, date, update, rag in _ROWS:
        words = action.split()
        lines += [f"{number} {' '.join(words[:4])}", " ".join(words[4:]), f"{lead} {date} {update} {rag}"]
    _expected(_read(tmp_path, lines))


def test_columns_copied_one_after_the_other_are_a_table_where_they_are_as_long(tmp_path: Path) -> None:
    lines = [row[column] for column in range(len(_HEADER)) for row in [_HEADER, *_ROWS]]
    reading = _read(tmp_path, lines)
    _expected(reading)
    assert of(reading, "action")[0].confidence >= 0.9  # counted, not concluded


def test_columns_of_different_lengths_are_not_guessed_at(tmp_path: Path) -> None:
    lines = [row[column] for column in range(len(_HEADER)) for row in [_HEADER, *_ROWS]]
    del lines[lines.index("Duck Warden")]
    assert of(_read(tmp_path, lines), "action") == []


def test_cells_that_wide_spaces_part_without_standing_below_each_other_are_a_table(tmp_path: Path) -> None:
    _expected(_read(tmp_path, ["   ".join(row) for row in [_HEADER, *_ROWS]]))


def test_a_header_on_each_page_and_headings_between_rows_are_no_cells(tmp_path: Path) -> None:
    lines = ["Theme 1: Water", *_HEADER, *_ROWS[0], *_ROWS[1], *_ROWS[2], "Theme 2: Clay", *_HEADER, *_ROWS[3]]
    found = of(_read(tmp_path, lines), "action")
    assert [r.section for r in found] == [["Theme 1: Water"]] * 3 + [["Theme 2: Clay"]]
    assert [r.text for r in found] == [row[1] for row in _ROWS]


def test_an_empty_cell_stays_empty(tmp_path: Path) -> None:
    rows = [list(row) for row in _ROWS]
    rows[1][4] = ""
    found = of(_read(tmp_path, [cell for row in [_HEADER, *rows] for cell in row if cell]), "action")
    assert "update" not in found[1].fields
    assert (said(found[1].fields["timescale"]), found[1].fields["rag"]) == ("30/06/2027", "A")


def test_a_row_without_its_date_is_asked_about(tmp_path: Path) -> None:
    rows = [list(row) for row in _ROWS]
    rows[2][3] = ""
    found = of(_read(tmp_path, [cell for row in [_HEADER, *rows] for cell in row if cell]), "action")
    assert [bool(r.questions) for r in found] == [False, False, True, False]
    assert "timescale" not in found[2].fields


def test_where_the_words_do_not_fit_nothing_is_taken_and_a_question_is_asked(tmp_path: Path) -> None:
    prose = [
        "The ponds of the borough are old and many of them",
        "were dug by monks, who kept carp in them for their",
        "table and let the ducks do as they liked. Today",
        "they belong to everybody who walks past them on a",
        "summer evening, and nobody can say who mends them.",
    ]
    reading = _read(tmp_path, [" ".join(_HEADER), *prose])
    assert of(reading, "action") == []
    assert any("columns were lost" in question["ask"] for question in reading.questions)


@pytest.mark.parametrize("sentence", ["Action Lead Update", "Progress on actions is reported to the lead each month."])
def test_a_sentence_that_begins_like_a_header_is_none(tmp_path: Path, sentence: str) -> None:
    reading = _read(tmp_path, [sentence, "", "The ponds are old and the ducks do as they like."])
    assert not reading.records
    assert not reading.questions


def test_a_hash_over_the_numbers_of_rows_makes_no_heading_of_the_header(tmp_path: Path) -> None:
    lines = ["# Action Lead Due date RAG"]
    for n, (_, action, lead, date, _, rag) in enumerate(_ROWS, start=1):
        lines += [f"{n} {action}", f"{lead} {date} {rag}"]
    found = of(_read(tmp_path, lines), "action")
    assert [(r.text, leads(r), said(r.fields["timescale"]), r.fields["rag"]) for r in found] == [
        (action, [lead], date, rag) for _, action, lead, date, _, rag in _ROWS
    ]


def test_the_name_of_a_lead_in_front_of_a_post_in_brackets_goes_over_the_end_of_a_line(tmp_path: Path) -> None:
    lines = ["Action Lead Due date"]
    for action in ("Dig a second pond", "Count the ducks"):
        lines += [action, "Jo Dove (Strategic", "Lead – Ponds)", "31/05/2027"]
    found = of(_read(tmp_path, lines), "action")
    assert [leads(r) for r in found] == [["Jo Dove (Strategic Lead – Ponds)"]] * 2


def test_the_letter_of_a_rating_is_no_stray_mark_where_rows_are_torn(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        [
            "Objective\tAction\tLead\tDue date\tProgress\tRAG",
            "Ponds that last for a\tDig a second pond behind\tHead of Ponds\t31/05/2027\tDiggers were hired\tG",
            "hundred years\tthe hall\t\t\tin March\t",
            "Ducks that stay with us\tCount the ducks on every\tDuck Warden\t30/06/2027\tTwo counts have\tA",
            "all winter\tpond\t\t\ttaken place\t",
        ],
    )
    assert [(r.text, r.fields.get("rag")) for r in of(reading, "action")] == [
        ("Dig a second pond behind the hall", "G"),
        ("Count the ducks on every pond", "A"),
    ]


def test_measures_are_told_by_their_figures(tmp_path: Path) -> None:
    rows = [
        ["Ducks counted on every pond", "210", "262", "Red", "Two flocks came in from the marsh"],
        ["Nets mended within 30 days", "95%", "96.8%", "Green", "The new thread has helped"],
        ["Days of ice on the first pond", "8.5", "9.6", "Amber", "The winter was long"],
    ]
    lines = ["Indicator Target Actual RAG Comments"]
    for name, *figures, comment in rows:
        words = name.split()
        lines += [" ".join(words[:4]), " ".join(words[4:] + figures), comment]
    found = of(_read(tmp_path, lines), "indicator")
    assert [[r.text, r.fields["target"], r.fields["actual"], r.fields["rag"]] for r in found] == [
        row[:4] for row in rows
    ]


def test_savings_keep_their_service_and_their_sums(tmp_path: Path) -> None:
    rows = [
        ["A1", "Close the second pond and let it", "Place", "120", "95", "Amber"],
        ["A2", "Renegotiate the contract for thread", "Children", "240", "240", "Green"],
        ["A3", "Charge for nets", "Place", "310", "362", "Green"],
    ]
    lines = [
        "Ref",
        "Saving",
        "Directorate",
        "Target",
        "Delivered to date",
        "RAG",
        *(cell for row in rows for cell in row),
    ]
    found = of(_read(tmp_path, lines), "saving")
    keys = ("reference", "directorate", "target", "actual", "rag")
    assert [[r.text, *(r.fields[key] for key in keys)] for r in found] == [[row[1], row[0], *row[2:]] for row in rows]


def test_a_small_letter_in_a_sentence_is_no_rating(tmp_path: Path) -> None:
    lines = ["Action", "Lead", "Due date", "Status", "Progress"]
    lines += ["Mend the nets", "Net Officer", "31/05/2027", "Complete", "Approved by the Pond Committee on 3 February"]
    lines += ["Start a second pond with eight ducks", "Head of Ponds", "30/06/2027", "On track", "Diggers were hired"]
    found = of(_read(tmp_path, lines), "action")
    assert [(r.text, leads(r), said(r.fields["status"])) for r in found] == [
        ("Mend the nets", ["Net Officer"], "Complete"),
        ("Start a second pond with eight ducks", ["Head of Ponds"], "On track"),
    ]
