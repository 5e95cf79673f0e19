"""A real council for journeys: its own home folder, the example documents imported and adopted, a server on a free port."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from tests.support.guard import guarded

ROOT = Path(__file__).resolve().parents[2]
GOLDTHREAD = [sys.executable, "-m", "goldthread.cli.main"]


@dataclass
class Council:
    """A served register. ``url`` has no slash at its end; ``home`` is its GOLDTHREAD_HOME."""

    url: str
    home: Path
    environment: dict[str, str]
    links: dict[str, str] = field(default_factory=dict)

    def goldthread(self, *arguments: str) -> str:
        """Run the command on this council's home and return what it printed. Raises AssertionError when it fails."""
        return _run([*GOLDTHREAD, *arguments], self.environment)

    def sign_in_link(self, role: str) -> str:
        """A fresh one-time link that signs in the person who holds the role (a key of ``tests.support.people.NAMES``)."""
        if role not in self.links:
            said = _run([sys.executable, "-m", "tests.support.people", self.url], self.environment)
            self.links |= json.loads(said.splitlines()[-1])
        return self.links.pop(role)


@pytest.fixture(scope="session")
def running_council(tmp_path_factory: pytest.TempPathFactory, ready_home: Path) -> Iterator[Council]:
    """The example council, imported, adopted and served until the tests end. Only on SQLite: the file is its own."""
    with served(tmp_path_factory.mktemp("council"), ready_home) as council:
        yield council


@contextlib.contextmanager
def served(folder: Path, ready_home: Path, **settings: str) -> Iterator[Council]:
    """The example council in an empty folder, served until the end of the block, with more of its environment set."""
    shutil.copytree(ready_home, folder, dirs_exist_ok=True)
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY"}}
    environment |= {"GOLDTHREAD_HOME": str(folder), "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}
    environment |= {"GOLDTHREAD_ADDRESS": f"http://127.0.0.1:{port}", **settings}
    council = Council(f"http://127.0.0.1:{port}", folder, environment)
    council.goldthread("demo", "--no-serve", "--out", str(folder / "out"))
    log = folder / "server.log"
    command = [*GOLDTHREAD, "serve", "--port", str(port)]
    with (
        log.open("ab") as output,
        guarded(command, cwd=ROOT, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL) as server,
    ):
        _wait_until_served(council.url, server, log)
        yield council
        unexpected = [line for line in log.read_text(errors="replace").splitlines() if "Traceback" in line]
        assert not unexpected, (
            f"the server met an error during the journeys:\n{log.read_text(errors='replace')[-4000:]}"
        )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, f"{' '.join(command[2:])} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _wait_until_served(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            urlopen(url, timeout=5).close()
        except HTTPError:
            return  # it answers, if only to refuse a stranger
        except (URLError, OSError):
            assert server.poll() is None, f"the server stopped:\n{log.read_text(errors='replace')}"
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not answer within 30 seconds:\n{log.read_text(errors='replace')}")
