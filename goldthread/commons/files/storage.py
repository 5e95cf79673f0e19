"""Files kept by what they contain: each under its SHA-256 below the home folder, written once, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


class DamagedFile(Exception):
    """A kept file no longer has the content that its name says."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A kept file: its hash in hexadecimal and its size in bytes."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """Where the file with this hash is kept; it may be missing."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def store(content: bytes | Path) -> StoredFile:
    """Keep bytes, or a copy of a file, and return its hash and size; what is kept already is not written again."""
    data = content.read_bytes() if isinstance(content, Path) else content
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=".part-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)  # a reader sees the whole file or none
    return StoredFile(sha256, len(data))


def content_of(sha256: str) -> bytes:
    """The bytes of a kept file. Raises FileNotFoundError where it is missing, DamagedFile where it has changed."""
    data = path_of(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedFile(f"The kept file {sha256[:12]}… has changed since it was stored; restore it from a backup.")
    return data
