"""Events in the JSON-LD of a page: alone, in lists, in @graph, inside other things, and slightly broken."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from agenda.imports.base import Remark
from agenda.imports.schema import is_event, many
from agenda.imports.tree import Element

MOST_NODES = 20_000
DEEPEST = 60
_SIGNS = r"(?://|<!--|-->|/\*|\*/|;|\s)+"
_WRAPPING = re.compile(rf"\A{_SIGNS}|{_SIGNS}\Z")


def scripts(root: Element) -> Iterator[str]:
    for element in root.walk():
        if (
            element.tag == "script"
            and element.get("type").partition(";")[0].strip().lower() == "application/ld+json"
        ):
            yield element.raw()


def events(root: Element) -> tuple[list[Mapping[str, Any]], list[Remark]]:
    """The events of all scripts, and a remark for each script that nobody can read."""
    found: list[Mapping[str, Any]] = []
    remarks: list[Remark] = []
    for script in scripts(root):
        try:
            found += graph(parse(script))
        except (ValueError, RecursionError):
            remarks.append(Remark("broken_json"))
    return found, remarks


def parse(script: str) -> Any:
    """JSON, also with what content systems leave in it: comments, line ends in texts, a comma too many."""
    text = _WRAPPING.sub("", script)
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(re.sub(r",\s*([}\]])", r"\1", text), strict=False)


def graph(document: Any) -> list[Mapping[str, Any]]:
    """Its events in order; an event inside an event (a performance) is not one by itself. Names of other
    things (`{"@id": …}`) are replaced by those things where the document has them."""
    named = {str(one["@id"]): one for one in _things(document) if one.get("@id") and len(one) > 1}
    return [_whole(one, named, 3) for one in _outer(document)]


def _things(document: Any) -> Iterator[Mapping[str, Any]]:
    waiting, seen = [document], 0
    while waiting and seen < MOST_NODES:
        seen += 1
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, Mapping):
            yield one
            waiting.extend(one.values())


def _outer(document: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(document, list):
        for one in document:
            yield from _outer(one, depth + 1)
    elif isinstance(document, Mapping):
        if is_event(document):
            yield document
            return
        for name, one in document.items():
            if name != "superEvent" and isinstance(one, list | Mapping):
                yield from _outer(one, depth + 1)


def _whole(node: Mapping[str, Any], named: Mapping[str, Any], depth: int) -> Mapping[str, Any]:
    return {name: _filled(value, named, depth) for name, value in node.items()}


def _filled(value: Any, named: Mapping[str, Any], depth: int) -> Any:
    if isinstance(value, list):
        return [_filled(one, named, depth) for one in value]
    if isinstance(value, Mapping) and depth:
        whole = named.get(str(value.get("@id", "")), value) if len(value) == 1 else value
        return _whole(whole, named, depth - 1)
    return value


def without_doubles(nodes: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Content systems and their plug-ins each say the same event; the fullest one stays."""
    kept: dict[tuple[str, str], Mapping[str, Any]] = {}
    for node in nodes:
        key = (
            str(node.get("name", "")).casefold().strip(),
            str((many(node.get("startDate")) or [""])[0])[:16],
        )
        if key not in kept or len(node) > len(kept[key]):
            kept[key] = node
    return list(kept.values())
