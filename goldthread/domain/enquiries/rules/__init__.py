"""The rules of the lines of enquiry: pure functions over a plan as plain values. They know no plan's own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from goldthread.domain.enquiries.rules.benefits import benefit_unreported, money_unowned
from goldthread.domain.enquiries.rules.cadences import cadence_not_kept
from goldthread.domain.enquiries.rules.deadlines import (
    completed_and_to_come,
    ongoing_for_long,
    passed_without_a_word,
)
from goldthread.domain.enquiries.rules.doings import pilot_without_decision, relies_on_given_up
from goldthread.domain.enquiries.rules.entries import Aim, Enquiry, Entry, Lead, PlanRead, Words
from goldthread.domain.enquiries.rules.events import two_dates
from goldthread.domain.enquiries.rules.rates import rate_contradicted
from goldthread.domain.enquiries.rules.sayings import lead_gone, no_criterion, update_unchanged
from goldthread.domain.enquiries.rules.sums import two_figures
from goldthread.domain.enquiries.rules.targets import target_missed

__all__ = ["RULES", "Aim", "Enquiry", "Entry", "Lead", "PlanRead", "Rule", "Words", "enquire", "ranked"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its number, what it looks for, and the function that looks."""

    number: str
    title: str
    find: Callable[[PlanRead], Iterator[Enquiry]]


RULES: dict[str, Rule] = {
    rule.number: rule
    for rule in (
        Rule("LE01", "A deadline passed without a word", passed_without_a_word),
        Rule("LE02", "Ongoing for over a year", ongoing_for_long),
        Rule("LE03", "No success criterion, or one that the updates never answer", no_criterion),
        Rule("LE04", "Two figures for one thing", two_figures),
        Rule("LE05", "A claimed rate that its own numbers contradict", rate_contradicted),
        Rule("LE06", "A target missed under a confident text", target_missed),
        Rule("LE07", "A cadence not kept", cadence_not_kept),
        Rule("LE08", "Listed as completed while the text says later", completed_and_to_come),
        Rule("LE09", "An action that relies on what its update gives up", relies_on_given_up),
        Rule("LE10", "Two dates for one event", two_dates),
        Rule("LE11", "An update unchanged since the last round", update_unchanged),
        Rule("LE12", "A lead who has left, or a post that has gone", lead_gone),
        Rule("LE13", "Money that nobody owns", money_unowned),
        Rule("LE14", "A pilot ended without a decision", pilot_without_decision),
        Rule("LE15", "Benefits expected and never reported", benefit_unreported),
    )
}
"""Every rule by its number, in the order of the numbers."""


def enquire(plan: PlanRead) -> list[Enquiry]:
    """What does not add up in a plan, best first. The same plan gives the same enquiries in the same order."""
    return ranked([enquiry for rule in RULES.values() for enquiry in rule.find(plan)])


def ranked(found: list[Enquiry]) -> list[Enquiry]:
    """Enquiries by weight; each further one of a rule weighs less, so that the first ten are not ten of one sort."""
    seen: Counter[str] = Counter()
    weighed = []
    for enquiry in sorted(found, key=lambda each: (-each.weight, each.rule, each.reference)):
        weighed.append((enquiry.weight - 0.06 * seen[enquiry.rule], enquiry))
        seen[enquiry.rule] += 1
    return [enquiry for _, enquiry in sorted(weighed, key=lambda pair: (-pair[0], pair[1].rule, pair[1].reference))]
