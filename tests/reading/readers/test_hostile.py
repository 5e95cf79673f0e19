"""Hostile files end in one sentence, or are read, within 10 seconds and 512 MB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.fuzz_files import MAKERS
from goldthread.reading.document import UnreadableFile
from goldthread.reading.limits import read_in_child
from tests.reading.readers.hostile import CASES

SECONDS = 10.0  # of processor time, so that a busy machine fails no file
MEGABYTES = 512

SHARED = [name for name, (expected, _) in CASES.items() if expected != "ENDS"]
ALONE = [name for name, (expected, _) in CASES.items() if expected == "ENDS"]

pytestmark = pytest.mark.slow

READER = f"""
import faulthandler, json, sys, time
from goldthread.reading.limits import bound
bound(600, {MEGABYTES})
from goldthread.reading import read_file
from goldthread.reading.document import UnreadableFile
for line in sys.stdin:
    path = line.rstrip("\\n")
    began = time.process_time()
    faulthandler.dump_traceback_later(60, exit=True)
    try:
        reading = read_file(path)
        outcome = {{"words": reading.words["source"], "text": " ".join(left.text for left in reading.unplaced)}}
    except UnreadableFile as problem:
        outcome = {{"sentence": str(problem)}}
    except (MemoryError, SystemError):
        outcome = {{"memory": True}}
    print(json.dumps(outcome | {{"path": path, "seconds": time.process_time() - began}}), flush=True)
"""


def outcomes(paths: list[Path]) -> list[dict[str, object]]:
    """What becomes of files, one after the other in a child with a reader's memory; a new child after one that ended it."""
    found: list[dict[str, object]] = []
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    while len(found) < len(paths):
        told = "\n".join(map(str, paths[len(found) :])) + "\n"
        command = [sys.executable, "-c", READER]
        done = subprocess.run(command, input=told, capture_output=True, text=True, check=False, env=environment)
        found.extend(map(json.loads, done.stdout.splitlines()))
        if len(found) < len(paths):
            found.append({"died": done.returncode, "why": done.stderr[-1500:], "seconds": 0.0})
    return found


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What becomes of every hostile file."""
    folder = tmp_path_factory.mktemp("hostile")
    for name in SHARED:
        CASES[name][1](folder / name)
    found = dict(zip(SHARED, outcomes([folder / name for name in SHARED]), strict=True))
    for path in folder.iterdir():
        path.unlink()  # some of them are large
    return found


@pytest.mark.parametrize("name", SHARED)
def test_it_ends_in_a_sentence_or_is_read(hostile: dict[str, dict[str, object]], name: str) -> None:
    outcome, expected = hostile[name], CASES[name][0]
    assert "died" not in outcome, outcome["why"]
    assert float(str(outcome["seconds"])) < SECONDS
    assert "root:" not in str(outcome.get("text", "")), "nothing outside the file was read"
    if expected == "READ":
        assert outcome.get("words"), outcome
    elif expected == "SAID":
        assert "sentence" in outcome or "memory" in outcome, outcome
    if "sentence" in outcome:
        sentence = str(outcome["sentence"])
        assert sentence.startswith(name) and sentence.endswith(".") and "\n" not in sentence
        assert ":" in sentence.removeprefix(name), "the remedy follows a colon"


@pytest.mark.parametrize("name", ALONE)
def test_what_takes_all_memory_is_given_up_soon(tmp_path: Path, name: str) -> None:
    CASES[name][1](tmp_path / name)
    began = time.monotonic()
    with pytest.raises(UnreadableFile) as caught:
        read_in_child(tmp_path / name, seconds=SECONDS, megabytes=MEGABYTES)
    assert str(caught.value).startswith(name) and str(caught.value).endswith(".")
    assert time.monotonic() - began < SECONDS + 2


def test_nothing_was_written_outside() -> None:
    assert not Path("/tmp/goldthread-evil").exists()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_cut_off_at_any_tenth(tmp_path: Path, kind: str) -> None:
    MAKERS[kind](tmp_path / kind)
    data = (tmp_path / kind).read_bytes()
    paths = []
    for tenth in range(1, 10):
        path = tmp_path / str(tenth) / kind
        path.parent.mkdir()
        path.write_bytes(data[: len(data) * tenth // 10])
        paths.append(path)
    for outcome in outcomes(paths):
        assert "words" in outcome or str(outcome["sentence"]).startswith(kind), outcome
        assert float(str(outcome["seconds"])) < SECONDS
