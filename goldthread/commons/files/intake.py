"""Taking a file in from a person: its size, its type, what a virus scanner says, and only then is it kept.

The scanner is a command of the council's own (``GOLDTHREAD_VIRUS_SCAN``, for example ``clamdscan --fdpass --no-summary``):
it is given the path of the file and ends with status 0 where the file is clean and 1 where it is not, as ClamAV does.
"""

from __future__ import annotations

import contextlib
import hashlib
import shlex
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from django.conf import settings

from goldthread.commons.errors import Refused
from goldthread.commons.files.storage import DamagedFile, open_file, path_of, store
from goldthread.commons.files.waiting import wait_with, waiting_path

SECONDS = 60

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TYPES: dict[str, tuple[str, tuple[bytes, ...]]] = {
    ".pdf": ("application/pdf", (b"%PDF",)),
    ".docx": (f"{_OFFICE}.wordprocessingml.document", (_ZIP,)),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", (_ZIP,)),
    ".pptx": (f"{_OFFICE}.presentationml.presentation", (_ZIP,)),
    ".odt": ("application/vnd.oasis.opendocument.text", (_ZIP,)),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", (_ZIP,)),
    ".doc": ("application/msword", (_OLD_OFFICE,)),
    ".xls": ("application/vnd.ms-excel", (_OLD_OFFICE,)),
    ".msg": ("application/vnd.ms-outlook", (_OLD_OFFICE,)),
    ".png": ("image/png", (b"\x89PNG",)),
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".csv": ("text/csv", ()),
    ".txt": ("text/plain", ()),
    ".eml": ("message/rfc822", ()),
}
"""Endings that are taken: the media type of each, and how such a file begins (nothing: text, without zero bytes)."""


class FileRefused(Refused):
    """The file was not taken in, and nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that is kept: its hash, its size in bytes, its name, its type by its ending, and whether a scanner saw it.

    ``waits`` is its name among the files that wait (``commons.files.waiting``); empty once it is kept for good.
    """

    sha256: str
    size: int
    name: str
    media_type: str
    scanned: bool
    waits: str = ""

    @property
    def path(self) -> Path:
        """Where it lies, whole and unchanged. Raises FileRefused where it is not there any more."""
        try:
            if self.waits:
                return waiting_path(self.waits, self.sha256)
            with open_file(self.sha256):
                return path_of(self.sha256)
        except DamagedFile as damaged:
            raise FileRefused(f"{self.name} is no longer here as it was: take it off and choose it again.") from damaged


def scans() -> bool:
    """Whether this installation has a virus scanner."""
    return bool(settings.VIRUS_SCAN.strip())


def keep(file: TakenIn) -> TakenIn:
    """The same file, kept for good: what goes on record names this one. Raises FileRefused where it is not there any more."""
    if not file.waits:
        return file
    store(file.path)
    return replace(file, waits="")


def copy_waiting(file: TakenIn) -> TakenIn:
    """A waiting file once more, for somebody else's draft: either can go without the other. Raises as ``keep``."""
    return replace(file, waits=wait_with(file.path)) if file.waits else file


def take_in(name: str, chunks: Iterable[bytes], *, waits: bool = False) -> TakenIn:
    """Keep a file that a person sends, under its name without any folder; ``waits``: until somebody decides about it.

    Raises FileRefused with the reason.
    """
    plain = PurePath(name.replace("\\", "/")).name[:300]
    ending = PurePath(plain).suffix.lower()
    if ending not in TYPES:
        taken = ", ".join(one.lstrip(".") for one in TYPES)
        raise FileRefused(f"{plain or 'The file'} is not of a type that is taken as evidence: send {taken}.")
    media_type, beginnings = TYPES[ending]
    coming = _written(plain, chunks)
    try:
        with coming.open("rb") as source:
            head = source.read(4096)
        if not head:
            raise FileRefused(f"{plain} is empty: save it again from the program that made it.")
        if not head.startswith(beginnings) if beginnings else b"\0" in head:
            raise FileRefused(f"{plain} is not what its ending {ending} says; save it again in its own format.")
        scanned = _scanned(plain, coming)
        with coming.open("rb") as source:
            sha256 = hashlib.file_digest(source, "sha256").hexdigest()
        taken = TakenIn(sha256, coming.stat().st_size, plain, media_type, scanned, wait_with(coming) if waits else "")
        if not waits:
            store(coming)
    finally:
        with contextlib.suppress(FileNotFoundError):
            coming.unlink()
    return taken


def _written(name: str, chunks: Iterable[bytes]) -> Path:
    """The file as it comes, beside those that are kept; never more of it than is allowed."""
    most, size = settings.EVIDENCE_MAX_BYTES, 0
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".sent-", delete=False) as target:
        coming = Path(target.name)
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                break
            target.write(chunk)
    if size > most:
        coming.unlink()
        raise FileRefused(f"{name} is larger than {most // 1024**2} MB: send a smaller file, or a link to it.")
    return coming


def _scanned(name: str, path: Path) -> bool:
    """Whether a scanner has let the file through; False where there is none. Raises FileRefused where it has not."""
    if not scans():
        return False
    try:
        done = subprocess.run(  # noqa: S603 -- the council's own setting, without a shell
            [*shlex.split(settings.VIRUS_SCAN), str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as problem:
        raise FileRefused(f"{name} could not be scanned for viruses, so it was not kept: try again later.") from problem
    if done.returncode == 1:
        raise FileRefused(f"The virus scanner has found something in {name}, so it was not kept: tell your IT service.")
    if done.returncode != 0:
        raise FileRefused(f"{name} could not be scanned for viruses, so it was not kept: try again later.")
    return True
