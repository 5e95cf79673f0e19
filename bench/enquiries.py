"""How well the lines of enquiry find what does not add up, by rule: measured, and written into docs/enquiries.md.

    python -m bench.enquiries [--check]

Measured on 200 plans of the press with contradictions planted (even seeds, which the rules were made with, and odd ones, which
speak in other words), on the same plans with nothing planted, and on the texts of tests/domain/enquiries: those that the
rules were mended on and those that they never were. The tables stand between two marks in docs/enquiries.md and take their
place; the rest of the page is written by hand. --check writes nothing. Takes about 25 seconds.
Exits 1 where a rule finds less than LEAST of what the press planted or rings more than one false alarm for three true ones.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldthread.domain.enquiries.rules import RULES, enquire
from goldthread.kernel.days import printed
from tests.corpus.press.contradictions import plant
from tests.domain.enquiries.planted_texts import Counted, counted, rows_of
from tests.domain.enquiries.press_plans import RULE, as_values, found_in

PAGE = Path(__file__).resolve().parents[1] / "docs" / "enquiries.md"
BEGIN, END = "<!-- measured: begin (bench/enquiries.py) -->", "<!-- measured: end -->"
TUNING, JUDGING = range(0, 200, 2), range(1, 200, 2)
MENDED, NEVER = "texts_mended_on.toml", "texts_never_mended_on.toml"
LEAST, FALSE_TO_TRUE = 0.8, 1 / 3


@dataclass
class Pressed:
    """What was planted in plans of the press and found, and what was asked about plans in which nothing is."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)


def pressed(seeds: Iterable[int]) -> Pressed:
    """The press's plans of some seeds, each with its contradictions and without."""
    told = Pressed()
    for seed in seeds:
        made = plant(seed=seed)
        found = found_in(as_values(made))
        for kind, text in made.truth:
            told.planted[RULE[kind]] += 1
            told.found[RULE[kind]] += (RULE[kind], text) in found
        told.alarms.update(each.rule for each in enquire(as_values(plant(seed=seed, none=True))))
    return told


def _share(told: Pressed | Counted, rules: Sequence[str]) -> str:
    found, whole = (sum(counts[rule] for rule in rules) for counts in (told.found, told.planted))
    return f"{found} of {whole} ({found / whole:.2f})"


def tables(tuning: Pressed, judging: Pressed, mended: Counted, never: Counted) -> list[str]:
    """The lines of the tables: a row for each rule, and one of all."""
    every = list(RULES)
    head = (
        "| rule | what it looks for | press, tuning seeds | press, judging seeds | alarms on 200 clean plans "
        "| texts mended on | alarms | texts never mended on | alarms |"
    )
    lines = [
        f"Measured by `python -m bench.enquiries` on {printed(date.today())}. Found, of what was planted; an alarm is a question "
        "about something that adds up, counted at the rule that asks it.",
        "",
        head,
        "|" + "---|" * 9,
    ]
    for name, rules, title in [*((n, [n], r.title) for n, r in RULES.items()), ("all", every, "")]:
        clean = sum(tuning.alarms[rule] + judging.alarms[rule] for rule in rules)
        alarms = [sum(told.alarms[rule] for rule in rules) for told in (mended, never)]
        cells = [name, title[:1].lower() + title[1:], _share(tuning, rules), _share(judging, rules), str(clean)]
        cells += [_share(mended, rules), str(alarms[0]), _share(never, rules), str(alarms[1])]
        lines.append("| " + " | ".join(cells) + " |")
    alike = [sum(told.alike.values()) for told in (mended, never)]
    lines += ["", f"The alarms on texts were rung on {alike[0]} lookalikes mended on and {alike[1]} never mended on."]
    return lines


def missed(told: Sequence[Pressed]) -> list[str]:
    """The rules that miss a mark on the press, in words."""
    wrong = []
    for each in told:
        for rule in RULES:
            if each.found[rule] < LEAST * each.planted[rule]:
                wrong.append(f"{rule} finds {each.found[rule]} of {each.planted[rule]}")
            if each.alarms[rule] > each.found[rule] * FALSE_TO_TRUE:
                wrong.append(f"{rule} rings {each.alarms[rule]} false alarms beside {each.found[rule]} true ones")
    return wrong


def write(lines: Sequence[str]) -> None:
    """Puts the tables into the page between its two marks; SystemExit where the marks are not there."""
    text = PAGE.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{PAGE.name} has no place for the tables: put “{BEGIN}” and “{END}” where they belong.")
    PAGE.write_text("\n".join([before + BEGIN, "", *lines, "", END + after]), encoding="utf-8")


def main() -> int:
    """Measures, prints, writes unless only asked to check, and says by its exit status whether all marks are met."""
    tuning, judging = pressed(TUNING), pressed(JUDGING)
    lines = tables(tuning, judging, counted(rows_of(MENDED)), counted(rows_of(NEVER)))
    print("\n".join(lines))
    if "--check" not in sys.argv[1:]:
        write(lines)
    wrong = missed((tuning, judging))
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
