"""Calendar addresses, and the calendars behind them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from goldthread.commons.access.decorators import allow_everyone, allow_signed_in
from goldthread.commons.errors import Refused
from goldthread.domain.register.models import Record
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import feed_behind, token_of
from goldthread.domain.rounds.models import Feed
from goldthread.domain.rounds.models.rounds import outside_name
from goldthread.domain.rounds.queries.calendar import days_of_person, days_of_plan, feeds_of
from goldthread.domain.rounds.queries.planning import reporting_plans
from goldthread.domain.rounds.rules.calendars import ical
from goldthread.kernel.clock import now
from goldthread.kernel.shortening import shortened
from goldthread.web.acting import say_done, say_refused
from goldthread.web.components.breadcrumbs.presenter import Crumb


@allow_signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Make, show and close one's calendar addresses."""
    plans = reporting_plans(viewer=request.viewer)
    if request.method == "POST":
        return _act(request, plans)
    feeds = feeds_of(viewer=request.viewer)
    taken = {feed.plan_id for feed in feeds}
    context = {
        "feeds": [(feed, _name(feed.plan), _address(feed)) for feed in feeds],
        "can_make": [("", "My days")] * (None not in taken)
        + [(plan.reference, _name(plan)) for plan in plans if plan.pk not in taken],
        "crumbs": [Crumb("Home", reverse("home")), Crumb("My updates", reverse("updates")), Crumb("Calendar")],
    }
    return render(request, "rounds/calendar.html", context)


def _act(request: HttpRequest, plans: list[Record]) -> HttpResponse:
    closing = request.POST.get("close")
    try:
        if closing is not None:
            feed = next((one for one in feeds_of(viewer=request.viewer) if str(one.pk) == closing), None)
            if feed is None:
                raise Http404
            actions.revoke_feed(feed=feed, by=request.user)
            say_done(request, "The address is closed: calendars that hold it get nothing more.")
        else:
            wanted = request.POST.get("plan", "")
            plan = next((one for one in plans if one.reference == wanted), None)
            if wanted and plan is None:
                raise Http404
            actions.make_feed(by=request.user, plan=plan)
            say_done(request, "The address is made. Copy it into your calendar as a subscription.")
    except Refused as refused:
        say_refused(request, refused)
    return redirect("updates_calendar")


def _name(plan: Record | None) -> str:
    return f"Rounds of {shortened(outside_name(plan), 80)}" if plan else "My days"


def _address(feed: Feed) -> str:
    return f"{settings.GOLDTHREAD_ADDRESS}{reverse('calendar_feed', args=[token_of('feed', feed.nonce)])}"


@allow_everyone
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar behind an address; 404 for one that is forged or closed, and for what its person no longer sees."""
    found = feed_behind(token)
    if found is None:
        raise Http404
    held, viewer = found
    days = days_of_plan(held.plan, viewer=viewer) if held.plan else days_of_person(viewer=viewer)
    name = f"Goldthread: {_name(held.plan) if held.plan else 'my updates and checks'}"
    answer = HttpResponse(ical(name, days, stamp=now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="goldthread.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
