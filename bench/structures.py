"""What a council of 6,000 posts and 12 structures costs: comparing two, a directorate's chart, and how both grow.

    python -m bench.structures [--posts 6000] [--structures 12]

Fills a database of its own in a temporary folder. Prints processor seconds and how they grow from half the posts to all of them;
ends with status 1 where comparing takes over a second, a directorate's chart over half a second, or twice the posts cost
more than three times as much.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from typing import Any

COMPARE, CHART, GROWTH = 1.0, 0.5, 3.0
DIRECTORATES, SPAN = 20, 8


def main() -> int:
    """Fill, measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=6000)
    parser.add_argument("--structures", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as folder:
        os.environ |= {"GOLDTHREAD_HOME": folder, "DJANGO_SETTINGS_MODULE": "goldthread.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        half, whole = (measured(number, options.structures) for number in (options.posts // 2, options.posts))
    growth = {name: whole[name] / half[name] for name in ("compare", "chart")}
    for name in ("compare", "chart"):
        print(
            f"{name}: {whole[name]:.3f} s for {options.posts} posts, {half[name]:.3f} s for half, grows {growth[name]:.2f}"
        )
    slow = whole["compare"] > COMPARE or whole["chart"] > CHART or max(growth.values()) > GROWTH
    return int(slow)


def measured(posts: int, structures: int) -> dict[str, float]:
    """Processor seconds (the fastest of five) to compare two structures of so many posts and to draw the largest directorate."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from goldthread.commons.access.queries import viewer_for
    from goldthread.commons.accounts.actions import local_user
    from goldthread.domain.organisation.models import Directorate
    from goldthread.domain.organisation.queries.structures import comparison, lines_of
    from goldthread.reporting.structure_chart import forest, pages_of, svg

    by = local_user()
    made = filled(posts, structures, by)
    viewer = viewer_for(by)
    largest = Directorate.objects.get(name=f"Directorate {posts} 0").pk

    def chart() -> list[str]:
        nodes = forest(lines_of(made[-1], viewer=viewer, directorate=largest))
        return [svg(page, label="Bench") for page in pages_of(nodes)]

    found = comparison(made[-2], made[-1], viewer=viewer)
    assert len(found.after.lines) == posts and found.of_kind("added") and found.of_kind("renamed")
    print(f"{posts} posts: {len(chart())} pages of the largest directorate")
    return {"compare": seconds(lambda: comparison(made[-2], made[-1], viewer=viewer)), "chart": seconds(chart)}


def filled(posts: int, structures: int, by: Any) -> list[Any]:
    """Structures that each rename, move and replace some posts of the one before."""
    from django.db import transaction

    from goldthread.commons.events.actions import record_event
    from goldthread.domain.organisation.actions.structures import draw_up
    from goldthread.domain.organisation.rules.lines import Line

    made: list[Any] = []
    keys: dict[int, int] = {}
    for number in range(structures):
        with transaction.atomic():
            event = record_event("added a structure", by=by)
            lines = []
            for at in range(posts):
                renewed = at % 97 == number % 97 and at >= SPAN * DIRECTORATES
                key = -(at + 1) if renewed or at not in keys else keys[at]
                part = 0 if at >= DIRECTORATES and at % 3 == 0 else at % DIRECTORATES
                word = f"{number}" if at % 53 == number % 53 else ""
                named = f"fresh{number}x{at}" if renewed else f"subject{at} area{at // 7} {word}".strip()
                lines.append((at, key, f"Officer for {named}", f"Directorate {posts} {part}"))
            by_place = {at: key for at, key, _, _ in lines}
            drawn = [
                Line(
                    key, title, part, reports_to=by_place[at // SPAN] if at else None, cost_low=3_000_000, cost_high=3_500_000,
                    position=at,
                )
                for at, key, title, part in lines
            ]  # fmt: skip
            structure, found = draw_up(
                name=f"{posts} {number}", as_at=date(2020 + number, 4, 1), stage="agreed", lines=drawn, event=event
            )
        keys = {at: found[key].pk for at, key, _, _ in lines}
        made.append(structure)
    return made


def seconds(act: Callable[[], Any]) -> float:
    """Processor seconds of the fastest of five runs: a busy machine would else be measured instead."""
    taken = []
    for _ in range(5):
        begun = time.process_time()
        act()
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    sys.exit(main())
