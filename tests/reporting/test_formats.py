"""Writing a report as files: whole or not at all, under names that say what they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from goldthread.reporting import formats
from goldthread.reporting.formats import FORMATS, NoSuchFormat, NotWritten, file_name, format_named, write
from goldthread.reporting.model import Report


def test_every_format_makes_its_own_kind_of_file(report: Report, tmp_path: Path) -> None:
    paths = write(report, FORMATS, tmp_path / "new" / "folder")
    assert [path.suffix[1:] for path in paths] == list(FORMATS)
    starts = {path.suffix: path.read_bytes()[:5] for path in paths}
    assert starts[".pdf"] == b"%PDF-"
    assert starts[".docx"][:2] == starts[".xlsx"][:2] == b"PK"
    assert starts[".html"] == b"<!DOC"
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir() if path.name.startswith(".")] == []


def test_names_say_the_report_its_day_and_the_day_of_knowledge(report: Report) -> None:
    assert file_name(report, "pdf") == "improvement-plan-2025-05-27.pdf"
    known = replace(report, known_on=date(2025, 6, 1))
    assert file_name(known, "docx") == "improvement-plan-2025-05-27-known-2025-06-01.docx"
    assert file_name(replace(report, kind="../../etc/passwd"), "csv") == "etc-passwd-2025-05-27.csv"


def test_progress_tells_each_format_and_the_end(report: Report, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    write(report, ["csv", "json", "csv"], tmp_path, progress=lambda *args: told.append(args))
    assert told == [("CSV", 0, 2), ("JSON", 1, 2), ("", 2, 2)]


def test_an_unknown_format_is_refused_before_anything_is_written(report: Report, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFormat, match="choose among html, pdf"):
        write(report, ["csv", "odt"], tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert format_named(" PDF ").name == "pdf"


def test_a_file_that_fails_leaves_the_old_one_whole(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write(report, ["csv"], tmp_path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(formats.Path, "replace", full)
    with pytest.raises(NotWritten, match="No space left on device"):
        write(replace(report, title="Another"), ["csv"], tmp_path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_a_file_is_told_in_a_sentence(report: Report, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(NotWritten, match="choose another folder"):
        write(report, ["csv"], tmp_path / "out")
