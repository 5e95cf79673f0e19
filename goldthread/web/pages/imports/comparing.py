"""A newer issue of a plan beside the register: say which plan it continues, see what differs, publish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.domain.imports.actions import reconciling
from goldthread.domain.imports.queries.reconciliation import NEW, Compared, likely_plan, reconciliation
from goldthread.domain.imports.terms import Difference
from goldthread.domain.register.adopters import lead_names, words_of
from goldthread.domain.register.queries import live_records
from goldthread.domain.register.terms import CONTAINERS, RecordKind
from goldthread.kernel.pairing import Piece
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import attempt, say_done
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.components.tag.presenter import Tag
from goldthread.web.entries import address_of
from goldthread.web.pages.imports.views import batch_of, crumbs

IMPORT = Permission.IMPORT_DOCUMENTS
COLOURS = {NEW: "green", Difference.UNCHANGED: "grey", Difference.UPDATED: "blue", Difference.COMPLETED: "turquoise"}


class PlanForm(forms.Form):
    """Which plan a document continues."""

    plan = forms.ModelChoiceField(
        None,
        label="Which plan, review or report is this a newer issue of?",
        empty_label="Choose one",
        error_messages={"required": "Choose the plan, review or report."},
    )

    def __init__(self, *arguments: Any, viewer: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["plan"].queryset = live_records(viewer=viewer).filter(kind__in=CONTAINERS)  # type: ignore[attr-defined]
        self.fields["plan"].label_from_instance = lambda row: f"{row.reference} {shortened(row.heading, 80)}"  # type: ignore[attr-defined]


class PublishForm(forms.Form):
    """What of a newer issue is published, and what becomes of the entries it does not print."""

    proposal = forms.MultipleChoiceField(required=False)
    missing = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(required=False, max_length=1000, label="Why the missing entries are withdrawn")

    def __init__(self, data: Any, *, keys: list[str], missing: list[str]) -> None:
        super().__init__(data)
        self.fields["proposal"].choices = [(key, key) for key in keys]  # type: ignore[attr-defined]
        self.fields["missing"].choices = [(key, key) for key in missing]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Something chosen, and a reason where entries are withdrawn."""
        values = super().clean() or {}
        if not values.get("proposal"):
            raise forms.ValidationError("Choose at least one entry to publish.")
        if values.get("missing") and not (values.get("reason") or "").strip():
            self.add_error("reason", "Say why the missing entries are withdrawn.")
        return values


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the newer issue."""

    key: str
    href: str
    kind: str
    text: str
    wording: list[Piece]
    tags: list[Tag]
    update: str
    leads: str
    leads_before: str
    when: str
    when_before: str
    reference: str
    reference_href: str
    open: bool
    changed: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class Absent:
    """An entry of the register that the newer issue does not print."""

    reference: str
    href: str
    text: str
    chosen: bool


def line_of(row: Compared, chosen: set[str] | None = None) -> Line:
    """An entry as the page shows it: only what differs is spelled out. ``chosen``: the keys ticked so far, None for all."""
    fields, proposal, held = row.proposal.fields, row.proposal, row.record
    names = [lead.printed or (lead.owner.name if lead.owner else "") for lead in held.leads] if held else []
    return Line(
        key=proposal.key,
        href=reverse("proposal", args=[proposal.batch_id, proposal.key]),
        kind=str(RecordKind(proposal.kind).label) if proposal.kind in RecordKind.values else proposal.kind.capitalize(),
        text=shortened(proposal.text, 300),
        wording=row.wording,
        tags=[Tag(str(what).capitalize(), COLOURS.get(what, "yellow")) for what in row.what],
        update=words_of(fields.get("update")) if Difference.UPDATED in row.what else "",
        leads=", ".join(lead_names(fields)) if Difference.LEAD in row.what or NEW in row.what else "",
        leads_before=", ".join(names) if Difference.LEAD in row.what else "",
        when=words_of(fields.get("timescale")) if Difference.DATED in row.what or NEW in row.what else "",
        when_before=held.due.text if held and held.due and Difference.DATED in row.what else "",
        reference=held.reference if held else "",
        reference_href=address_of(held.record) if held else "",
        open=proposal.state == "open",
        changed=row.what != [Difference.UNCHANGED],
        chosen=chosen is None or proposal.key in chosen,
    )


@allow(IMPORT)
def newer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which plan a document is a newer issue of; the likeliest one is offered."""
    batch = batch_of(request, pk)
    if batch.continues_id is not None:
        return redirect("import_compare", pk)
    likely = likely_plan(batch, viewer=request.viewer)
    form = PlanForm(request.POST or None, viewer=request.viewer, initial={"plan": likely[0] if likely else None})
    if form.is_valid():
        plan = form.cleaned_data["plan"]
        if attempt(form, lambda: reconciling.continue_plan(batch=batch, plan=plan, by=request.user)) is not None:
            return redirect("import_compare", pk)
    context = {
        "batch": batch,
        "form": form,
        "likely": likely[0] if likely else None,
        "share": round(100 * likely[1]) if likely else 0,
        "crumbs": crumbs(Crumb(shortened(str(batch), 60), reverse("import", args=[pk])), Crumb("Newer issue")),
    }
    return render(request, "imports/newer.html", context, status=422 if form.errors else 200)


@allow(IMPORT)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The newer issue beside the register; publish what is chosen in one action."""
    batch = batch_of(request, pk)
    if batch.continues_id is None:
        return redirect("import_newer", pk)
    found = reconciliation(batch, viewer=request.viewer)
    rows = {row.proposal.key: row.proposal for row in found.rows if row.proposal.state == "open"}
    missing = {row.reference: row.record for row in found.missing}
    form = None
    if request.method == "POST":
        form = PublishForm(request.POST, keys=list(rows), missing=list(missing))
        if (
            form.is_valid()
            and (event := attempt(form, lambda: _publish(request, batch, form, rows, missing))) is not None
        ):
            say_done(request, f"Published: {event.subject}.", event)
            return redirect("import", pk)
    posted = request.POST if form is not None else None  # what was ticked stays ticked where something is wrong
    ticked = set(posted.getlist("proposal")) if posted else None
    absent = set(posted.getlist("missing")) if posted else set()
    lines = [line_of(row, ticked) for row in found.rows]
    context = {
        "batch": batch,
        "plan": batch.continues,
        "plan_href": address_of(batch.continues),
        "changed": [line for line in lines if line.changed],
        "same": [line for line in lines if not line.changed],
        "decided": any(not line.open for line in lines),
        "missing": [
            Absent(row.reference, address_of(row.record), shortened(row.heading, 200), row.reference in absent)
            for row in found.missing
        ],
        "reason": posted.get("reason", "") if posted else "",
        "counts": found.counts().items(),
        "form": form,
        "crumbs": crumbs(Crumb(shortened(str(batch), 60), reverse("import", args=[pk])), Crumb("Newer issue")),
    }
    return render(request, "imports/compare.html", context, status=422 if form is not None else 200)


def _publish(request: HttpRequest, batch: Any, form: PublishForm, rows: Any, missing: Any) -> Any:
    values = form.cleaned_data
    return reconciling.publish_issue(
        batch=batch,
        by=request.user,
        proposals=[rows[key] for key in values["proposal"]],
        missing=[missing[key] for key in values["missing"]],
        reason=values["reason"],
    )


@allow(IMPORT)
@require_POST
def alone(request: HttpRequest, pk: int) -> HttpResponse:
    """It is a plan of its own after all."""
    form = forms.Form(request.POST)
    if attempt(form, lambda: reconciling.stand_alone(batch=batch_of(request, pk), by=request.user)) is not None:
        say_done(request, "It is a plan of its own.")
    return redirect("import", pk)
