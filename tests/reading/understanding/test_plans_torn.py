"""Torn tables: lines of text made from a PDF, mended to whole entries."""

from __future__ import annotations

from pathlib import Path

from goldthread.reading.understanding.collapsed import _join_cut
from goldthread.reading.understanding.continuation import split_before_unfinished
from tests.reading.understanding.plan_making import leads, of, read_text, said

HEAD = "Sampleton plan – update as at 31 March 2025\n\nHomes\n\nObjective→Action→Lead→Update\n"


def test_cells_broken_over_lines_are_joined(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Keep every home dry in→→Ann→The roofs of two blocks were mended and\n"
        "winter→Mend roofs before the→Bell→the third is next. Money is\n"
        "→first frost→→set aside.\n"
        "Success Criteria:→→→\n"
        "Fewer leaks are→→→\n"
        "reported→→→\n",
    )
    objective, action = reading.records
    assert objective.text == "Keep every home dry in winter"
    assert objective.fields["success_criteria"] == ["Fewer leaks are reported"]
    assert action.text == "Mend roofs before the first frost"
    assert leads(action) == ["Ann Bell"]
    assert action.fields["update"] == "The roofs of two blocks were mended and the third is next. Money is set aside."
    assert action.source[0]["lines"] == [6, 8]
    assert reading.as_at == "2025-03-31"


def test_a_lead_begins_an_entry_and_an_objective_with_its_label_is_new(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Dry homes Success Criteria: Fewer leaks→Mend roofs→Ann Bell→Two done and\n"
        "→→→one to come.\n"
        "→Clear drains→Carl Dee→Begun in\n"
        "→→→the north.\n"
        "Warm homes→Insulate lofts→Ann Bell→Ten lofts\n"
        "Success Criteria: Lower bills→→→so far.\n",
    )
    assert [o.text for o in of(reading, "objective")] == ["Dry homes", "Warm homes"]
    assert [(a.text, a.fields["objective"]) for a in of(reading, "action")] == [
        ("Mend roofs", "Dry homes"),
        ("Clear drains", "Dry homes"),
        ("Insulate lofts", "Warm homes"),
    ]


def test_a_line_in_a_list_of_criteria_is_no_objective(tmp_path: Path) -> None:
    """A line beside a new lead, in a list of criteria that no further label follows, goes on with the list."""
    reading = read_text(
        tmp_path,
        HEAD + "Enough staff→→Ann Bell→Three posts are\nSuccess Criteria:→Fill posts→→filled so far.\n"
        "Fewer vacancies→→Ann Bell→Not\n→Train people→→begun.\nLess sickness→→→\n",
    )
    assert [o.fields["success_criteria"] for o in of(reading, "objective")] == [["Fewer vacancies", "Less sickness"]]
    assert [a.text for a in of(reading, "action")] == ["Fill posts", "Train people"]


def test_the_same_lead_at_the_top_of_a_page_goes_on_with_its_action(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Dry homes→Mend roofs→Ann Bell→The money comes from\n→→→the reserve and\n\n→→Ann Bell→from grants.\n",
    )
    assert [a.fields["update"] for a in of(reading, "action")] == ["The money comes from the reserve and from grants."]


def test_section_lines_and_broken_pieces_are_told_apart(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Roofs→→→\nDry homes→Mend roofs→Ann Bell→Two done and one\n"
        "Success criteria:→→→to come.\n"
        "Leaks are fewer→→→\nLofts and Walls→→→\nWarm homes→Insulate lofts→Carl Dee→Begun and\n"
        "→→→going well.\n",
    )
    assert [a.section for a in of(reading, "action")] == [["Homes", "Roofs"], ["Homes", "Lofts and Walls"]]
    assert of(reading, "objective")[0].fields["success_criteria"] == ["Leaks are fewer"]


def test_a_garbled_second_print_is_set_aside(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Dry homes→Mend roofs→Ann Bell→The roofs of the northern blocks were\n"
        "→→→mended before the winter and the southern blocks follow.\n"
        "→→→mendod befere the wintcr and tbe southern blacks follow.\n"
        "→→→Money is set aside before the winter, says the board.\n",
    )
    update = of(reading, "action")[0].fields["update"]
    assert "wintcr" not in update
    assert update.endswith("the southern blocks follow. Money is set aside before the winter, says the board.")
    assert any("garbled" in (f.why or "") and "wintcr" in f.text for f in reading.furniture)


def test_a_page_that_lost_a_column_is_read_by_its_leads(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Dry homes→Mend roofs→Ann Bell→Two done and\n"
        "→→→one to come.\n→Clear drains→Carl Dee→Begun and\n→→→going on.\n\n"
        "Paint the doors of every block→Ann Bell→The paint has been bought.\n",
    )
    last = of(reading, "action")[-1]
    assert (last.text, leads(last), last.fields["objective"]) == (
        "Paint the doors of every block",
        ["Ann Bell"],
        "Dry homes",
    )


def test_a_timescale_at_the_top_of_a_cell_goes_back_to_the_recommendation_above(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "Sampleton plan\n\nAdvice\n\nKey Risk→Recommendation (including Timeline)→Risk Rating→Lead→Update\n"
        "Money may run→Agree a policy on reserves.→4→Ann Bell→The draft is with\n→→→→members.\n"
        "Staff may leave→As soon as possible The council should keep its people. Immediate→3→Carl Dee→Pay was\n"
        "→→→→reviewed.\n",
    )
    first, second = of(reading, "recommendation")
    assert (first.text, said(first.fields["timescale"])) == ("Agree a policy on reserves.", "As soon as possible")
    assert (second.text, said(second.fields["timescale"])) == ("The council should keep its people.", "Immediate")


def test_an_unfinished_sentence_moves_with_those_that_share_a_rare_word() -> None:
    kept, moved = split_before_unfinished("Roofs are mended. Ten RSWs began in May. We give each team two RSWs and")
    assert (kept, moved) == ("Roofs are mended.", "Ten RSWs began in May. We give each team two RSWs and")
    assert split_before_unfinished("All done. Nothing more.") == ("All done. Nothing more.", "")


def test_two_updates_in_one_cell_are_split_with_a_question(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        HEAD + "Dry homes Success Criteria: Fewer leaks→Mend roofs→Ann Bell→Two roofs are done. Ten RSWs began in May. "
        "Each team has two RSWs,\n"
        "Care for the young→Hire social workers→→closely watched by the board.\n"
        "Success Criteria: Fewer agency staff→Write a plan→Ann Bell→Drafted and\n→→→sent.\n",
    )
    roofs, hire, plan = of(reading, "action")
    assert roofs.fields["update"] == "Two roofs are done."
    assert hire.fields["update"] == "Ten RSWs began in May. Each team has two RSWs, closely watched by the board."
    assert leads(hire) == ["Ann Bell"]
    assert "Two updates stand in one cell" in hire.questions[0]["ask"]
    assert plan.fields["objective"] == hire.fields["objective"] == "Care for the young"


def test_cells_that_ran_together_are_parted_at_the_lead(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path,
        "Sampleton plan\n\nCompleted Actions\n\nObjective→Action→Lead→Completed (Month / Year)\n"
        "Dry homes for→Mend the roofs of→Ann Bell→May 2023\n"
        "all→old blocks→→\nWarm homes→Insulate→Carl Dee→June 2023\nfor all→lofts→→\n\n"
        "Safe homes for every tenant. Ann Bell October 2 Fit fire doors in all blocks.→2023\n"
        "Success Criteria: Doors pass their test→\n"
        "Quiet streets. Eve Dunn Close the noisy depot at night.→J23\n",
    )
    last, doubtful = of(reading, "action")[-2:]
    assert (last.text, leads(last), last.fields["completed"]) == (
        "Fit fire doors in all blocks.",
        ["Ann Bell"],
        "October 2023",
    )
    assert last.fields["objective"] == "Safe homes for every tenant."
    assert not last.questions, "a lead that the document knows, and a whole date, part it in one way only"
    assert doubtful.confidence < 0.7 and leads(doubtful) == ["Eve Dunn"]
    assert [q["ask"] for q in doubtful.questions if "ran together" in q["ask"]], "a name and a date nobody knows"


def test_halves_of_a_cut_cell() -> None:
    assert _join_cut("October 2", "2023") == "October 2023"
    assert _join_cut("December", "r 2023") == "December 2023"
    assert _join_cut("", "2024") == "2024"


def test_rows_that_are_whole_stay_rows(tmp_path: Path) -> None:
    """A tracker pasted as text: each line an entry, an empty lead is an empty lead."""
    reading = read_text(
        tmp_path,
        "Tracker\n"
        "\nAction→Lead→Due→Progress\nMend roofs→Ann Bell→May 2025→Done\nPaint doors→→June 2025→\n"
        "Clear drains→Carl Dee→Ongoing→Begun\n",
    )
    assert [(a.text, leads(a)) for a in of(reading, "action")] == [
        ("Mend roofs", ["Ann Bell"]),
        ("Paint doors", []),
        ("Clear drains", ["Carl Dee"]),
    ]
