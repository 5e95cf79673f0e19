"""Files that wait until somebody decides about them, apart from those that are kept for good in ``storage``.

What goes on record is put into the store first and names the store alone; it never names a file here. Each file lies here
under a name of its own that is given once and never again. So letting go of one can take nothing that is on record, nor a
file that somebody else brings at the same moment, whatever its content.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from goldthread.commons.files.storage import DamagedFile
from goldthread.kernel.clock import now

_NAME = re.compile(r"[0-9a-f]{32}")


def wait_with(content: Path) -> str:
    """Let a copy of a file wait (or the file itself under a second name, where the disk can); gives its name here."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = uuid4().hex
    try:
        os.link(content, folder / name)
    except OSError:  # another disk, or one that knows no second names
        shutil.copyfile(content, folder / name)
    moment = now().timestamp()
    os.utime(folder / name, (moment, moment))
    return name


def waiting_path(name: str, sha256: str) -> Path:
    """Where a waiting file lies, found to be what it was. Raises DamagedFile where it is gone or has changed."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a waiting file")
    path = _folder() / name
    try:
        with path.open("rb") as source:
            found = hashlib.file_digest(source, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise DamagedFile("The waiting file is no longer here.") from error
    if found != sha256:
        raise DamagedFile("The waiting file has changed.")
    return path


def waiting_since(least: timedelta) -> Iterator[str]:
    """The names of the files that have waited at least so long."""
    before = (now() - least).timestamp()
    with contextlib.suppress(FileNotFoundError), os.scandir(_folder()) as found:
        for one in found:
            with contextlib.suppress(FileNotFoundError):
                if _NAME.fullmatch(one.name) and one.stat().st_mtime <= before:
                    yield one.name


def let_go(names: Iterable[str]) -> int:
    """Remove waiting files; gives how many were there."""
    number = 0
    for name in names:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of a waiting file")
        with contextlib.suppress(FileNotFoundError):
            (_folder() / name).unlink()
            number += 1
    return number


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "waiting"
