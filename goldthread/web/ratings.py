"""Ratings as a bar."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.kernel.ratings import Rating
from goldthread.web.components.bar.presenter import Bar, stacked
from goldthread.web.components.tag.presenter import RATING_COLOURS

BAR_ORDER = (Rating.BLUE, Rating.GREEN, Rating.AMBER, Rating.RED, Rating.GREY, Rating.NO_DATE)


def rating_bar(
    label: str, open_by_rating: Mapping[str, int], *, done: int = 0, verified: int = 0, address: str = ""
) -> Bar:
    """A bar of actions: complete ones first (blue only where verified), then open ones by rating in a fixed order.

    ``done`` counts the verified ones too. Each part links to the plan at ``address`` ("" is the page itself) with that
    filter.
    """
    parts = [
        ("Complete and verified", verified, "blue", f"{address}?state=complete"),
        ("Complete, not verified", done - verified, "turquoise", f"{address}?state=not-verified"),
    ]
    for rating in BAR_ORDER:
        colour = RATING_COLOURS[rating] or "blue"
        count = open_by_rating.get(rating.value, 0)
        parts.append((rating.label, count, colour, f"{address}?rating={rating.value}&state=open"))
    return stacked(label, parts)
