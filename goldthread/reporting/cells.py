"""The cells of a report's tables in words."""

from __future__ import annotations

import re

from goldthread.reporting.blocks import QUIET, RATING, STRONG, WARNING, Cell, Line
from goldthread.reporting.model import (
    ActionRow,
    CompletedRow,
    Criterion,
    Lead,
    OtherRow,
    Rating,
    RecommendationRow,
    Report,
    Row,
)
from goldthread.reporting.wording import counted, day, lines, one_line

NOT_CHECKED, NOT_MATCHED, VACANT = "Not yet checked", "not matched", "vacant: no holder on record"


_SHORT = 60  # characters; a longer text in bold is hard to read


def documents(report: Report) -> tuple[str, ...]:
    """The names of the documents that rows were printed in, in order of first appearance."""
    rows: list[Row] = [action for *_, block in report.objectives() for action in block.actions]
    rows += [*report.completed, *report.recommendation_rows(), *report.others]
    return tuple(dict.fromkeys(one_line(row.source.document) for row in rows if row.source and row.source.document))


def anchor(reference: str) -> str:
    """Where a link to a row leads, made of its reference."""
    return "row-" + (re.sub(r"[^A-Za-z0-9]+", "-", reference).strip("-").lower() or "x")


def action(row: ActionRow, several_documents: bool) -> tuple[Cell, ...]:
    """The cells of an action, in the order of ``columns.ACTIONS``."""
    return (
        _reference(row),
        _paragraphs(row.text),
        _leads(row),
        _progress(row),
        _updates(row),
        _source(row, several_documents),
    )


def completed(row: CompletedRow, several_documents: bool) -> tuple[Cell, ...]:
    """The cells of a completed action, in the order of ``columns.COMPLETED``."""
    place = [Line(" › ".join(one_line(part) for part in row.section), QUIET)] if row.section else []
    objective = [Line(one_line(row.objective))] if one_line(row.objective) else []
    objective += [Line(f"Criterion: {one_line(criterion)}", QUIET) for criterion in row.criteria]
    words = one_line(row.completed) or day(row.completed_on)
    said = [Line(words, STRONG if len(words) <= _SHORT else "")] if words else []
    when = tuple(said) or (Line("No date given"),)
    return (
        _reference(row),
        _paragraphs(row.text),
        (*place, *objective),
        _leads(row),
        (*when, *_done(row), *_reported(row)),
        _source(row, several_documents),
    )


def recommendation(row: RecommendationRow, several_documents: bool) -> tuple[Cell, ...]:
    """The cells of a recommendation, in the order of ``columns.RECOMMENDATIONS``."""
    title = one_line(row.title)
    heading = [Line(title, STRONG)] if title and title != one_line(row.text) else []
    number = [Line(f"No. {one_line(row.number)}")] if one_line(row.number) else []
    response = [Line(f"Response: {one_line(row.response)}")] if one_line(row.response) else []
    timescale = one_line(row.due_text) or day(row.due_on)
    dates = [Line(f"Timescale: {timescale}")] if timescale else [Line("No timescale")]
    late = [Line("Late", RATING + "red")] if row.late else []
    return (
        (*_reference(row), *number),
        _paragraphs(row.key_risk) or (Line("None stated", QUIET),),
        (*heading, *_paragraphs(row.text), *response),
        (Line(one_line(row.risk_rating) or "None", STRONG if row.risk_rating else QUIET),),
        (*_leads(row), *dates, *late, *_state(row)),
        _updates(row),
        _source(row, several_documents),
    )


def other(row: OtherRow, several_documents: bool) -> tuple[Cell, ...]:
    """The cells of an entry of another kind, in the order of ``columns.OTHERS``."""
    place = " › ".join(one_line(part) for part in row.section)
    named = row.leads or row.supporting
    return (
        _reference(row),
        (Line(one_line(row.kind)),),
        (*_paragraphs(row.text), *_reported(row)),
        (Line(place, QUIET),) if place else (),
        _leads(row) if named else (),
        _source(row, several_documents),
    )


def criterion(item: Criterion) -> str:
    """A success criterion on one line, with its mark where nobody has checked it."""
    text = one_line(item.text).lstrip("• ")
    return text if item.checked else f"{text} ({NOT_CHECKED.lower()})"


def lead_words(lead: Lead) -> tuple[str, ...]:
    """A lead in words: the post, then who held it on the day; or the printed name, "not matched"."""
    printed = one_line(lead.printed)
    if not lead.matched:
        return (printed, NOT_MATCHED)
    owner = one_line(lead.owner)
    holders = tuple(one_line(holder) for holder in lead.holders)
    words = [owner]
    if holders:
        words.append(", ".join(holders))
    elif lead.vacant:
        words.append(VACANT)
    if printed and printed.casefold() not in " ".join(words).casefold():
        words.append(f"printed as “{printed}”")
    return tuple(words)


def _reference(row: Row) -> Cell:
    marks = [NOT_CHECKED] if not row.checked else []
    return (Line(one_line(row.reference), STRONG), *(Line(one_line(mark), WARNING) for mark in (*marks, *row.marks)))


def _paragraphs(text: str) -> Cell:
    return tuple(Line(line) for line in lines(text))


def _leads(row: Row) -> Cell:
    if not row.leads and not row.supporting:
        return (Line("Nobody named", WARNING),)
    found: list[Line] = []
    for lead in row.leads:
        first, *rest = lead_words(lead)
        found += [Line(first, STRONG), *(Line(words, _lead_style(lead, words)) for words in rest)]
    for lead in row.supporting:
        first, *rest = lead_words(lead)
        found += [Line(f"With: {first}"), *(Line(words, _lead_style(lead, words)) for words in rest)]
    return tuple(found)


def _lead_style(lead: Lead, words: str) -> str:
    if words in (NOT_MATCHED, VACANT):
        return WARNING
    return QUIET if words.startswith("printed as") else ""


def _progress(row: ActionRow) -> Cell:
    found = [_rating(row.rating)] if row.rating else []
    if row.rating and row.rating.declared and row.rating.why:
        found.append(Line(f"Why: {one_line(row.rating.why)}", QUIET))
    if row.rule_rating and row.rating and row.rule_rating.value != row.rating.value:
        found.append(Line(f"By the rule: {one_line(row.rule_rating.words).lower()}", QUIET))
    found += _state(row)
    due = one_line(row.due_text) or day(row.due_on)
    found.append(Line(f"Due: {due}") if due else Line("No due date"))
    if row.due_on and one_line(row.due_text) and one_line(row.due_text) != day(row.due_on):
        found.append(Line(f"that is {day(row.due_on)}", QUIET))
    if row.first_due_on and row.due_on and row.first_due_on != row.due_on:
        found.append(Line(_slip(row), QUIET))
    if row.forecast_on and row.forecast_on != row.due_on:
        found.append(Line(f"Lead expects: {day(row.forecast_on)}", QUIET))
    if row.late and not (row.rating and row.rating.value == "red"):
        found.append(Line("Late", RATING + "red"))
    return tuple(found)


def _slip(row: Row) -> str:
    """The first date, and how far and how often it has moved since."""
    said = f"First due: {day(row.first_due_on)}"
    if row.slip_days:
        side = "later" if row.slip_days > 0 else "earlier"
        said += f", now {counted(abs(row.slip_days), 'day')} {side}"
    return f"{said}, moved {row.moves} times" if row.moves > 1 else said


def _done(row: Row) -> Cell:
    """Done, verified, effective: three facts by three people."""
    if row.effective:
        return (Line("Verified"), Line(f"Effective: {row.effective.lower()}"))
    return (Line("Verified"),) if row.verified else (Line("Not verified yet", QUIET),)


def _state(row: Row) -> Cell:
    """The state in words, and what is printed where that says more; a long print stands with the updates."""
    state, printed = one_line(row.state), one_line(row.state_printed)
    if not printed or printed.casefold() == state.casefold() or len(printed) > _SHORT:
        return (Line(state),)
    return (Line(state), Line(f"printed: “{printed}”", QUIET))


def _rating(rating: Rating) -> Line:
    return Line(one_line(rating.words), RATING + re.sub(r"[^a-z-]", "", rating.value.lower()))


def _reported(row: Row) -> Cell:
    found: list[Line] = []
    for update in row.updates:
        found += _paragraphs(update.text)
        if update.as_at:
            found.append(Line(f"Reported as at {day(update.as_at)}", QUIET))
    return tuple(found)


def _updates(row: Row) -> Cell:
    printed = one_line(row.state_printed)
    beside = (Line(f"Printed beside it: “{printed}”"),) if len(printed) > _SHORT else ()
    stopped = (Line(f"In the way: {one_line(row.open_issue)}", WARNING),) if row.open_issue else ()
    return (*(_reported(row) or (Line("No update", WARNING),)), *stopped, *beside)


def _source(row: Row, several_documents: bool) -> Cell:
    if row.source is None:
        return (Line("Written by hand", QUIET),)
    place, document = one_line(row.source.place), one_line(row.source.document)
    parts = [document, place] if several_documents or not place else [place]
    return tuple(Line(part, QUIET) for part in parts if part)
