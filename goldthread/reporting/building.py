"""Any variant of the report on a plan, by its name."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.commons.access.viewer import Viewer
from goldthread.reporting import changes, improvement_plan
from goldthread.reporting.model import Report
from goldthread.reporting.summary import summarised
from goldthread.reporting.terms import CHANGES, FULL, SUMMARY
from goldthread.reporting.variants import variant_of


def build_variant(
    plan_ref: str | None,
    variant: str = FULL,
    *,
    viewer: Viewer,
    as_at: date | None = None,
    known_on: date | None = None,
    prepared_for: str = "",
    frozen: bool = False,
) -> Report:
    """The report on a plan in a variant (``variants.variant_of`` says how it is written).

    ``prepared_for`` stands on the cover, the viewer's name unless told. A ``frozen`` report carries the moment of its newest
    entry instead of the time of day, so that the same register gives the same bytes. Raises NoSuchPlan,
    NoSuchVariant, CannotCompare.
    """
    wanted = variant_of(variant)
    given: dict[str, Any] = {
        "viewer": viewer,
        "as_at": as_at,
        "known_on": known_on,
        "prepared_for": prepared_for,
        "frozen": frozen,
    }
    if wanted.kind == CHANGES:
        return changes.build(plan_ref, wanted, **given)
    if wanted.kind == SUMMARY:
        return summarised(improvement_plan.build(plan_ref, **given), str(wanted))
    return improvement_plan.build(plan_ref, variant=wanted, **given)
