"""What may stand in the repository: no path of a machine, no registry's address, nothing fetched, one version."""

import re
import tomllib

import pytest

import goldthread
from tests.house.tree import PACKAGE, ROOT, named, repository_files, texts

HOMES = re.compile(r"(?<![\w.$}/:~-])/(?:home|Users|root|work|mnt/[a-z])/[A-Za-z0-9_.-]+|[A-Z]:\\\\?Users\\")
REGISTRIES = re.compile(
    r"(?m)^\s*--(?:extra-)?index-url|\"resolved\":\s*\"http|^(?:source|url) = .*(?:simple|registry)"
    r"|files\.pythonhosted\.org|registry\.npmjs\.org|//pypi\.org/simple"
)
HERE = named(ROOT / "tests" / "house" / "test_repository.py")


def test_no_path_of_a_machine_stands_in_the_repository():
    looked_at, wrong = 0, []
    for path, text in texts():
        looked_at += 1
        if named(path) != HERE:
            wrong += [f"{named(path)}: {match[0]}" for match in HOMES.finditer(text)]
            if str(ROOT) in text:
                wrong.append(f"{named(path)}: the path of this checkout")
    assert looked_at > 100
    assert not wrong


def test_no_address_of_a_package_registry_stands_in_the_repository():
    wrong = [
        f"{named(path)}: {match[0]}"
        for path, text in texts()
        if named(path) != HERE
        for match in REGISTRIES.finditer(text)
    ]
    assert not wrong, "a council installs through its own mirror: requirements and lock files name no address"


@pytest.mark.parametrize("text", ["/home/ada/plans.docx", "see /Users/ada/x", "'/root/.cache'", "C:\\Users\\ada"])
def test_a_path_of_a_machine_is_seen(text):
    assert HOMES.search(text)


@pytest.mark.parametrize(
    "text", ["https://example.org/home/ada", "/plans/home", "~/papers/x", "$HOME/papers/x", "/homely/x"]
)
def test_an_address_of_a_page_is_no_path(text):
    assert not HOMES.search(text)


def test_nothing_that_was_fetched_is_kept():
    wrong = [
        named(path)
        for path in repository_files()
        if {"node_modules", "vendor", ".venv"} & set(path.parts[len(ROOT.parts) :])
    ]
    assert len(repository_files()) > 100 and not wrong


def test_files_stay_small_enough_to_clone():
    assert not [named(path) for path in repository_files() if path.stat().st_size > 3_000_000]


def test_every_dependency_says_where_it_is_used():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [
        *project["dependencies"],
        *(each for group in project["optional-dependencies"].values() for each in group),
    ]
    assert len(wanted) > 20
    silent = [each for each in wanted if not re.search(rf'^\s*"{re.escape(each)}",\s*#\s*\S{{3,}}', text, re.M)]
    assert not silent, "one dependency a line, with a comment that says where it is used"


def test_every_dependency_is_pinned_with_its_hash():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for file, wanted in {
        "runtime.txt": project["dependencies"],
        "dev.txt": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }.items():
        pinned = (ROOT / "requirements" / file).read_text(encoding="utf-8")
        names = {_plain(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==", pinned, re.M)}
        assert len(names) > 30
        assert not {_plain(re.match(r"[A-Za-z0-9_.-]+", each)[0]) for each in wanted} - names
        assert pinned.count("--hash=sha256:") >= len(names)


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_one_version_is_told_everywhere():
    newest = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest and newest[1] == goldthread.__version__
    assert (
        tomllib.loads((ROOT / "pyproject.toml").read_text())["project"].get("version", goldthread.__version__)
        == newest[1]
    )


def test_what_a_stranger_looks_for_first_is_there():
    for name in ("README.md", "LICENSE", "CHANGELOG.md", "docs/house.md", "docs/words.md"):
        assert (ROOT / name).read_text(encoding="utf-8").strip(), name
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(path.name[:4]) for path in decisions]
    assert numbers and numbers == sorted(set(numbers)), "two decisions under one number"
    assert not [named(path) for path in decisions if not path.read_text(encoding="utf-8").startswith("# ")]


def test_no_folder_is_empty_but_for_its_marker():
    """No empty rooms: a folder appears with its first real capability."""
    rooms = [path.parent for path in repository_files() if path.name == "__init__.py" and path.is_relative_to(PACKAGE)]
    own = [path for path in repository_files() if path.name not in {"__init__.py", "apps.py", "README.md"}]
    empty = [
        named(room)
        for room in rooms
        if room.name != "migrations" and not any(path.is_relative_to(room) for path in own)
    ]
    assert rooms and not empty
