"""A restricted record that must never show to others, and the means to look for it everywhere.

The word ``CANARY`` stands in everything that the record says and is linked to: its wording, lead, update, date, evidence,
reason, and in the document that it was read from. It is a word of no language, so that finding it means a leak.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest

from tests.support.once import written_once

CANARY = "zzquarry"

PLAN = f"""Improvement plan as at 27 May 2025
Theme,Objective,Success criteria,Action,Lead,Timescale,Update
Streets,Cut the cost of street repairs,Cost per mile falls,Let one contract for all wards,Director of Streets,\
December 2025,Tender sent out in April 2025
Streets,Cut the cost of street repairs,Cost per mile falls,Close the {CANARY} depot,Captain {CANARY.title()},\
March 2026,Staff of the {CANARY} told in May 2025
Parks,Sell the {CANARY} park,Hours rise,Light the main paths,Head of Parks,Ongoing,Lamps ordered
"""


@dataclass
class Aviary:
    """A plan brought in from a document, with one restricted action in it. References and ids as pages take them."""

    plan: Any
    canary: Any
    sibling: Any
    batch: Any
    review: Any
    events: list[int]


@pytest.fixture
@written_once
def aviary(db: None) -> Aviary:
    """The plan, everything in it adopted; the canary restricted today, linked to a recommendation and with evidence."""
    from datetime import date

    from goldthread.commons.accounts.actions import local_user
    from goldthread.commons.events.models import Event
    from goldthread.domain.imports import actions as imports
    from goldthread.domain.register import actions as register
    from goldthread.domain.register.models import Record
    from goldthread.domain.register.models.writing import NewRecord
    from goldthread.domain.reviews.actions import write_entry

    by = local_user()
    batch, _ = imports.receive(file_name="plan.csv", content=PLAN.encode(), by=by)
    batch = imports.read(batch=batch, by=by)
    imports.adopt_many(batch=batch, by=by, only_certain=False)
    canary = Record.objects.get(kind="action", text__contains=CANARY)
    sibling = Record.objects.get(kind="action", text__contains="one contract")
    day = date(2025, 5, 27)
    review = write_entry(new=NewRecord("review", "", day, title="Peer challenge"), by=by)
    asked = write_entry(new=NewRecord("recommendation", "Spend less on depots", day, parent=review), by=by)
    for row in (canary, sibling):
        register.link(record=row, relation="answers", target=asked, by=by, reason="It does")
    register.add_update(record=canary, text=f"The {CANARY} is empty now", by=by)
    register.add_evidence(record=canary, title=f"Survey of the {CANARY}", link=f"https://{CANARY}.example/", by=by)
    register.change_visibility(
        records=[canary], visibility="restricted", by=by, reason=f"Sale of the {CANARY}", because=f"{CANARY} sale"
    )
    # A restricted objective above an action that is not: the action must not give its words away.
    hidden = Record.objects.get(kind="objective", text__contains="park")
    register.change_visibility(
        records=[hidden], visibility="restricted", by=by, reason="Sale", because="Financial affairs"
    )
    # What the whole council may see is made public, so that every role finds something beside the canary.
    register.change_visibility(
        records=list(Record.objects.exclude(pk__in=[canary.pk, hidden.pk])),
        visibility="public",
        by=by,
        reason="Published",
    )
    _draft_of_a_structure()
    events = list(Event.objects.order_by("-pk").values_list("pk", flat=True)[:12])
    return Aviary(batch.container or sibling.within, canary, sibling, batch, review, events)


def _draft_of_a_structure() -> None:
    """A what-if draft that one person is named in: it must not show to anybody else, whatever they may see."""
    from datetime import date

    from goldthread.commons.access.models import Grant
    from goldthread.commons.accounts.actions import local_user
    from goldthread.commons.accounts.models import User
    from goldthread.domain.organisation.actions.sheets import take_posts
    from goldthread.domain.restructures import actions

    rows = [
        ["Title", "Directorate", "Reports to"],
        ["Head of Lamps", "Place", ""],
        ["Lamp Officer", "Place", "Head of Lamps"],
    ]
    base = take_posts(rows=rows, name="Lamps", as_at=date(2025, 4, 1), stage="current", by=local_user())
    planner = User.objects.create_user("planner@fernleigh.example", "Petra Lund")
    Grant.objects.create(
        user=planner,
        role="executive",
        scope_kind="everything",
        starts=date(2020, 1, 1),
        granted_by=planner,
        reason="Plans",
    )
    draft = actions.start(name=f"The {CANARY} structure", base=base, by=planner, purpose=f"Close the {CANARY}")
    values = {"title": f"Head of {CANARY}", "directorate": "Place"}
    actions.edit(restructure=draft, kind="add", values=values, by=planner, reason=f"The {CANARY} needs one")


def everything_in(response: Any) -> str:
    """All text of an answer, lower case: its headers, and its body read as the format it is."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    pieces = [f"{name}: {value}" for name, value in response.headers.items()]
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            pieces += [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    elif body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        pieces += [page.get_textpage().get_text_range() for page in document]
        pieces += [str(document.get_metadata_dict()), *(item.get_title() for item in document.get_toc())]
    else:
        pieces.append(body.decode(errors="replace"))
    return "\n".join(pieces).lower()
