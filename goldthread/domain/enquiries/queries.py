"""Reading the lines of enquiry of a plan: what does not add up on a day, and what people made of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from goldthread.commons.access.terms import Permission, ScopeKind
from goldthread.commons.access.viewer import Scope, Viewer
from goldthread.commons.events.rules import standing
from goldthread.domain.enquiries.models import Judgement
from goldthread.domain.enquiries.rules import RULES, Aim, Enquiry, Entry, Lead, PlanRead, enquire
from goldthread.domain.enquiries.terms import Standing
from goldthread.domain.organisation.models import Appointment
from goldthread.domain.organisation.queries import vacant_since
from goldthread.domain.organisation.rules import holds_on, name_key
from goldthread.domain.register.models import Accountability, Record
from goldthread.domain.register.models.as_at import RecordAt
from goldthread.domain.register.queries import at, records
from goldthread.domain.register.terms import ANSWERABLE, CONTAINERS, GONE, RecordKind, State
from goldthread.kernel.clock import today
from goldthread.kernel.date_phrases import find_dates

_ABOUT = (*ANSWERABLE, RecordKind.MILESTONE, RecordKind.SAVING, RecordKind.BENEFIT)


@dataclass(frozen=True, slots=True)
class Found:
    """An enquiry with the record it is about, where its words are printed, and the judgement that holds, if any."""

    enquiry: Enquiry
    record: RecordAt
    places: dict[str, str]  # reference → where its words are printed: "page 4, table 2, row 3"
    judgement: Judgement | None

    @property
    def standing(self) -> str:
        """Open, answered, dismissed or turned into an action."""
        return self.judgement.standing if self.judgement else Standing.OPEN.value

    @property
    def title(self) -> str:
        """What its rule looks for."""
        return RULES[self.enquiry.rule].title


@dataclass(frozen=True, slots=True)
class PlanEnquiries:
    """The lines of enquiry of a plan on a day, best first, of what the viewer may see."""

    plan: RecordAt
    on: date
    rows: list[Found]
    entries: int  # how many actions and recommendations were read

    def open(self) -> list[Found]:
        """Those that nobody has answered, dismissed or turned into an action."""
        return [row for row in self.rows if row.standing == Standing.OPEN]


def enquiries_of(
    reference: str, *, viewer: Viewer, as_at: date | None = None, known_on: date | None = None
) -> PlanEnquiries | None:
    """What does not add up in a plan, review or report; None where it did not stand, or the viewer may not see it.

    Without a day it is read on the newest day that it speaks of: a plan imported today that speaks of May is read as at
    May. A constant number of queries, whatever the size of the plan.
    """
    plan = records(viewer=viewer).filter(reference__iexact=reference.strip(), kind__in=CONTAINERS).first()
    if plan is None:
        return None
    day = as_at or speaks_of(plan, viewer=viewer) or today()
    rows = Record.objects.filter(Q(pk=plan.pk) | Q(within=plan))
    stood = [row for row in at(rows, viewer=viewer, as_at=day, known_on=known_on) if not row.gone]
    itself = next((row for row in stood if row.record.pk == plan.pk), None)
    if itself is None:
        return None
    inside = sorted((row for row in stood if row is not itself), key=lambda row: (row.version.position, row.record.pk))
    read = _plan_read(inside, viewer=viewer, on=day)
    _add_earlier_issue(read, itself, viewer=viewer)
    by_reference = {row.reference: row for row in inside}
    places = {ref: place for row in inside for ref, place in [(row.reference, _place(row))] if place}
    judged = _judgements([row.record.pk for row in inside])
    found = [
        Found(
            enquiry,
            by_reference[enquiry.reference],
            {words.reference: places[words.reference] for words in enquiry.words if words.reference in places},
            judged.get((by_reference[enquiry.reference].record.pk, enquiry.key)),
        )
        for enquiry in enquire(read)
    ]
    return PlanEnquiries(itself, day, found, len(read.entries))


def speaks_of(plan: Record, *, viewer: Viewer) -> date | None:
    """The newest day that the visible entries of a plan speak of, none later than today. One query."""
    inside = records(viewer=viewer).filter(Q(pk=plan.pk) | Q(within=plan))
    newest = inside.aggregate(
        worded=Max("version_facts__as_at", filter=Q(version_facts__as_at__lte=today())), updated=Max("updated_on")
    )
    days = [day for day in newest.values() if day is not None and day <= today()]
    return max(days, default=None)


def may_judge(viewer: Viewer, record: Record) -> bool:
    """Whether a viewer may answer or dismiss the enquiries about a record: for the whole council, or for its plan."""
    held = viewer.scopes(Permission.WAIVE_CHECKS)
    return Scope(ScopeKind.EVERYTHING) in held or Scope(ScopeKind.PLAN, record.within_id) in held


def _judgements(ids: list[int]) -> dict[tuple[int, str], Judgement]:
    """The judgement that holds for each enquiry of some records: the newest that nobody has taken back. One query."""
    rows = Judgement.objects.filter(record_id__in=ids).select_related("by", "action")
    latest = {(row.record_id, row.key): row for row in standing(rows)}
    return {key: row for key, row in latest.items() if row.standing != Standing.OPEN}


def _place(row: RecordAt) -> str:
    return row.record.passage.where if row.record.passage is not None else ""


# An earlier issue that came in as a plan of its own ---------------------------------------------------------------


def _add_earlier_issue(read: PlanRead, plan: RecordAt, *, viewer: Viewer) -> None:
    """Put beside each entry what an earlier issue of the plan said of it, where that issue stands in the register alone.

    An issue is known by its title without its dates, an entry by its words. Where two issues were brought in as one plan, the
    register itself holds the earlier updates and nothing is added.
    """
    title = _title_key(plan.heading)
    if not title or len(read.rounds) > 1:
        return
    others = records(viewer=viewer).filter(kind=plan.kind).exclude(pk=plan.record.pk).exclude(state__in=GONE)
    dated = others.annotate(speaks_of=Max("contents__updated_on", filter=Q(contents__updated_on__lt=read.on)))
    issues = [row for row in dated.filter(speaks_of__isnull=False) if _title_key(row.heading) == title]
    if not issues:
        return
    newest = max(issues, key=lambda row: (row.speaks_of, row.pk))
    said: dict[str, tuple[date, str]] = {}
    for row in records(viewer=viewer).filter(within=newest, updated_on__lt=read.on).exclude(last_update=""):
        if row.updated_on is not None:
            said[_words_key(row.text or row.heading)] = (row.updated_on, row.last_update)
    for entry in read.entries:
        before = said.get(_words_key(entry.text))
        if before is not None and not entry.earlier:
            entry.earlier.append(before)
    if said:
        read.rounds[:0] = [max(day for day, _ in said.values())]


def _title_key(title: str) -> str:
    """A title without its dates and what joins them to it: what two issues of one plan have in common."""
    for when in reversed(find_dates(title)):
        title = f"{title[: when.begin]} {title[when.stop :]}"
    words = re.findall(r"[a-z]+", title.casefold())
    return " ".join(word for word in words if word not in _OF_AN_ISSUE)


_OF_AN_ISSUE = {
    "as",
    "at",
    "update",
    "updated",
    "version",
    "draft",
    "final",
    "issue",
    "q",
    "quarter",
    "progress",
    "report",
}


def _words_key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# From the register to plain values --------------------------------------------------------------------------------

_COMPLETED_HEADING = re.compile(r"^\W*(?:completed?|closed|finished|delivered)\b(?!\s+by\b)", re.I)


def _plan_read(inside: list[RecordAt], *, viewer: Viewer, on: date) -> PlanRead:
    """What the rules read: objectives with their criteria and actions, and everything that somebody owes updates on."""
    objectives = {row.record.pk: row for row in inside if row.kind == RecordKind.OBJECTIVE}
    criteria: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in inside:
        if row.kind == RecordKind.CRITERION and row.parent_id is not None:
            criteria[row.parent_id].append((row.reference, row.text))
    leads = _Leads([row for row in inside if row.kind in _ABOUT], viewer=viewer, on=on)
    entries, aims = [], {pk: Aim(row.reference, row.text, criteria[pk], []) for pk, row in objectives.items()}
    for row in inside:
        if row.kind not in _ABOUT:
            continue
        entry = _entry(row, objectives.get(row.parent_id or 0), criteria, leads)
        entries.append(entry)
        if row.parent_id in aims:
            aims[row.parent_id].entries.append(entry)
    rounds = sorted({update.as_at for row in inside for update in row.updates})
    return PlanRead(on, list(aims.values()), entries, rounds)


def _entry(
    row: RecordAt, objective: RecordAt | None, criteria: dict[int, list[tuple[str, str]]], leads: _Leads
) -> Entry:
    update, due = row.last_update, row.due
    listed = any(_COMPLETED_HEADING.search(heading) for heading in row.section) or bool(
        _COMPLETED_HEADING.search(row.state_printed)
    )
    above = [(objective.record.pk, objective)] if objective is not None else []
    return Entry(
        reference=row.reference,
        text=row.text or row.heading,
        objective=objective.text if objective is not None else str(row.details.get("objective") or ""),
        objective_reference=objective.reference if objective is not None else row.reference,
        update=update.text if update else "",
        update_on=update.as_at if update else None,
        earlier=[(earlier.as_at, earlier.text) for earlier in row.updates[:-1]],
        due_text=due.text if due else "",
        due_sort=due.sort if due else "",
        due_from=due.starts_on if due else None,
        due_on=row.due_on,
        complete=row.state == State.COMPLETE or listed,
        stopped=row.state in (State.STOPPED, State.SUPERSEDED),
        on_hold=row.state == State.ON_HOLD,
        status=row.state_printed,
        rating=row.rating_fact.value if row.rating_fact else "",
        leads=leads.of(row),
        first_on=row.version.as_at if len(row.updates) < 2 else row.updates[0].as_at,
        criteria=[pair for pk, _ in above for pair in criteria[pk]] + criteria[row.record.pk],
    )


class _Leads:
    """Who leads what, and what the organisation's records say of them on the day. Two queries."""

    def __init__(self, rows: list[RecordAt], *, viewer: Viewer, on: date) -> None:
        self.on = on
        leads = [lead for row in rows for lead in row.leads]
        self.vacant = vacant_since({lead.owner_id for lead in leads if lead.owner_id}, viewer=viewer, on=on)
        self.left = self._who_left({lead.printed for lead in leads if lead.owner_id is None})

    def _who_left(self, names: set[str]) -> dict[str, date]:
        """The last day of people who held something on record and hold nothing on the day: key of the name → that day."""
        rows = standing(Appointment.objects.filter(person__name__in=names).select_related("person"))
        held = {name_key(row.person.name) for row in rows if holds_on(row.starts, row.ends, self.on)}
        last: dict[str, date] = {}
        for row in rows:
            key = name_key(row.person.name)
            if key not in held and row.ends is not None and row.ends < self.on:
                last[key] = max(row.ends, last.get(key, row.ends))
        return last

    def of(self, row: RecordAt) -> list[Lead]:
        """The leads of a record, the accountable one first."""
        return [self._lead(lead) for lead in row.leads]

    def _lead(self, lead: Accountability) -> Lead:
        owner = lead.owner
        if owner is None:
            return Lead(lead.printed, left_on=self.left.get(name_key(lead.printed)))
        gone = owner.ends if owner.ends is not None and owner.ends < self.on else None
        return Lead(lead.printed or owner.name, gone_on=gone, vacant_since=self.vacant.get(owner.pk))
