"""Issuing reports. What is issued is frozen: its data and files are stored with their hashes and only ever read again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django_tasks import task

from goldthread.commons.access.guard import require
from goldthread.commons.access.terms import Permission
from goldthread.commons.accounts.models import User
from goldthread.commons.checks.queries import Problem, standing_in_the_way
from goldthread.commons.errors import NotAllowed, Refused
from goldthread.commons.events.actions import record_event
from goldthread.commons.events.models import Event
from goldthread.commons.events.sealing import head
from goldthread.commons.files.storage import DamagedFile, StoredFile, store
from goldthread.domain.organisation.models import Body, Meeting
from goldthread.domain.register.models import Record
from goldthread.kernel.clock import now, today
from goldthread.kernel.collecting import without_pauses
from goldthread.kernel.days import printed
from goldthread.reporting import canonical
from goldthread.reporting.audience import may_issue, viewer_of
from goldthread.reporting.building import build_variant
from goldthread.reporting.formats import FORMATS, file_name, format_named
from goldthread.reporting.model import Report
from goldthread.reporting.models import Issue, IssueFile, IssueStep
from goldthread.reporting.moving import mark, moved
from goldthread.reporting.queries import report_of
from goldthread.reporting.terms import EVERY_KIND, FULL, PUBLIC_KNOWS_NOW, Audience, StepKind
from goldthread.reporting.versions import versions

_TRIES = 5


class ChecksInTheWay(Refused):
    """Data checks find errors in the plan that nobody has put right or waived; they stand in ``problems``."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        named = ", ".join(f"{one.number} at {one.reference}" for one in problems[:3])
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        one = "A data check stands" if len(problems) == 1 else f"{len(problems)} data checks stand"
        super().__init__(f"{one} in the way: {named}{more}; put it right, or waive it with a reason.")
        self.problems = list(problems)


def freeze(
    *,
    plan: Record,
    as_at: date,
    by: User,
    reason: str,
    known_on: date | None = None,
    variant: str = FULL,
    kinds: Sequence[str] = EVERY_KIND,
    for_body: Body | None = None,
    meeting: Meeting | None = None,
    audience: str = Audience.COUNCIL,
    supersedes: Issue | None = None,
    also: Callable[[Event], None] | None = None,
) -> Issue:
    """Issue the report on a plan as it stands on a day, by what is known on a day (today), for an audience.

    The report is computed and stored first, outside any write transaction. Then one short transaction writes the event and
    the issue, and calls ``also`` with the event, so that whoever asked for it (a round, say) marks itself in the same step:
    either all of it stands or nothing. Where what was read has moved meanwhile, it is read again. The files follow in the
    background; ``IssueStep`` COMPLETED says when all are there. The same register gives the same hash.

    Raises ChecksInTheWay where a data check finds an error in the plan that nobody has waived; Refused without a reason, for
    a day to come, an unknown variant or format, or a plan that did not stand that day; NotAllowed where the person may not
    issue reports on this plan for this audience.
    """
    known = known_on or today()
    _check(plan, as_at, known, by, reason, audience)
    with without_pauses():
        problems = standing_in_the_way(viewer=require(by, Permission.ISSUE_REPORTS), within=plan, on=today())
    if problems:
        raise ChecksInTheWay(problems)
    wanted = [format_named(name).name for name in dict.fromkeys(kinds)]
    if meeting is not None and for_body is None:
        for_body = meeting.body
    for _ in range(_TRIES):
        before = mark()
        with without_pauses():
            report = _frozen_report(plan, as_at, known, variant, audience, for_body, meeting)
            kept, title = _stored(report), report.title
        del report  # a large one takes more memory than everything that follows
        with transaction.atomic():
            if moved(plan, before):
                continue
            issue = _publish(
                Issue(
                    plan=plan, variant=variant, title=title[:500], audience=audience, as_at=as_at, known_on=known,
                    for_body=for_body, meeting=meeting, format=canonical.FORMAT, sha256=kept.sha256, size=kept.size,
                    kinds=wanted, versions=versions(), supersedes=supersedes,
                ),
                by=by, reason=reason.strip(),
            )  # fmt: skip
            if also is not None:
                also(issue.event)
            transaction.on_commit(partial(make_files_later.enqueue, issue.pk))
        return issue
    raise Refused(f"{plan.reference} was changed each time while its report was made; try again in a quieter moment.")


def _check(plan: Record, as_at: date, known: date, by: User, reason: str, audience: str) -> None:
    viewer = require(by, Permission.ISSUE_REPORTS)
    if not may_issue(viewer, plan, audience):
        raise NotAllowed(f"{by.name} may not issue this report on {plan.reference}; ask an administrator for the role.")
    if not reason.strip():
        raise Refused("Say why the report is issued, such as the meeting that it goes to.")
    if as_at > today() or known > today():
        raise Refused("A report is issued as at today or an earlier day; that day has not come.")
    if known < today() and audience == Audience.PUBLIC:
        raise Refused(PUBLIC_KNOWS_NOW)


def _frozen_report(
    plan: Record, as_at: date, known: date, variant: str, audience: str, for_body: Body | None, meeting: Meeting | None
) -> Report:
    who = for_body.owner.name if for_body else Audience(audience).label
    if meeting is not None:
        who = f"{who}, meeting of {printed(meeting.held_on)}"
    return build_variant(
        plan.reference, variant, viewer=viewer_of(audience), as_at=as_at, known_on=known, prepared_for=who, frozen=True
    )


def _stored(report: Report) -> StoredFile:
    """The canonical data, kept; by way of a file, for a large report would not fit twice."""
    with tempfile.NamedTemporaryFile(prefix="goldthread-issue-") as written:
        for piece in canonical.pieces(report):
            written.write(piece)
        written.flush()
        return store(Path(written.name))


def _publish(issue: Issue, *, by: User, reason: str) -> Issue:
    detail = {"report": issue.sha256, "variant": issue.variant, "as at": issue.as_at.isoformat()}
    event = record_event("issued a report", by=by, subject=issue.plan.reference, reason=reason, detail=detail)
    issue.recorded, issue.by, issue.event, issue.reason = event.at, by, event, reason
    issue.sealed_to = head()
    issue.save(force_insert=True)
    return issue


@task()
def make_files_later(issue_id: int) -> None:
    """Make the files of an issue in the background."""
    issue = Issue.objects.get(pk=issue_id)
    make_files(issue=issue, by=issue.by)


def make_files(*, issue: Issue, by: User, progress: Callable[[str, int, int], None] | None = None) -> Issue:
    """Make what is missing of an issue's files from its stored data, then record that it is complete. Safe to run again.

    ``progress`` is told the format's words, how many files stand and how many there will be. Raises Refused where a format
    cannot be made, and DamagedFile where the stored data is not what was issued; the files made before stay.
    """
    done = set(issue.files.values_list("kind", flat=True))
    missing = [kind for kind in issue.kinds if kind not in done]
    report = report_of(issue) if missing else None
    for number, kind in enumerate(missing):
        if progress:
            progress(FORMATS[kind].label, len(issue.kinds) - len(missing) + number, len(issue.kinds))
        assert report is not None
        _keep_file(issue, kind, file_name(report, kind), FORMATS[kind].render(report))
    _complete(issue, by)
    return issue


def _keep_file(issue: Issue, kind: str, name: str, content: bytes) -> None:
    kept = store(content)
    with transaction.atomic():
        held = Issue.objects.select_for_update().get(pk=issue.pk)  # two workers at once: the second finds it made
        if not held.files.filter(kind=kind).exists():
            IssueFile.objects.create(issue=held, kind=kind, name=name, sha256=kept.sha256, size=kept.size, made=now())


def _complete(issue: Issue, by: User) -> None:
    """Record that every file is there, with their hashes: the chain of events holds them from then on."""
    with transaction.atomic():
        held = Issue.objects.select_for_update().get(pk=issue.pk)
        hashes = {row.kind: row.sha256 for row in held.files.all()}
        if set(hashes) < set(held.kinds) or held.steps.filter(kind=StepKind.COMPLETED).exists():
            return
        _step(held, StepKind.COMPLETED, "completed a report", by=by, reason="", day=today(), detail=hashes)


def finish_waiting(*, older_than: timedelta = timedelta()) -> tuple[int, list[str]]:
    """Make the files of every issue that lacks some: what a worker that was killed has left.

    Returns how many are complete now, and what went wrong with others. ``older_than`` leaves new ones to the worker.
    """
    done, wrong = 0, []
    waiting = Issue.objects.exclude(steps__kind=StepKind.COMPLETED).filter(recorded__lte=now() - older_than)
    for issue in waiting.order_by("pk"):
        try:
            make_files(issue=issue, by=issue.by)
            done += 1
        except (Refused, DamagedFile) as problem:
            wrong.append(f"{issue.reference}: {problem}")
    return done, wrong


def finish_waiting_in_words() -> str:
    """The recurring work. Raises Refused with what went wrong."""
    done, wrong = finish_waiting(older_than=timedelta(minutes=5))
    if wrong:
        raise Refused(" ".join(wrong))
    return f"{done:,} completed" if done else ""


@transaction.atomic
def publish(*, issue: Issue, by: User, reason: str, day: date | None = None) -> IssueStep:
    """Let the public see an issue from a day on (today). Raises Refused for one that was not made for the public."""
    held = _to_step(issue, by, reason)
    if held.audience != Audience.PUBLIC:
        raise Refused(
            f"{held.reference} was made for {Audience(held.audience).label.lower()}; "
            "issue the report again for the public, then publish that one."
        )
    if not held.steps.filter(kind=StepKind.COMPLETED).exists():
        raise Refused(f"The files of {held.reference} are still being made; publish it when it is complete.")
    if held.steps.filter(kind=StepKind.PUBLISHED).exists():
        raise Refused(f"{held.reference} is published already.")
    return _step(held, StepKind.PUBLISHED, "published a report", by=by, reason=reason.strip(), day=day or today())


@transaction.atomic
def withdraw(*, issue: Issue, by: User, reason: str) -> IssueStep:
    """Take an issue back: it stays on record with its files, and only who may issue reports still sees it."""
    held = _to_step(issue, by, reason)
    return _step(held, StepKind.WITHDRAWN, "withdrew a report", by=by, reason=reason.strip(), day=today())


def _to_step(issue: Issue, by: User, reason: str) -> Issue:
    viewer = require(by, Permission.ISSUE_REPORTS)
    if not may_issue(viewer, issue.plan, issue.audience):
        raise NotAllowed(f"{by.name} may not do this to {issue.reference}; ask an administrator for the role.")
    if not reason.strip():
        raise Refused("Say why; the reason stays with the report.")
    held = Issue.objects.select_for_update().get(pk=issue.pk)
    if held.steps.filter(kind=StepKind.WITHDRAWN).exists():
        raise Refused(f"{issue.reference} has been withdrawn; issue the report again.")
    return held


def _step(
    issue: Issue, kind: str, verb: str, *, by: User, reason: str, day: date, detail: dict[str, str] | None = None
) -> IssueStep:
    event = record_event(verb, by=by, subject=issue.reference, reason=reason, detail=detail)
    return IssueStep.objects.create(
        issue=issue, kind=kind, day=day, detail=detail or {}, recorded=event.at, by=by, event=event, reason=reason
    )
