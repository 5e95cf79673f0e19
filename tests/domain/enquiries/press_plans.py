"""Plans of the press as the rules read them, without a register: the rule of each kind planted, and what is found."""

from __future__ import annotations

from goldthread.domain.enquiries.rules import RULES, Aim, Entry, Lead, PlanRead, enquire
from goldthread.kernel.timescales import parse_timescale
from tests.corpus.press.contradictions import KINDS, Contradicted

RULE = dict(zip(KINDS, RULES, strict=True))
"""The rule of each kind: the press and the rules keep the order of the issue that lists them."""


def as_values(made: Contradicted) -> PlanRead:
    """A plan of the press as the rules read it."""
    aims, entries = [], []
    for number, printed in enumerate(made.aims):
        criteria = [(f"O{number}C{place}", text) for place, text in enumerate(printed.criteria)]
        aim = Aim(f"O{number}", printed.text, criteria, [])
        for place, act in enumerate(printed.actions):
            when = parse_timescale(act.due)
            aim.entries.append(
                Entry(
                    reference=f"O{number}A{place}", text=act.text, objective=printed.text, objective_reference=aim.reference,
                    update=act.update, update_on=made.as_at if act.update else None,
                    earlier=[(made.before, act.before)] if act.before else [], due_text=act.due, due_sort=when.sort,
                    due_from=when.start, due_on=when.end, complete=act.status.startswith("Complete"), status=act.status,
                    leads=[Lead(name) for name in act.leads], first_on=made.before, criteria=criteria,
                )
            )  # fmt: skip
        aims.append(aim)
        entries += aim.entries
    return PlanRead(made.as_at, aims, entries, [made.before, made.as_at])


def found_in(plan: PlanRead) -> set[tuple[str, str]]:
    """What the rules find: (rule, text of the action or objective)."""
    text = {each.reference: each.text for each in (*plan.entries, *plan.aims)}
    return {(enquiry.rule, text[enquiry.reference]) for enquiry in enquire(plan)}
