"""The data checks: one number each, in the room it belongs to, and held by a test that makes it speak and one that does not."""

import ast

from goldthread.commons.checks.catalogue import all_checks
from tests.house.tree import ROOT, parsed, python_files

NUMBERS = {
    "register": range(1, 100),
    "plans": range(100, 200),
    "organisation": range(200, 300),
    "structures": range(200, 300),
    "reviews": range(300, 400),
    "risks": range(300, 400),
    "rounds": range(400, 500),
    "reporting": range(400, 500),
    "enquiries": range(400, 500),
}


def test_every_check_stands_in_the_numbers_of_its_room_and_says_what_to_do():
    checks = all_checks()
    assert len(checks) >= 10, "the rooms declare dozens of checks; so few were found that the check is blind"
    wrong = [one.number for one in checks if int(one.number[2:]) not in NUMBERS.get(one.room, ())]
    assert not wrong, "give it a number of its room"
    assert not [one.number for one in checks if not one.what_to_do.endswith(".") or one.title.endswith(".")]
    assert len({one.title for one in checks}) == len(checks)


def test_every_check_is_shown_what_is_wrong_and_what_is_right():
    held = {"speaks": set(), "silent": set()}
    for path in python_files(below=ROOT / "tests"):
        for name, number in asked(parsed(path)):
            held[name].add(number)
    numbers = {one.number for one in all_checks()}
    assert not sorted(numbers - held["speaks"]), "write a test in which it speaks (tests/support/checks.py)"
    assert not sorted(numbers - held["silent"]), "write a test in which it is silent (tests/support/checks.py)"


def asked(tree):
    """The (function, number) of every call of ``speaks`` or ``silent`` with a written-out number."""
    for node in ast.walk(tree):
        called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        if called in {"speaks", "silent"} and node.args and isinstance(node.args[0], ast.Constant):
            yield called, node.args[0].value


def test_a_call_is_seen():
    assert list(asked(ast.parse("def test():\n    speaks('GT001', viewer, at='IP-1')"))) == [("speaks", "GT001")]
    assert not list(asked(ast.parse("other('GT001')")))
