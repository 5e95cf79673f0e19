"""The furniture of a room: which files it may hold, who may write, and that every read says for whom."""

import ast
import re

import pytest

from tests.house.test_ratchet import EXCEPTIONS
from tests.house.tree import PACKAGE, Definition, definitions, named, parsed, python_files, repository_files

DOMAIN = PACKAGE / "domain"
FURNITURE = {"models", "terms", "rules", "queries", "actions", "access", "adopters", "checks"}
"""What a room may hold as ``name.py`` or, where one file grows too long, as a folder ``name/``."""
ALSO = {"__init__.py", "apps.py", "README.md"}


def rooms():
    """The rooms of the domain that stand."""
    found = sorted(
        path.parent for path in repository_files() if path.parent.parent == DOMAIN and path.name == "__init__.py"
    )
    assert len(found) >= 4, "organisation, register, reviews and plans stand; the check does not see them"
    return found


def strange_furniture(room, files):
    """The files of a room that stand under no name of the furniture."""
    strange = set()
    for path in files:
        first = path.relative_to(room).parts[0]
        if first not in ALSO and first != "migrations" and first.removesuffix(".py") not in FURNITURE:
            strange.add(named(room / first))
    return strange


def test_rooms_hold_furniture_of_known_names_only():
    files = repository_files()
    strange = set()
    for room in rooms():
        strange |= strange_furniture(room, [path for path in files if path.is_relative_to(room)])
    listed = set(EXCEPTIONS["furniture"])
    assert not strange - listed, f"put it under one of {sorted(FURNITURE)}, as a file or a folder"
    assert not listed - strange, "no exception any more, take it off the list"
    assert strange_furniture(DOMAIN / "plans", [DOMAIN / "plans" / "services.py"])


def test_every_room_says_on_one_page_what_it_is_for():
    missing = [named(room) for room in rooms() if not (room / "README.md").exists()]
    assert not missing


# Writes only in actions -------------------------------------------------------------------------------------------

WRITES = {"save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_A_SET = WRITES - {"save", "delete"}


def writes_in(tree: ast.Module) -> list[int]:
    """The lines on which a model or a queryset is written.

    ``.save()`` and ``.delete()`` count on anything but a form or a file; the other words only on what looks like a set
    of rows (``.objects``, ``.filter(…)``, …), because dictionaries have an ``update`` too.
    """
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        target = ast.unparse(node.func.value)
        if node.func.attr in ON_A_SET:
            wrong = re.search(r"\b_?objects\b|_set\b|\.(?:filter|exclude|all|order_by|select_related|using)\(", target)
        else:
            wrong = not re.search(
                r"(?:form|workbook|document|file|session|image|pdf|storage|cookie|buffer|template|word)s?$",
                target,
                re.I,
            )
        if wrong:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("Plan.objects.create(title='x')", True),
        ("plan.save()", True),
        ("Plan.objects.filter(pk=1).update(title='x')", True),
        ("plan.actions.all().delete()", True),
        ("context.update(a=1)", False),
        ("form.save()", False),
        ("actions.create(by=viewer)", False),
        ("request.session.save()", False),
    ],
)
def test_a_write_is_told_from_what_only_looks_like_one(code, wrong):
    assert bool(writes_in(ast.parse(code))) is wrong


def test_pages_api_and_commands_write_through_actions_only():
    looked_at = [path for path in python_files() if path.relative_to(PACKAGE.parent).parts[:2] in UPSTAIRS]
    assert looked_at, "no page, command or endpoint was looked at"
    assert not [f"{named(path)}:{line}" for path in looked_at for line in writes_in(parsed(path))]


UPSTAIRS = {("goldthread", "web"), ("goldthread", "api"), ("goldthread", "cli")}


def test_reads_and_rules_of_a_room_write_nothing():
    looked_at = [
        path for path in python_files(below=DOMAIN) if {"queries", "rules", "terms", "access", "checks"} & _names(path)
    ]
    assert len(looked_at) >= 8
    assert not [f"{named(path)}:{line}" for path in looked_at for line in writes_in(parsed(path))]


# Who asks, who acts -----------------------------------------------------------------------------------------------


def test_every_query_says_for_whom():
    queries = list(_public_functions("queries"))
    assert len(queries) >= 10
    wrong = [f"{place}:{each.name}" for place, each in queries if keyword(each, "viewer") in {"optional", "absent"}]
    assert not wrong, "every query takes viewer= without a default; what reads no rows belongs in rules.py"


def test_every_action_says_by_whom():
    """``by=`` the person; a part of an action that other rooms call takes its ``event=``, which names the person."""
    actions = list(_public_functions("actions"))
    assert len(actions) >= 10
    wrong = [
        f"{place}:{each.name}"
        for place, each in actions
        if "required" not in {keyword(each, "by"), keyword(each, "event")}
    ]
    assert not wrong, "every action takes by= (or, within another action, event=) without a default"
    unnamed = [f"{place}:{each.name}" for place, each in actions if positional(each)]
    assert not unnamed, "every action takes keywords only"


def keyword(each: Definition, name: str) -> str:
    """How a function takes an argument: "required" (by keyword), "positional" (required), "optional" or "absent"."""
    spec = each.node.args
    optional = {argument.arg for argument in spec.args[len(spec.args) - len(spec.defaults) :]}
    if name in optional:
        return "optional"
    for argument, default in zip(spec.kwonlyargs, spec.kw_defaults, strict=True):
        if argument.arg == name:
            return "required" if default is None else "optional"
    return "positional" if name in {argument.arg for argument in spec.args} else "absent"


def positional(each: Definition) -> list[str]:
    """The arguments of a function that can be given without their name."""
    return [argument.arg for argument in [*each.node.args.posonlyargs, *each.node.args.args]]


def test_a_viewer_that_may_be_left_out_is_seen():
    kinds = {}
    for code in SIGNATURES:
        (each,) = definitions(ast.parse(code))
        kinds[code] = keyword(each, "viewer")
    assert kinds == SIGNATURES


SIGNATURES = {
    "def f(*, viewer): 0": "required",
    "def f(*, viewer=None): 0": "optional",
    "def f(viewer): 0": "positional",
    "def f(viewer=None): 0": "optional",
    "def f(): 0": "absent",
}


def _public_functions(furniture):
    for path in python_files(below=DOMAIN):
        if furniture in _names(path):
            for each in definitions(parsed(path)):
                if each.public and "." not in each.name and not isinstance(each.node, ast.ClassDef) and not _task(each):
                    yield named(path), each


def _task(each):
    """Whether a function is put on the queue of background work: plain values only, the person by number."""
    return any(re.match(r"task\b", ast.unparse(decorator)) for decorator in each.node.decorator_list)


def _names(path):
    """The names of the furniture that a file belongs to."""
    inside = path.relative_to(DOMAIN).parts[1:2]
    return {part.removesuffix(".py") for part in inside}
