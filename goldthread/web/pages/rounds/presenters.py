"""What the pages of the rounds show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from goldthread.domain.register.models import Update
from goldthread.domain.register.terms import State
from goldthread.domain.rounds.models import Draft, HandOver, Item, LinkUse, Round
from goldthread.domain.rounds.queries.board import Board, BoardItem, BoardPerson
from goldthread.domain.rounds.queries.items import ItemAt
from goldthread.domain.rounds.terms import ANSWERED, How, ItemState, RoundState
from goldthread.kernel.days import printed
from goldthread.kernel.shortening import shortened
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.tag.presenter import Tag, rating_tag
from goldthread.web.entries import address_of
from goldthread.web.evidence import size_in_words
from goldthread.web.pages.rounds.forms import MORE, UpdateForm
from goldthread.web.pages.rounds.promised import lacking, promise_of, risk_of

ITEM_COLOURS = {
    ItemState.ASKED: "grey",
    ItemState.DRAFTED: "yellow",
    ItemState.SENT: "",
    ItemState.CHECKED: "turquoise",
    ItemState.RETURNED: "red",
    ItemState.ACCEPTED: "green",
}
ROUND_COLOURS = {
    RoundState.PLANNED: "grey",
    RoundState.OPEN: "",
    RoundState.CHECKING: "turquoise",
    RoundState.ACCEPTED: "yellow",
    RoundState.SIGNED_OFF: "green",
    RoundState.FROZEN: "purple",
    RoundState.ISSUED: "green",
    RoundState.CALLED_OFF: "grey",
}


def item_tag(state: str) -> Tag:
    """The tag of an item's state."""
    one = ItemState(state)
    return Tag(one.label, ITEM_COLOURS[one])


def round_tag(state: str) -> Tag:
    """The tag of a round's state."""
    one = RoundState(state)
    return Tag(one.label, ROUND_COLOURS[one])


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one item, or a sentence why it was not saved; ``seen`` names the other text once it was read."""

    sentence: str
    theirs: str
    whose: str
    seen: int
    mine: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that goes with an update: its name and size, where it opens, and the value by which it is taken off again."""

    name: str
    size: str
    drop: str
    href: str

    def __str__(self) -> str:
        return f"{self.name} ({self.size})"


def kept_files(draft: Draft | None, *, link: bool) -> list[KeptFile]:
    """The files that are with a draft; ``link``: as they open for who came by a signed link."""
    if draft is None:
        return []
    item, route = draft.item_id, "link_draft_file" if link else "update_draft_file"
    return [
        KeptFile(
            one.name, size_in_words(one.size), f"{item}:{one.sha256}", reverse(route, args=[item, draft.pk, one.sha256])
        )
        for one in draft.files
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """What somebody else drafted for an item, all of it; ``use`` and ``use_files`` say what a button would take over.

    ``in_yours``: whether nothing of its words and files is missing in one's own.
    """

    who: str
    text: str
    saved: datetime
    changes: list[tuple[str, str]]
    files: list[KeptFile]
    use: str
    use_files: str
    in_yours: bool


def others_of(row: ItemAt, forms: Mapping[int, UpdateForm], *, link: bool) -> list[OtherDraft]:
    """The other drafts of an item, each with its form; their files for who sends the item alone."""
    own, own_text = (row.draft.typed, row.draft.text) if row.draft else ({}, "")
    own_files = {one.sha256 for one in row.draft.files} if row.draft else set()
    found = []
    for one in row.other_drafts:
        files = [] if row.drafts_only else kept_files(one, link=link)
        changes = [("Said as", "nothing has changed")] if one.typed.get("no_change") else []
        changes += _changes(forms[one.pk], ())
        if not (one.text.strip() or changes or files):
            continue
        missing = one.text.strip() not in own_text or set(one.typed) - set(own)
        missing = missing or {file.sha256 for file in one.files} - own_files
        found.append(
            OtherDraft(
                one.user.name, one.text, one.saved, changes, files, f"{row.item.pk}:{one.pk}",
                f"{row.item.pk}:{one.pk}:files" if files and (one.text.strip() or changes) else "", not missing,
            )
        )  # fmt: skip
    return found


@dataclass(slots=True)
class Block:
    """One item of the update page."""

    item: Item
    form: UpdateForm
    reference: str
    words: str
    rest: str
    why_asked: str
    tags: list[Tag]
    rule_says: str
    last_text: str
    last_note: str
    criteria: list[str]
    risk: str
    promise: str
    state: str
    state_label: str
    version: int
    draft_url: str
    more_open: bool
    drafts_only: bool
    others: list[OtherDraft]
    hands: list[HandOver]
    late_days: int
    clash: Clash | None = None
    files: list[KeptFile] = field(default_factory=list)
    refused_files: list[str] = field(default_factory=list)
    changes: list[tuple[str, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    checked: bool = True
    dated: bool = True

    @property
    def in_short(self) -> str:
        """Its words on a line of the list that leads to it."""
        return shortened(self.words, 70)

    @property
    def answered(self) -> bool:
        """Whether its update of this round is sent, and nothing newer is being written."""
        return self.item.state in ANSWERED and not self.version

    @property
    def troubled(self) -> bool:
        """Whether something of it was not saved."""
        return self.clash is not None or bool(self.refused_files)

    @property
    def text(self) -> str:
        """What was written."""
        return str(self.form["text"].value() or "")

    @property
    def ready(self) -> bool:
        """Whether it can be sent as it is."""
        return not self.problems

    @property
    def more(self) -> list[Any]:
        """The fields behind “State, dates, rating and evidence”; the date stands in front where there is none yet."""
        early = () if self.dated else ("due_on", "due_reason")
        return [self.form[name] for name in MORE if name not in early]

    @property
    def early(self) -> list[Any]:
        """The fields that ask for a first date."""
        return [] if self.dated else [self.form["due_on"], self.form["due_reason"]]


def block_of(
    row: ItemAt,
    form: UpdateForm,
    *,
    clash: Clash | None,
    draft_url: str,
    checked: bool = True,
    refused_files: Sequence[str] = (),
    others: Sequence[OtherDraft] = (),
    link: bool = False,
) -> Block:
    """One item of the update page, or of its confirmation."""
    item, stood = row.item, row.stood
    last = stood.last_update
    values = row.draft.typed if row.draft else {}
    files = kept_files(row.draft, link=link)
    whole = stood.text or stood.heading
    short = shortened(stood.heading, 200)
    return Block(
        item=item,
        form=form,
        reference=stood.reference,
        words=short,
        rest=whole if whole != short and len(whole) > len(short) else "",
        why_asked=why_asked(item),
        tags=[tag for tag in (item_tag(item.state), rating_tag(stood.rating, why=stood.rated.why)) if tag],
        rule_says=stood.rated.why,
        last_text=last.text if last else "",
        last_note=_said_by(last) if last else "",
        criteria=row.criteria,
        risk=risk_of(stood),
        promise=promise_of(stood),
        state=stood.state,
        state_label=State(stood.state).label,
        version=row.draft.version if row.draft else 0,
        draft_url=draft_url,
        more_open=bool(files or refused_files or any(name in values or name in form.errors for name in MORE)),
        drafts_only=row.drafts_only,
        others=list(others),
        hands=row.hands,
        late_days=row.late_days,
        clash=clash,
        files=files,
        refused_files=list(refused_files),
        changes=_changes(form, files) if form.is_bound else [],
        problems=[*_problems(form), *lacking(form, stood, with_files=bool(files))] if form.is_bound else [],
        checked=checked,
        dated=stood.due_on is not None,
    )


def why_asked(item: Item) -> str:
    """Why this person is asked, where they do not simply hold the post."""
    if item.how == How.STAND_IN:
        return f"You stand in for {item.holder}, {item.owner}."
    if item.how == How.LINE:
        return f"{item.owner} is vacant, so this comes to you."
    if item.how == How.MEMBER:
        return f"For {item.owner}."
    return ""


def _said_by(update: Update) -> str:
    """When and by whom an update was given; one that a document prints is the document's and not whoever imported it."""
    return f"{printed(update.as_at)}, {'as printed in a document' if update.passage_id else update.by.name}"


def _changes(form: UpdateForm, files: Sequence[KeptFile]) -> list[tuple[str, str]]:
    form.is_valid()
    values = getattr(form, "cleaned_data", {})
    found = []
    for name in MORE:
        if value := values.get(name):
            label = str(form.fields[name].label)
            choices = dict(getattr(form.fields[name], "choices", []))
            shown = printed(value) if isinstance(value, date) else str(choices.get(value, value))
            found.append((label, shown))
    if files:
        found.append(("Evidence: files", ", ".join(map(str, files))))
    return found


def _problems(form: UpdateForm) -> list[str]:
    form.is_valid()
    found = [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    if not str(form.data.get(f"{form.prefix}-text", "")).strip():
        found.append("Write what happened, or say why nothing has changed.")
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a person's items are done."""

    done: int
    filled: int
    total: int


def progress_of(rows: Sequence[ItemAt]) -> Progress:
    """How many items of a person are answered, how many have a draft, how many there are."""
    return Progress(
        sum(row.item.state in ANSWERED for row in rows),
        sum(bool(row.draft and row.draft.text.strip()) for row in rows),
        len(rows),
    )


@dataclass(frozen=True, slots=True)
class Use:
    """What was done with a link, the same thing several times running as one line."""

    last: LinkUse
    times: int


def uses_of(uses: Sequence[LinkUse]) -> list[Use]:
    """The uses of a link, oldest first: a page that saves as one types would fill the list with one line."""
    runs = groupby(uses, key=lambda use: (use.outcome, use.address, use.browser))
    return [Use(same[-1], len(same)) for same in (list(run) for _, run in runs)]


# The round and its board -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A day of a round: what, when, whether it is over."""

    text: str
    day: date
    over: bool


def steps_of(round: Round, today: date) -> list[Step]:
    """The days of a round in order, lowest level due first."""
    offsets = round.distances
    days = [("The round opens", round.opens)]
    due = [
        (f"{level.name} due", round.timetable.due(level.kinds[0], offsets)) for level in offsets.levels if level.kinds
    ]
    days += due if len({day for _, day in due}) > 1 else [("Updates due", round.due_last)]
    days += [
        ("End of grace", round.grace_until),
        ("Directors’ check", round.check_by),
        ("Coordinator’s acceptance", round.accept_by),
        ("Executive sign-off", round.sign_off_by),
        ("Freeze and publication", round.freeze_on),
    ]
    if round.meets_on:
        days.append(("Meeting", round.meets_on))
    return [Step(text, day, day < today) for text, day in days]


def board_bar(board: Board, address: str) -> Bar:
    """How far the items of a round have come, as a bar; each part leads to them."""
    parts = [
        (state.label, board.number(state), ITEM_COLOURS[state] or "blue", f"{address}?show={state.value}#items")
        for state in (
            ItemState.ACCEPTED, ItemState.CHECKED, ItemState.SENT, ItemState.RETURNED, ItemState.DRAFTED, ItemState.ASKED,
        )
    ]  # fmt: skip
    return stacked("Items of the round", parts)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One item as the board lists it."""

    reference: str
    href: str
    words: str
    owner: str
    person: str
    how: str
    tags: list[Tag]
    due_on: date
    late: str
    age: str
    disagrees: str
    text: str
    sent_back: str


def board_rows(items: Sequence[BoardItem]) -> list[BoardRow]:
    """The items of a board as rows."""
    return [
        BoardRow(
            reference=one.record.reference,
            href=address_of(one.record),
            words=shortened(one.record.heading, 140),
            owner=str(one.item.owner or "No lead"),
            person=str(one.item.request.person or "Nobody to ask"),
            how=How(one.item.how).label if one.item.how != How.HOLDER else "",
            tags=[tag for tag in (item_tag(one.item.state), rating_tag(one.rating)) if tag],
            due_on=one.item.due_on,
            late=f"{one.late_days} day{'s' if one.late_days != 1 else ''} late" if one.late_days else "",
            age="Never updated" if one.age is None else f"{one.age} day{'s' if one.age != 1 else ''}",
            disagrees=one.disagrees,
            text=shortened(one.record.last_update, 160),
            sent_back=shortened(one.item.returned_because, 160),
        )
        for one in items
    ]


SHOWN = {
    "late": "Late",
    "stale": "Not updated since the period began",
    "disagrees": "Rating and words disagree",
    "vacant": "Vacant, or nobody to ask",
    **{state.value: state.label for state in ItemState},
}


def chosen_items(board: Board, show: str) -> list[BoardItem]:
    """The items of a board that a filter leaves."""
    lists = {"late": board.late, "stale": board.stale, "disagrees": board.disagreeing, "vacant": board.vacant}
    if show in lists:
        return lists[show]
    return [one for one in board.items if one.item.state == show] if show in SHOWN else board.items


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the board lists them."""

    request: int
    name: str
    address: str
    answered: int
    drafted: int
    total: int
    late: str
    written: date | None
    trouble: str
    can_remind: bool
    needs_address: bool


def person_rows(people: Sequence[BoardPerson]) -> list[PersonRow]:
    """The people of a board as rows."""
    return [
        PersonRow(
            request=one.request.pk,
            name=one.name,
            address=one.address,
            answered=one.answered,
            drafted=one.drafted,
            total=len(one.items),
            late=f"{one.late_days} day{'s' if one.late_days != 1 else ''} late" if one.late_days else "",
            written=one.written,
            trouble=one.undelivered or ("" if one.address or one.request.person_id is None else "No address on record"),
            can_remind=one.owes and bool(one.address),
            needs_address=one.request.person_id is not None and (not one.address or one.refused),
        )
        for one in people
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """The course of a round as a line: points of a picture 1,000 by 200, and the figures beside it."""

    points: str
    target_x: int
    total: int
    days: list[tuple[date, int]]
    last: date

    @property
    def in_words(self) -> str:
        """What the picture shows, up to its last day, on which nothing need have come."""
        return f"{self.days[-1][1]} of {self.total} items answered by {printed(self.last)}" if self.days else ""


def course_of(board: Board) -> Line | None:
    """How many items were answered by each day; None before there is a day to show."""
    total, days = len(board.items), board.days
    if not days or not total:
        return None
    width = max((board.round.freeze_on - board.round.opens).days, len(days) - 1, 1)

    def x(day: date) -> int:
        return round(1000 * (day - board.round.opens).days / width)

    points = "0,200 " + " ".join(f"{x(day)},{200 - round(190 * number / total)}" for day, number in days)
    changes = [
        (day, number)
        for (day, number), before in zip(days, [-1, *(n for _, n in days)], strict=False)
        if number != before
    ]
    return Line(points, x(board.round.due_last), total, changes[-1:] if len(changes) < 2 else changes, days[-1][0])
