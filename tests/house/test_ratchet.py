"""Sizes and names: files, functions, forbidden names, docstrings. Exceptions are listed, and the list only shrinks."""

import ast
import re
import tomllib

from tests.house.tree import PACKAGE, ROOT, definitions, named, parsed, python_files, repository_files

EXCEPTIONS = tomllib.loads((ROOT / "tests" / "house" / "exceptions.toml").read_text(encoding="utf-8"))
MOST = 0
"""How many exceptions the list may hold: lowered whenever one goes, never raised without a decision record."""

SOURCE_LINES, FUNCTION_LINES, TEST_LINES = 500, 60, 800
ATTIC = re.compile(r"(?:^|_)(?:utils?|helpers?|common|misc|managers?)(?:_|$)", re.I)


def too_long(sizes: dict[str, int], limit: int, excepted: dict[str, int]) -> list[str]:
    """What is over the limit and over what the list of exceptions allows, and entries of the list that can shrink."""
    wrong = [
        f"{name}: {size} lines, {limit} allowed" for name, size in sizes.items() if size > excepted.get(name, limit)
    ]
    for name, allowed in excepted.items():
        size = sizes.get(name)
        if size is None or size <= limit:
            wrong.append(f"{name}: no exception any more, take it off the list")
        elif size < allowed:
            wrong.append(f"{name}: {size} lines now, lower its entry from {allowed}")
    return wrong


def test_the_ratchet_sees_what_is_too_long_and_what_has_shrunk():
    assert too_long({"a": 10}, 9, {}) == ["a: 10 lines, 9 allowed"]
    assert too_long({"a": 10}, 9, {"a": 10}) == []
    assert too_long({"a": 10}, 9, {"a": 11}) == ["a: 10 lines now, lower its entry from 11"]
    assert too_long({"a": 9}, 9, {"a": 11}) == ["a: no exception any more, take it off the list"]


def test_the_list_of_exceptions_does_not_grow():
    assert sum(len(entries) for entries in EXCEPTIONS.values()) <= MOST


def test_files_are_no_longer_than_the_house_allows():
    source = {named(path): _lines(path) for path in python_files(below=PACKAGE)}
    scripts = {named(path): _lines(path) for path in repository_files() if path.is_relative_to(ROOT / "script")}
    tests = {named(path): _lines(path) for path in python_files(below=ROOT / "tests")}
    assert not too_long(source | scripts, SOURCE_LINES, EXCEPTIONS["files"])
    assert not too_long(tests, TEST_LINES, {})


def test_functions_are_no_longer_than_the_house_allows():
    sizes = {
        f"{named(path)}:{each.name}": each.lines
        for path in python_files()
        for each in definitions(parsed(path))
        if not isinstance(each.node, ast.ClassDef)
    }
    assert len(sizes) > 300, "the repository holds hundreds of functions; so few were seen that the check is blind"
    assert not too_long(sizes, FUNCTION_LINES, EXCEPTIONS["functions"])


def test_no_name_is_an_attic():
    names = {named(path): [*path.relative_to(ROOT).with_suffix("").parts] for path in repository_files()}
    wrong = {name for name, parts in names.items() if any(ATTIC.search(part) for part in parts)}
    assert not wrong, "utils, helpers, common, misc and manager say nothing of what is inside"
    assert ATTIC.search("date_utils") and ATTIC.search("helper") and not ATTIC.search("commons")


def test_public_things_say_what_they_are():
    missing = [
        f"{named(path)}:{each.name}"
        for path in python_files(below=PACKAGE)
        for each in definitions(parsed(path))
        if each.public and needs_docstring(each.name, each.node) and not ast.get_docstring(each.node)
    ]
    assert not missing, "say what it takes and gives, what it raises, and the source of a rule"


def test_modules_say_what_they_are_for():
    missing = [
        named(path)
        for path in python_files(below=PACKAGE)
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(parsed(path))
    ]
    assert not missing


def needs_docstring(name: str, node: ast.AST) -> bool:
    """Everything public, but for what Django or Python names: Meta, methods it calls, and properties of one line."""
    last = name.rsplit(".", 1)[-1]
    if last in {"Meta", "Media"} or ".Meta." in f".{name}.":
        return False
    return not ("." in name and last in CALLED_BY_THE_FRAMEWORK)


CALLED_BY_THE_FRAMEWORK = {
    "ready", "save", "delete", "clean", "add_arguments", "handle", "get_absolute_url", "get_queryset",
    "get_context_data",
    "dispatch", "get", "post", "form_valid", "form_invalid", "setup", "handle_starttag", "handle_endtag", "handle_data",
    "handle_startendtag", "handle_comment", "handle_decl", "handle_pi", "handle_charref", "handle_entityref",
    "has_permission", "process_view", "formfield", "deconstruct", "db_type", "from_db_value", "to_python",
    "get_prep_value",
}  # fmt: skip


def _lines(path) -> int:
    return path.read_text(encoding="utf-8").count("\n")
