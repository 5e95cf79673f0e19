"""The parts of a record's page about ratings, dates, evidence, and whether what is done is really done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldthread.commons.access.terms import Permission
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.domain.register.models import Evidence
from goldthread.domain.register.models.as_at import Proposal, RecordAt
from goldthread.domain.register.terms import ANSWERABLE, LIVE, Decision, Effect, State
from goldthread.kernel.clock import LONDON
from goldthread.kernel.days import printed
from goldthread.kernel.ratings import Rating
from goldthread.web.components.tag.presenter import Tag, rating_tag
from goldthread.web.evidence import evidence_address, size_in_words
from goldthread.web.pages.records.timelines import recorded_note
from goldthread.web.records_access import Allowed


@dataclass(frozen=True, slots=True)
class RatingSide:
    """One side of the rating: what it is, why, who says so."""

    tag: Tag | None
    why: str
    who: str


@dataclass(frozen=True, slots=True)
class RatingPanel:
    """The rating by the rule and the declared one, and which of them shows."""

    computed: RatingSide
    declared: RatingSide
    shows: Tag | None
    note: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One date of the ledger: since when, the date, how it moved, why, who agreed."""

    said_on: date
    note: str
    words: str
    due_on: date | None
    moved: str
    why: str
    agreed: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """A proposed date or a milestone."""

    number: int
    words: str
    due_on: date
    what: str
    who: str
    state: str
    may: tuple[tuple[str, str], ...]  # (decision, words of its button)


@dataclass(frozen=True, slots=True)
class EvidencePiece:
    """A piece of evidence: its newest version, and the earlier ones."""

    title: str
    href: str
    note: str
    earlier: list[tuple[str, str]]  # (words, address)


@dataclass(frozen=True, slots=True)
class Panels:
    """Everything that the parts show."""

    rating: RatingPanel | None
    ledger: list[LedgerLine]
    slip: str
    forecast: str
    issue: str
    proposed: list[DateLine]
    milestones: list[DateLine]
    steps: list[tuple[str, str, str]]  # (step, what holds, who and why)
    evidence: list[EvidencePiece]
    evidence_closed: int  # pieces that the viewer does not see
    can: tuple[str, ...]  # "verify", "effect", "propose"


def panels_of(row: RecordAt, *, viewer: Viewer, allowed: Allowed, today_shown: bool) -> Panels:
    """The parts of the page of a record on a day; what can be done is offered only where the page shows today."""
    answerable = row.kind in ANSWERABLE
    named = viewer.may(Permission.SEE_INTERNAL) or allowed.inside  # names of officers are not for the public
    pending = [Proposal(one, None) for one in row.proposed_dates] if allowed.inside else []
    may = allowed if today_shown else Allowed()
    return Panels(
        rating=_rating(row, named=named) if answerable and row.state not in (State.MERGED, State.WITHDRAWN) else None,
        ledger=_ledger(row, viewer),
        slip=slip_words(row),
        forecast=printed(row.forecast_on) if row.forecast_on and row.state in LIVE else "",
        issue=row.open_issue if row.state in LIVE else "",
        proposed=[_date_line(one, may, named=named) for one in pending],
        milestones=[_date_line(one, may, named=named) for one in row.milestones],
        steps=_steps(row, named=named) if answerable else [],
        evidence=[_piece(row, versions, named=named) for versions in _open_to(row, allowed)],
        evidence_closed=len(row.evidence_by_title) - len(_open_to(row, allowed)),
        can=_offers(row, may, viewer) if answerable else (),
    )


def _offers(row: RecordAt, may: Allowed, viewer: Viewer) -> tuple[str, ...]:
    """What a page offers: nothing that would be refused to who reported it, or verified it, themself."""
    offers = []
    me, reported = viewer.user_id, row.states[-1].by_id if row.states else None
    verified = row.verification.by_id if row.verification is not None else None
    if may.verify and row.state == State.COMPLETE and not row.verified and me != reported:
        offers.append("verify")
    due = row.verified and row.revisit_on is not None and row.revisit_on <= row.on
    if may.verify and due and me not in (reported, verified):
        offers.append("effect")
    if may.update and row.state in LIVE:
        offers.append("propose")
    return tuple(offers)


def _rating(row: RecordAt, *, named: bool) -> RatingPanel:
    computed, declared = row.computed, row.declared
    tolerance = f", tolerance {row.tolerance} days" if row.tolerance else ""
    by_rule = RatingSide(rating_tag(computed.value), computed.why, f"Rule {computed.rule}{tolerance}")
    if declared is None:
        return RatingPanel(
            by_rule, RatingSide(None, "Nobody has declared another rating.", ""), rating_tag(row.rating), ""
        )
    why = declared.reason or (f"Printed as “{declared.printed}”" if declared.printed else "")
    said = RatingSide(rating_tag(declared.value), why, f"{_who(declared.by, named)}, as at {printed(declared.on)}")
    note = ""
    if row.rating != declared.value:
        note = (
            "No date is set, and no rating covers that."
            if computed.value is Rating.NO_DATE
            else "Blue shows only for what is verified."
            if declared.value is Rating.BLUE
            else "The rule has come to say worse since it was declared, so the worse rating shows."
        )
    return RatingPanel(by_rule, said, rating_tag(row.rating), note)


def _ledger(row: RecordAt, viewer: Viewer) -> list[LedgerLine]:
    slips = {id(one.fact): one for one in row.slips}
    lines = []
    for number, due in enumerate(row.due_dates):
        slip = slips.get(id(due))
        moved = "First date" if number == 0 else "The same date" if slip is None else _moved(slip.days)
        agreed = str(due.meeting) if due.meeting else due.agreed_by.owner.name if due.agreed_by else ""
        words = due.text or (printed(due.due_on) if due.due_on else "No date")
        lines.append(LedgerLine(due.as_at, recorded_note(due, viewer), words, due.due_on, moved, due.reason, agreed))
    return lines


def _moved(days: int | None) -> str:
    if days is None:
        return "The date was taken away"
    return f"{_days(abs(days))} {'later' if days > 0 else 'earlier'}"


def _days(number: int) -> str:
    return f"{number:,} day" if number == 1 else f"{number:,} days"


def slip_words(row: RecordAt) -> str:
    """How far the date that holds is from the first one; "" where it is the first one."""
    if not row.slip_days or row.first_due_on is None:
        return ""
    return f"{_moved(row.slip_days)} than first set ({printed(row.first_due_on)})"


def _date_line(one: Proposal, may: Allowed, *, named: bool) -> DateLine:
    row, decided = one.row, one.decided
    source = f"In the update of {printed(row.as_at)}" if row.found_in_id else f"Proposed by {_who(row.by, named)}"
    buttons: list[tuple[str, str]] = []
    if decided is None and (may.edit or (may.update and one.is_milestone)):
        buttons = [(Decision.ACCEPTED.value, "Accept"), (Decision.DECLINED.value, "Decline")]
    elif decided is not None and decided.decision == Decision.ACCEPTED and may.update:
        buttons = [(Decision.MET.value, "Mark as met")]
    state = "" if decided is None else f"{Decision(decided.decision).label} on {_day(decided.recorded)}"
    what = row.milestone or (f"Due date of all of it. {row.reason}".strip())
    return DateLine(row.pk, row.text, row.due_on, what, source, state, tuple(buttons))


def _day(moment: object) -> str:
    return printed(moment.astimezone(LONDON).date())  # type: ignore[attr-defined]


def _steps(row: RecordAt, *, named: bool) -> list[tuple[str, str, str]]:
    """Done, verified, effective: what holds, and who said so and why."""
    if row.done_on is None:
        return []
    change, seen, judged = row.states[-1], row.verification, row.effect
    steps = [("Done", f"Reported as complete on {printed(row.done_on)}", _said(_who(change.by, named), change.reason))]
    if seen is not None and row.verified:
        steps.append(("Verified", f"Verified on {printed(seen.as_at)}", _said(_who(seen.by, named), seen.reason)))
    else:
        steps.append(("Verified", "Not yet: somebody who did not report it has to look", ""))
    if judged is not None:
        against = "; ".join(one["text"] for one in judged.criteria)
        why = _said(_who(judged.by, named), judged.reason) + (f" Judged against: {against}" if against else "")
        steps.append(("Effective", f"{Effect(judged.effective).label}, judged on {printed(judged.as_at)}", why))
    elif row.revisit_on is not None:
        steps.append(("Effective", f"To be judged from {printed(row.revisit_on)} on, by a third person", ""))
    return steps


def _who(user: User, named: bool) -> str:
    return user.name if named else "An officer"


def _said(who: str, why: str) -> str:
    return f"{who}: {why}" if why else who


def _open_to(row: RecordAt, allowed: Allowed) -> Sequence[Sequence[Evidence]]:
    """The pieces with their versions, newest first, that a viewer may open: all of them, or those that may be published."""
    if allowed.inside:
        return row.evidence_by_title
    open_ones = [[one for one in versions if one.public] for versions in row.evidence_by_title]
    return [versions for versions in open_ones if versions]


def _piece(row: RecordAt, versions: Sequence[Evidence], *, named: bool) -> EvidencePiece:
    newest, older = versions[0], versions[1:]
    number = f"Version {len(versions)}, " if older else ""
    return EvidencePiece(
        title=newest.title,
        href=evidence_address(row.reference, newest),
        note=f"{number}{_about(newest, named=named)}",
        earlier=[
            (f"Version {len(older) - place}, {_about(one, named=named)}", evidence_address(row.reference, one))
            for place, one in enumerate(older)
        ],
    )


def _about(piece: Evidence, *, named: bool) -> str:
    parts = [printed(piece.as_at), piece.by.name if named else ""]
    if piece.sha256:
        parts += [
            piece.file_name,
            size_in_words(piece.size or 0),
            "scanned" if piece.scanned else "not scanned",
            f"SHA-256 {piece.sha256[:12]}…",
        ]
    return ", ".join(filter(None, parts))
