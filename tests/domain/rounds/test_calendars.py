"""iCalendar as RFC 5545 asks, and feeds that say no more than they should."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from goldthread.commons.access.queries import viewer_for
from goldthread.domain.rounds import actions
from goldthread.domain.rounds.access import feed_behind, token_of
from goldthread.domain.rounds.queries.calendar import days_of_person, days_of_plan
from goldthread.domain.rounds.rules.calendars import Day, escaped, folded, ical


@given(st.text(max_size=400))
def test_lines_are_at_most_75_octets_and_unfold_to_what_they_were(text):
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece.removeprefix(" ") for piece in pieces[1:]) == line
    assert "\n" not in line and "\r" not in line


def test_a_calendar_whole():
    made = ical(
        "A; b", [Day("k-1", date(2026, 12, 31), "Due, soon\nreally")], stamp=datetime(2026, 11, 2, 9, tzinfo=UTC)
    )
    assert made.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and made.endswith("END:VCALENDAR\r\n")
    for line in (
        "UID:k-1@goldthread", "DTSTAMP:20261102T090000Z", "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101",
        "SUMMARY:Due\\, soon\\nreally", "X-WR-CALNAME:A\\; b",
    ):  # fmt: skip
        assert f"\r\n{line}\r\n" in made


def test_each_person_has_their_own_days(opened, at):
    with at(date(2026, 11, 2)):
        own = [day.summary for day in days_of_person(viewer=viewer_for(opened.user("Sol Avery")))]
        assert len(own) == 2 and all(summary.startswith("Updates due") for summary in own)
        coordinator = [day.summary.split(":")[0] for day in days_of_person(viewer=viewer_for(opened.coordinator))]
        assert {"Accept updates", "Freeze and publish"} <= set(coordinator)
        executive = [day.summary.split(":")[0] for day in days_of_person(viewer=viewer_for(opened.executive))]
        assert "Sign off" in executive
        steps = days_of_plan(opened.plan, viewer=viewer_for(opened.coordinator))
        assert len(steps) == 7 and not days_of_plan(opened.plan, viewer=viewer_for(opened.user("Sol Avery")))
        words = " ".join(own) + " ".join(day.summary for day in steps)
        assert not any(record.heading in words for record in opened.records)


def test_a_feed_is_closed_for_good(opened, at, client):
    with at(date(2026, 11, 2)):
        feed = actions.make_feed(by=opened.user("Sol Avery"))
        token = token_of("feed", feed.nonce)
        assert token not in str(feed.__dict__)
        answer = client.get(f"/calendar/{token}.ics")
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
        assert actions.make_feed(by=opened.user("Sol Avery")) == feed
        actions.revoke_feed(feed=feed, by=opened.user("Sol Avery"))
        assert client.get(f"/calendar/{token}.ics").status_code == 404 and feed_behind(token) is None
