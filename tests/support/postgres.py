"""A PostgreSQL server for one run of the tests: made in a temporary folder, reached by a socket, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from tests.support.guard import guarded

OLDEST = 15
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)


class NoPostgres(Exception):
    """No server could be started; the message says why in one sentence."""


def find_binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres`` of the newest version from 15 on, or None."""
    folders = [folder for pattern in _PLACES for folder in Path("/").glob(pattern.lstrip("/"))]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    versions = {folder: _version(folder) for folder in folders if (folder / "postgres").exists()}
    fitting = {folder: version for folder, version in versions.items() if version >= OLDEST}
    return max(fitting, key=lambda folder: fitting[folder]) if fitting else None


def _version(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def _ordinary_user() -> str | None:
    """Whom the server runs as: None for the present user, a name when that is root (initdb refuses root)."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoPostgres("PostgreSQL does not run as root, and this machine has no user 'postgres' or 'nobody'.")


def _run_as(user: str | None, command: list[str]) -> dict[str, object]:
    """Arguments for subprocess that run the command as that user."""
    options: dict[str, object] = {"args": command, "cwd": "/"}
    if user:
        entry = pwd.getpwnam(user)
        options |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    return options


@contextlib.contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server; gives its ``DATABASE_URL``. Raises NoPostgres when there is none to start.

    Durability is switched off: the data lives as long as the run.
    """
    binaries = find_binaries()
    if binaries is None:
        raise NoPostgres(f"PostgreSQL {OLDEST} or newer is not installed (Debian: apt install postgresql).")
    user = _ordinary_user()
    folder = Path(tempfile.mkdtemp(prefix="gt-pg-", dir="/tmp"))
    log = folder / "log"
    log.touch()
    if user:
        for path in (folder, log):
            shutil.chown(path, user)
    name = user or pwd.getpwuid(os.geteuid()).pw_name
    _initialise(binaries, folder, user, name)
    settings = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
    # A question that PostgreSQL answers by trying everything with everything fails, and says which, instead of hanging;
    # tables are never counted, as those of a council are not in the minute after its first import.
    settings |= {"statement_timeout": "120s", "autovacuum": "off"}
    options = _run_as(user, [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-h", ""])
    command = [*options.pop("args"), *(f"--{key}={value}" for key, value in settings.items())]  # type: ignore[misc]
    with (
        log.open("ab") as output,
        guarded(command, stop_with=signal.SIGINT, folder=folder, stdout=output, stderr=output, **options) as server,
    ):
        _wait_until_ready(binaries, folder, server, log)
        yield f"postgres://{name}@{quote(str(folder), safe='')}/postgres"


def _initialise(binaries: Path, folder: Path, user: str | None, name: str) -> None:
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", name]
    command += ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(**_run_as(user, command), capture_output=True, text=True, check=False)  # type: ignore[call-overload]
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoPostgres(f"PostgreSQL could not be initialised: {made.stderr.strip().splitlines()[-1:]}")


def _wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", folder], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise NoPostgres(f"PostgreSQL did not start: {log.read_text()[-300:]}")
