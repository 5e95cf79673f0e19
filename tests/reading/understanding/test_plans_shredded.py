"""Shredded tables: columns written out one below the other are put side by side again."""

from __future__ import annotations

from pathlib import Path

from tests.reading.understanding.plan_making import leads, of, read_text, said

HEADINGS = (
    "Sampleton draft plan \n"
    "\n \nNo. \n\n \nReview team recommendation \n\n \nComment/Action \n\n \nTimescale \n\n \n"
    "Lead Officer \n\n"
)


def box(*lines: str) -> str:
    """A cell as the converter writes it: every line ends in a space, an empty line of the cell is a space."""
    return "".join(f"{line} \n" if line else " \n" for line in lines) + "\n"


ROWS = (
    box("", "1")
    + box("", "Share data", "", "The council holds much data and", "shares little of it.")
    + box("", "", "", "Form a data", "board", "", "Buy a lake")
    + box("", "", "", "May 2025", "", "", "On-going")
    + box("", "PARTNERS", "", "Head of Data", "", "", "AD Policy and", "AD Digital")
    + box("", "2")
    + box("", "Plan ahead", "", "Plans come late.")
    + box("", "", "Publish the", "forward plan", "", "Train chairs")
    + box("", "", "", "", "", "June 2025")
    + box("", "", "Clerk to the Council", "", "", "CE/Leader")
)


def test_what_began_on_one_height_belongs_together(tmp_path: Path) -> None:
    reading = read_text(tmp_path, HEADINGS + ROWS)
    assert reading.kind == "action-plan"
    first, second = of(reading, "recommendation")
    assert (first.fields["number"], first.fields["title"], first.fields["group"]) == ("1", "Share data", "PARTNERS")
    assert first.text == "The council holds much data and shares little of it."
    assert "group" not in second.fields
    board, lake, plan, chairs = of(reading, "action")
    assert [a.text for a in (board, lake, plan, chairs)] == [
        "Form a data board",
        "Buy a lake",
        "Publish the forward plan",
        "Train chairs",
    ]
    assert [said(a.fields.get("timescale")) for a in (board, lake, plan, chairs)] == [
        "May 2025",
        "On-going",
        None,
        "June 2025",
    ]
    assert [leads(a) for a in (board, lake)] == [["Head of Data"], ["AD Policy", "AD Digital"]]
    assert [leads(a) for a in (plan, chairs)] == [["Clerk to the Council"], ["CE", "Leader"]]
    assert [a.fields["recommendation"] for a in (board, lake, plan, chairs)] == ["1", "1", "2", "2"]
    assert [a.parent for a in (board, lake, plan, chairs)] == [0, 0, 3, 3]
    assert lake.fields["status"]["value"] == "ongoing"


def test_a_recommendation_goes_on_over_a_page_and_its_actions_start_anew(tmp_path: Path) -> None:
    """On a new page the first line of the first box begins with a space."""
    over = (
        box("", "3")
        + box("", "Listen more", "", "Residents are asked often, but")
        + box("", "", "", "Agree a charter")
        + box("", "", "", "May 2025")
        + box("", "", "", "Director of")
        + " they are seldom told what came of it. \n\n"
        + box("", "Hold forums")
        + box("", "July 2025")
        + box("Housing", "", "Head of Policy")
    )
    reading = read_text(tmp_path, HEADINGS + ROWS + over)
    third = of(reading, "recommendation")[2]
    assert third.text == "Residents are asked often, but they are seldom told what came of it."
    charter, forums = of(reading, "action")[-2:]
    assert (charter.text, leads(charter)) == ("Agree a charter", ["Director of Housing"])
    assert (forums.text, said(forums.fields["timescale"]), leads(forums)) == (
        "Hold forums",
        "July 2025",
        ["Head of Policy"],
    )


def test_a_recommendation_with_only_a_title_carries_it_as_its_text(tmp_path: Path) -> None:
    more = (
        box("", "3")
        + box("", "Come back in two years")
        + box("", "", "Agree a date")
        + box("", "", "2027")
        + box("", "", "CE")
    )
    third = of(read_text(tmp_path, HEADINGS + ROWS + more), "recommendation")[2]
    assert third.text == third.fields["title"] == "Come back in two years"


def test_without_boxes_gaps_and_what_the_lines_are_tell(tmp_path: Path) -> None:
    """The same table with its spaces trimmed by an editor."""
    plain = (
        "Sampleton draft plan\n\nNo.\n\nRecommendation\n\nAction\n\nTimescale\n\nLead Officer\n\n"
        "1\n"
        "\nShare data\n\nThe council holds much data and shares little of it.\n\n\n\n\n"
        "Form a data board\n\n\n\n\nMay 2025\n\n\n\n\nHead of Data\n\n\n\n\n"
        "2\n"
        "\nPlan ahead\n\nPlans come late.\n\n\n\n\nPublish the forward plan\n\n\n\n\nJune 2025\n\n\n\n\n"
        "Chief Executive\n"
    )
    reading = read_text(tmp_path, plain)
    assert [r.text for r in of(reading, "recommendation")] == [
        "The council holds much data and shares little of it.",
        "Plans come late.",
    ]
    assert [(a.text, said(a.fields["timescale"]), leads(a)) for a in of(reading, "action")] == [
        ("Form a data board", "May 2025", ["Head of Data"]),
        ("Publish the forward plan", "June 2025", ["Chief Executive"]),
    ]
