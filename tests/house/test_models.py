"""The one rule over the models themselves: string foreign keys, get_model, signals and migrations are no imports."""

import ast
import tomllib

from django.apps import apps

from tests.house.tree import PACKAGE, ROOT, named, parsed, python_files

FLOORS = ["kernel", "reading", "linkage", "commons", "domain", "reporting", "web", "api", "cli", "config"]
DOMAIN_LINES = [
    {"organisation"},
    {"register"},
    {"plans", "reviews", "risks", "measures", "savings", "debt", "portfolio", "casework", "contracts", "directory"}
    | {"workforce", "engagement"},
    {"rounds", "governance", "enquiries", "restructures"},
    {"imports"},
]


def height(module: str) -> tuple[int, int]:
    """How high a module of the house stands: its floor, and in the domain its line."""
    parts = module.split(".")
    floor = FLOORS.index(parts[1])
    if parts[1] != "domain" or len(parts) < 3:
        return floor, 0
    return floor, next(line for line, rooms in enumerate(DOMAIN_LINES) if parts[2] in rooms)


def room(module: str) -> str:
    """The room of a module: "goldthread.domain.plans" of "goldthread.domain.plans.models"."""
    return ".".join(module.split(".")[:3])


def downstairs(caller: str, called: str) -> bool:
    """Whether one module may know another: its own room, or one that stands lower. Commons are free among themselves."""
    if room(caller) == room(called) or not called.startswith("goldthread."):
        return True
    if caller.startswith("goldthread.commons.") and called.startswith("goldthread.commons."):
        return True
    return height(called) < height(caller)


def our_models():
    """The models of this house."""
    found = [
        model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("goldthread.")
    ]
    assert len(found) >= 20, "the house holds dozens of tables; the check does not see them"
    return found


def test_the_order_of_rooms_is_the_order_of_the_import_contracts():
    contracts = (ROOT / ".importlinter").read_text(encoding="utf-8")
    lines = (
        contracts.split("[importlinter:contract:domain]")[1].split("[importlinter:")[0].split("layers =")[1].split("\n")
    )
    printed = [{name.strip(" ()") for name in line.split("|")} for line in lines if line.strip()]
    assert printed == DOMAIN_LINES[::-1]
    assert downstairs("goldthread.domain.plans.models", "goldthread.domain.register.models")
    assert not downstairs("goldthread.domain.register.models", "goldthread.domain.plans.models")
    assert not downstairs("goldthread.domain.plans.models", "goldthread.domain.reviews.models")
    assert not downstairs("goldthread.commons.events.models", "goldthread.domain.register.models")


def test_no_table_points_upstairs():
    wrong, seen = [], 0
    for model in our_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model is not None:
                seen += 1
                if not downstairs(model.__module__, field.related_model.__module__):
                    wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert seen >= 20, "dozens of tables point at others; the check does not see it"
    assert not wrong, "the link stands in register below both, or in a room above them"


def test_no_table_points_at_just_anything():
    fields = [field for model in our_models() for field in model._meta.private_fields]
    assert not [str(field) for field in fields if type(field).__name__ in {"GenericForeignKey", "GenericRelation"}]


def test_what_is_one_kind_of_record_has_a_record():
    """Composition: no table inherits from another table, or histories split and bulk writes fail."""
    wrong = [
        model._meta.label
        for model in our_models()
        if [p for p in model._meta.parents if p.__module__.startswith("goldthread.")]
    ]
    assert not wrong


def test_no_migration_depends_on_upstairs():
    seen, wrong = 0, []
    labels = {config.label: config.name for config in apps.get_app_configs()}
    for path in python_files(below=PACKAGE, migrations=True):
        if path.parent.name != "migrations" or path.name == "__init__.py":
            continue
        seen += 1
        caller = ".".join(path.relative_to(ROOT).parts[:-2])
        for label in migration_dependencies(parsed(path)):
            called = labels.get(label, "")
            if called.startswith("goldthread.") and not downstairs(f"{caller}.x", f"{called}.x"):
                wrong.append(f"{named(path)} → {label}")
    assert seen >= 4, "every room with tables has migrations; the check does not see them"
    assert not wrong


def migration_dependencies(tree: ast.Module) -> list[str]:
    """The labels of the apps that a migration names in ``dependencies`` and ``run_before``."""
    labels = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"dependencies", "run_before"}:
            for each in getattr(node.value, "elts", []):
                if isinstance(each, ast.Tuple):
                    labels.append(ast.literal_eval(each.elts[0]))
                elif isinstance(each, ast.Call) and ast.unparse(each.func).endswith("swappable_dependency"):
                    labels.append("accounts")  # the house's own user
    return labels


def test_migrations_stand_in_one_line():
    seen = 0
    for config in apps.get_app_configs():
        if not config.name.startswith("goldthread."):
            continue
        folder = PACKAGE.joinpath(*config.name.split(".")[1:]) / "migrations"
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        numbers = [int(name[:4]) for name in names]
        assert numbers == list(range(1, len(numbers) + 1)), f"{config.label}: {names}"
        for name, before in zip(names[1:], names, strict=False):
            assert f'"{config.label}", "{before}"' in (folder / f"{name}.py").read_text().replace("'", '"'), (
                f"{name} follows {before}"
            )
        seen += len(names)
    assert seen >= 4


HIDDEN_DOORS = {"get_model", "import_string", "import_module", "receiver", "connect", "lazy_related_operation"}


def test_no_module_reaches_upstairs_by_name():
    """A module that is named in a string (get_model, import_string, a signal's sender) is held to the rule as well."""
    labels = {config.label: config.name for config in apps.get_app_configs()}
    wrong, calls = [], 0
    for path in python_files(below=PACKAGE):
        caller = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if len(caller.split(".")) < 3 or caller.startswith("goldthread.config."):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                calls += 1
                for called in called_by_name(node, labels):
                    if not downstairs(caller, called):
                        wrong.append(f"{named(path)}:{node.lineno} → {called}")
    assert calls > 1000
    assert not wrong


def called_by_name(node: ast.Call, labels: dict[str, str]) -> list[str]:
    """The modules of this house that a call names in a string, by label or by dotted path."""
    door = ast.unparse(node.func).rsplit(".", 1)[-1]
    if door not in HIDDEN_DOORS:
        return []
    found = []
    for value in [*node.args, *(each.value for each in node.keywords)]:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            text = value.value
            name = text if text.startswith("goldthread.") else labels.get(text.split(".")[0], "")
            if name.startswith("goldthread."):
                found.append(f"{name}.x" if name.count(".") < 3 else name)
    return found


def test_a_module_named_in_a_string_is_seen():
    labels = {"plans": "goldthread.domain.plans"}
    for code in (
        'apps.get_model("plans", "Plan")',
        'apps.get_model("plans.Plan")',
        'import_string("goldthread.domain.plans.models.Plan")',
    ):
        (called,) = called_by_name(ast.parse(code).body[0].value, labels)
        assert not downstairs("goldthread.domain.register.queries", called)


def test_the_program_is_installed_whole():
    """Every folder with tables stands in INSTALLED_APPS, or the checks above do not see it."""
    with_tables = {
        path.relative_to(ROOT).parent if path.name == "models.py" else path.relative_to(ROOT).parent.parent
        for path in python_files(below=PACKAGE)
        if path.name == "models.py" or (path.parent.name == "models" and path.name == "__init__.py")
    }
    installed = {config.name for config in apps.get_app_configs()}
    assert {".".join(folder.parts) for folder in with_tables} <= installed
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["name"] == "goldthread"
