"""Plans in which something does not add up: what was planted where, in words that differ from seed to seed.

made = plant(seed=4)            # even seeds are for tuning, odd ones for judging, in other words
made.truth                      # [("two-figures", "Deliver the £1.2m programme …"), …]: kind and text of the action
made = plant(seed=4, none=True) # the same sort of plan, lookalikes and all, with nothing planted
"""

from __future__ import annotations

import csv
import io
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.corpus.press.contradiction_words import PLANTS
from tests.corpus.press.lookalike_words import LOOKALIKES, MEASURED, PLAIN
from tests.corpus.press.words import AIMS, MONTHS, THEMES, Speaker

KINDS = tuple(PLANTS)
COLUMNS = ("Theme", "Objective", "Success criteria", "Action", "Lead", "By when", "Status", "Update")
CADENCES = {
    "every month": 1,
    "monthly": 1,
    "each quarter": 3,
    "quarterly": 3,
    "every six months": 6,
    "twice a year": 6,
    "annually": 12,
    "every year": 12,
}


@dataclass
class Planted:
    """One action of a plan, with what was printed of it a round before where there was one."""

    text: str
    leads: list[str]
    due: str
    status: str
    update: str
    before: str = ""
    kind: str = ""  # what was planted here, else empty


@dataclass
class Aim:
    """An objective with its success criteria and actions; ``kind``: what was planted in the objective itself."""

    theme: str
    text: str
    criteria: list[str]
    actions: list[Planted]
    kind: str = ""


@dataclass
class Contradicted:
    """A plan as at a day with what was planted in it: (kind, text of the action or objective)."""

    title: str
    as_at: date
    before: date  # the day of the round before
    aims: list[Aim] = field(default_factory=list)

    @property
    def truth(self) -> list[tuple[str, str]]:
        """What does not add up, and where."""
        found = [(aim.kind, aim.text) for aim in self.aims if aim.kind]
        return found + [(act.kind, act.text) for aim in self.aims for act in aim.actions if act.kind]


def plant(*, seed: int, none: bool = False) -> Contradicted:
    """A plan with one contradiction of every kind among plain entries and lookalikes; with ``none`` only those."""
    rng = Random(f"contradictions {seed}")
    judging = seed % 2 == 1
    as_at = date(2024, 9, 1) + timedelta(days=rng.randint(0, 700))
    made = Contradicted(f"Improvement plan – update as at {_day(as_at)}", as_at, _months(as_at, -3))
    say = Speaker(rng, judging)
    pool = [] if none else [(kind, rng.choice(PLANTS[kind][judging])) for kind in KINDS]
    if not none:
        others = rng.sample([kind for kind in KINDS if kind != "no-criterion"], 4)
        pool += [(kind, rng.choice(PLANTS[kind][judging])) for kind in others]
    alike = [("", rng.choice(LOOKALIKES[kind][judging])) for kind in rng.sample(list(LOOKALIKES), 7)]
    plain = [("", rng.choice(PLAIN[judging])) for _ in range(12)]
    entries = pool + alike + plain
    rng.shuffle(entries)
    people = [(say.person(), say.post()) for _ in range(6)]
    while entries:
        number = rng.randint(2, 4)
        made.aims.append(_aim(rng, say, as_at, entries[:number], people, judging))
        entries = entries[number:]
    return made


def print_plan(made: Contradicted, path: Path, *, round_before: bool = False) -> None:
    """Write a plan as CSV, a title above its table; with ``round_before`` as it was printed a round before."""
    out = io.StringIO()
    writer = csv.writer(out)
    day = made.before if round_before else made.as_at
    writer.writerow([f"Improvement plan – update as at {_day(day)}"])
    writer.writerow(COLUMNS)
    for aim in made.aims:
        for act in aim.actions:
            update = act.before if round_before else act.update
            lead = " / ".join(act.leads)
            row = [aim.theme, aim.text, "\n".join(aim.criteria), act.text, lead, act.due, act.status, update]
            writer.writerow(row)
    path.write_text(out.getvalue(), encoding="utf-8")


def _aim(
    rng: Random, say: Speaker, as_at: date, entries: list[tuple[str, dict[str, str]]], people: list[tuple[str, str]],
    judging: bool,
) -> Aim:  # fmt: skip
    measure, answer = rng.choice(MEASURED[judging])
    places = _Places(rng, say, as_at)
    aim = Aim(rng.choice(THEMES), rng.choice(AIMS).format(places["t"]), [measure.format_map(places)], [])
    for kind, sentence in entries:
        own = places if kind == "no-criterion" and sentence["criterion"] else _Places(rng, say, as_at)
        if kind == "no-criterion":
            _without_criterion(rng, aim, sentence, own, people, judging)
            continue
        if sentence.get("criterion"):
            aim.criteria.append(sentence["criterion"].format_map(own))
        aim.actions.append(_action(rng, kind, sentence, own, people))
    if aim.kind != "no-criterion":
        first = next((act for act in aim.actions if not act.kind and act.update), None)
        if first is None:
            first = _action(rng, "", rng.choice(PLAIN[judging]), places, people)
            aim.actions.append(first)
        first.update += " " + answer.format_map(places)
    return aim


def _without_criterion(
    rng: Random, aim: Aim, sentence: dict[str, str], own: _Places, people: list[tuple[str, str]], judging: bool
) -> None:
    """Plant in the objective: no success criterion, or one that no update answers. Its own measure goes."""
    aim.kind = "no-criterion"
    aim.criteria = [sentence["criterion"].format_map(own)] if sentence["criterion"] else []
    plain = dict(rng.choice(PLAIN[judging]))
    if sentence["update"]:
        plain["update"] = sentence["update"]
    aim.actions.append(_action(rng, "", plain, own, people))


def _action(rng: Random, kind: str, sentence: dict[str, str], own: _Places, people: list[tuple[str, str]]) -> Planted:
    own["person"], own["post"] = rng.choice(people)
    lead = sentence.get("leads", rng.choice(["{person}", "{post}", "{person} ({post})"]))
    dated = "_m}" in sentence["text"]  # an action that prints its own date has none in the column
    due = sentence.get("due", "" if dated else rng.choice(["{soon}", "{later}", "{soon_m}"]))
    update = sentence["update"].format_map(own)
    text = sentence["text"].format_map(own)
    before = sentence.get("before", "").format_map(own)
    if kind == "unchanged":
        before = update if rng.random() < 0.5 else _touched(rng, update)
    return Planted(
        text=text,
        leads=[lead.format_map(own)] if lead else [],
        due=due.format_map(own),
        status=sentence.get("status", rng.choice(["In progress", "Under way", "In progress"])),
        update=update,
        before=before or ("Preparations are being made." if update else ""),
        kind=kind,
    )


def _touched(rng: Random, update: str) -> str:
    """The same words but for one or two: what a lead changes who has nothing to say."""
    said = update.split()
    said.insert(rng.randint(1, len(said) - 1), rng.choice(["now", "also", "currently"]))
    return " ".join(said)


def _months(day: date, number: int) -> date:
    month = day.year * 12 + day.month - 1 + number
    year, month = divmod(month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


class _Places(dict[str, str]):
    """What stands in the places of a sentence: each is drawn once, so that a sentence repeats itself truly."""

    def __init__(self, rng: Random, say: Speaker, as_at: date) -> None:
        super().__init__()
        self.rng, self.say, self.as_at = rng, say, as_at
        self._numbers()
        self._dates()

    def __missing__(self, name: str) -> str:
        self[name] = self.say.topic()
        return self[name]

    def _numbers(self) -> None:
        rng = self.rng
        k, n, pounds = rng.randint(3, 9), rng.randint(20, 96), rng.randint(15, 99)
        scale = rng.choice([10_000, 100_000, 0])

        def money(value: int) -> str:
            return f"£{value * scale:,}" if scale else f"£{value / 10:.1f}m"

        more = max(pounds + 2, round(pounds * rng.choice([0.6, 0.75, 1.2, 1.3, 1.6])))
        self.update(k=str(k), k2=str(k + rng.choice([2, 3, 4])), n=str(n), n2=str(n + rng.choice([-9, 12, 27])))
        self.update(money=money(pounds), money2=money(more), moneysmall=money(max(1, pounds // 4)))
        months, rate = rng.randint(8, 20), rng.randint(30, 600)
        since = _months(self.as_at.replace(day=1), -months)
        self.update(since_m=_month(since), total=f"{rate * months:,}", rate_true=str(rate))
        self["rate_false"] = str(round(rate * rng.choice([0.55, 0.65, 1.4, 1.7, 2.1])))
        whole = rng.randint(40, 240)
        part = round(whole * rng.uniform(0.35, 0.8))
        true = round(100 * part / whole)
        self.update(whole=str(whole), part=str(part), pct_true=str(true))
        self["pct_false"] = str(min(99, true + rng.choice([9, 14, 18])))
        cnt, avg = rng.randint(8, 60), rng.randint(4, 90) * 50
        self.update(cnt=str(cnt), sum=f"{cnt * avg:,}", avg_true=f"{avg:,}")
        self["avg_false"] = f"{round(avg * rng.choice([0.6, 1.4, 1.8]) / 10) * 10:,}"
        high = rng.randint(100, 400)
        low = round(high * rng.uniform(0.5, 0.85))
        change = round(100 * (high - low) / high)
        self.update(
            high=str(high), low=str(low), chg_true=str(change), chg_false=str(change + rng.choice([12, 20, 25]))
        )
        weeks, wrate = rng.randint(5, 12), rng.randint(12, 80)
        self.update(
            weeks=str(weeks), wtotal=str(weeks * wrate), wrate_false=str(round(wrate * rng.choice([0.6, 1.5, 2])))
        )
        goal = rng.randint(84, 97)
        self.update(goal=str(goal), short=str(goal - rng.randint(6, 25)), met=str(min(99, goal + 2)))
        days = rng.randint(10, 30)
        self.update(gdays=str(days), sdays=str(days + rng.randint(4, 20)), mdays=str(days - rng.randint(2, 6)))
        million = rng.randint(12, 60)
        self.update(goalm=f"{million / 10:.1f}m", shortm=f"{round(million * 0.7) / 10:.1f}m")
        target = rng.randint(20, 90)
        self.update(goaln=str(target), shortn=str(round(target * 0.6)))
        among = rng.choice([32, 33, 40])
        self.update(rank=f"{rng.randint(among // 4 + 3, among - 4)}th", among=str(among))

    def _dates(self) -> None:
        rng, today = self.rng, self.as_at
        manner = rng.choice([_day, _month, _month])
        for name, months in (("past", -rng.randint(2, 7)), ("old", -rng.randint(16, 40)), ("soon", rng.randint(2, 5)),
                             ("later", rng.randint(9, 20))):  # fmt: skip
            day = _months(today, months)
            self[name], self[f"{name}_m"], self[f"{name}_d"] = manner(day), _month(day), _day(day)
        self["recent"] = _month(_months(today, -1))
        cadence = rng.choice(list(CADENCES))
        late = _months(today, -(round(CADENCES[cadence] * 1.7) + 3))
        kept = _months(today, -max(0, CADENCES[cadence] - 1))
        self.update(cad=cadence, overdue_m=_month(late), kept_m=_month(kept))
        ended = today.year - 1 if today.month >= 4 else today.year - 2
        self["lastfy"] = f"{ended}/{(ended + 1) % 100:02d}"
