"""The house guards itself: floors, staircase, a window without a desk, templates, migrations."""

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
FLOORS = ["cultuurportaal", "partners", "agenda", "netwerk"]
STAIRS = [
    {"models", "workflow", "season"},
    {
        "permissions",
        "search",
        "ical",
        "when",
        "document",
        "fragments",
        "completeness",
        "habits",
        "renewal",
        "story",
        "jsonld",
        "text",
        "texts",
        "days",
        "save_links",
        "changes",
        "queue",
        "review",
        "likeness",
        "doubles",
        "radar",
        "busy",
        "pencil",
        "overview",
        "signatures",
        "urgent_line",
        "still_holds",
        "renditions",
        "origin",
        "progress",
    },
    {"services", "notifications", "imports"},
    {"forms", "filters"},
    {
        "views",
        "feeds",
        "tasks",
        "admin",
        "management",
        "urls",
        "demo",
        "receivers",
        "middleware",
        "adapters",
        "backends",
        "context",
    },
]
FURNITURE = {"apps", "signals", "migrations"}
WINDOW_MODULES = [
    "views/public",
    "views/detail",
    "views/places",
    "views/cards",
    "views/choices",
    "views/month",
    "views/window",
    "views/sitemap",
    "days",
    "text",
    "save_links",
    "feeds",
    "ical",
    "filters",
    "search",
    "fragments",
    "jsonld",
    "document",
    "services/feeds",
]
DESK_MODELS = {"Activity", "Moment", "Release", "Picture"}


def modules(app: str) -> Iterator[Path]:
    for path in sorted((ROOT / app).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def imports(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Every import of a module, also inside functions: (module, names)."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, set()
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or "", {alias.name for alias in node.names}


def step(app: str, dotted: str) -> int | None:
    """On which stair a module of an app stands; None for furniture (apps, signals)."""
    parts = dotted.split(".")
    if parts[0] != app or len(parts) < 2:
        return None
    return next((number for number, names in enumerate(STAIRS) if parts[1] in names), None)


def test_every_module_stands_on_a_stair() -> None:
    found = {dotted(path) for app in FLOORS[1:] for path in modules(app) if step(app, dotted(path)) is None}
    loose = {name for name in found if name not in FLOORS and name.split(".")[1] not in FURNITURE}
    assert loose == set()


def test_every_stair_holds_something() -> None:
    names = {dotted(path).split(".")[1] for app in FLOORS[1:] for path in modules(app) if "." in dotted(path)}
    assert set().union(*STAIRS) - names == set()


def test_imports_stand_at_the_top() -> None:
    """Only tasks import inside their functions."""
    wrong = [
        f"{dotted(path)}:{line.lineno}"
        for app in FLOORS
        for path in modules(app)
        if path.name != "tasks.py"
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef)
        for line in ast.walk(function)
        if isinstance(line, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        dotted(path)
        for app in FLOORS
        for path in modules(app)
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def dotted(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


@pytest.mark.parametrize("floor", FLOORS)
def test_floors_import_downwards_only(floor: str) -> None:
    above = set(FLOORS[FLOORS.index(floor) + 1 :])
    wrong = [
        f"{dotted(path)} imports {module}"
        for path in modules(floor)
        for module, _names in imports(path)
        if module.split(".")[0] in above
    ]
    assert wrong == []


@pytest.mark.parametrize("app", FLOORS[1:])
def test_staircase_goes_down_only(app: str) -> None:
    wrong = []
    for path in modules(app):
        here = step(app, dotted(path))
        for module, _names in imports(path):
            there = step(app, module)
            is_task = module == f"{app}.tasks" or dotted(path) == f"{app}.tasks"
            if here is not None and there is not None and there > here and not is_task:
                wrong.append(f"{dotted(path)} imports {module}")
    assert wrong == []


def window_files() -> list[Path]:
    return [path for name in WINDOW_MODULES for path in in_window(name)]


def in_window(name: str) -> Iterator[Path]:
    """The module of this name, or every module of the package."""
    path = ROOT / "agenda" / name
    yield from path.rglob("*.py") if path.is_dir() else path.parent.glob(f"{path.name}.py")


def test_window_never_imports_a_desk_model() -> None:
    whole = {"agenda.models.activity", "agenda.models.release", "agenda.models.picture"}
    wrong = [
        f"{dotted(path)} imports {module} {sorted(names & DESK_MODELS)}"
        for path in window_files()
        for module, names in imports(path)
        if module in whole or (module == "agenda.models" and (names & DESK_MODELS or not names))
    ]
    assert {name for name in WINDOW_MODULES if not any(in_window(name))} == set(), "a name that is no module"
    assert wrong == []


OWN_STATUS = {"agenda.services.moments", "agenda.services.pictures"}  # dates and pictures have no workflow


def test_only_workflow_steps_assign_status() -> None:
    """No `.status =` and no `update(status=…)` on what has a workflow; steps go through `workflow.take`."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for app in FLOORS[1:]
        for path in modules(app)
        if dotted(path) not in OWN_STATUS
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign | ast.Call) and assigns_status(node)
    ]
    assert wrong == []


def assigns_status(node: ast.Assign | ast.Call) -> bool:
    match node:
        case ast.Assign(targets=targets):
            return any(isinstance(one, ast.Attribute) and one.attr == "status" for one in targets)
        case ast.Call(func=ast.Attribute(attr="update"), keywords=words):
            return any(word.arg == "status" for word in words)
    return False


OF_LIBRARIES = ("account/", "allauth/", "mfa/", "admin/")
OF_DJANGO = {f"{status}.html" for status in (400, 403, 404, 413, 429, 500, 503)} | {"403_csrf.html"}


def test_every_template_is_used() -> None:
    """A template is named by code or by another template, or Django and allauth look for it by its name."""
    files = [path for folder in [*FLOORS, "templates"] for path in (ROOT / folder).rglob("*")]
    sources = "\n".join(path.read_text() for path in files if path.suffix in {".py", ".html", ".txt"})
    templates = [path for path in sorted((ROOT / "templates").rglob("*")) if path.is_file()]
    names = [path.relative_to(ROOT / "templates").as_posix() for path in templates]
    own = [name for name in names if name not in OF_DJANGO and not name.startswith(OF_LIBRARIES)]
    unused = [name for name in own if not any(word in sources for word in called(name))]
    assert unused == []


def called(name: str) -> list[str]:
    """What code may say: the name, and for a mail its step ('agenda/received', or just "received")."""
    step = name.removeprefix("mail/").removesuffix(".txt")
    return [name] if step == name else [name, f'"{step}"', f'"{Path(step).name}"']


@pytest.mark.django_db
def test_no_migration_is_missing_and_names_say_what_they_do() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())
    names = [path.stem for app in FLOORS for path in (ROOT / app / "migrations").glob("0*.py")]
    assert [name for name in names if "_auto_" in name] == []


def test_exactly_the_three_apps_and_the_ground_floor() -> None:
    own = [config.name for config in apps.get_app_configs() if (ROOT / config.name.split(".")[0]).is_dir()]
    assert sorted(own) == sorted(FLOORS)


def test_no_room_for_odds_and_ends() -> None:
    wrong = {"utils", "helpers", "common", "core", "misc", "manager", "managers", "info"}
    found = [dotted(path) for app in FLOORS for path in modules(app) if path.stem in wrong]
    assert found == []
