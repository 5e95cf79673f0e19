"""How long a report takes in each format, and whether the time grows with the plan or faster.

    python bench/reporting.py [--sizes 60,250,1000] [--formats html,pdf,docx,xlsx,csv,json] [--repeat 3]

Reports are invented; the fastest of the repeats counts. Seconds differ between machines: compare the growth. "Growth"
is the time for each action at the largest size over that at the smallest: 1 or less is linear, 2 is trouble.
Exits 1 where 60 actions in HTML, PDF and Word take 5 seconds or more, or a format's growth is over 2.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

MAIN = ("html", "pdf", "docx")
LIMIT, GROWTH = 5.0, 2.0


def main(arguments: list[str]) -> int:
    """Time every format at every size and print one table."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="goldthread-bench-") as home:
        os.environ["GOLDTHREAD_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.config.settings")
        import django

        django.setup()
        return _measured(options.sizes, options.formats, options.repeat)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=lambda text: sorted(map(int, text.split(","))), default=[60, 250, 1000])
    parser.add_argument(
        "--formats", type=lambda text: text.split(","), default=["html", "pdf", "docx", "xlsx", "csv", "json"]
    )
    parser.add_argument("--repeat", type=int, default=3)
    return parser.parse_args(arguments)


def _measured(sizes: list[int], names: list[str], repeat: int) -> int:
    from bench.invented_reports import invented
    from goldthread.reporting.formats import format_named

    reports = {size: invented(size) for size in sizes}
    print(f"{'format':8}" + "".join(f"{size:>12,}" for size in sizes) + f"{'bytes':>12}{'growth':>9}")
    bad, main_formats = False, 0.0
    for name in names:
        made = format_named(name)
        times, size_in_bytes = [], 0
        for size in sizes:
            taken = []
            for _ in range(repeat):
                start = time.perf_counter()
                size_in_bytes = len(made.render(reports[size]))
                taken.append(time.perf_counter() - start)
            times.append(min(taken))
        growth = (times[-1] / sizes[-1]) / (times[0] / sizes[0])
        bad |= growth > GROWTH
        main_formats += times[0] if name in MAIN else 0
        print(f"{name:8}" + "".join(f"{seconds:>10.2f} s" for seconds in times) + f"{size_in_bytes:>12,}{growth:>9.2f}")
    print(f"HTML, PDF and Word of {sizes[0]:,} actions: {main_formats:.2f} s (limit {LIMIT:.0f} s)")
    return 1 if bad or (main_formats >= LIMIT and sizes[0] <= 60) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
