"""What an item of the update page answers and has promised, and what its draft still lacks before it is sent."""

from __future__ import annotations

from datetime import date

from goldthread.domain.register.models import ProposedDate
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.terms import NEEDS_A_REASON, RecordKind, State
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating
from goldthread.reporting.entries import printed_detail
from goldthread.web.pages.rounds.forms import UpdateForm


def risk_of(stood: RecordAt) -> str:
    """The key risk that a recommendation answers, as printed: without it "Consider the case for one" says nothing."""
    return printed_detail(stood, "key_risk") if stood.kind == RecordKind.RECOMMENDATION else ""


def promise_of(stood: RecordAt) -> str:
    """By when it is promised, first and now, and which date waits for the coordinator; "" where nobody has named any."""
    return " ".join(part for part in (_date_of(stood), _waiting(stood)) if part)


def _date_of(stood: RecordAt) -> str:
    if stood.due is None:
        return ""
    if stood.due_on is None:
        return f"Its timescale is “{stood.due.text}”, which names no day." if stood.due.text else ""
    first = stood.first_due_on
    slipped = f" First promised for {printed(first)}." if first and first != stood.due_on else ""
    return f"Promised by {stood.due.text or printed(stood.due_on)}.{slipped}"


def _waiting(stood: RecordAt) -> str:
    waits = newest_proposed(stood)
    if waits is None:
        return ""
    agreed = f", agreed by {waits.agreed_by}" if waits.agreed_by else ""
    return f"{waits.by.name} proposed {printed(waits.due_on)}{agreed}; it waits for the coordinator."


def newest_proposed(stood: RecordAt) -> ProposedDate | None:
    """The due date that was proposed last and waits for a decision."""
    return max((one for one in stood.proposed_dates if not one.milestone), key=lambda one: one.pk, default=None)


def lacking(form: UpdateForm, stood: RecordAt, *, with_files: bool) -> list[str]:
    """What the register will ask for, said before anything is sent; the form has been looked through."""
    values = getattr(form, "cleaned_data", {})
    state, rating, moved = values.get("state"), values.get("rating"), _moves(values.get("due_on", ""), stood)
    shown = with_files or bool(values.get("evidence_link") or stood.evidence)
    found = []
    if state and state != stood.state and not values.get("state_reason"):
        if state == State.COMPLETE and not shown:
            found.append("Say how one can see that it is complete, or add evidence that shows it.")
        elif state in NEEDS_A_REASON:
            found.append(f"Say why it is {State(state).label.lower()}.")
    if moved and not values.get("due_reason"):
        found.append("Say why the date moves.")
    # What the rule will say once the state or the date is another one, the register finds out.
    if rating and not values.get("rating_reason") and not (state or moved or stood.declared):
        wanted, rule = Rating(rating), stood.computed.value
        if wanted is not rule:
            found.append(f"Say why it is “{wanted.label}” and not “{rule.label}”, as the rule says.")
    return found


def _moves(words: str, stood: RecordAt) -> bool:
    due: date | None = stood.due_on
    return bool(words) and due is not None and words not in (stood.due.text if stood.due else "", printed(due))
