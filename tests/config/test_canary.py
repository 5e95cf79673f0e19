"""Nobody sees by accident: the restricted canary, looked for on every address of the URL map by every role."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

import pytest

from goldthread.commons.access.table import permission_table
from goldthread.commons.access.terms import ScopeKind
from goldthread.commons.access.viewer import Scope
from goldthread.commons.accounts.actions import local_user
from goldthread.domain.imports.models import Proposal
from goldthread.domain.register.models import Passage, Record, SourceFile
from goldthread.kernel.clock import today
from goldthread.reporting.actions import freeze, make_files, publish
from goldthread.reporting.models import Issue
from tests.support.canary import CANARY, Aviary, aviary, everything_in
from tests.support.client import StrictClient

__all__ = ["aviary"]

ELSEWHERE = 999_999
"""A directorate, plan or body that the canary does not belong to."""

BLIND = {
    "public": None,
    "viewer": Scope(ScopeKind.EVERYTHING),
    "contributor": Scope(ScopeKind.RECORD, ELSEWHERE),
    "lead": Scope(ScopeKind.EVERYTHING),
    "coordinator": Scope(ScopeKind.PLAN, ELSEWHERE),
    "director": Scope(ScopeKind.DIRECTORATE, ELSEWHERE),
    "councillor": Scope(ScopeKind.BODY, ELSEWHERE),
    "auditor": Scope(ScopeKind.PLAN, ELSEWHERE),
    "administrator": Scope(ScopeKind.EVERYTHING),
}
"""Every role that must not see the canary, with where it is held."""

SIGN_IN = {"token", "provider_id", "uidb36", "key"}
HEAVY = ("pdf", "docx")
PART = re.compile(r"<(?:\w+:)?(\w+)>")


def values_for(name: str, aviary: Aviary) -> list[object]:
    """What to put into a part of an address. KeyError for a part that this test has not heard of: teach it here."""
    references = [aviary.plan.reference, aviary.sibling.reference, aviary.canary.reference, aviary.review.reference]
    proposal = Proposal.objects.get(record=aviary.canary)
    numbers = sorted({1, 2, aviary.batch.pk, aviary.canary.pk})
    return {
        "reference": references,
        "pk": numbers,
        "number": numbers,
        "grant": [1],
        "appointment": [1],
        "kind": ["action", "post", "html", "csv", "json"],
        "measure": ["priority", "evidence"],
        "earlier": references,
        "offered": references,
        "verb": ["reassign", "visibility", "merge"],
        "form": ["html", "json", "csv", "xlsx", *HEAVY],
        "key": [proposal.key],
        "question": [0],
        "heading": [1],
        "role": ["monitoring-officer"],
        "token": ["0" * 64],
        "sha256": ["0" * 64],
        "event": aviary.events,
    }[name]


def addresses(aviary: Aviary, *, heavy: bool) -> Iterator[str]:
    """Every address that can be opened, filled in with what there is, and searches and filters for the canary."""
    for row in permission_table():
        parts = PART.findall(row.pattern)
        if row.name == "account_logout" or (set(parts) & SIGN_IN and "sign-in" in row.pattern + row.name):
            continue
        if "(?P<" in row.pattern:
            continue
        for values in itertools.product(*(values_for(part, aviary) for part in parts)):
            if ("report." in row.pattern or "briefing." in row.pattern) and values[-1] in HEAVY and not heavy:
                continue
            filled = iter(values)
            yield PART.sub(lambda _, filled=filled: str(next(filled)), row.pattern)
    yield from (f"/records/{reference}/" for reference in Record.objects.values_list("reference", flat=True))
    plan, canary, record = aviary.plan.reference, aviary.canary.reference, f"/records/{aviary.sibling.reference}/"
    yield from (f"/search/?q={words}" for words in (CANARY, canary, "depot", "answers"))
    yield from (f"/plans/{plan}/?{query}" for query in (f"q={CANARY}", "q=depot", "lead=unmatched", "state=open"))
    yield from (f"/plans/{plan}/?as_at=2025-06-01", f"{record}?as_at=2025-06-01", f"{record}?known_on=2099-01-01")
    yield from (f"/enquiries/{plan}/?as_at=2030-01-01", f"/checks/?plan={plan}", "/checks/?check=GT104")
    yield from (f"/records/{canary}/?history=1", f"/records/change/?do=move&record={canary}&within={plan}")
    yield from (f"/records/change/{verb}/?record={canary}" for verb in ("due", "merge", "visibility", "withdraw"))
    passages = Passage.objects.values_list("source_file_id", "pk").order_by("pk")[:4]
    yield from (f"/sources/{source}/?passage={passage}" for source, passage in passages)
    yield from (f"/imports/{aviary.batch.pk}/?show={show}" for show in ("all", "adopted", "open"))
    for issue in Issue.objects.all():
        yield from (f"/reports/{issue.reference}/{more}" for more in ("", "verify/", "progress/", "differences/"))
        yield from (f"/reports/{issue.reference}/files/{kind}/" for kind in issue.kinds)
    yield f"/reports/new/?plan={plan}&variant=full&as_at={today()}&audience=restricted"
    yield f"/reports/new/?plan={plan}&variant=changes&since_day=2025-05-27&as_at={today()}&audience=council"


def issue_reports(aviary: Aviary) -> None:
    """A report for each audience, the one with restricted entries among them; that for the public is published."""
    by = local_user()
    for audience in ("restricted", "council", "public"):
        asked = {"plan": aviary.plan, "as_at": today(), "by": by, "reason": "Issued", "audience": audience}
        made = make_files(issue=freeze(**asked, kinds=("html", "csv", "json")), by=by)
        if audience == "public":
            publish(issue=made, by=by, reason="Out")


ON_POSTGRESQL = {"public", "coordinator"}
"""Who looks on PostgreSQL too: what is asked of the database is the same for every role, and each takes half a minute."""


@pytest.mark.parametrize("role", BLIND)
def test_the_canary_shows_to_nobody_who_may_not_see_it(
    aviary: Aviary, client_for: Callable[..., StrictClient], role: str, on_postgresql: bool
) -> None:
    if on_postgresql and role not in ON_POSTGRESQL:
        pytest.skip("every role looks at every address on SQLite")
    issue_reports(aviary)
    client, leaks, opened = client_for(role, BLIND[role]), [], 0
    for address in addresses(aviary, heavy=role == "viewer"):
        response = client.get(address, strict=False)
        assert response.status_code < 500, address
        text = everything_in(response)
        # What one searched for is shown back; that is one's own word and not the record's.
        asked = text.count(CANARY) if f"q={CANARY}" in address and "depot" not in text else 0
        if text.count(CANARY) > asked:
            at = text.index(CANARY)
            leaks.append(f"{address}: …{' '.join(text[max(0, at - 60) : at + 60].split())}…")
        opened += response.status_code == 200
    assert not leaks, f"the canary shows to {role}:\n" + "\n".join(leaks)
    assert opened > 10


def test_who_may_see_it_does(aviary: Aviary, client_for: Callable[..., StrictClient]) -> None:
    """The other half: the looking finds it where it is allowed to be, in every format."""
    client = client_for("executive", Scope(ScopeKind.EVERYTHING))
    plan = aviary.plan.reference
    allowed = [f"/records/{aviary.canary.reference}/", f"/search/?q={CANARY}", f"/plans/{plan}/"]
    allowed += [f"/sources/{source}/" for source in SourceFile.objects.values_list("pk", flat=True)]
    allowed += [f"/plans/{plan}/report.{form}" for form in ("html", "json", "csv", "xlsx", "docx", "pdf")]
    blind = [address for address in allowed if "depot" not in everything_in(client.get(address, strict=False))]
    assert not blind


def test_counts_and_tags_are_the_same_with_and_without_it(
    aviary: Aviary, client_for: Callable[..., StrictClient]
) -> None:
    """A plan's figures do not count what one may not see."""
    plan = f"/plans/{aviary.plan.reference}/report.json"
    seeing = client_for("executive").get(plan).json()
    blind = client_for("viewer").get(plan).json()
    assert blind != seeing
    numbers = [int(number) for number in re.findall(r"\b\d+ actions?\b", str(blind))]
    assert all(number <= 2 for number in numbers)
