"""The report model: what a report says, as plain values; every format is made from it and from nothing else.

A Report knows no database: ``improvement_plan.build`` makes one from the rooms' queries, ``canonical`` turns it into
bytes that can be frozen and back, ``layout`` says in which order a reader meets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was printed: the document's name, and the place in words ("page 4, table 2, row 3")."""

    document: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Who answers for a row.

    ``owner`` is the post, elected office or body (empty: the printed name is matched to none yet), ``holders`` who
    held it on the report's day, each with how in brackets where not substantively; ``printed`` the name as the document has it.
    """

    owner: str = ""
    holders: tuple[str, ...] = ()
    printed: str = ""
    held_by_people: bool = True  # False for a body, which nobody holds and which is never vacant

    @property
    def matched(self) -> bool:
        """Whether the name stands for a post, an office or a body."""
        return bool(self.owner)

    @property
    def vacant(self) -> bool:
        """Whether the post or office had no holder on the day."""
        return self.matched and self.held_by_people and not self.holders


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating: the value (``green``, ``no-date`` …), its words, why it is so, and whether a person declared it."""

    value: str
    words: str
    why: str = ""
    declared: bool = False


@dataclass(frozen=True, slots=True)
class Update:
    """What was reported, and the day that it speaks of."""

    text: str
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What an action and a recommendation share in a report."""

    reference: str
    text: str
    leads: tuple[Lead, ...] = ()
    supporting: tuple[Lead, ...] = ()
    state: str = "Open"  # in words
    state_printed: str = ""  # as the document says it: "Completed October 2023"
    due_text: str = ""  # as printed or agreed: "by end of Q2 25/26"
    due_on: date | None = None
    first_due_on: date | None = None  # differs from due_on where the date has slipped
    late: bool = False
    slip_days: int | None = None  # by how many days due_on differs from first_due_on; None where there is no date
    moves: int = 0  # how often the date has moved
    forecast_on: date | None = None  # when its lead last said that it will be finished
    open_issue: str = ""  # what stands in its way, as its lead says
    verified: bool = False  # complete, and somebody else has looked
    effective: str = ""  # whether it made the difference, in words, once somebody has judged
    updates: tuple[Update, ...] = ()  # those of the newest day, oldest first
    source: Source | None = None
    checked: bool = True
    marks: tuple[str, ...] = ()  # what a reader must know beside the row, a short sentence each


@dataclass(frozen=True, slots=True)
class ActionRow(Row):
    """One action. ``rule_rating`` is what the declared rule says, where ``rating`` is a person's own."""

    rating: Rating | None = None
    rule_rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class CompletedRow(ActionRow):
    """One completed action, with where it stood and when it was completed, as printed or said."""

    section: tuple[str, ...] = ()
    objective: str = ""
    criteria: tuple[str, ...] = ()
    own_criteria: tuple[bool, ...] = ()  # of the criteria that are its alone: whether somebody has checked each
    completed: str = ""
    completed_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecommendationRow(Row):
    """One recommendation. ``risk_rating`` is the score printed beside it; what it means is the reviewer's own scale."""

    number: str = ""
    title: str = ""
    key_risk: str = ""
    risk_rating: str = ""
    response: str = ""


@dataclass(frozen=True, slots=True)
class OtherRow(Row):
    """An entry of a kind without a place of its own in the report (a benefit, a principle …): nothing is lost."""

    kind: str = ""  # in words
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """How one will see that an objective is met."""

    text: str
    reference: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class ObjectiveBlock:
    """An objective with its success criteria and actions.

    Without a reference: actions that stand under no objective of the register, with the text printed beside them, if any.
    """

    reference: str = ""
    text: str = ""
    criteria: tuple[Criterion, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """What stands under one heading within a theme; ``section`` is the path below the theme, empty for none."""

    section: tuple[str, ...] = ()
    objectives: tuple[ObjectiveBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the plan: its heading as printed (empty: entries without a heading) and its groups."""

    heading: str = ""
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendationGroup:
    """Recommendations under one heading, or of one review."""

    heading: str = ""
    rows: tuple[RecommendationRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the cover."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts on the cover. ``no_date``, ``no_owner``, ``no_update`` and ``late`` are of actions not completed."""

    actions: int = 0
    done: int = 0
    late: int = 0
    no_date: int = 0
    no_owner: int = 0
    no_update: int = 0
    objectives: int = 0
    recommendations: int = 0
    unmatched_names: int = 0
    vacant_posts: int = 0
    entries: int = 0
    not_checked: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, with ``mark`` "added" or "removed" where they differ from the other text."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another now: what (a name for data), in words before and now; for a text its pieces as well."""

    what: str
    before: str = ""
    now: str = ""
    before_pieces: tuple[Piece, ...] = ()
    now_pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One entry that is new, has gone, or differs: ``sort`` is "new", "gone" or "changed"."""

    reference: str
    kind: str  # in words
    sort: str
    text: str
    place: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a report is compared with: in words, and the two dates of it; ``same`` counts entries that did not change."""

    before: str
    as_at: date
    known_on: date | None = None
    same: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its words, its number, and the style of a rating or "plain"."""

    label: str
    value: int
    style: str = "plain"


@dataclass(frozen=True, slots=True)
class Chart:
    """Counts as bars; ``total`` is what all of them are out of, ``said`` what a reader must know beside it."""

    title: str
    bars: tuple[Bar, ...]
    total: int
    said: str = ""

    @property
    def in_words(self) -> str:
        """The chart for those who do not see it."""
        return f"{self.title}, of {self.total}: " + "; ".join(f"{bar.label} {bar.value}" for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``as_at`` is the day it speaks of, ``known_on`` the day of knowledge (None: now)."""

    title: str
    organisation: str
    as_at: date
    generated_at: datetime
    known_on: date | None = None
    kind: str = "improvement-plan"
    cover: tuple[Fact, ...] = ()
    summary: Summary = field(default_factory=Summary)
    themes: tuple[Theme, ...] = ()
    completed: tuple[CompletedRow, ...] = ()
    recommendations: tuple[RecommendationGroup, ...] = ()
    others: tuple[OtherRow, ...] = ()
    charts: tuple[Chart, ...] = ()
    comparison: Comparison | None = None
    changes: tuple[ChangeRow, ...] = ()
    notes: tuple[str, ...] = ()
    variant: str = "full"
    part: str = ""  # in words, where it is a part of the plan only: "Exceptions only", "Directorate: Place"
    issued: bool = False  # frozen; ``generated_at`` is then the moment at which the newest entry in it was recorded

    def objectives(self) -> Iterator[tuple[Theme, Group, ObjectiveBlock]]:
        """Every objective block with the theme and group it stands in, in order."""
        for theme in self.themes:
            for group in theme.groups:
                for objective in group.objectives:
                    yield theme, group, objective

    def recommendation_rows(self) -> Iterator[RecommendationRow]:
        """Every recommendation, in order."""
        for group in self.recommendations:
            yield from group.rows


def summarise(
    themes: tuple[Theme, ...],
    completed: tuple[CompletedRow, ...],
    recommendations: tuple[RecommendationGroup, ...],
    others: tuple[OtherRow, ...] = (),
) -> Summary:
    """Count what the report holds, so that the cover can never say anything else than the pages behind it."""
    blocks = [block for theme in themes for group in theme.groups for block in group.objectives]
    objectives = [block for block in blocks if block.reference]
    criteria = [criterion for block in blocks for criterion in block.criteria]
    actions = [action for block in blocks for action in block.actions]
    answers = [row for group in recommendations for row in group.rows]
    rows: list[Row] = [*actions, *completed, *answers, *others]
    leads = [lead for row in rows for lead in (*row.leads, *row.supporting)]
    return Summary(
        actions=len(actions) + len(completed),
        done=len(completed),
        late=sum(action.late for action in actions),
        no_date=sum(action.due_on is None for action in actions),
        no_owner=sum(not action.leads for action in actions),
        no_update=sum(not action.updates for action in actions),
        objectives=len(objectives),
        recommendations=len(answers),
        unmatched_names=len({lead.printed for lead in leads if not lead.matched and lead.printed}),
        vacant_posts=len({lead.owner for lead in leads if lead.vacant}),
        entries=len(checked := [*_checks(objectives, criteria, rows)]),
        not_checked=checked.count(False),
    )


def _checks(objectives: list[ObjectiveBlock], criteria: list[Criterion], rows: list[Row]) -> Iterator[bool]:
    yield from (item.checked for item in objectives)
    yield from (item.checked for item in criteria)
    yield from (item.checked for item in rows)
    yield from (checked for row in rows if isinstance(row, CompletedRow) for checked in row.own_criteria)
