"""Working on a draft: its edits, successors, people and steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.organisation.queries import bodies
from goldthread.domain.organisation.queries.structures import structures
from goldthread.domain.register.queries import record_by_reference
from goldthread.domain.restructures import actions, queries
from goldthread.domain.restructures.models import Restructure
from goldthread.domain.restructures.terms import EditKind
from goldthread.reporting.wording import counted
from goldthread.web.acting import attempt, say_done, say_refused
from goldthread.web.pages.structures.draft_forms import EDITS, STEPS, StartForm
from goldthread.web.pages.structures.drafts import restructure_or_404
from goldthread.web.pages.structures.forms import PersonForm, SuccessorForm
from goldthread.web.pages.structures.views import page_with_form, person_of

PLAN = Permission.PLAN_STRUCTURES


@allow(PLAN)
def start(request: HttpRequest) -> HttpResponse:
    """Begin a draft from a structure."""
    form = StartForm(request.POST or None, structures=structures(viewer=request.viewer))
    if form.is_valid():
        made = attempt(form, lambda: actions.start(by=person_of(request), **form.cleaned_data))
        if made is not None:
            say_done(request, "The draft is begun. Only the people named in it can see it.")
            return redirect("draft", made.pk)
    note = "Only you and the people you name can see the draft, until it is agreed."
    return page_with_form(request, form, "Draft a structure", "Begin the draft", reverse("structures"), "", note)


def restructure_of_mine(request: HttpRequest, pk: int) -> Restructure:
    """A restructure that the viewer works on; others answer as if there were none."""
    found = restructure_or_404(request, pk)
    if person_of(request) not in queries.named_people(found, viewer=request.viewer):
        raise Http404
    return found


def _back(found: Restructure) -> str:
    return reverse("draft", args=[found.pk])


@allow(PLAN)
def edit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One change of the draft."""
    found = restructure_of_mine(request, pk)
    if kind not in EDITS or not queries.is_open(found, viewer=request.viewer):
        raise Http404
    seen = queries.what_if(found, viewer=request.viewer)
    assert seen is not None
    form = EDITS[kind](request.POST or None, lines=seen.draft.lines)
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.edit(
                restructure=found, kind=kind, by=person_of(request), posts=form.chosen(), values=form.changes(),
                reason=form.cleaned_data["reason"],
            ),
        )  # fmt: skip
        if made is not None:
            say_done(request, "The draft was changed.")
            return redirect(_back(found))
    return page_with_form(request, form, EditKind(kind).label, "Change the draft", _back(found), found.name)


def act_and_return(request: HttpRequest, back: str, done: str, act: Callable[[], Any]) -> HttpResponse:
    """Do what a button asks, tell what came of it, and go back."""
    try:
        act()
        say_done(request, done)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(back)


def _do(request: HttpRequest, found: Restructure, done: str, act: Callable[[], Any]) -> HttpResponse:
    return act_and_return(request, _back(found), done, act)


@require_POST
@allow(PLAN)
def take_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a change of the draft back."""
    found = restructure_of_mine(request, pk)
    by = person_of(request)
    return _do(request, found, "Taken back.", lambda: actions.take_edit_back(restructure=found, number=number, by=by))


@allow(PLAN)
def successor(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Choose who takes over from a lost post: for one record (``?record=IP-012``), or for all that nobody chose for."""
    found = restructure_of_mine(request, pk)
    if not queries.is_open(found, viewer=request.viewer):
        raise Http404
    lost = next(
        (each for each in queries.lost_and_orphaned(found, viewer=request.viewer) if each.line.key == number), None
    )
    if lost is None:
        raise Http404
    reference = request.GET.get("record", "")
    record = record_by_reference(reference, viewer=request.viewer) if reference else None
    orphan = next((each for each in lost.orphans if record is not None and each.record.pk == record.pk), None)
    if reference and orphan is None:
        raise Http404
    seen = queries.what_if(found, viewer=request.viewer)
    assert seen is not None
    held = orphan.successor if orphan else lost.successor
    choices = orphan.others if orphan else lost.choices
    prefix = "" if reference or request.method == "GET" else f"p{number}"
    form = SuccessorForm(
        request.POST or None, choices=choices, lines=seen.draft.lines, initial={"successor": str(held.key)},
        prefix=prefix if f"{prefix}-successor" in request.POST else None,
    )  # fmt: skip
    if form.is_valid():
        chosen = int(form.cleaned_data["successor"])
        done = attempt(
            form,
            lambda: actions.choose_successor(
                restructure=found, lost=number, successor=chosen, record=record, by=person_of(request)
            ),
        )
        if done is not None:
            say_done(request, "The successor was chosen.")
            return redirect(_back(found))
    about = f"{orphan.record.reference}: {orphan.record.heading}"[:160] if orphan else lost.line.title
    title = f"Who takes over from {lost.line.title}"
    return page_with_form(request, form, title, "Choose", _back(found), found.name, note=about if orphan else "")


@require_POST
@allow(PLAN)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody who may see the draft, or take a name off."""
    found = restructure_of_mine(request, pk)
    by = person_of(request)
    if gone := request.POST.get("off", ""):
        user = next((each for each in queries.named_people(found, viewer=request.viewer) if str(each.pk) == gone), None)
        if user is None:
            raise Http404
        return _do(request, found, f"{user.name} can no longer see it.", lambda: actions.take_name_off(
            restructure=found, user=user, by=by))  # fmt: skip
    form = PersonForm(request.POST)
    email = form.cleaned_data["email"] if form.is_valid() else ""
    named = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
    if named is None:
        say_refused(request, Refused("Nobody here signs in with this address."))
        return redirect(_back(found))
    return _do(request, found, f"{named.name} can see it.", lambda: actions.name_person(
        restructure=found, user=named, by=by))  # fmt: skip


STEP_WORDS = {
    "consultation": ("Open the consultation", "Open"),
    "agreed": ("Agree the structure", "Agree"),
    "appointed": ("Say that posts are filled", "Save"),
    "in-force": ("Put the structure in force", "Put in force"),
    "drop": ("Give the draft up", "Give up"),
}


@allow(PLAN)
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take a restructure a step further."""
    found = restructure_of_mine(request, pk)
    if kind not in STEPS:
        raise Http404
    form = STEPS[kind](request.POST or None)
    if "body" in form.fields:
        form.fields["body"].queryset = bodies(viewer=request.viewer)  # type: ignore[attr-defined]
    if form.is_valid() and attempt(form, lambda: _step(kind, found, request, form.cleaned_data)) is not None:
        say_done(request, _said(kind))
        return redirect("structures" if kind == "drop" else _back(found))
    title, button = STEP_WORDS[kind]
    note = _note(kind, found, request)
    return page_with_form(request, form, title, button, _back(found), found.name, note)


def _step(kind: str, found: Restructure, request: HttpRequest, values: dict[str, Any]) -> Any:
    act: dict[str, Callable[..., Any]] = {
        "consultation": actions.consult,
        "agreed": actions.agree,
        "appointed": actions.appoint,
        "in-force": actions.put_in_force,
        "drop": actions.drop,
    }
    return act[kind](restructure=found, by=person_of(request), **values)


def _said(kind: str) -> str:
    return {
        "consultation": "The consultation is open.",
        "agreed": "The structure is agreed; what lost posts answer for moves on its day.",
        "appointed": "The appointments are recorded.",
        "in-force": "The structure is in force.",
        "drop": "The draft is given up.",
    }[kind]


def _note(kind: str, found: Restructure, request: HttpRequest) -> str:
    if kind == "appointed" and (seen := queries.filling(found, viewer=request.viewer)):
        return _open_posts(seen)
    if kind != "agreed" or not queries.is_open(found, viewer=request.viewer):
        return ""
    lost = queries.lost_and_orphaned(found, viewer=request.viewer)
    number = sum(len(each.orphans) for each in lost)
    return (
        f"{counted(len(lost), 'post')} would end, and {counted(number, 'entry', 'entries')} that you see would go to "
        "successors on the day. Once it is agreed, everybody who sees internal records sees it."
    )


def _open_posts(seen: queries.Filling) -> str:
    if not seen.waiting and not seen.displaced:
        return "Every post has a holder, and everybody whose post ends has another one."
    posts = ", ".join(each.line.title for each in seen.waiting)
    people = ", ".join(f"{each.person} ({each.post.title})" for each in seen.displaced)
    said = [f"Nobody takes up {posts}." if posts else "", f"No other post is said for {people}." if people else ""]
    return " ".join(
        part for part in [*said, "Choose people on the page before this one, or say here why it waits."] if part
    )
