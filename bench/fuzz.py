"""Damage real files in many ways and read them: every one becomes a reading or one sentence, soon, and nothing crashes.

    .venv/bin/python -m bench.fuzz [--runs 10000] [--seed 0] [--kinds plan.docx,…] [--write]

Each run is made by its kind and seed alone, so that what is found can be made again with ``--runs 1 --seed N --kinds K``.
Runs of a kind share a child process with the memory of a reader's; one that hangs or dies is told of by its seed, and the
next child goes on after it. ``--write`` keeps the result in docs/fuzz.md. Ends with status 1 where anything was found.
"""

from __future__ import annotations

import argparse
import copy
import faulthandler
import json
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from bench.fuzz_files import MAKERS

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 10.0  # a run that takes longer hangs
MEGABYTES = 512
BATCH = 250  # runs of one child
_PACKED = (".docx", ".xlsx", ".odt")
_VALUES = (
    b"0", b"-1", b"99999999999", b"abc", b"1048577", b"A1:XFD9", b"\xc3\xa9", b"1.5", b"", b"1e999", b"&amp;", b"true",
)  # fmt: skip
_MARKS = (
    b"9", b"-", b"<", b">", b"\x00", b"\xff", b'"', b"(", b")", b"[", b"]", b"\n", b"\t", b"\x0c", b"\xe2\x80\xa8", b"\xcc\x81",
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some of them changed, taken out, doubled, moved or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place, length = chance.randrange(max(len(out), 1)), chance.choice((1, 2, 4, 40, 400))
        action = chance.randrange(7)
        if action == 0:
            out[place : place + length] = chance.randbytes(length)
        elif action == 1:
            del out[place : place + length]
        elif action == 2:
            out[place:place] = out[place : place + length] * chance.choice((1, 1, 2, 30))
        elif action == 3:
            out[place : place + 1] = chance.choice(_MARKS)
        elif action == 4:
            piece = out[place : place + length]
            del out[place : place + length]
            other = chance.randrange(max(len(out), 1))
            out[other:other] = piece
        elif action == 5:
            _number(out, place, chance)
        elif chance.random() < 0.15:
            del out[place:]
    return bytes(out)


def _number(out: bytearray, place: int, chance: random.Random) -> None:
    """Change the next number after a place: sizes, counts and references are what readers believe."""
    start = next((n for n in range(place, min(place + 300, len(out))) if 48 <= out[n] <= 57), None)
    if start is not None:
        stop = start
        while stop < len(out) and 48 <= out[stop] <= 57:
            stop += 1
        out[start:stop] = chance.choice([*_VALUES[:3], b"2147483648", b"7", b"65536"])


def shuffled(data: bytes, chance: random.Random) -> bytes:
    """Lines, tags or objects moved, doubled and left out: files whose parts are well formed and make no sense."""
    mark = chance.choice([b"\n", b"<", b">", b" ", b'"', b"endobj"])
    pieces = data.split(mark)
    for _ in range(chance.randint(1, 8)):
        a, b = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        action = chance.randrange(4)
        if action == 0:
            pieces[a], pieces[b] = pieces[b], pieces[a]
        elif action == 1:
            pieces[a] = pieces[b]
        elif action == 2 and len(pieces) > 2:
            del pieces[a]
        else:
            pieces[a:a] = pieces[min(a, b) : max(a, b)][: chance.choice((1, 3, 60))]
    return mark.join(pieces)


def revalued(data: bytes, chance: random.Random) -> bytes:
    """XML that stays well formed while the values of its attributes change."""
    pieces = data.split(b'"')
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        if len(pieces) > 2:
            pieces[chance.randrange(1, len(pieces) - 1, 2)] = chance.choice(_VALUES)
    return b'"'.join(pieces)


def rearranged(data: bytes, chance: random.Random) -> bytes:
    """XML whose elements are moved into others, doubled, emptied and taken out: well formed, and a file that no program made."""
    root = etree.fromstring(data)
    every = [element for element in root.iter() if isinstance(element.tag, str)][1:]
    if not every:
        return data
    for _ in range(chance.choice((1, 1, 2, 4))):
        one, other = chance.choice(every), chance.choice(every)
        parent = one.getparent()
        action = chance.randrange(5)
        if action == 0 and parent is not None:
            parent.remove(one)
        elif action == 1 and parent is not None:
            for _ in range(chance.choice((1, 2, 50))):
                parent.insert(parent.index(one), copy.deepcopy(one))
        elif action == 2 and one not in other.iterancestors() and one is not other:
            other.append(one)
        elif action == 3:
            one.text = chance.choice(("", "0", "-1", "1e400", "99999", "\u2028", "\u0301a", "word " * 50, None))
        else:
            one.attrib.clear()
    return bytes(etree.tostring(root))


def mutate(source: Path, target: Path, seed: int) -> None:
    """Write the damaged copy of a file that belongs to a seed."""
    chance = random.Random(f"{source.name} {seed}")
    ways = (damaged, shuffled, revalued)
    if source.suffix not in _PACKED or chance.random() < 0.2:
        target.write_bytes(chance.choice(ways[:2])(source.read_bytes(), chance))
        return
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        parts = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        main = [
            n for n in parts if n.endswith(("document.xml", "content.xml", "styles.xml", "sheet1.xml", "workbook.xml"))
        ]
        chosen = {chance.choice(parts), chance.choice(main)} if chance.random() < 0.5 else {chance.choice(main)}
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, chance.choice((*ways, revalued, rearranged, rearranged))(data, chance) if name in chosen else data
            )


def run_one(path: Path) -> str:
    """Read a file as ``goldthread read`` does: "read" or "refused". Raises AssertionError where a promise is broken."""
    from goldthread.reading import read_file
    from goldthread.reading.document import UnreadableFile
    from goldthread.reading.printed import as_json

    try:
        reading = read_file(path)
    except UnreadableFile as problem:
        sentence = str(problem)
        assert sentence.startswith(path.name) and sentence.endswith(".") and "\n" not in sentence, sentence
        return "refused"
    except MemoryError:
        return "refused"
    words = reading.words
    assert words["source"] == words["in_records"] + words["furniture"] + words["unplaced"], words
    assert min(words.values()) >= 0, words
    json.dumps(as_json(reading))
    return "read"


def child(kind: str, first: int, count: int) -> None:
    """Runs of one kind, a line of JSON for each as it begins and as it ends."""
    import warnings

    warnings.simplefilter("ignore")
    _bound()
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source" / kind, Path(folder) / kind
        source.parent.mkdir()
        MAKERS[kind](source)
        for seed in range(first, first + count):
            print(json.dumps({"begins": seed}), flush=True)
            mutate(source, target, seed)
            faulthandler.dump_traceback_later(3 * SECONDS, exit=True)
            start = time.perf_counter()
            try:
                outcome: dict[str, Any] = {"outcome": run_one(target)}
            except Exception as problem:  # noqa: BLE001  whatever escapes the reader is what is looked for
                import traceback

                outcome = {"outcome": "crash", "why": repr(problem)[:300], "trace": traceback.format_exc()[-1500:]}
            faulthandler.cancel_dump_traceback_later()
            print(json.dumps({"seed": seed, "seconds": time.perf_counter() - start, **outcome}), flush=True)


def _bound() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1024**2, MEGABYTES * 1024**2))


@dataclass
class Result:
    """What runs of one kind came to."""

    kind: str
    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_seed: int = 0
    found: list[dict[str, Any]] = field(default_factory=list)


def fuzz(kind: str, first: int, count: int) -> Result:
    """Runs of one kind, in as many children as it takes."""
    result, seed, end = Result(kind), first, first + count
    while seed < end:
        batch = min(BATCH, end - seed)
        command = [sys.executable, "-m", "bench.fuzz", "--child", kind, "--seed", str(seed), "--runs", str(batch)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        begun = seed - 1
        for line in done.stdout.splitlines():
            message = json.loads(line)
            if "begins" in message:
                begun = message["begins"]
                continue
            seed = message["seed"] + 1
            result.outcomes[message["outcome"]] += 1
            if message["seconds"] > result.slowest:
                result.slowest, result.slowest_seed = message["seconds"], message["seed"]
            if message["outcome"] == "crash" or message["seconds"] > SECONDS:
                result.found.append(message)
        if done.returncode and begun >= seed:  # hung or died in the middle of a run
            died = {"seed": begun, "outcome": "died", "why": f"status {done.returncode}", "trace": done.stderr[-1500:]}
            result.found.append(died)
            result.outcomes["died"] += 1
            seed = begun + 1
        elif done.returncode or begun < seed - 1:
            raise RuntimeError(f"the child of {kind} failed before it began: {done.stderr[-1500:]}")
    return result


def written(results: list[Result], first: int) -> str:
    """The page."""
    runs = sum(sum(result.outcomes.values()) for result in results)
    found = sum(len(result.found) for result in results)
    lines = [
        "# Damaged files",
        "",
        "Made by `python -m bench.fuzz --write`. Real files, printed in each format from one invented plan, are damaged: bytes "
        "changed, taken out, doubled, moved and cut off; lines, tags and objects shuffled; values of attributes and numbers "
        "replaced; parts of archives damaged inside whole archives. Each goes through `read_file` as far as its JSON, within "
        f"{MEGABYTES} MB. Right is a reading whose words add up, or one sentence that names the file; anything else, or more "
        f"than {SECONDS:g} seconds, is a find.",
        "",
        f"{runs:,} runs from seed {first}: {found} found.",
        "",
        "| kind | runs | read | refused in a sentence | found | slowest, seconds (seed) |",
        "|---|---|---|---|---|---|",
    ]
    for result in results:
        count = sum(result.outcomes.values())
        lines.append(
            f"| {result.kind} | {count:,} | {result.outcomes['read']:,} | {result.outcomes['refused']:,} | "
            f"{len(result.found)} | {result.slowest:.2f} ({result.slowest_seed}) |"
        )
    return "\n".join([*lines, ""])


def main() -> int:
    """Run, print the table, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", default=",".join(MAKERS))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child, asked.seed, asked.runs)
        return 0
    kinds = asked.kinds.split(",")
    results = []
    for number, kind in enumerate(kinds):
        count = asked.runs // len(kinds) + (number < asked.runs % len(kinds))
        results.append(fuzz(kind, asked.seed, count))
        for find in results[-1].found:
            print(kind, json.dumps(find, indent=1).replace("\\n", "\n"), file=sys.stderr, flush=True)
        print(kind, dict(results[-1].outcomes), f"slowest {results[-1].slowest:.2f} s", flush=True)
    page = written(results, asked.seed)
    print(page)
    if asked.write:
        (ROOT / "docs" / "fuzz.md").write_text(page, encoding="utf-8")
    return 1 if any(result.found for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
