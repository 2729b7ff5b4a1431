"""Events that stand in the markup itself: microdata, and h-event of microformats. Both become plain nodes."""

from collections.abc import Iterator, Mapping
from typing import Any

from agenda.imports.schema import is_event
from agenda.imports.tree import Element

_LINKED = "a area link"
_SHOWN = "img audio video source iframe embed"
SOURCES = {
    **dict.fromkeys(_LINKED.split(), "href"),
    **dict.fromkeys(_SHOWN.split(), "src"),
    "object": "data",
    "data": "value",
    "meter": "value",
}
DEEPEST = 6
H_PLAIN = {
    "p-name": "name",
    "p-summary": "abstract",
    "p-description": "description",
    "e-content": "description",
    "e-description": "description",
    "dt-start": "startDate",
    "dt-end": "endDate",
    "p-location": "location",
    "p-organizer": "organizer",
    "u-url": "url",
    "u-photo": "image",
    "u-featured": "image",
}
H_ADDRESS = {
    "p-street-address": "streetAddress",
    "p-locality": "addressLocality",
    "p-postal-code": "postalCode",
}
OLD_CLASSES = {"vevent": "h-event", "summary": "p-name", "dtstart": "dt-start", "dtend": "dt-end",
               "location": "p-location", "description": "p-description", "url": "u-url"}  # fmt: skip


def put(node: dict[str, Any], name: str, value: Any) -> None:
    """A second value makes a list of it."""
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]


# --- Microdata ------------------------------------------------------------------------------------------


def microdata(root: Element) -> list[Mapping[str, Any]]:
    """The outermost events of a page."""
    by_id = {element.get("id"): element for element in root.walk() if element.get("id")}
    found: list[Mapping[str, Any]] = []
    for element in _outermost(root):
        node = _item(element, by_id, 0)
        if is_event(node):
            found.append(node)
    return found


def _outermost(root: Element) -> Iterator[Element]:
    """Items that are events, not those inside another event."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if "itemscope" in element.attributes and is_event({"@type": element.words("itemtype")}):
            yield element
            continue
        waiting.extend(piece for piece in reversed(element.pieces) if isinstance(piece, Element))


def _item(element: Element, by_id: Mapping[str, Element], depth: int) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": element.words("itemtype")}
    if element.get("itemid"):
        node["@id"] = element.get("itemid")
    roots = [element, *(by_id[name] for name in element.words("itemref") if name in by_id)]
    for root in roots:
        for inner in _properties(root):
            value = _item(inner, by_id, depth + 1) if "itemscope" in inner.attributes else _said(inner)
            for name in inner.words("itemprop") if depth < DEEPEST else ():
                put(node, name, value)
    return node


def _properties(element: Element) -> Iterator[Element]:
    """Elements with `itemprop` that belong to this item and not to one inside it."""
    waiting = [piece for piece in reversed(element.pieces) if isinstance(piece, Element)]
    while waiting:
        inner = waiting.pop()
        if inner.get("itemprop"):
            yield inner
        if "itemscope" not in inner.attributes:
            waiting.extend(piece for piece in reversed(inner.pieces) if isinstance(piece, Element))


def _said(element: Element) -> str:
    if "content" in element.attributes:
        return element.get("content")
    if element.tag == "time" and element.get("datetime"):
        return element.get("datetime")
    source = SOURCES.get(element.tag)
    return element.get(source) if source and source in element.attributes else element.text()


# --- h-event --------------------------------------------------------------------------------------------


def h_events(root: Element) -> list[Mapping[str, Any]]:
    return [
        node
        for element in root.walk()
        if "h-event" in _classes(element)
        if (node := _h_event(element)).get("name") or node.get("startDate")
    ]


def _classes(element: Element) -> set[str]:
    """Its classes; those of the older hCalendar as the newer ones, when the page is one of those."""
    own = set(element.words("class"))
    return own | {OLD_CLASSES[name] for name in own & OLD_CLASSES.keys()}


def _h_event(element: Element) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "Event"}
    waiting = [piece for piece in reversed(element.pieces) if isinstance(piece, Element)]
    while waiting:
        inner = waiting.pop()
        classes = _classes(inner)
        for name in sorted(classes & H_PLAIN.keys()):
            put(node, H_PLAIN[name], _h_said(inner, name, classes))
        if not any(name.startswith("h-") for name in classes):
            waiting.extend(piece for piece in reversed(inner.pieces) if isinstance(piece, Element))
    return {
        name: value[0] if isinstance(value, list) and name != "startDate" else value
        for name, value in node.items()
    }


def _h_said(element: Element, name: str, classes: set[str]) -> Any:
    if name == "p-location" and classes & {"h-card", "h-adr"}:
        return _h_card(element)
    if name.startswith("u-"):
        return element.get("href") or element.get("src") or element.text()
    if name.startswith("dt-"):
        return element.get("datetime") or element.get("title") or element.get("value") or element.text()
    return element.get("title") if element.tag == "abbr" and element.get("title") else element.text()


def _h_card(element: Element) -> dict[str, Any]:
    place: dict[str, Any] = {"@type": "Place"}
    address: dict[str, Any] = {}
    for inner in element.walk():
        for name in inner.words("class"):
            if name == "p-name":
                put(place, "name", inner.text())
            elif name in H_ADDRESS:
                put(address, H_ADDRESS[name], inner.text())
    place.setdefault("name", "" if address else element.text())
    return {**place, "address": address} if address else place
