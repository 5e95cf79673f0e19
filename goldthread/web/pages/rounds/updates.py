"""The update page: all of one's items on one page, saved as one types, sent at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow_signed_in
from goldthread.commons.access.viewer import Viewer
from goldthread.commons.accounts.models import User
from goldthread.commons.errors import Refused
from goldthread.domain.register.actions import Conflict
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.models import SignedLink
from goldthread.domain.rounds.queries.items import ItemAt, item_of, my_items
from goldthread.domain.rounds.terms import ItemState, LinkOutcome
from goldthread.web.acting import say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb
from goldthread.web.evidence import attachment
from goldthread.web.pages.rounds.forms import (
    FILES_FIELD,
    forms_for,
    forms_of_drafts,
    forms_of_others,
    prefix_of,
    values_of,
)
from goldthread.web.pages.rounds.presenters import Clash, block_of, kept_files, others_of, progress_of

Note = Callable[[str, int | None], None]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody updates from: signed in, or with a signed link that opens these items alone."""

    user: User
    viewer: Viewer
    link: SignedLink | None = None
    note: Note = lambda outcome, item: None

    @property
    def names(self) -> dict[str, str]:
        """The routes of the page, of its confirmation and of a draft."""
        if self.link is not None:
            return {"page": "link_updates", "send": "link_send", "draft": "link_draft"}
        return {"page": "updates", "send": "updates_send", "draft": "update_draft"}

    def items(self) -> list[ItemAt]:
        """What there is to update from here."""
        only = self.link.items if self.link is not None else None
        return my_items(viewer=self.viewer, only=only, link=self.link is not None)

    def item(self, pk: int) -> ItemAt:
        """One item that is within reach from here, asked for again at every save. Raises Http404."""
        row = item_of(pk, viewer=self.viewer, link=self.link)
        if row is None:
            self.note(LinkOutcome.OUTSIDE, pk)
            raise Http404
        return row


def desk_of(request: HttpRequest) -> Desk:
    """The desk of who is signed in."""
    return Desk(request.user, request.viewer)


@allow_signed_in
@never_cache
def updates(request: HttpRequest) -> HttpResponse:
    """All items that wait for the person's update."""
    return update_page(request, desk_of(request))


@allow_signed_in
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """What is about to be sent, and the sending."""
    return confirm_page(request, desk_of(request))


@allow_signed_in
@never_cache
def own_draft_file(request: HttpRequest, pk: int, number: int, sha256: str) -> HttpResponse:
    """A file of a draft, for who drafted it and who sends the item."""
    return draft_file(request, desk_of(request), pk, number, sha256)


@allow_signed_in
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one draft; answers JSON to the script of the page."""
    return save_one(request, desk_of(request), pk)


def update_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show the items, or save every draft that was posted and go on to what was asked for. Nothing typed is lost."""
    everything, saved = desk.items(), Saved()
    if request.method == "POST":
        saved = _save_all(_open(everything), request, desk)
        if not saved.troubled:
            if "use" in request.POST:
                return _draft_used(request, desk, everything)
            if "send" in request.POST:
                return redirect(desk.names["send"])
            return _drafts_saved(request, desk, saved)
        everything = desk.items()  # as they are saved now
    clashes, rows = saved.clashes, _open(everything)
    forms = forms_for(rows, viewer=desk.viewer, data=request.POST if clashes else None)
    for form in forms.values():
        form.is_valid()
    theirs, link = forms_of_others(rows, viewer=desk.viewer), desk.link is not None
    blocks = [
        block_of(
            row, forms[row.item.pk], clash=clashes.get(row.item.pk), draft_url=_draft_url(desk, row),
            refused_files=saved.refused_files.get(row.item.pk, ()), others=others_of(row, theirs, link=link), link=link,
        )
        for row in rows
    ]  # fmt: skip
    context = {
        "blocks": blocks,
        "waiting": [block for block in blocks if not block.answered or block.troubled],
        "answered": [block for block in blocks if block.answered and not block.troubled],
        "accepted": [row.stood for row in everything if row.item.state == ItemState.ACCEPTED],
        "progress": progress_of(everything),
        "sends": any(not row.drafts_only for row in everything),
        "desk": desk,
        "action": reverse(desk.names["page"]),
        "crumbs": [] if desk.link else [Crumb("Home", reverse("home")), Crumb("My updates")],
        "troubled": saved.troubled,
        "clashed": bool(clashes),
    }
    return render(request, "rounds/updates.html", context, status=saved.status)


def _open(rows: list[ItemAt]) -> list[ItemAt]:
    return [row for row in rows if row.item.state != ItemState.ACCEPTED]


def _drafts_saved(request: HttpRequest, desk: Desk, saved: Saved) -> HttpResponse:
    """Back to the page, at the item whose button was pressed."""
    gone = f"{saved.dropped} is taken off. " if saved.dropped else ""
    messages.success(request, f"{gone}Your drafts are saved. Nothing is sent yet.")
    pressed = str(request.POST.get("save", "")) or str(request.POST.get("drop", "")).partition(":")[0]
    return redirect(f"{reverse(desk.names['page'])}{f'#item-{pressed}' if pressed.isdigit() else ''}")


def _draft_used(request: HttpRequest, desk: Desk, rows: list[ItemAt]) -> HttpResponse:
    """Take over the draft whose button was pressed ("item:draft", or "item:draft:files"), and go back to its item."""
    pk, _, which = str(request.POST["use"]).partition(":")
    row = next((row for row in rows if str(row.item.pk) == pk), None)
    number, _, part = which.partition(":")
    theirs = next((one for one in row.other_drafts if str(one.pk) == number), None) if row else None
    if row is None or theirs is None:
        say_refused(request, Refused("That draft is not there any more: it was sent, or begun anew."))
        return redirect(desk.names["page"])
    try:
        actions.use_draft(item=row.item, draft=theirs.pk, by=desk.user, files_only=part == "files")
        desk.note(LinkOutcome.SAVED, row.item.pk)
        what = "The files of the draft by" if part == "files" else "The draft by"
        words = f"{what} {theirs.user.name} for {row.stood.reference}: taken over into yours. Read it, then send it."
        messages.success(request, words)
    except Refused as refused:
        say_refused(request, refused)
    return redirect(f"{reverse(desk.names['page'])}#item-{pk}")


def draft_file(request: HttpRequest, desk: Desk, pk: int, number: int, sha256: str) -> HttpResponse:
    """A file that waits with a draft of an item: one's own, or somebody else's where one sends the item."""
    row = desk.item(pk)
    drafts = [one for one in (row.draft, *(() if row.drafts_only else row.other_drafts)) if one is not None]
    files = [file for one in drafts if one.pk == number for file in one.files if file.sha256 == sha256]
    if not files:
        raise Http404
    try:
        return attachment(files[0].path, files[0].name)
    except Refused as refused:
        say_refused(request, refused)
        return redirect(desk.names["page"])


def _draft_url(desk: Desk, row: ItemAt) -> str:
    return reverse(desk.names["draft"], args=[row.item.pk])


@dataclass(slots=True)
class Saved:
    """What saving several drafts came to: by item, texts that clash and why files were refused; and a file taken off."""

    clashes: dict[int, Clash] = field(default_factory=dict)
    refused_files: dict[int, list[str]] = field(default_factory=dict)
    dropped: str = ""

    @property
    def troubled(self) -> bool:
        """Whether something was not saved."""
        return bool(self.clashes or self.refused_files)

    @property
    def status(self) -> int:
        """The status of the page that says so."""
        return 409 if self.clashes else 422 if self.refused_files else 200


def _save_all(rows: list[ItemAt], request: HttpRequest, desk: Desk) -> Saved:
    """Save what was posted for each item, its files too; what another window has saved meanwhile comes back beside it."""
    saved, posted = Saved(), request.POST
    for row in rows:
        prefix = prefix_of(row.item.pk)
        if refused := _save_files(row, request, desk):
            saved.refused_files[row.item.pk] = refused
        if f"{prefix}-text" not in posted:
            continue
        values = values_of(posted, prefix)
        if not values and row.draft is None:
            continue
        try:
            actions.save_draft(
                item=row.item, values=values, by=desk.user, version=_number(posted.get(f"{prefix}-version"))
            )
        except actions.Newer as newer:
            theirs = newer.theirs
            saved.clashes[row.item.pk] = Clash(str(newer), theirs.text, "Saved in another window", theirs.version)
        except Refused as refusal:
            saved.clashes[row.item.pk] = Clash(str(refusal), "", "", row.draft.version if row.draft else 0)
        else:
            desk.note(LinkOutcome.SAVED, row.item.pk)
    saved.dropped = _drop(rows, str(posted.get("drop", "")), desk)
    return saved


def _save_files(row: ItemAt, request: HttpRequest, desk: Desk) -> list[str]:
    """Take in the files that came with one item; for each that is refused, the sentence why, which names it."""
    refused = []
    for one in request.FILES.getlist(f"{prefix_of(row.item.pk)}-{FILES_FIELD}"):
        try:
            actions.attach(item=row.item, name=one.name, chunks=one.chunks(), by=desk.user)
        except Refused as refusal:
            refused.append(str(refusal))
        else:
            desk.note(LinkOutcome.SAVED, row.item.pk)
    return refused


def _drop(rows: list[ItemAt], pressed: str, desk: Desk) -> str:
    """Take the file off whose button was pressed ("item:hash"); gives its name, "" where there is none."""
    pk, _, sha256 = pressed.partition(":")
    row = next((row for row in rows if str(row.item.pk) == pk), None)
    if row is None or row.draft is None or all(one.sha256 != sha256 for one in row.draft.files):
        return ""
    return actions.detach(item=row.item, sha256=sha256, by=desk.user)


def _number(text: object) -> int | None:
    return int(str(text)) if str(text or "").isdigit() else None


def save_one(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Save one draft: 200 with its new version, 409 with both texts, 422 with the sentence why not.

    Files that come along are taken in once the text is saved: ``files`` then lists those that are with the draft, and
    ``refused`` has a sentence for each that was not taken.
    """
    row = desk.item(pk)
    prefix = prefix_of(pk)
    values = values_of(request.POST, prefix)
    try:
        kept = actions.save_draft(
            item=row.item, values=values, by=desk.user, version=_number(request.POST.get(f"{prefix}-version"))
        )
    except actions.Newer as newer:
        said = {"problem": str(newer), "theirs": newer.theirs.text, "version": newer.theirs.version}
        return JsonResponse(said, status=409)
    except Refused as refused:
        return JsonResponse({"problem": str(refused)}, status=422)
    desk.note(LinkOutcome.SAVED, pk)
    answer: dict[str, Any] = {"version": kept.version, "saved": kept.saved.isoformat()}
    _drop([row], str(request.POST.get("drop", "")), desk)
    if request.FILES or "drop" in request.POST:
        answer["refused"] = _save_files(row, request, desk)
        kept.refresh_from_db()
        answer["files"] = [
            {"name": str(one), "drop": one.drop, "href": one.href}
            for one in kept_files(kept, link=desk.link is not None)
        ]
    return JsonResponse(answer)


def confirm_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List what is filled, with what each would change; sending sends those without a fault, and says of the others why."""
    rows = [row for row in desk.items() if row.draft is not None and not row.drafts_only and row.draft.values]
    clashes: dict[int, Clash] = {}
    if request.method == "POST":
        rows = [row for row in rows if str(row.item.pk) in request.POST.getlist("item")]
        keep = _number(request.POST.get("keep_mine"))
        ready, bound = [], forms_of_drafts(rows, viewer=desk.viewer)
        for row in rows:
            form = bound[row.item.pk]
            if form.is_valid() and row.draft is not None:
                seen = _number(request.POST.get(f"seen-{row.item.pk}")) if keep == row.item.pk else row.draft.based_on
                ready.append((row.item, form.answer(seen or 0, files=row.draft.files)))
        done = actions.send_all(answers=ready, by=desk.user)
        for item, answer in ready:
            if item.record.reference in done.sent:
                desk.note(LinkOutcome.SENT, item.pk)
            elif (refused := done.refused.get(item.pk)) is not None:
                clashes[item.pk] = _clash(refused, answer.text or answer.no_change_because)
        if done.sent:
            number = len(done.sent)
            messages.success(request, f"{number} update{'s are' if number > 1 else ' is'} sent. Thank you.")
        if not clashes:
            return redirect(desk.names["page"])
        rows = [row for row in desk.items() if row.item.pk in clashes]
    context = {"desk": desk, "action": reverse(desk.names["send"]), "back": reverse(desk.names["page"])}
    context["crumbs"] = [] if desk.link else [Crumb("Home", reverse("home")), Crumb("My updates", reverse("updates"))]
    forms, link = forms_of_drafts(rows, viewer=desk.viewer), desk.link is not None
    context["lines"] = [
        block_of(row, forms[row.item.pk], clash=clashes.get(row.item.pk), draft_url="", checked=True, link=link)
        for row in rows
    ]
    # Where both texts stand side by side, its own button sends: pressing the other one would only show them again.
    context["only_clashes"] = bool(clashes) and all(one.clash and one.clash.theirs for one in context["lines"])
    return render(request, "rounds/confirm.html", context, status=409 if clashes else 200)


def _clash(refused: Refused, mine: str) -> Clash:
    if isinstance(refused, Conflict):
        theirs = refused.theirs
        return Clash(str(refused), theirs.text, f"{theirs.by.name}, on record", theirs.pk, mine=mine)
    return Clash(str(refused), "", "", 0, mine=mine)
