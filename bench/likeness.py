"""How well the likeness of texts finds what comes back, and which objective answers which recommendation, beside plain BM25.

    python bench/likeness.py [--misses]

Measured on invented reviews and plans (tests/corpus/likeness), which the vocabulary was not written from, and on the pairs
judged by hand that may stand beside the checkout (../shared/accuracy/gold): of those of strength 2 and 3, the share among the
first ten and twenty of all candidates. "Certain" counts the matches marked so, and how many of them are right.
Exits 1 where a mark of the issue is missed.
"""

from __future__ import annotations

import json
import math
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from goldthread.likeness import Likeness, Match, Text
from tests.support.shared import shared_folder

INVENTED = Path(__file__).resolve().parents[1] / "tests" / "corpus" / "likeness"
MARKS = {"repeats": 0.60, "answers": 0.60, "judged at 10": 0.35, "judged at 20": 0.55, "certain": 0.8}
"""The least that is accepted: shares found near the top, and the share of certain matches that are right."""


@dataclass
class Figures:
    """What was found of some pairs, by us and by plain BM25."""

    pairs: int = 0
    ours: Counter[int] = field(default_factory=Counter)
    plain: Counter[int] = field(default_factory=Counter)
    rank: float = 0.0
    plain_rank: float = 0.0
    certain: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def share(self, among: int, *, plain: bool = False) -> float:
        """The share of the pairs that stands among the first few."""
        return (self.plain if plain else self.ours)[among] / self.pairs


def words(text: str) -> list[str]:
    """The words of plain BM25: no stems, no stop words, no synonyms."""
    return re.findall(r"[a-z0-9]+", text.lower())


def plain_order(asked: str, offered: Sequence[str], k1: float = 1.2, b: float = 0.75) -> list[int]:
    """The offered texts in the order of BM25, best first."""
    documents = [words(text) for text in offered]
    counts = Counter(word for document in documents for word in set(document))
    usual = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        held, score = Counter(document), 0.0
        for word in words(asked):
            if count := held[word]:
                rarity = math.log(1 + (len(documents) - counts[word] + 0.5) / (counts[word] + 0.5))
                score += rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * len(document) / usual))
        scores.append(score)
    return sorted(range(len(documents)), key=lambda index: -scores[index])


def whole(text: Text) -> str:
    """All the words of a text, as plain BM25 gets them."""
    return " ".join([text.title, text.text, text.theme, *text.parts])


def count(
    figures: Figures, asked: list[Text], offered: list[Text], true: set[tuple[str, str]], cuts: Sequence[int]
) -> None:
    """Add what is found of the true (asked, offered) pairs to the figures."""
    matches: list[Match] = Likeness(asked, offered).matches(len(offered))
    for text in asked:
        wanted = {offer for ask, offer in true if ask == text.key}
        ours = [match.offered for match in matches if match.asked == text.key]
        plain = [offered[index].key for index in plain_order(whole(text), [whole(one) for one in offered])]
        for cut in cuts:
            figures.ours[cut] += len(wanted & set(ours[:cut]))
            figures.plain[cut] += len(wanted & set(plain[:cut]))
        figures.pairs += len(wanted)
        if wanted:
            figures.rank += max((1 / (ours.index(one) + 1) for one in wanted if one in ours), default=0.0)
            figures.plain_rank += max(1 / (plain.index(one) + 1) for one in wanted)
        figures.misses += [f"{text.key} → {one}" for one in wanted - set(ours[: cuts[-1]])]
    marked = [(match.asked, match.offered) for match in matches if match.certain]
    figures.certain += len(marked)
    figures.right += len([pair for pair in marked if pair in true])


def repeats() -> Figures:
    """What comes back in the invented reviews: pairs among the first three and five."""
    figures = Figures()
    for council in tomllib.loads((INVENTED / "repeats.toml").read_text(encoding="utf-8"))["council"]:
        asked = [Text(one["ref"], one["text"], one["title"], group="earlier") for one in council["earlier"]]
        rows, before = [], ("", "")
        for one in council["later"]:
            rows.append(
                Text(one["ref"], one["text"], theme=one["theme"], before=before[1] if before[0] == one["theme"] else "")
            )
            before = (one["theme"], one["text"])
        true = {(earlier, one["ref"]) for one in council["later"] for earlier in one["again"]}
        count(figures, asked, rows, true, (3, 5))
    return figures


def answers() -> Figures:
    """Which objective of the invented plans answers which recommendation: pairs that stand first, and among the first three."""
    figures = Figures()
    for council in tomllib.loads((INVENTED / "answers.toml").read_text(encoding="utf-8"))["council"]:
        asked = [Text(one["ref"], one["text"], group="review") for one in council["recommendations"]]
        offered = [
            Text(one["ref"], one["text"], theme=one["theme"], parts=(*one["criteria"], *one["actions"]))
            for one in council["objectives"]
        ]
        true = {(rec, one["ref"]) for one in council["objectives"] for rec in one["answers"]}
        count(figures, asked, offered, true, (1, 3))
    return figures


def judged(folder: Path) -> Figures:
    """The judged pairs of strength 2 and 3, among the first ten and twenty candidates."""
    gold = folder / "accuracy" / "gold"
    earlier = json.loads((gold / "peer-challenge-action-plan-2019.json").read_text(encoding="utf-8"))["records"]
    later = json.loads((gold / "peer-challenge-report-2022.json").read_text(encoding="utf-8"))["records"]
    asked = [
        Text(row["number"], row["text"], row.get("title", ""), row.get("group") or "", group="2019")
        for row in earlier
        if row["kind"] == "recommendation"
    ]
    offered: list[Text] = []
    for row in later:
        theme = row.get("theme", "")
        number = len([one for one in offered if one.key.startswith("F")]) + 1
        key = f"F{number:03d}" if row["kind"] == "finding" else "R" + (row.get("number") or "11?")
        before = offered[-1].text if offered and theme and offered[-1].theme == theme else ""
        offered.append(Text(key, row["text"], theme=theme, before=before))
    pairs = json.loads((gold / "recurrence-2019-2022.json").read_text(encoding="utf-8"))["pairs"]
    known = {one.key for one in offered}
    true = {(pair["earlier"], pair["later"]) for pair in pairs if pair["strength"] >= 2 and pair["later"] in known}
    figures = Figures()
    count(figures, asked, offered, true, (10, 20))
    return figures


def line(name: str, figures: Figures, cuts: Sequence[int]) -> str:
    """One line of the table."""
    shares = ", ".join(
        f"first {cut}: {figures.share(cut):.2f} (BM25 {figures.share(cut, plain=True):.2f})" for cut in cuts
    )
    return f"{name:28}{figures.pairs:4} pairs   {shares}   certain {figures.certain}, right {figures.right}"


def main(arguments: list[str]) -> int:
    """Print the table; 1 where a mark is missed."""
    found, answered = repeats(), answers()
    print(line("comes back, invented", found, (3, 5)))
    print(line("objective answers, invented", answered, (1, 3)))
    bad = found.share(3) < MARKS["repeats"] or answered.share(1) < MARKS["answers"]
    all_of = [found, answered]
    if (folder := shared_folder()) is not None:
        real = judged(folder)
        all_of.append(real)
        print(line("comes back, judged by hand", real, (10, 20)))
        bad = bad or real.share(10) < MARKS["judged at 10"] or real.share(20) < MARKS["judged at 20"]
    certain, right = sum(one.certain for one in all_of), sum(one.right for one in all_of)
    print(f"of {certain} matches marked certain {right} are right ({right / max(certain, 1):.2f})")
    if "--misses" in arguments:
        print("\n".join(miss for one in all_of for miss in one.misses))
    return int(bad or right < MARKS["certain"] * certain)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
