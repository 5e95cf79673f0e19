"""The tools that hold the house: ruff, mypy, djlint and Django's own checks, run as tests."""

import importlib.util
import os
import re
import subprocess
import sys

import pytest

from tests.house.tree import PACKAGE, ROOT, python_files, repository_files

STRICT = ("goldthread/kernel", "goldthread/reading", "goldthread/domain")


def run(*command: str, seconds: int = 300) -> subprocess.CompletedProcess[str]:
    """Run a tool of the virtual environment at the top of the repository."""
    assert importlib.util.find_spec(command[0]), f"{command[0]} is not installed: run script/test, which installs it"
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
    )


def test_ruff_finds_nothing():
    found = run("ruff", "check", "--no-cache", "--output-format", "concise", "goldthread", "tests")
    assert found.returncode == 0, found.stdout[-4000:]


def test_the_code_is_formatted():
    found = run("ruff", "format", "--no-cache", "--check", "goldthread", "tests")
    named = re.findall(r"(?:--> |Would reformat: )(\S+?)(?::\d+)*$", found.stdout, re.M)
    assert found.returncode == 0 and "already formatted" in found.stdout, sorted(set(named))


@pytest.mark.slow
def test_types_are_strict_on_the_ground_floor_and_in_the_domain():
    found = run("mypy", "--strict", *STRICT, seconds=600)
    assert found.returncode == 0, found.stdout[-6000:]
    files = sum(len(python_files(below=ROOT / folder)) for folder in STRICT)
    assert files > 50 and "no issues found in" in found.stdout


def test_templates_are_in_shape():
    templates = [path for path in repository_files() if path.suffix == ".html" and path.is_relative_to(PACKAGE)]
    assert templates
    found = run("djlint", "goldthread", "--lint", "--quiet")
    assert found.returncode == 0, (found.stdout + found.stderr)[-4000:]


def test_models_and_migrations_agree(tmp_path):
    found = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "goldthread.config.settings", "GOLDTHREAD_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0 and "No changes detected" in found.stdout, found.stdout[-4000:] + found.stderr[-2000:]
