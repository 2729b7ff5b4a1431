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
    {"models", "workflow"},
    {
        "permissions",
        "search",
        "ical",
        "when",
        "document",
        "fragments",
        "jsonld",
        "text",
        "days",
        "save_links",
        "changes",
        "queue",
        "review",
        "statistics",
    },
    {"services", "notifications", "imports"},
    {"forms", "filters"},
    {"views", "api", "feeds", "tasks", "admin", "management", "templatetags", "urls", "demo"},
]
WINDOW_MODULES = [
    "views/public",
    "views/detail",
    "views/places",
    "views/cards",
    "views/choices",
    "views/month",
    "views/window",
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
    found = [ROOT / "agenda" / f"{name}.py" for name in WINDOW_MODULES]
    packages = [ROOT / "agenda" / name for name in WINDOW_MODULES]
    return [path for path in found if path.exists()] + [
        path for package in packages if package.is_dir() for path in package.rglob("*.py")
    ]


def test_window_never_imports_a_desk_model() -> None:
    whole = {"agenda.models.activity", "agenda.models.release", "agenda.models.picture"}
    wrong = [
        f"{dotted(path)} imports {module} {sorted(names & DESK_MODELS)}"
        for path in window_files()
        for module, names in imports(path)
        if module in whole or (module == "agenda.models" and (names & DESK_MODELS or not names))
    ]
    assert len(window_files()) >= 7
    assert wrong == []


def test_only_workflow_steps_assign_status() -> None:
    """Nothing sets `.status =` on an activity or organisation; steps go through `workflow.take`."""
    wrong = [
        f"{dotted(path)}:{node.lineno}"
        for app in FLOORS[1:]
        for path in modules(app)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr == "status"
    ]
    assert wrong == []


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
