"""What comes back is proposed once, decided by a person, remembered, and taken back as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.commons.access.queries import viewer_for
from goldthread.commons.access.viewer import PUBLIC, Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.plans import actions as plans
from goldthread.domain.register.actions import change_visibility
from goldthread.domain.register.actions.undo import undo
from goldthread.domain.register.models import Record
from goldthread.domain.register.models.writing import NewRecord
from goldthread.domain.register.queries import upwards
from goldthread.domain.register.terms import Relation, Visibility
from goldthread.domain.reviews.actions import confirm_answer, confirm_repeat, dismiss, write_entry
from goldthread.domain.reviews.queries.answers import answers
from goldthread.domain.reviews.queries.repeats import ages, repeats
from goldthread.domain.reviews.rules.ages import age_of
from goldthread.domain.reviews.terms import Polarity, Proposed
from tests.support.once import written_once

DAY = date(2025, 5, 27)


@dataclass
class TwoReviews:
    """A review of 2018 and one of 2023, and a plan that answers."""

    old: dict[str, Record] = field(default_factory=dict)
    new: dict[str, Record] = field(default_factory=dict)
    objectives: dict[str, Record] = field(default_factory=dict)


@pytest.fixture
@written_once
def two(coordinator: User) -> TwoReviews:
    """Written by hand."""

    def review(title: str, entries: list[tuple[str, str, str, str]]) -> dict[str, Record]:
        above = write_entry(new=NewRecord("review", "", DAY, title=title), by=coordinator)
        made = {"review": above}
        for name, kind, text, polarity in entries:
            new = NewRecord(kind, text, DAY, parent=above)
            made[name] = write_entry(new=new, by=coordinator, polarity=polarity or Polarity.NEUTRAL)
        return made

    found = TwoReviews()
    found.old = review(
        "Peer challenge 2018",
        [
            ("phones", "recommendation", "Answer telephone calls faster and offer more self service.", ""),
            ("accounts", "recommendation", "Finish the statement of accounts on time.", ""),
            ("praise", "finding", "Swimming lessons at the leisure centre are excellent.", Polarity.STRENGTH),
        ],
    )
    found.new = review(
        "Peer challenge 2023",
        [
            (
                "calls",
                "finding",
                "Residents wait too long on the telephone and the website lets them do little.",
                Polarity.IMPROVEMENT,
            ),
            ("audit", "finding", "The statement of accounts was finished on time and signed.", Polarity.STRENGTH),
            ("pool", "finding", "The leisure centre has stopped its swimming lessons.", Polarity.IMPROVEMENT),
            ("trees", "recommendation", "Plant more trees in schools.", ""),
        ],
    )
    plan = plans.write_entry(new=NewRecord("plan", "", DAY, title="Improvement plan"), by=coordinator)
    for name, text in (("contact", "Shorter waits for telephone callers"), ("fleet", "Electric vans")):
        new = NewRecord("objective", text, DAY, parent=plan)
        found.objectives[name] = plans.write_entry(new=new, by=coordinator)
    return found


def pairs(viewer: Viewer, **more: Any) -> dict[tuple[int, int], str]:
    """(earlier, later) → the relation that is proposed."""
    return {(one.earlier.pk, one.later.pk): one.relation for one in repeats(viewer=viewer, **more)}


def test_what_comes_back_is_proposed_with_its_most_probable_meaning(two: TwoReviews, looking: Viewer) -> None:
    found = pairs(looking)
    assert found[two.old["phones"].pk, two.new["calls"].pk] == Relation.RAISED_AGAIN
    assert found[two.old["accounts"].pk, two.new["audit"].pk] == Relation.PROGRESS_NOTED
    assert two.old["praise"].pk not in {earlier for earlier, _ in found}, "praise asks for nothing that could come back"
    assert not {earlier for earlier, _ in found} & {row.pk for row in two.new.values()}, "the older one is the earlier"
    assert set(pairs(looking, later=two.new["calls"])) <= {pair for pair in found if pair[1] == two.new["calls"].pk}


def test_a_person_decides_and_the_decision_is_remembered_and_undone(
    two: TwoReviews, looking: Viewer, coordinator: User
) -> None:
    phones, calls, accounts, audit = two.old["phones"], two.new["calls"], two.old["accounts"], two.new["audit"]
    confirm_repeat(later=calls, earlier=phones, relation=Relation.RAISED_AGAIN, by=coordinator)
    no = dismiss(record=audit, target=accounts, sort=Proposed.REPEATS, by=coordinator)
    assert not {(phones.pk, calls.pk), (accounts.pk, audit.pk)} & set(pairs(looking))
    assert upwards(calls, viewer=looking, depth=1)[0][2].pk == two.new["review"].pk, (
        "a repeat is no reason of the thread"
    )
    undo(event=no, by=coordinator)
    assert (accounts.pk, audit.pk) in pairs(looking)


def test_only_what_can_repeat_does(two: TwoReviews, coordinator: User) -> None:
    calls, phones = two.new["calls"], two.old["phones"]
    with pytest.raises(Refused, match="same document"):
        confirm_repeat(later=calls, earlier=two.new["pool"], relation=Relation.RAISED_AGAIN, by=coordinator)
    with pytest.raises(Refused, match="Choose what"):
        confirm_repeat(later=calls, earlier=phones, relation=Relation.PART_OF, by=coordinator)
    with pytest.raises(Refused, match="repeat each other"):
        confirm_repeat(later=two.objectives["contact"], earlier=phones, relation=Relation.RAISED_AGAIN, by=coordinator)


def test_an_objective_is_proposed_as_an_answer_until_it_is_decided(
    two: TwoReviews, looking: Viewer, coordinator: User
) -> None:
    phones, contact = two.old["phones"], two.objectives["contact"]
    found = answers(viewer=looking, recommendation=phones)
    assert found[0].offered.pk == contact.pk
    assert "telephone" in found[0].why
    confirm_answer(offered=contact, recommendation=phones, by=coordinator)
    assert contact.pk not in {one.offered.pk for one in answers(viewer=looking, recommendation=phones)}
    assert [row.pk for _, relation, row in upwards(contact, viewer=looking) if relation == Relation.ANSWERS] == [
        phones.pk
    ]


def test_what_somebody_may_not_see_is_not_proposed_to_them(two: TwoReviews, coordinator: User) -> None:
    change_visibility(
        records=[two.new["calls"]],
        visibility=Visibility.RESTRICTED,
        because="legal: a claim",
        by=coordinator,
        reason="x",
    )
    reader = viewer_for(coordinator)
    assert two.new["calls"].pk in {later for _, later in pairs(reader)}
    assert not pairs(PUBLIC)


def test_proposals_cost_a_constant_number_of_queries(
    two: TwoReviews, looking: Viewer, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        write_entry(
            new=NewRecord("finding", f"Calls wait, number {number}.", DAY, parent=two.new["review"]), by=coordinator
        )
    with django_assert_max_num_queries(13):
        repeats(viewer=looking)
    with django_assert_max_num_queries(8):
        answers(viewer=looking)


def test_the_age_of_a_document_is_the_first_thing_known_of_it() -> None:
    plain: dict[str, Any] = {
        "held": None,
        "as_at": None,
        "title": "Plan",
        "file_name": "plan.txt",
        "texts": (),
        "recorded": DAY,
    }
    assert age_of(**plain).order == (2025, DAY)
    assert age_of(**plain | {"texts": ["by 2019", "since 2019", "in 2018", "before 2031"]}).year == 2019
    assert age_of(**plain | {"file_name": "plan-2017.txt"}).by == "the name of its file"
    assert age_of(**plain | {"title": "Review of 2016"}).order == (2016, date(2016, 7, 1))
    assert age_of(**plain | {"held": date(2015, 3, 2), "as_at": DAY}).year == 2015


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=40))
def test_any_words_give_an_age(texts: list[str], title: str) -> None:
    found = age_of(held=None, as_at=None, title=title, file_name="", texts=texts, recorded=DAY)
    assert 2000 <= found.year <= 2049


def test_documents_are_put_in_order_by_their_years(two: TwoReviews, looking: Viewer) -> None:
    found = ages([two.new["review"], two.old["review"]], viewer=looking)
    assert found[two.old["review"].pk].year == 2018
    assert found[two.new["review"].pk].year == 2023


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small documents."""
    (tmp_path / "old.csv").write_text(
        "No,Recommendation,Action,Update\n1,Answer the telephone faster,Hire staff,Done\n2,Plant more trees,Buy some,Begun\n"
    )
    (tmp_path / "new.csv").write_text(
        "No,Recommendation,Action,Update\n1,Callers wait too long on the telephone,Find out,Begun\n2,Mend the road,Tar,Begun\n"
    )
    return tmp_path


def test_documents_are_compared_without_a_register(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import json

    from goldthread.cli.main import main

    files = [str(folder / "old.csv"), str(folder / "new.csv")]
    assert main(["reviews", "repeats", *files, "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)[0]
    assert first["earlier_text"] == "Answer the telephone faster"
    assert first["later_text"] == "Callers wait too long on the telephone"
    assert set(first) == {"earlier", "earlier_text", "later", "later_text", "score", "certain", "why"}
    assert main(["reviews", "repeats", files[0]]) == 2


def test_decisions_come_from_a_file_all_or_none(
    two: TwoReviews, looking: Viewer, coordinator: User, tmp_path: Path
) -> None:
    from goldthread.cli.commands.reviews import confirm_from

    phones, calls, audit = two.old["phones"], two.new["calls"], two.new["audit"]
    file = tmp_path / "decisions.csv"
    head = f"record,relation,target\n{calls.reference},raised again,{phones.reference}\n"
    file.write_text(f"{head}{audit.reference},no,{phones.reference}\nNO-1,answers,{phones.reference}\n")
    with pytest.raises(Refused, match="row 4: there is no record NO-1"):
        confirm_from(file, by_email=coordinator.email)
    assert (phones.pk, calls.pk) in pairs(looking)
    file.write_text(
        f"{head}{audit.reference},no,{phones.reference}\n{two.objectives['contact'].reference},answers,{phones.reference}\n"
    )
    assert confirm_from(file, by_email=coordinator.email) == 3
    assert confirm_from(file, by_email=coordinator.email) == 0
    assert not {(phones.pk, calls.pk), (phones.pk, audit.pk)} & set(pairs(looking))
