"""How a line of enquiry shows: its question, its printed words with their places, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.domain.enquiries.queries import Found, PlanEnquiries
from goldthread.domain.enquiries.terms import FIELDS, Standing
from goldthread.kernel.shortening import shortened
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of

TAGS = {
    Standing.OPEN: None,
    Standing.ANSWERED: Tag("Answered", "green"),
    Standing.DISMISSED: Tag("Dismissed", "grey"),
    Standing.ACTION: Tag("Turned into an action", "turquoise"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Printed words, in which field of which record, and where that is printed."""

    said: str
    of: str
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of enquiry."""

    rule: str
    title: str
    question: str
    why: str
    heading: str
    reference: str
    href: str
    own: str
    words: list[Said]
    tag: Tag | None
    answer: str
    by: str
    action: str
    action_href: str


def line_of(row: Found, plan: PlanEnquiries, *, viewer: Viewer, query: str = "") -> Line:
    """An enquiry as the pages show it. What officers wrote about it is for who may see internal records."""
    enquiry, judgement = row.enquiry, row.judgement if viewer.may(Permission.SEE_INTERNAL) else None
    action = judgement.action if judgement is not None else None
    return Line(
        rule=enquiry.rule,
        title=row.title,
        question=enquiry.question,
        why=enquiry.why,
        heading=shortened(row.record.heading, 200),
        reference=enquiry.reference,
        href=address_of(row.record.record),
        own=reverse("enquiry", args=[plan.plan.reference, enquiry.key]) + query,
        words=[
            Said(
                " ".join(each.said.split()),
                f"{FIELDS[each.field]} of {each.reference}",
                row.places.get(each.reference, ""),
            )
            for each in enquiry.words
        ],
        tag=TAGS[Standing(row.standing)],
        answer=judgement.said if judgement else "",
        by=judgement.by.name if judgement else "",
        action=action.reference if action is not None else "",
        action_href=address_of(action) if action is not None else "",
    )
