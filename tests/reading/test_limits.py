"""Reading in a child process: the same reading, and an end to files that take too long or too much memory."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pikepdf
import pytest

from goldthread.reading import limits, read_file
from goldthread.reading.document import UnreadableFile
from goldthread.reading.limits import from_plain, read_in_child, to_plain
from goldthread.reading.reading import Leftover, Reading, ReadRecord
from tests.reading.readers.making import at, drawn_pdf, para, word_file, word_row, word_table


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A short plan."""
    rows = [("Action", "Lead", "Update"), ("Review posts", "Director of People", "Two posts reviewed.")]
    body = para("Workforce") + word_table(*(word_row(*row) for row in rows))
    return word_file(tmp_path / "plan.docx", body)


def test_the_child_reads_what_the_parent_would(plan: Path) -> None:
    assert read_in_child(plan, name="Our plan.docx") == read_file(plan, name="Our plan.docx")


def test_progress_comes_through(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = drawn_pdf(tmp_path / "a.pdf", *(at(60, 700, f"Text of page {n} of this paper.") for n in range(3)))
    read_in_child(path, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_bad_input_is_told_in_the_same_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile, match=r"^a\.docx is empty"):
        read_in_child(path)


def test_a_file_that_takes_too_long_is_given_up(plan: Path) -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableFile, match=r"plan\.docx takes longer than 0\.05 seconds"):
        read_in_child(plan, seconds=0.05)
    assert time.monotonic() - start < 30


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="the system has no limits on memory")
    path = tmp_path / "large.csv"
    path.write_text("\n".join(",".join(f"word {r} {c}" for c in range(10)) for r in range(30_000)), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"large\.csv needs more than 110 MB"):
        read_in_child(path, megabytes=110)


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_given_up(tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="the system has no limits on memory")
    path = drawn_pdf(tmp_path / "bomb.pdf", at(60, 700, "Text"))
    packer = zlib.compressobj(1)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Contents.write(data, filter=pikepdf.Name.FlateDecode)
        pdf.save(compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    with pytest.raises(UnreadableFile, match=r"bomb\.pdf needs more than 250 MB"):
        read_in_child(path, megabytes=250)


def test_a_fault_of_the_program_is_not_blamed_on_the_file(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.sys, "executable", str(plan.parent / "python"))
    (plan.parent / "python").write_text("#!/bin/sh\necho 'Traceback: a fault' >&2\nexit 1\n", encoding="utf-8")
    (plan.parent / "python").chmod(0o755)
    with pytest.raises(RuntimeError, match="a fault"):
        read_in_child(plan)


def test_a_reading_survives_the_way_back() -> None:
    reading = Reading("a", "b", "c", 2, "T", "other", "2025-05-27", None)
    reading.records = [
        ReadRecord("action", "Do", {"leads": [{"text": "Ann"}]}, ["S"], [{"lines": [1, 2]}], 0, 0.5, [{"ask": "?"}])
    ]
    reading.furniture = [Leftover("1", [{"page": 1}], "page number")]
    reading.words = {"source": 3}
    assert from_plain(to_plain(reading)) == reading
