"""Source files as they came, by the hash of their content: written once, never overwritten, verified when read."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_CHUNK = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


class DamagedFile(Exception):
    """A stored file is missing or is not what was stored; the message is one sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept: the SHA-256 of its bytes in hexadecimal, and its size in bytes."""

    sha256: str
    size: int

    @property
    def path(self) -> Path:
        """Where it lies, below the home folder."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """Where the file with this hash is kept; it may be missing. Raises ValueError for what is no hash."""
    if not _HASH.fullmatch(sha256):
        raise ValueError(f"{sha256!r} is not the hexadecimal form of a SHA-256 hash")
    return _root() / sha256[:2] / sha256


def store(content: bytes | Path) -> StoredFile:
    """Keep bytes, or the content of a file, and return what they are kept as; the same content is kept once.

    The file appears under its name whole or not at all, and is on the disk when this returns. Raises OSError where the
    disk refuses.
    """
    folder = _root()
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".coming-")
    coming = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target, _source(content) as source:
            while chunk := source.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        kept = StoredFile(digest.hexdigest(), size)
        if not _is_whole(kept):
            kept.path.parent.mkdir(parents=True, exist_ok=True)
            coming.chmod(0o440)
            coming.replace(kept.path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            coming.unlink()
    return kept


@contextlib.contextmanager
def open_file(stored: StoredFile | str) -> Iterator[BinaryIO]:
    """A stored file, open for reading, after its size (where known) and hash were found right.

    Takes what ``store`` gave, or a hash. Raises DamagedFile where the file is missing or is not what was stored, and
    ValueError for a hash that is none.
    """
    sha256, size = (stored, None) if isinstance(stored, str) else (stored.sha256, stored.size)
    path = path_of(sha256)
    try:
        source = path.open("rb")
    except FileNotFoundError as error:
        raise DamagedFile(f"The stored file {sha256[:12]}… is missing: restore {path} from a backup.") from error
    with source:
        found = os.fstat(source.fileno()).st_size
        if (size is not None and found != size) or hashlib.file_digest(source, "sha256").hexdigest() != sha256:
            raise DamagedFile(f"The stored file {sha256[:12]}… has changed: restore {path} from a backup.")
        source.seek(0)
        yield source


def content_of(sha256: str) -> bytes:
    """All bytes of a kept file; raises as ``open_file``."""
    with open_file(sha256) as source:
        return source.read()


def _is_whole(stored: StoredFile) -> bool:
    """Whether the content is kept already; what lies there damaged is replaced by the right content."""
    try:
        with open_file(stored):
            return True
    except DamagedFile:
        return False


@contextlib.contextmanager
def _source(content: bytes | Path) -> Iterator[BinaryIO]:
    if isinstance(content, bytes):
        yield io.BytesIO(content)
    else:
        with content.open("rb") as source:
            yield source


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)
