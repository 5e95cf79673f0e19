"""What scripts and people rely on: the status, and one sentence with its remedy."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run, sentence


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND; see goldthread --help."),
        (("nonsense",), "invalid choice: 'nonsense'"),
        (("report",), "see goldthread report --help."),
        (("report", "improvement-plan", "--as-at", "27/05/2025"), "“27/05/2025” is not a day; write it as 2025-05-27"),
        (("serve", "--port", "80000"), "“80000” is not a port; choose a number from 1024 to 65535"),
        (("serve", "--host", "198.51.100.7"), "198.51.100.7 is no address of this computer"),
        (("import", "nowhere.docx"), "nowhere.docx is not there or is not a file: check its name and folder."),
        (("read", "nowhere.docx"), "nowhere.docx is not there or is not a file: check its name and folder."),
        (("names", "--match", "nowhere.csv"), "nowhere.csv is not there"),
    ],
)
def test_a_command_that_cannot_be_used(goldthread: Run, arguments: tuple[str, ...], said: str) -> None:
    assert said in sentence(goldthread(*arguments), 2)


@pytest.mark.parametrize(
    "command", ["read", "import", "report", "show", "names", "check", "enquiries", "serve", "sign-in-link", "demo"]
)
def test_every_command_explains_itself_without_a_database(goldthread: Run, home: Path, command: str) -> None:
    done = goldthread(command, "--help")
    assert done.returncode == 0 and f"usage: goldthread {command}" in done.stdout and not done.stderr
    assert not home.exists()


def test_django_explains_its_own_commands(goldthread: Run) -> None:
    assert "Available subcommands" in goldthread("manage", "--help").stdout
    assert "migrat" in goldthread("manage", "migrate", "--help").stdout


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("empty.csv", "is empty (0 bytes)"),
        ("nul.csv", "has NUL bytes in it"),
        ("torn.docx", "is damaged or was cut off on its way"),
        ("misnamed.pdf", "rename it to misnamed.docx"),
        ("large.csv", "is too large (60 MB, at most 50 MB is read)"),
    ],
)
def test_a_file_that_cannot_be_read(goldthread: Run, name: str, said: str) -> None:
    told = sentence(goldthread("read", name), 2)
    assert told.startswith(name) and said in told


def test_a_port_that_is_taken_is_told_before_anything_is_made(goldthread: Run, home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = sentence(goldthread("serve", "--port", str(port)), 2)
    assert f"Port {port} is taken by another program; choose another with --port" in told
    assert not (home / "goldthread.sqlite3").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "DATABASE_URL names no database that Goldthread knows"),
        ("mysql://u:secret@host/x", "DATABASE_URL names no database that Goldthread knows"),
        ("postgres://u:secret@host:port/x", "DATABASE_URL cannot be read"),
        ("postgres://u:secret@127.0.0.1:1/x", "The database does not answer"),
        ("sqlite:////no/such/folder/x.sqlite3", "The database cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used(goldthread: Run, url: str, said: str) -> None:
    told = sentence(goldthread("show", "IP-1", DATABASE_URL=url), 2)
    assert said in told and "secret" not in told


def test_a_file_that_is_no_database(goldthread: Run, files: Path) -> None:
    url = f"sqlite:///{files / 'whole.docx'}"
    assert "is no database" in sentence(goldthread("show", "IP-1", DATABASE_URL=url), 2)


def test_a_home_that_is_a_file(goldthread: Run, files: Path) -> None:
    told = sentence(goldthread("show", "IP-1", GOLDTHREAD_HOME=str(files / "plan.csv")), 2)
    assert "plan.csv" in told and "check that the place exists" in told


def test_from_an_import_to_a_report_and_back(goldthread: Run, register: Path, files: Path) -> None:
    """One register through its commands: told apart are done (0), refused or not found (1), and unusable (2)."""
    assert "rename it to misnamed.docx" in sentence(goldthread("import", "misnamed.pdf"), 2)
    with sqlite3.connect(register / "goldthread.sqlite3") as database:
        assert database.execute("select count(*) from register_record").fetchone() == (0,)

    done = goldthread("import", "--adopt", "all", "plan.csv", "empty.csv", "plan.csv")
    assert done.returncode == 2 and "empty.csv is empty" in done.stderr
    assert "2 action" in done.stdout and "it was not read again" in done.stdout
    reference = next(line.split()[0] for line in done.stdout.splitlines() if "2 action" in line)

    shown = goldthread("show", f"{reference}-002", "--as-at", "2025-05-27")
    assert (
        shown.returncode == 0
        and "not yet checked" in shown.stdout
        and "printed in plan.csv, table 1, row 3" in shown.stdout
    )
    told = sentence(goldthread("show", f"{reference}-002", "--known-on", "2025-05-27"), 1)
    assert told == f"There is no record {reference}-002 as known on 27 May 2025; give another day."

    listed = goldthread("names")
    assert listed.returncode == 0 and "Pat Quill" in listed.stdout
    (files / "names.csv").write_text("printed,owner\nPat Quill,No Such Post\n")
    assert "names.csv, row 2: there is no post" in sentence(goldthread("names", "--match", "names.csv"), 1)
    assert "“printed” and “owner”" in sentence(goldthread("names", "--match", "nul.csv"), 2)

    out = files / "papers"
    report = ("report", "improvement-plan", "--out", str(out), "--as-at", "2025-05-27")
    assert goldthread(*report, "--to", "html,csv,json").returncode == 0
    assert {path.suffix for path in out.iterdir()} == {".html", ".csv", ".json"}
    assert "No plan NOPE is on record" in sentence(goldthread(*report, "--plan", "NOPE"), 1)
    assert "“gif” is not a format" in sentence(goldthread(*report, "--to", "gif"), 2)
    assert "is on record as at" in sentence(goldthread(*report, "--known-on", "2025-05-27"), 1)
    assert "could not be written" in sentence(goldthread(*report, "--to", "csv", "--out", "plan.csv"), 2)
    assert "Nobody here signs in as a@b.example" in sentence(goldthread("sign-in-link", "a@b.example"), 1)
