"""Stored files: kept once, whole or not at all, verified when read."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from goldthread.commons.files.storage import DamagedFile, StoredFile, content_of, open_file, path_of, store

CONTENT = b"Action 1: let one contract for all wards\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    """An empty folder for files."""
    settings.MEDIA_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def test_bytes_and_files_of_the_same_content_are_kept_once(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "plan.txt"
    source.write_bytes(CONTENT)
    first, second = store(CONTENT), store(source)
    assert first == second == StoredFile(hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))
    assert [path for path in folder.rglob("*") if path.is_file()] == [first.path]
    assert content_of(first.sha256) == CONTENT


def test_a_large_file_comes_back_as_it_was() -> None:
    content = bytes(range(256)) * 20_000
    stored = store(content)
    with open_file(stored) as source:
        assert source.read() == content


def test_a_file_that_changed_or_is_missing_is_not_read(folder: Path) -> None:
    stored = store(CONTENT)
    stored.path.chmod(0o640)
    stored.path.write_bytes(CONTENT.replace(b"1", b"2"))
    with pytest.raises(DamagedFile, match=r"has changed: restore .* from a backup"), open_file(stored):
        pass
    stored.path.unlink()
    with pytest.raises(DamagedFile, match="is missing: restore"):
        content_of(stored.sha256)


def test_storing_a_damaged_file_again_mends_it() -> None:
    stored = store(CONTENT)
    stored.path.chmod(0o640)
    stored.path.write_bytes(b"")
    assert store(CONTENT) == stored and content_of(stored.sha256) == CONTENT


def test_killed_while_storing_nothing_half_is_left_under_a_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("goldthread.commons.files.storage.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        store(CONTENT)
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_only_a_hash_names_a_file() -> None:
    for name in ("../secret.key", "A" * 64, "", "0" * 63):
        with pytest.raises(ValueError, match="not the hexadecimal form"):
            path_of(name)
