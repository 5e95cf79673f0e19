"""What the rules of the house are held against: the files of the repository, and the Python in them."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "goldthread"

NOT_OURS = {".git", ".venv", "node_modules", "data", "out", "build", "staticfiles", "__pycache__"}
"""Folders that hold no part of the repository, for a copy of it that is not under git."""


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is or could be committed (not ignored), as absolute paths, sorted."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listed = subprocess.run(
            [git, "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        paths = [ROOT / name for name in listed.split("\0") if name]
    else:
        paths = list(_walked(ROOT))
    return tuple(sorted(path for path in paths if path.is_file()))


def _walked(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(("_cache", ".egg-info"))]
        yield from (Path(base) / name for name in files)


def named(path: Path) -> str:
    """A path as the messages of a test say it: from the top of the repository."""
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of the repository that is text, with its text."""
    for path in repository_files():
        raw = path.read_bytes()
        if b"\0" not in raw[:4096]:
            yield path, raw.decode("utf-8", "replace")


def python_files(*, below: Path = ROOT, migrations: bool = False) -> list[Path]:
    """The Python files below a folder, written by hand; migrations only where asked for."""
    found = [path for path in repository_files() if path.suffix == ".py" and path.is_relative_to(below)]
    found = found if migrations else [path for path in found if "migrations" not in path.parts]
    assert found, f"no Python file below {below.name}: the check has nothing to look at"
    return found


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=named(path) if path.is_relative_to(ROOT) else str(path))


@dataclass(frozen=True)
class Definition:
    """A function or class, with the dotted name inside its file ("Class.method")."""

    name: str
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    inside_function: bool

    @property
    def lines(self) -> int:
        """How many lines it stands on, from its "def" to its last statement."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    @property
    def public(self) -> bool:
        """Whether it can be called from outside: no part of its name is private, and no function holds it."""
        return not self.inside_function and not any(part.startswith("_") for part in self.name.split("."))


def definitions(tree: ast.Module) -> Iterator[Definition]:
    """Every function and class of a file, inner ones included."""

    def walk(node: ast.AST, prefix: str, inside: bool) -> Iterator[Definition]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{prefix}{child.name}"
                yield Definition(name, child, inside)
                yield from walk(child, f"{name}.", inside or not isinstance(child, ast.ClassDef))
            else:
                yield from walk(child, prefix, inside)

    yield from walk(tree, "", False)
