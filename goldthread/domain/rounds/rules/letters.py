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
    first = min((line.due for line in lines), default=until)
    by = f"by {printed(first)}" if len({line.due for line in lines}) < 2 else f"the first by {printed(first)}"
    subject, opening = _opening(occasion, report, _number(lines), by)
    if occasion == Occasion.ESCALATION:
        return _put_together(subject, name, opening, said, lines, council, _ENDING_WITHOUT)
    ending = _ENDING_WITH_LINK.format(until=printed(until))
    page = ("Your page, with the last update of each item in view:", "Open your page")
    return _put_together(subject, name, opening, said, lines, council, ending, page)


def called(
    occasion: str,
    *,
    name: str,
    report: str,
    council: str,
    lines: Sequence[Line] = (),
    due: date,
    day: date,
    said: str = "",
) -> Writing:
    """One message to one person for whom a step of a round waits: to check, accept, sign off or freeze it, or to look again.

    ``due`` is the day by which the step is to be done and ``day`` the one on which the message is written; ``said`` is
    what they should know first. The page that it names asks who they are.
    """
    subject, opening = _call(occasion, report, _number(lines))
    opening += f" This {'is' if day <= due else 'was'} due by {printed(due)}."
    page = ("The page for it; you sign in first:", "Open the page; you sign in first")
    return _put_together(subject, name, opening, said, lines, council, "", page)


def _number(lines: Sequence[Line]) -> str:
    return f"{len(lines)} item" if len(lines) == 1 else f"{len(lines)} items"


def _put_together(
    subject: str,
    name: str,
    opening: str,
    said: str,
    lines: Sequence[Line],
    council: str,
    ending: str,
    page: tuple[str, str] | None = None,
) -> Writing:
    """A message as text and as HTML; ``page`` is how the text and the HTML name the page whose address stands at PLACE."""
    paragraphs = [f"Dear {name},", opening, *([said] if said else [])]
    last = [*([ending] if ending else []), _signature(council)]
    text = ["\n\n".join(paragraphs), "\n".join(f"- {_in_words(line, lines)}" for line in lines)]
    html = [f"<p>{escape(one)}</p>" for one in paragraphs]
    if lines:
        html.append("<ul>" + "".join(f"<li>{escape(_in_words(line, lines))}</li>" for line in lines) + "</ul>")
    if page is not None:
        text.append(f"{page[0]}\n{PLACE}")
        html.append(f'<p><a href="{PLACE}">{escape(page[1])}</a></p>')
    html += [f"<p>{escape(one)}</p>" for one in last]
    whole = '<!DOCTYPE html><html lang="en"><body>' + "\n".join(html) + "</body></html>"
    return Writing(
        subject + (f" ({council})" if council else ""), "\n\n".join([*filter(None, text), *last]) + "\n", whole
    )


def _call(occasion: str, report: str, number: str) -> tuple[str, str]:
    return {
        Occasion.CHECK: (
            f"{number} to check: {report}",
            f"The updates on {number} of {report} wait for your check: you stand behind them, or return them with a "
            "question.",
        ),
        Occasion.ACCEPT: (
            f"{number} to accept: {report}",
            f"The time of the directors’ check is over. The updates on {number} of {report} wait to be accepted or "
            "returned.",
        ),
        Occasion.SIGN_OFF: (
            f"To sign off: {report}",
            f"The coordinator has accepted the updates of {report}. The round waits for your sign-off.",
        ),
        Occasion.FREEZE: (
            f"To freeze: {report}",
            f"{report} is signed off. Its report waits to be frozen.",
        ),
        Occasion.SENT_BACK: (
            f"Sent back: {report}",
            f"{report} has been sent back to be checked again. Its acceptance waits for you.",
        ),
    }[Occasion(occasion)]


def _opening(occasion: str, report: str, number: str, by: str) -> tuple[str, str]:
    """The subject, with what is asked and by when in front (a telephone shows no more of it), and the first sentence."""
    return {
        Occasion.OPENED: (
            f"{number} to update, {by}: {report}",
            f"{report}, is open for updates. Please update {number}, {by}.",
        ),
        Occasion.REMINDER: (
            f"Reminder: {number} to update, {by}: {report}",
            f"We still wait for your update on {number} of {report}, due {by}.",
        ),
        Occasion.ESCALATION: (
            f"No update yet on {number}: {report}",
            f"For your information: there is no update yet on {number} of {report}, due {by}, from posts that report to you.",
        ),
        Occasion.RETURNED: (
            f"Please look again at {number}: {report}",
            f"Your update on {number} of {report} has come back to you with a question.",
        ),
        Occasion.HANDED_OVER: (
            f"Please draft {number}, {by}: {report}",
            f"You are asked to draft the update on {number} of {report}, {by}. The lead reads it and sends it.",
        ),
        Occasion.NEW_LINK: (
            f"Your new link: {report}",
            f"Here is the new link that you asked for. {number.capitalize()} of {report} wait for you, {by}.",
        ),
    }[Occasion(occasion)]


_ENDING_WITH_LINK = (
    "The link is yours alone, shows only these items and works until {until}. Opened in one browser, it works in that "
    "one; the page sends you a new link when you need one elsewhere. Please do not forward it."
)
_ENDING_WITHOUT = "Nothing is asked of you here but a word to whoever answers; sign in to Goldthread to see the items."


def _in_words(line: Line, lines: Sequence[Line]) -> str:
    """An item on its line; its day stands there where not all are due on the one that the first sentence names."""
    words = (
        f"{line.reference} {line.words.rstrip('. ')}"
        if line.words
        else f"{line.reference} (restricted: sign in to see it)"
    )
    note = f" ({line.note})" if line.note else ""
    due = f", due {printed(line.due)}" if len({one.due for one in lines}) > 1 else ""
    return f"{words}{note}{due}"


def _signature(council: str) -> str:
    return f"Goldthread, {council}" if council else "Goldthread"
