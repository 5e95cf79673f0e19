"""The signed link of a message: shown, entered once, and what it opens. It never signs anybody in."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from goldthread.commons.access.decorators import allow_everyone
from goldthread.commons.access.queries import viewer_for
from goldthread.commons.errors import Refused
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import hash_of, link_behind
from goldthread.domain.rounds.actions.links import refusal_of
from goldthread.domain.rounds.models import SignedLink
from goldthread.domain.rounds.terms import RUNNING, LinkOutcome
from goldthread.kernel.clock import now
from goldthread.web.pages.rounds.updates import Desk, confirm_page, save_one, update_page
from goldthread.web.pages.rounds.updates import draft_file as show_file

COOKIE = "goldthread_update"
PATH = "/updates/by-link/"


@allow_everyone
@never_cache
def landing(request: HttpRequest, token: str) -> HttpResponse:
    """Opening shows a button and spends nothing, because mail scanners open every link; the button enters."""
    link = _link_of(token)
    here = link_behind(request.COOKIES.get(COOKIE, ""))
    if here is not None and link is not None and here.pk == link.pk:
        return redirect("link_updates")  # the browser that it was entered with
    if request.method != "POST":
        refusal = refusal_of(link=link, by=None)
        actions.note_use(link=link, outcome=refusal or LinkOutcome.SHOWN, by=None, **_from(request))
        return _landing(request, link, token, refusal)
    link, secret, outcome = actions.enter(token=token, by=None, **_from(request))
    if not secret or link is None:
        return _landing(request, link, token, outcome)
    answer = redirect("link_updates")
    _keep(answer, secret, link)
    return answer


def _link_of(token: str) -> SignedLink | None:
    rows = SignedLink.objects.select_related("user", "round__plan", "person")
    return rows.filter(token_hash=hash_of(token)).first()


def _landing(request: HttpRequest, link: SignedLink | None, token: str, refusal: LinkOutcome | None) -> HttpResponse:
    can_renew = link is not None and refusal in (LinkOutcome.SPENT, LinkOutcome.EXPIRED)
    can_renew = can_renew and link is not None and link.round.state in RUNNING and link.revoked is None
    context = {
        "link": link if refusal is None else None,
        "refusal": refusal,
        "sentence": _why(link, refusal),
        "over": _over(link),
        "renew": reverse("link_renew", args=[token]) if can_renew else "",
        "number": len(link.items) if link else 0,
        "until": link.until if link else None,
    }
    return render(request, "rounds/link.html", context, status=410 if refusal else 200)


def _over(link: SignedLink | None) -> bool:
    """Whether its round takes no more updates, so that no other link would help."""
    return link is not None and link.round.state not in RUNNING


def _why(link: SignedLink | None, refusal: LinkOutcome | None) -> str:
    if refusal == LinkOutcome.EXPIRED and link is not None and _over(link):
        return f"The round {link.round.name} takes no more updates. What you have sent is on record."
    return _SENTENCES.get(refusal, "") if refusal else ""


_SENTENCES = {
    LinkOutcome.FORGED: "It was not copied whole, or it never was one of ours.",
    LinkOutcome.EXPIRED: "Its time is over, or the round takes no more updates.",
    LinkOutcome.SPENT: "It was entered before, in another browser. A link works in the first browser that enters it, so "
    "that a message which is passed on opens nothing.",
    LinkOutcome.REVOKED: "It was revoked.",
}


def _from(request: HttpRequest) -> dict[str, str]:
    """What is put on record of who uses a link."""
    return {"browser": request.headers.get("User-Agent", ""), "address": request.META.get("REMOTE_ADDR", "") or ""}


def _keep(answer: HttpResponseBase, secret: str, link: SignedLink) -> None:
    answer.set_cookie(
        COOKIE, secret, path=PATH, httponly=True, samesite="Lax", secure=settings.BEHIND_HTTPS,
        max_age=max(0, int((link.until - now()).total_seconds())),
    )  # fmt: skip


def _desk(request: HttpRequest) -> Desk | None:
    """The desk that the browser's cookie opens; the person's account counts for these items and for nothing else."""
    link = link_behind(request.COOKIES.get(COOKIE, ""))
    if link is None or link.round.state not in RUNNING:
        return None

    def note(outcome: str, item: int | None) -> None:
        actions.note_use(link=link, outcome=outcome, by=link.user, item=item, **_from(request))

    return Desk(link.user, viewer_for(link.user), link, note)


def _closed(request: HttpRequest) -> HttpResponse:
    held = link_behind(request.COOKIES.get(COOKIE, ""))
    none = "This browser holds no link that still works. Open the link of your newest message."
    context = {
        "link": None, "refusal": LinkOutcome.EXPIRED, "renew": "", "number": 0, "until": None, "over": _over(held),
        "sentence": _why(held, LinkOutcome.EXPIRED) if _over(held) else none,
    }  # fmt: skip
    return render(request, "rounds/link.html", context, status=410)


@allow_everyone
@never_cache
def updates(request: HttpRequest) -> HttpResponse:
    """The update page of the items of a link."""
    desk = _desk(request)
    return update_page(request, desk) if desk else _closed(request)


@allow_everyone
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """What is about to be sent, and the sending."""
    desk = _desk(request)
    return confirm_page(request, desk) if desk else _closed(request)


@allow_everyone
@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one draft; the item is checked against the link at every save."""
    desk = _desk(request)
    if desk is None:
        raise Http404
    return save_one(request, desk, pk)


@allow_everyone
@never_cache
def draft_file(request: HttpRequest, pk: int, number: int, sha256: str) -> HttpResponse:
    """A file of a draft of an item of the link."""
    desk = _desk(request)
    return show_file(request, desk, pk, number, sha256) if desk else _closed(request)


@allow_everyone
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the link in this browser."""
    answer = render(request, "rounds/left.html", {})
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


@allow_everyone
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address on record. The answer is the same whatever the token, so that it tells nothing."""
    link = _link_of(token)
    if link is not None:
        try:
            actions.new_link(link=link, by=link.user)
            actions.note_use(link=link, outcome=LinkOutcome.ASKED_ANEW, by=None, **_from(request))
        except Refused:
            actions.note_use(link=link, outcome=LinkOutcome.EXPIRED, by=None, **_from(request))
    return render(request, "rounds/renewed.html", {})
