"""Which room may call which: the import contracts, held over the code itself."""

import ast
import re
import sys

import pytest
from importlinter.cli import lint_imports

from tests.house.tree import PACKAGE, ROOT, named, parsed, python_files

CONTRACTS = (ROOT / ".importlinter").read_text(encoding="utf-8")


def test_no_room_calls_upstairs(capsys):
    status = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True, no_logo=True)
    printed = capsys.readouterr().out
    assert status == 0, printed
    contracts = CONTRACTS.count("[importlinter:contract:")
    assert contracts >= 5 and f"Contracts: {contracts} kept, 0 broken" in printed
    files = int(re.search(r"Analyzed (\d+) files", printed)[1])
    assert files > 100, "the house has hundreds of files; so few were seen that the check is blind"


WRONG_CALLS = {
    "a room calls upstairs": {"domain/register/queries.py": "from example_house.domain.plans import models"},
    "a floor calls upstairs": {"kernel/years.py": "import example_house.domain.register.queries"},
    "two rooms on one line know each other": {"domain/plans/queries.py": "import example_house.domain.reviews.models"},
    "Django on the ground floor": {"reading/readers.py": "import django"},
    "Django reached from the ground floor through another module": {
        "reading/readers.py": "from example_house.reading import words",
        "reading/words.py": "import django",
    },
    "a reader asks what a document means": {
        "reading/readers.py": "import example_house.reading.understanding",
        "reading/understanding.py": "",
    },
    "a rule reads tables": {"domain/plans/rules.py": "from example_house.domain.plans import models"},
    "a folder that stands on no line": {"attic/__init__.py": ""},
    "a room that stands on no line": {"domain/cellar/__init__.py": ""},
}


@pytest.mark.parametrize("files", WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_the_walls_stop_a_wrong_call(files, tmp_path, monkeypatch, capsys):
    house = _example_house(tmp_path, {})
    assert _lint(house, monkeypatch) == 0, capsys.readouterr().out
    house = _example_house(tmp_path, files)
    assert _lint(house, monkeypatch) == 1
    assert "BROKEN" in capsys.readouterr().out


def _example_house(folder, files):
    """A house of a few empty rooms under the contracts of this one, with some files in it."""
    rooms = ["config", "web", "domain", "domain/imports", "domain/plans", "domain/reviews", "domain/register"]
    empty = {f"{room}/__init__.py": "" for room in ["", *rooms, "commons", "reading", "likeness", "kernel"]}
    empty |= {
        f"domain/{room}/{name}.py": ""
        for room in ("plans", "reviews")
        for name in ("models", "rules", "queries", "actions")
    }
    for name, text in (empty | files).items():
        path = folder / "example_house" / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "contracts").write_text(CONTRACTS.replace("goldthread", "example_house"))
    return folder


def _lint(folder, monkeypatch):
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.chdir(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "example_house"]:
        del sys.modules[name]
    return lint_imports(config_filename=str(folder / "contracts"), no_cache=True, no_logo=True)


SMALL_AND_PURE = {"holidays"}


def test_the_kernel_needs_the_standard_library_and_small_pure_libraries_only():
    foreign = {
        f"{named(path)}: {name}"
        for path in python_files(below=PACKAGE / "kernel")
        for name in _imported(parsed(path))
        if name not in sys.stdlib_module_names and name not in {"goldthread", *SMALL_AND_PURE}
    }
    assert not foreign


def test_nobody_but_the_clock_asks_what_time_it_is():
    """A report of a past day, and every test of a deadline, depends on the one door."""
    wrong = [
        f"{named(path)}:{node.lineno}"
        for path in python_files(below=PACKAGE)
        if path != PACKAGE / "kernel" / "clock.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKS_THE_TIME
    ]
    assert not wrong, "use goldthread.kernel.clock"


ASKS_THE_TIME = {
    "date.today", "datetime.date.today", "datetime.now", "datetime.datetime.now", "datetime.utcnow", "datetime.today",
    "timezone.now", "timezone.localdate", "timezone.localtime",
}  # fmt: skip


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]
