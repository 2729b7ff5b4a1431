"""A page of somebody's site: which activities it tells about, and by which of its ways of saying so."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from agenda.imports import jsonld, markup, schema
from agenda.imports.base import Findings, Found, Remark, Value, Values
from agenda.imports.tree import Element, tree

MOST = 60
JSON_LD, MICRODATA, H_EVENT, OPEN_GRAPH, PAGE = "JSON-LD", "microdata", "h-event", "Open Graph", "de pagina"
SHOWN = (
    "summary",
    "description",
    "image",
    "place",
    "address",
    "organizer",
    "price",
    "price_note",
    "booking_url",
)


def read(html: str | bytes, url: str, content_type: str = "") -> Findings:
    """What a page with this address says. JSON-LD counts most, then microdata, h-event and Open Graph."""
    root = tree(html if isinstance(html, str) else decoded(html, content_type))
    nodes, remarks = jsonld.events(root)
    ways = [
        (JSON_LD, jsonld.without_doubles(nodes)),
        (MICRODATA, markup.microdata(root)),
        (H_EVENT, markup.h_events(root)),
    ]
    told = [merged(_found(nodes_, where, url)) for where, nodes_ in ways]
    best = next((found for found in told if any(one.title for one in found)), [])
    best = [one for one in best if one.title]
    fallback = open_graph(root, url)
    if len(best) == 1:
        best = [filled(best[0], [*(found[0] for found in told if len(found) == 1), fallback])]
    elif not best and fallback.title:
        only = () if fallback.slots else (Remark("only_title"),)
        best = [fallback.with_remarks(*only, *remarks)]
    return Findings(
        found=tuple(numbered(best[:MOST], url)),
        problems=(*remarks, *((Remark("more", str(len(best) - MOST)),) if len(best) > MOST else ())),
        calendars=calendars(root, url),
        events=len(best),
        refused="" if best else "nothing",
    )


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page, in the way of writing that it says it has."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace")
    said = re.search(r"charset=[\"']?([\w.-]+)", content_type) or re.search(
        r"<meta[^>]{0,200}charset=[\"']?([\w.-]+)", body[:4096].decode("ascii", "replace"), re.IGNORECASE
    )
    for name in (said[1] if said else "utf-8", "utf-8", "cp1252"):
        try:
            return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body.decode("latin-1")


def _found(nodes: Iterable[Mapping[str, Any]], where: str, url: str) -> list[Found]:
    return [schema.found(node, where=where, url=url) for node in nodes]


def merged(found: list[Found]) -> list[Found]:
    """Dates of one and the same thing, which many sites write as an event each, are one activity."""
    order = {_key(one): number for number, one in reversed(list(enumerate(found)))}
    groups = groupby(sorted(found, key=lambda one: order[_key(one)]), key=_key)
    return [_as_one(list(group)) for _key_, group in groups]


def numbered(found: list[Found], url: str) -> list[Found]:
    """Each with a number of its own, the same at the next reading; many pages give one address to all."""
    count = Counter(one.uid for one in found)
    return [
        one if one.uid and count[one.uid] == 1 else replace(one, uid=f"{one.uid or url}#{_mark(one)}")
        for one in found
    ]


def _mark(found: Found) -> str:
    return hashlib.sha256(repr(_key(found)).encode()).hexdigest()[:16]


def _key(found: Found) -> tuple[str, str]:
    return found.title.casefold(), found.text("place").casefold()


def _as_one(group: list[Found]) -> Found:
    first, *others = group
    if not others:
        return first
    live = [one for one in group if not one.is_cancelled] or group
    remarks = [remark for one in group for remark in one.remarks]
    if len(live) < len(group):
        remarks.append(Remark("some_cancelled", str(len(group) - len(live))))
    return replace(
        filled(first, others),
        slots=tuple(sorted({slot for one in live for slot in one.slots})),
        has_clock=all(one.has_clock for one in live),
        is_cancelled=all(one.is_cancelled for one in group),
        instances=sum(one.instances for one in live),
        remarks=tuple(dict.fromkeys(remarks)),
    )


def filled(found: Found, others: Iterable[Found]) -> Found:
    """With what it does not say itself and another way of saying on the same page does."""
    values = dict(found.values)
    for other in others:
        for name in SHOWN:
            if name in other.values:
                values.setdefault(name, other.values[name])
        if other.slots and not found.slots:
            kept = tuple(one for one in found.remarks if one.code != "no_date")
            found = replace(
                found, slots=other.slots, when_from=other.when_from, has_clock=other.has_clock,
                instances=other.instances, remarks=(*kept, *other.remarks),
            )  # fmt: skip
    if (
        values.get("summary")
        and values.get("description")
        and _is_same(values["summary"], values["description"])
    ):
        del values["summary"]
    return replace(found, values=values)


def _is_same(one: Value, other: Value) -> bool:
    return other.text.startswith(one.text.rstrip(".… ")[:80])


def open_graph(root: Element, url: str) -> Found:
    """What a page says about itself for whoever shares it; not what happens when."""
    said: dict[str, str] = {}
    heading = ""
    for element in root.walk():
        if element.tag == "meta":
            name = (element.get("property") or element.get("name")).lower()
            said.setdefault(name, element.get("content"))
        elif element.tag == "title" and not heading:
            heading = element.text()
    values = Values()
    values.put("title", said.get("og:title", ""), OPEN_GRAPH)
    values.put("title", heading, PAGE)
    values.put("summary", said.get("og:description", ""), OPEN_GRAPH)
    values.put("summary", said.get("description", ""), PAGE)
    values.put("image", schema.link(said.get("og:image", ""), url), OPEN_GRAPH)
    values.put("website", schema.link(said.get("og:url", ""), url) or url, OPEN_GRAPH)
    times = {"startDate": said.get("event:start_time"), "endDate": said.get("event:end_time")}
    start = schema.found(times, where=OPEN_GRAPH, url=url)
    return replace(start, values=values, uid=url, remarks=(*values.remarks, *start.remarks))


def calendars(root: Element, url: str) -> tuple[str, ...]:
    """The calendar files that a page offers."""
    found: list[str] = []
    for element in root.walk():
        target = element.get("href") if element.tag in {"a", "link"} else ""
        if not target:
            continue
        is_typed = element.get("type").lower() == "text/calendar"
        path = urlsplit(target).path.lower() if "[" not in target else ""
        if is_typed or path.endswith(".ics") or target.lower().startswith("webcal:"):
            found.append(schema.link(re.sub("^webcals?:", "https:", target, flags=re.IGNORECASE), url))
    return tuple(dict.fromkeys(one for one in found if one))[:5]
