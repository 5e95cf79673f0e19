"""Posts come in whole or not at all; what is published goes out without names below the threshold."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from goldthread.commons.errors import Refused
from goldthread.domain.organisation import actions
from goldthread.domain.organisation.actions.sheets import take_posts
from goldthread.domain.organisation.adopters.sheets import rows_of
from goldthread.domain.organisation.models import Appointment, Owner, PostListing, Structure
from goldthread.domain.organisation.queries.structures import lines_of
from goldthread.domain.organisation.rules.publishing import threshold, thresholds
from goldthread.kernel.clock import fixed_at
from goldthread.reporting.transparency import missing, popolo, published, table_csv

HEAD = [
    "Post number", "Job title", "Directorate", "Reports to", "Grade", "FTE", "Salary from", "Salary to", "Services",
    "Statutory roles", "Holder", "How", "From", "To",
]  # fmt: skip
CHIEF = [
    "1",
    "Chief Executive",
    "",
    "",
    "CE",
    "1",
    "£180,000",
    "£190,000",
    "",
    "Head of Paid Service",
    "Robin Hale",
    "",
    "",
    "",
]
DIRECTOR = [
    "2",
    "Director of Place",
    "Place",
    "1",
    "D1",
    "1",
    "120000",
    "£130k",
    "Roads; Parks",
    "",
    "Sam Oddy",
    "",
    "1 May 2024",
    "",
]
HEAD_OF_PARKS = [
    "3",
    "Head of Parks",
    "Place",
    "Director of Place",
    "H1",
    "0.8",
    "£62,000",
    "",
    "Parks",
    "",
    "Vacant",
    "",
    "",
    "",
]
CLERK = ["4", "Parks Clerk", "Place", "3", "C1", "1", "£28,000", "£31,000", "", "", "Pat Quill", "", "", ""]
GOOD = [CHIEF, DIRECTOR, HEAD_OF_PARKS, CLERK]


def take(coordinator, *rows, head=HEAD, name="Current structure", **more):
    return take_posts(rows=[head, *rows], name=name, as_at=date(2026, 4, 1), stage="current", by=coordinator, **more)


def changed(row, **values):
    return [values.get(heading.replace(" ", "_"), cell) for heading, cell in zip(HEAD, row, strict=True)]


def test_posts_with_all_that_they_are_come_in(coordinator, looking):
    structure = take(coordinator, *GOOD)
    chief, director, parks, clerk = lines_of(structure, viewer=looking)
    assert (chief.cost_low, chief.cost_high, chief.statutory_roles) == (
        18_000_000,
        19_000_000,
        ("Head of Paid Service",),
    )
    assert (director.reports_to, parks.reports_to, clerk.reports_to) == (chief.key, director.key, parks.key)
    assert (director.cost_high, director.services, parks.fte) == (13_000_000, ("Roads", "Parks"), parks.fte)
    assert Appointment.objects.count() == 3
    again = take(coordinator, *GOOD, name="Planned structure")
    assert [line.key for line in lines_of(again, viewer=looking)] == [chief.key, director.key, parks.key, clerk.key]
    assert Appointment.objects.count() == 3 and Owner.objects.filter(kind="post").count() == 4


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [changed(CHIEF, Reports_to="2"), DIRECTOR],
            r"circle: Chief Executive \(row 2\) → Director of Place \(row 3\)",
        ),
        (
            [CHIEF, changed(DIRECTOR, Reports_to="Mayor of London")],
            r"Row 3: .* “Mayor of London”, which is not in this file",
        ),
        ([CHIEF, changed(CHIEF, Holder="Kim Low")], r"Rows 2 and 3 .*without a job share"),
        (
            [changed(CHIEF, To="1 May 2025"), changed(CHIEF, Holder="Kim Low", From="1 April 2025")],
            r"Rows 2 and 3 .*overlapping times",
        ),
        (
            [CHIEF, changed(DIRECTOR, From="1 May 2024", To="1 April 2024")],
            r"Row 3: the last day of Sam Oddy is before",
        ),
        ([changed(CHIEF, Job_title="")], "Row 2 has no title"),
        ([changed(CHIEF, Salary_from="lots")], "Row 2: “lots” is no sum of money"),
        ([changed(CHIEF, Salary_to="£10")], "below its foot"),
        ([changed(CHIEF, FTE="one")], "Row 2: “one” is no number of full-time"),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_whole(coordinator, rows, said):
    with pytest.raises(Refused, match=said):
        take(coordinator, *rows)
    assert not Structure.objects.exists() and not Owner.objects.filter(kind="post").exists()
    assert not PostListing.objects.exists()


def test_a_job_share_has_two_holders(coordinator):
    take(coordinator, changed(CHIEF, How="job share"), changed(CHIEF, Holder="Kim Low", How="job share"))
    assert Appointment.objects.filter(kind="job share").count() == 2
    assert PostListing.objects.count() == 1


def test_headings_may_be_mapped_by_hand(coordinator):
    head = ["Stelle", *HEAD[2:]]
    rows = [CHIEF[1:]]
    with pytest.raises(Refused, match="“Stelle”"):
        take(coordinator, *rows, head=head)
    assert take(coordinator, *rows, head=head, named={"Stelle": "title"}).listings.count() == 1


def test_the_same_rows_from_csv_and_excel(tmp_path):
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *GOOD])
    (tmp_path / "posts.csv").write_text(text.getvalue(), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in [HEAD, *GOOD]:
        book.active.append(row)
    book.save(tmp_path / "posts.xlsx")
    one, other = (rows_of(tmp_path / name, name=name) for name in ("posts.csv", "posts.xlsx"))
    assert one == other == [HEAD, *GOOD]
    (tmp_path / "posts.pdf").write_bytes(b"%PDF")
    with pytest.raises(Refused, match="neither CSV nor Excel"):
        rows_of(tmp_path / "posts.pdf", name="posts.pdf")


@pytest.fixture
def out(coordinator, looking):
    with fixed_at(date(2026, 5, 1)):
        structure = take(coordinator, *GOOD)
        yield published(structure, viewer=looking, organisation="Fernleigh Council")


def test_names_below_the_threshold_stay_out_of_every_public_file(out):
    everything = str(popolo(out))
    for which in ("organisation-chart", "senior-salaries", "salary-bands"):
        everything += table_csv(out, which).decode("utf-8-sig")
    assert "Robin Hale" in everything
    assert "Sam Oddy" not in everything and "Pat Quill" not in everything


def test_elected_members_are_named(coordinator, looking):
    leader = actions.add_office(name="Leader of the Council", by=coordinator)
    actions.appoint(person=actions.add_person(name="Cllr Ada Moss", by=coordinator), owner=leader.owner, by=coordinator)
    found = popolo(published(take(coordinator, *GOOD), viewer=looking, organisation="Fernleigh Council"))
    assert "Cllr Ada Moss" in [person["name"] for person in found["persons"]]
    assert found["posts"][-1]["label"] == "Leader of the Council"


def test_the_chart_ends_at_three_levels_and_salaries_begin_at_the_threshold(out):
    def titles(which):
        rows = list(csv.DictReader(io.StringIO(table_csv(out, which).decode("utf-8-sig"))))
        return [(row["Job_Title"], row["Salary_From"], row["Salary_To"], row["Name"]) for row in rows]

    three = ["Chief Executive", "Director of Place", "Head of Parks"]
    assert [row[0] for row in titles("organisation-chart")] == three == [row[0] for row in titles("senior-salaries")]
    assert titles("senior-salaries")[2] == ("Head of Parks", "60000", "64999", "Vacant")
    assert titles("senior-salaries")[1][3] == ""


def test_every_column_of_the_code_is_there_and_what_is_not_stated_is_said(coordinator, looking):
    head = [*HEAD, "Contact details", "Budget held", "Number of staff", "Bonuses", "Benefits in kind"]
    stated = ["place@fernleigh.example", "£4.2 million", "310", "None", "None"]
    rows = [[*row, *(stated if row[1] == "Director of Place" else [""] * 5)] for row in GOOD]
    with fixed_at(date(2026, 5, 1)):
        found = published(take(coordinator, *rows, head=head), viewer=looking, organisation="Fernleigh Council")
    chart, salaries = (
        {row["Job_Title"]: row for row in csv.DictReader(io.StringIO(table_csv(found, name).decode("utf-8-sig")))}
        for name in ("organisation-chart", "senior-salaries")
    )
    asked = {
        "Grade",
        "Job_Title",
        "Directorate",
        "Team",
        "Contract",
        "Contact",
        "Salary_From",
        "Salary_To",
        "Salary_Ceiling",
    }
    assert asked <= set(chart["Director of Place"]) and chart["Director of Place"]["Contact"] == stated[0]
    director = salaries["Director of Place"]
    told = [director[name] for name in ("Budget_Held", "Number_Of_Staff", "Bonuses", "Benefits_In_Kind")]
    assert told == stated[1:] and salaries["Chief Executive"]["Budget_Held"] == ""
    said = " ".join(missing(found, "senior-salaries"))
    assert "Not stated, of 3 posts:" in said and "budget held (2)" in said and "benefits in kind (2)" in said
    assert "contact details (2)" in " ".join(missing(found, "organisation-chart"))


def test_a_contact_that_names_a_holder_below_the_threshold_stays_out(coordinator, looking):
    head = ["Title", "Reports to", "Holder", "Salary from", "Contact"]
    rows = [
        ["Chief Executive", "", "Ada Stone", "180000", "ada.stone@fernleigh.example"],
        ["Head of Parks", "Chief Executive", "Ben Reed", "70000", "b.reed@fernleigh.example"],
        ["Head of Bins", "Chief Executive", "Cy Marsh", "", "bins@fernleigh.example"],
    ]
    with fixed_at(date(2026, 5, 1)):
        found = published(take(coordinator, *rows, head=head), viewer=looking, organisation="Fernleigh Council")
    text = table_csv(found, "organisation-chart").decode("utf-8-sig")
    assert "ada.stone@" in text and "bins@" in text and "reed" not in text.lower()
    said = missing(found, "organisation-chart")
    assert "Left out because it names a holder below the threshold: the contact of Head of Parks." in said
    assert missing(found, "salary-bands") == ["No pay is stated, so that they are not counted here: Head of Bins."]


def test_thresholds_are_dated_and_sourced():
    assert threshold("names published from", date(2026, 1, 1)).value == 150_000
    with pytest.raises(KeyError):
        threshold("names published from", date(2010, 1, 1))
    assert all("Transparency Code" in each.source for each in thresholds())
