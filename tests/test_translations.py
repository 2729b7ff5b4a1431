"""Every Dutch string of the interface has its English, and the compiled catalogue is the written one."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import override
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES"
FIELD = re.compile(r'^(msg\w+(?:\[\d\])?) ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.MULTILINE)
VALUE = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
Key = str | tuple[str, int]  # a message; a plural with the number of its form


def python_sources() -> Iterator[tuple[str, str]]:
    """(where, Python text) of all code and of all templates, the way Django's makemessages reads them."""
    for app in ("cultuurportaal", "partners", "agenda", "netwerk"):
        for path in (ROOT / app).rglob("*.py"):
            yield str(path.relative_to(ROOT)), path.read_text()
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in {".html", ".txt"}:
            yield str(path.relative_to(ROOT)), calls_only(templatize(path.read_text(), origin=str(path)))


def calls_only(text: str) -> str:
    """The translation calls of a templatized template, one a line, as Python."""
    pattern = r"(?<!\w)(?:n?p?gettext|_)\((?:\s*(?:u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\"|\w+)\s*,?)+\)"
    return "\n".join(re.findall(pattern, text))


def messages() -> Iterator[tuple[str, str]]:
    """(where, message) of every string that is marked for translation; a plural by its singular."""
    for where, source in python_sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield from ((where, text) for text in marked(node.func.id, node.args))


def marked(function: str, arguments: list[ast.expr]) -> Iterator[str]:
    position = 0 if function in SINGULAR | PLURAL else 1 if function in WITH_CONTEXT else None
    if position is None or len(arguments) <= position:
        return
    argument = arguments[position]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        prefix = f"{ast.literal_eval(arguments[0])}\x04" if position else ""
        yield prefix + argument.value


def compiled() -> dict[Key, str]:
    """What the compiled English catalogue holds, but its header."""
    with (CATALOGUE / "django.mo").open("rb") as file:
        held = gettext.GNUTranslations(file)._catalog
    return {key: text for key, text in held.items() if key}


def written() -> dict[Key, str]:
    """What the English catalogue says, but its header; obsolete entries are comments and not in it."""
    found: dict[Key, str] = {}
    for entry in (CATALOGUE / "django.po").read_text().split("\n\n")[1:]:
        fields = {name: ast.literal_eval(f"({quoted})") for name, quoted in FIELD.findall(entry)}
        message: str = "\x04".join(fields[name] for name in ("msgctxt", "msgid") if name in fields)
        if "msgid_plural" in fields:
            found |= {(message, number): fields[f"msgstr[{number}]"] for number in (0, 1)}
        elif message:
            found[message] = fields["msgstr"]
    return found


def catalogue() -> dict[str, str]:
    """English by message (a plural by its singular)."""
    return {key[0] if isinstance(key, tuple) else key: text for key, text in compiled().items()}


def test_every_dutch_string_has_its_english() -> None:
    english = catalogue()
    missing = {text: where for where, text in messages() if text and not english.get(text)}
    assert sorted(f"{where}: {text}" for text, where in missing.items()) == []


def test_nothing_stands_in_the_catalogue_that_nobody_says() -> None:
    said = {text for _where, text in messages()}
    assert sorted(text for text in catalogue() if text not in said) == []


def test_english_fills_in_the_same_values_as_the_dutch() -> None:
    """In either form of a plural too; a value that is named wrongly would break the page."""
    pairs = [(key[0] if isinstance(key, tuple) else key, text) for key, text in written().items()]
    wrong = [text for message, text in pairs if set(VALUE.findall(message)) != set(VALUE.findall(text))]
    assert wrong == []


def test_compiled_catalogue_is_the_written_one() -> None:
    """The .mo is committed, so that no gettext is needed; msgfmt leaves out what is fuzzy or empty."""
    assert compiled() == written()


def test_no_dutch_string_is_said_differently_by_the_catalogues_of_others() -> None:
    """As with “Log in”, which became “Aanmelden”: Django and its parts turn their English into Dutch."""
    with override("nl"):
        changed = {text: translated(text) for _where, text in messages() if text and "\x04" not in text}
    assert {text: other for text, other in changed.items() if other != text} == {}
