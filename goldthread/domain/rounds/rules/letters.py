"""The words of every message of a round, as text and as simple HTML. No tables; the link's place is filled on the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from goldthread.domain.rounds.terms import Occasion
from goldthread.kernel.days import printed

PLACE = "[[link]]"


@dataclass(frozen=True, slots=True)
class Line:
    """One item as a message names it. ``words`` is empty where they must not stand in a mail."""

    reference: str
    words: str
    due: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """A message, written."""

    subject: str
    text: str
    html: str


def written(
    occasion: str, *, name: str, report: str, council: str, lines: Sequence[Line], until: date, said: str = ""
) -> Writing:
    """One message to one person with all of their items. ``said`` is what a person adds: a reason, a question.

    ``until`` is the last day on which the link works. An escalation has no link: it is for the line above.
    """
    number = f"{len(lines)} item" if len(lines) == 1 else f"{len(lines)} items"
    first = min((line.due for line in lines), default=until)
    subject, opening = _opening(occasion, report, number, printed(first))
    has_link = occasion != Occasion.ESCALATION
    ending = _ENDING_WITH_LINK.format(until=printed(until)) if has_link else _ENDING_WITHOUT
    greeting = f"Dear {name},"
    text = [greeting, "", opening, ""]
    if said:
        text += [said, ""]
    text += [f"- {_in_words(line)}" for line in lines]
    if has_link:
        text += ["", "Your page, with the last update of each item in view:", PLACE]
    text += ["", ending, "", _signature(council)]
    html = [f"<p>{escape(greeting)}</p>", f"<p>{escape(opening)}</p>"]
    if said:
        html.append(f"<p>{escape(said)}</p>")
    html.append("<ul>" + "".join(f"<li>{escape(_in_words(line))}</li>" for line in lines) + "</ul>")
    if has_link:
        html.append(f'<p><a href="{PLACE}">Open your page</a></p>')
    html += [f"<p>{escape(ending)}</p>", f"<p>{escape(_signature(council))}</p>"]
    whole = '<!DOCTYPE html><html lang="en"><body>' + "\n".join(html) + "</body></html>"
    return Writing(f"{subject}" + (f" ({council})" if council else ""), "\n".join(text) + "\n", whole)


def _opening(occasion: str, report: str, number: str, first: str) -> tuple[str, str]:
    return {
        Occasion.OPENED: (
            f"Updates for {report}: {number} by {first}",
            f"The round {report} is open. Please update {number} by {first}.",
        ),
        Occasion.REMINDER: (
            f"Reminder: {number} for {report} by {first}",
            f"We still wait for your update on {number} of {report}, due by {first}.",
        ),
        Occasion.ESCALATION: (
            f"No update yet: {number} of {report}",
            f"For your information: there is no update yet on {number} of {report}, due by {first}, from posts that "
            "report to you.",
        ),
        Occasion.RETURNED: (
            f"Please look again: {number} of {report}",
            f"Your update on {number} of {report} has come back to you with a question.",
        ),
        Occasion.HANDED_OVER: (
            f"Please draft {number} for {report}",
            f"You are asked to draft the update on {number} of {report} by {first}. The lead reads it and sends it.",
        ),
        Occasion.NEW_LINK: (
            f"Your new link for {report}",
            f"Here is the new link that you asked for. {number.capitalize()} of {report} wait for you, the first due by {first}.",
        ),
    }[Occasion(occasion)]


_ENDING_WITH_LINK = (
    "The link is yours alone, shows only these items and works until {until}. Opened in one browser, it works in that "
    "one; the page sends you a new link when you need one elsewhere. Please do not forward it."
)
_ENDING_WITHOUT = "Nothing is asked of you here but a word to whoever answers; sign in to Goldthread to see the items."


def _in_words(line: Line) -> str:
    words = (
        f"{line.reference} {line.words}".strip() if line.words else f"{line.reference} (restricted: sign in to see it)"
    )
    note = f" ({line.note})" if line.note else ""
    return f"{words}{note}, due {printed(line.due)}"


def _signature(council: str) -> str:
    return f"Goldthread, {council}" if council else "Goldthread"
