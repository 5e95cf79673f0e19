"""Done, verified, effective; dates proposed and decided on; evidence sent and opened: about one record."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow, allow_signed_in
from goldthread.commons.access.terms import Permission
from goldthread.commons.errors import Refused
from goldthread.commons.files.storage import DamagedFile, open_file, path_of
from goldthread.domain.register import actions
from goldthread.domain.register.models.record_at import RecordAt
from goldthread.domain.register.queries import criteria_of, record_at
from goldthread.domain.register.terms import Decision
from goldthread.kernel.clock import today
from goldthread.kernel.days import printed
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.days import days_of
from goldthread.web.entries import address_of
from goldthread.web.evidence import attachment
from goldthread.web.pages.records.forms import EffectForm, EvidenceForm, ProposeForm, VerifyForm, body_named
from goldthread.web.pages.records.writing import form_page, standing_row
from goldthread.web.records_access import allowed_to

DECIDED = {Decision.ACCEPTED: "accepted", Decision.DECLINED: "declined", Decision.MET: "marked as met"}


@allow(Permission.VERIFY)
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """Say whether what was reported as done is done."""
    row = standing_row(request, reference, "verify")
    form = VerifyForm(request.POST or None)
    if form.is_valid():
        done, reason = form.cleaned_data["verified"] == "yes", form.cleaned_data["reason"]
        event = attempt(form, lambda: actions.verify(record=row.record, by=request.user, reason=reason, verified=done))
        if event is not None:
            said = "is verified" if done else "goes back to its lead as open"
            say_done(request, f"{row.reference} {said}.", event)
            return redirect(address_of(row.record))
    last = row.last_update
    shown = "\n".join(f"{one[0].title} ({printed(one[0].as_at)})" for one in row.evidence_by_title)
    note = "\n\n".join(filter(None, [last.text if last else "", row.states[-1].reason if row.states else "", shown]))
    return form_page(request, row, form, title="Verify", button="Save", note=note, note_title="What was reported")


@allow(Permission.VERIFY)
def effect(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge whether what was done has the effect that was wanted."""
    row = standing_row(request, reference, "verify")
    form = EffectForm(request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        event = attempt(form, lambda: actions.judge_effect(record=row.record, by=request.user, **values))
        if event is not None:
            say_done(request, f"Your judgement of {row.reference} is on record.", event)
            return redirect(address_of(row.record))
    criteria = [one.text or one.title for one in criteria_of(row.record, viewer=request.viewer)]
    note = "\n".join(criteria) or "No success criterion is on record for it."
    return form_page(
        request, row, form, title="Judge the effect", button="Save", note=note, note_title="What it was to achieve"
    )


@allow_signed_in
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Propose a date, or a step on the way."""
    row = standing_row(request, reference, "update")
    form = ProposeForm(request.POST or None, viewer=request.viewer)
    if form.is_valid():
        values = form.cleaned_data | {"agreed_by": body_named(form.cleaned_data["agreed_by"], request.viewer)}
        made = attempt(form, lambda: actions.propose_date(record=row.record, by=request.user, **values))
        if made is not None:
            say_done(
                request, f"{made.text} is proposed for {row.reference}, and counts once it is accepted.", made.event
            )
            return redirect(address_of(row.record))
    return form_page(request, row, form, title="Propose a date", button="Propose")


@allow_signed_in
@require_POST
def decide(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Accept or decline a proposed date, or say that a milestone is met: one press."""
    row = standing_row(request, reference, "update")
    proposed = next((one.row for one in row.proposals if one.row.pk == number), None)
    decision = request.POST.get("decision", "")
    if proposed is None or decision not in Decision.values:
        raise Http404
    try:
        event = actions.decide_date(proposed=proposed, decision=decision, by=request.user)
        say_done(request, f"{proposed.text} is {DECIDED[Decision(decision)]} for {row.reference}.", event)
    except Refused as refused:
        say_refused(request, refused)
    back = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else address_of(row.record))


@allow_signed_in
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Attach files or a link that show something."""
    row = standing_row(request, reference, "update")
    form = EvidenceForm(request.POST or None, request.FILES or None, initial={"as_at": today()})
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.attach(
                record=row.record, new=form.new_evidence(), by=request.user, as_at=form.cleaned_data["as_at"]
            ),
        )
        if made is not None:
            say_done(request, f"The evidence for {row.reference} is on record.", made)
            return redirect(address_of(row.record))
    form.ask_for_files_again()
    return form_page(request, row, form, title="Add evidence", button="Save evidence")


def _is_public(row: RecordAt, piece: int, request: HttpRequest) -> bool:
    """Whether a piece may be published now, whatever day is asked for: what was taken back is not the public's any more."""
    now = record_at(row.reference, viewer=request.viewer) if days_of(request).chosen else row
    return now is not None and any(one.pk == piece and one.public for one in now.evidence)


@allow(Permission.SEE_PUBLISHED)
def evidence_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A file that was given as evidence, as an attachment that runs nothing; for who may see what is internal there, and
    for whoever sees the record where the piece may be published."""
    row = record_at(reference, viewer=request.viewer, **days_of(request).asked)
    if row is None:
        raise Http404
    piece = next((one for one in row.evidence if one.pk == number and one.sha256), None)
    if piece is None or not (_is_public(row, piece.pk, request) or allowed_to(request.viewer, row.record).inside):
        raise Http404
    try:
        with open_file(piece.sha256):
            return attachment(path_of(piece.sha256), piece.file_name)
    except DamagedFile as damaged:
        say_refused(request, Refused(str(damaged)))
        return redirect(address_of(row.record))
