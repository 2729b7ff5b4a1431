"""The stylesheet holds what pages use, and stays small."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
STYLES = ROOT / "static" / "css" / "portal.css"
APPS = ["cultuurportaal", "partners", "agenda", "netwerk"]
OF_HTMX = {"htmx-request"}
CLASS = re.compile(r'\bclass="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"')
BLOCK = re.compile(r"\{% block \w+_class %\}(.*?)\{% endblock %\}")
QUOTED = re.compile(r'["\'`]([^"\'`\n]*)["\'`]')
BARE = re.compile(r"\{%.*?%\}")


def styled() -> set[str]:
    """Every class in a selector."""
    plain = re.sub(r"/\*.*?\*/", "", STYLES.read_text(), flags=re.DOTALL)
    selectors = re.sub(r"\{[^{}]*\}", "{}", plain)
    return set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors))


def spoken() -> Iterator[str]:
    """Every word that may be a class: in `class` and class blocks of templates, in strings of code."""
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        for found in (*CLASS.findall(text), *BLOCK.findall(text)):
            yield from BARE.sub(" ", found).split()
            yield from " ".join(QUOTED.findall(found)).split()
    code = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    for path in [*code, *(ROOT / "static" / "js").glob("*.js")]:
        for found in QUOTED.findall(path.read_text()):
            yield from re.split(r"[\s.]+", found)


def test_every_class_of_the_stylesheet_is_used() -> None:
    words = set(spoken())
    numbered = {re.sub(r"\{\{.*?\}\}", "", word) for word in words if "{{" in word}
    unused = styled() - words - OF_HTMX
    assert {one for one in unused if one.rstrip("123456789") not in numbered} == set()


def test_the_stylesheet_stays_within_its_budget() -> None:
    assert STYLES.stat().st_size <= 40_000
