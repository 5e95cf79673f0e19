"""Changing one record or many at once, without script: choose, say how and why, done, undo."""

from __future__ import annotations

import pytest

from goldthread.domain.register.models import Record
from tests.web.conftest import CANARY, SmallCouncil
from tests.web.records.test_writing import errors, undo_from

pytestmark = pytest.mark.usefixtures("today")
FROM = {"as_at_0": "15", "as_at_1": "1", "as_at_2": "2026"}


def of(council: SmallCouncil, *names: str) -> list[str]:
    return [getattr(council, name).reference for name in names]


def test_chosen_boxes_lead_to_the_form_of_the_verb(client_for, council):
    client = client_for("coordinator")
    chosen = of(council, "late", "undated")
    data = {"do": "withdraw", "record": chosen, "within": council.plan.reference}
    page = client.post("/records/change/", data).content.decode()
    assert "2 entries" in page
    assert "Let one contract for all wards" in page
    assert 'action="/records/change/withdraw/"' in page
    assert not errors(client.post("/records/change/", data)), "nothing has been asked yet"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"do": "withdraw"}, "Choose at least one entry"),
        ({"do": "burn", "record": ["SP-001"]}, "Choose at least one entry"),
        ({"do": "due", "record": ["NONE-1"]}, "Choose at least one entry"),
        ({"do": "due", "record": [f"SP-{number}" for number in range(501)]}, "Choose at most 500 entries"),
    ],
)
def test_boxes_that_lead_nowhere_lead_back(client_for, council, data, said):
    client = client_for("coordinator")
    response = client.post("/records/change/", data | {"within": council.plan.reference})
    assert response.headers["Location"] == f"/plans/{council.plan.reference}/"
    assert said in client.get(response.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("verb", "data", "column", "value"),
    [
        ("withdraw", FROM, "state", "withdrawn"),
        ("state", {"state": "on hold", **FROM}, "state", "on hold"),
        ("due", {"timescale": "Q2 2026/27"}, "due_text", "Q2 2026/27"),
        ("visibility", {"visibility": "public"}, "visibility", "public"),
    ],
)
def test_a_verb_works_on_many_and_is_taken_back_whole(client_for, council, verb, data, column, value):
    client, chosen = client_for("coordinator"), of(council, "late", "undated")
    rows = Record.objects.filter(reference__in=chosen).order_by("pk")
    before = list(rows.values_list(column, flat=True))
    url = f"/records/change/{verb}/"
    assert client.get(url, {"record": chosen}).status_code == 200
    assert "Say why, in a few words." in errors(client.post(url, {"record": chosen, **data}))
    response = client.post(url, {"record": chosen, "reason": "Agreed by the board", **data})
    assert list(rows.values_list(column, flat=True)) == [value, value]
    undo_from(client, response)
    assert list(rows.values_list(column, flat=True)) == before


def test_reassigning_gives_a_post_and_keeps_the_printed_name_on_record(client_for, council):
    client, (reference,) = client_for("coordinator"), of(council, "undated")
    data = {"record": [reference], "owner": council.director.pk, "role": "accountable", "reason": "Moved", **FROM}
    assert client.post("/records/change/reassign/", data).status_code == 302
    undated = Record.objects.get(pk=council.undated.pk)
    assert (undated.accountable_id, undated.printed_leads) == (council.director.pk, "")
    assert "Pat Quill" in client.get(f"/records/{reference}/").content.decode()
    assert "Choose a post, an office or a body." in errors(
        client.post("/records/change/reassign/", data | {"owner": ""})
    )


def test_moving_under_another_objective(client_for, council):
    other = council.write("objective", "Own fewer depots", council.plan, section=["Money", "Depots"])
    client, (reference,) = client_for("coordinator"), of(council, "undated")
    data = {"record": [reference], "to": other.reference, "reason": "Belongs there"}
    assert other.reference in client.get("/records/change/move/", {"record": [reference]}).content.decode()
    assert client.post("/records/change/move/", data).status_code == 302
    undated = Record.objects.get(pk=council.undated.pk)
    assert (undated.parent_id, undated.section) == (other.pk, ["Money", "Depots"])
    assert errors(client.post("/records/change/move/", data)) == ["They already stand there."]


def test_merging_leaves_the_one_that_stays(client_for, council):
    client, chosen = client_for("coordinator"), of(council, "late", "undated")
    data = {"record": chosen, "into": chosen[0], "reason": "Said twice"}
    response = client.post("/records/change/merge/", data)
    assert response.headers["Location"] == f"/plans/{council.plan.reference}/"
    states = dict(Record.objects.filter(reference__in=chosen).values_list("reference", "state"))
    assert states == {chosen[0]: "open", chosen[1]: "merged"}
    wrong = client.post(
        "/records/change/merge/", {"record": chosen[:1], "into": council.criterion.reference, "reason": "x"}
    )
    assert "Only entries of one kind" in errors(wrong)[0]


def test_many_are_marked_as_checked_from_one_list(client_for, council):
    client = client_for("coordinator")
    page = client.get("/records/unchecked/").content.decode()
    assert council.undated.reference in page
    chosen = of(council, "undated")
    assert client.post("/records/change/confirm/", {"record": chosen}).status_code == 302
    assert "Everything has been checked" in client.get("/records/unchecked/").content.decode()


def test_restricted_needs_a_category(client_for, council):
    data = {"record": of(council, "late"), "visibility": "restricted", "reason": "Talks", "because": ""}
    response = client_for("coordinator").post("/records/change/visibility/", data)
    assert "the category" in errors(response)[0]


def test_only_what_may_be_seen_and_done_can_be_changed(client_for, council):
    url = "/records/change/due/"
    assert client_for("lead").get(url, {"record": of(council, "late")}).status_code == 404
    assert client_for("coordinator").get(url, {"record": ["NONE-1"]}).status_code == 404
    assert client_for("coordinator").get("/records/change/burn/", {"record": of(council, "late")}).status_code == 404
    director = client_for("director")
    withdraw = director.get("/records/change/withdraw/", {"record": of(council, "late")})
    assert withdraw.status_code == 404
    assert director.post("/records/change/", {"do": "withdraw", "record": of(council, "late")}).status_code == 404
    assert CANARY not in client_for("public").get(url, {"record": of(council, "canary")}).content.decode()


def test_what_was_withdrawn_stays_on_record_and_can_be_opened_again(client_for, council):
    client, (reference,) = client_for("coordinator"), of(council, "undated")
    client.post("/records/change/withdraw/", {"record": [reference], "reason": "Not needed", **FROM})
    page = client.get(f"/records/{reference}/").content.decode()
    assert "It is in no list any more" in page
    assert "Add an update" not in page
    assert reference not in client.get(f"/plans/{council.plan.reference}/").content.decode()
    assert client.get(f"/records/{reference}/edit/").status_code == 404
    assert client.get("/records/change/due/", {"record": [reference]}).status_code == 404
    data = {"record": [reference], "state": "open", "reason": "Needed after all", **FROM}
    assert client.post("/records/change/state/", data).status_code == 302
    assert reference in client.get(f"/plans/{council.plan.reference}/").content.decode()


def test_publishing_entries_offers_to_publish_their_plan(client_for, council):
    late = Record.objects.get(reference=council.late.reference)
    Record.objects.filter(pk=late.within_id).update(visibility="internal")
    client, data = client_for("coordinator"), {"record": late.reference, "visibility": "public", "reason": "Agreed"}
    page = client.get("/records/change/visibility/", {"record": late.reference}).content.decode()
    assert f"publish {late.within.reference}" in page
    client.post("/records/change/visibility/", data)
    late.within.refresh_from_db()
    assert late.within.visibility == "internal", "only where it is asked for"
    client.post("/records/change/visibility/", {**data, "with_plan": "on"})
    late.within.refresh_from_db()
    assert late.within.visibility == "public"
    assert (
        "publish"
        not in client.get("/records/change/visibility/", {"record": late.reference}).content.decode().split("<form")[2]
    )


def test_a_plan_that_is_opened_with_all_that_stands_in_it_is_not_offered_once_more(client_for, council):
    Record.objects.filter(reference=council.plan.reference).update(visibility="internal")
    chosen = {"record": [council.plan.reference, council.late.reference]}
    page = client_for("coordinator").get("/records/change/visibility/", chosen).content.decode()
    assert "When they are published" not in page
