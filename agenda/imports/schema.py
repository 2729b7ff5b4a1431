"""A schema.org Event, whatever it was written in, as something we found. Nodes are plain dicts and lists."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urljoin, urlsplit

from agenda.imports.base import Found, Remark, Values
from agenda.imports.moments import Period, period, stamp
from agenda.imports.tree import plain

Node = Mapping[str, Any]
_EVENTS = """
Event BusinessEvent ChildrensEvent ComedyEvent CourseInstance DanceEvent DeliveryEvent EducationEvent
EventSeries ExhibitionEvent Festival FoodEvent Hackathon LiteraryEvent MusicEvent PublicationEvent SaleEvent
ScreeningEvent SocialEvent SportsEvent TheaterEvent VisualArtsEvent
"""
EVENTS = frozenset(_EVENTS.split())
CANCELLED = {"EventCancelled"}
MOVED = {"EventPostponed", "EventRescheduled"}
MOST_PRICE = Decimal(99_999)


def types(node: Node) -> set[str]:
    """The names of its types, without the address of the vocabulary."""
    return {re.split(r"[/#:]", str(one).rstrip("/"))[-1] for one in many(node.get("@type"))}


def is_event(node: Node) -> bool:
    return not types(node).isdisjoint(EVENTS)


def many(value: Any) -> list[Any]:
    """A value that may be absent, alone or one of several, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def text(value: Any) -> str:
    """The first text in a value: itself, or the name or value of a thing."""
    for one in many(value):
        if isinstance(one, Mapping):
            said = text(one.get("name") or one.get("@value") or one.get("@id"))
        else:
            said = "" if isinstance(one, bool) else plain(str(one)).strip()
        if said:
            return said
    return ""


def link(value: Any, base: str) -> str:
    """The first web address in a value, made whole; "" when there is none."""
    for one in many(value):
        if isinstance(one, Mapping):
            said = link(one.get("contentUrl") or one.get("url") or one.get("@id"), base)
        else:
            said = _whole(str(one).strip(), base)
        if said:
            return said
    return ""


def _whole(said: str, base: str) -> str:
    try:
        whole = urljoin(base, said)
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return whole if said and is_web and not re.search(r"\s", whole) else ""


def found(node: Node, *, where: str, url: str) -> Found:
    """One event of a page with address `url`; its dates may be its own or those of its sub-events."""
    values = Values()
    values.put("title", text(node.get("name") or node.get("headline")), where)
    values.put("description", text(node.get("description")), where)
    values.put("summary", text(node.get("abstract") or node.get("alternativeHeadline")), where)
    values.put("place", place(node.get("location")), where)
    values.put("address", address(node.get("location")), where)
    values.put("organizer", text(node.get("organizer")), where)
    values.put("image", link(node.get("image"), url), where)
    values.put("website", link(node.get("url"), url) or url, where)
    remarks = [*_prices(node, values, where, url), *_ages(node, values, where)]
    times = _times(node)
    status = {str(one).rstrip("/").rsplit("/", 1)[-1] for one in many(node.get("eventStatus"))}
    if status & MOVED:
        remarks.append(Remark("postponed"))
    if node.get("eventSchedule"):
        remarks.append(Remark("schedule"))
    if not times.slots and not node.get("eventSchedule"):
        remarks.append(Remark("no_date"))
    return Found(
        uid=str(node.get("@id") or "") or link(node.get("url"), url),
        values=values,
        slots=times.slots,
        when_from=where if times.slots else "",
        has_clock=times.has_clock,
        is_cancelled=bool(status & CANCELLED),
        remarks=tuple(dict.fromkeys([*values.remarks, *remarks, *times.remarks])),
        instances=len(times.slots),
    )


def _times(node: Node) -> Period:
    """Of the event itself when it has one date, else of its sub-events, which are its performances."""
    inner = [one for one in many(node.get("subEvent")) if isinstance(one, Mapping) and one.get("startDate")]
    parts = [_own(one) for one in inner] or [_own(node)]
    slots = tuple(sorted({slot for part in parts for slot in part.slots}))
    remarks = dict.fromkeys(remark for part in parts for remark in part.remarks)
    return Period(slots, all(part.has_clock for part in parts), tuple(remarks))


def _own(node: Node) -> Period:
    said = [str(one) for one in many(node.get("startDate")) if isinstance(one, str | int)]
    starts = [(one, stamp(one)) for one in said]
    end_text = next((str(one) for one in many(node.get("endDate"))), "")
    end = stamp(end_text) if len(starts) == 1 else None
    parts = [period(start, end) for _text, start in starts if start]
    remarks = [Remark("date", one) for one, start in starts if one.strip() and start is None]
    remarks += [remark for part in parts for remark in part.remarks]
    return Period(
        tuple(slot for part in parts for slot in part.slots),
        has_clock=all(part.has_clock for part in parts),
        remarks=tuple(remarks),
    )


# --- Where ----------------------------------------------------------------------------------------------


def place(value: Any) -> str:
    """The name of the place; without one its address. An online place has none."""
    for one in many(value):
        if isinstance(one, str):
            if not one.startswith(("http:", "https:")):
                return plain(one).strip()
        elif isinstance(one, Mapping) and "VirtualLocation" not in types(one):
            return text(one.get("name")) or address(one)
    return ""


def address(value: Any) -> str:
    """'Markt 1, 2711 AB Zoetermeer'"""
    for one in many(value):
        if not isinstance(one, Mapping):
            continue
        inner = one.get("address", one if one.get("streetAddress") else None)
        for said in many(inner):
            if isinstance(said, Mapping):
                town = " ".join(
                    filter(None, (text(said.get("postalCode")), text(said.get("addressLocality"))))
                )
                return ", ".join(filter(None, (text(said.get("streetAddress")), town)))
            if isinstance(said, str):
                return plain(said).strip()
    return ""


# --- What it costs, and for whom ------------------------------------------------------------------------


def _prices(node: Node, values: Values, where: str, url: str) -> Iterator[Remark]:
    offers = [one for one in many(node.get("offers")) if isinstance(one, Mapping)]
    offers = [inner for one in offers for inner in _offers(one)]
    for offer in offers:
        if address_ := link(offer.get("url"), url):
            values.put("booking_url", address_, where)
    said = [one for offer in offers for one in _amounts(offer)]
    amounts = sorted({amount for amount in map(_amount, said) if amount is not None})
    foreign = {str(offer["priceCurrency"]) for offer in offers if offer.get("priceCurrency")} - {"EUR", "€"}
    if foreign:
        yield Remark("currency", ", ".join(sorted(foreign)))
    elif any(_amount(one) is None for one in said):
        yield Remark("price", ", ".join(one for one in said if _amount(one) is None))
    elif not amounts and _is_free(node):
        values.put("price", "0", where)
    elif amounts:
        values.put("price", f"{amounts[0]:.2f}", where)
    if len(amounts) > 1 and not foreign:
        values.put("price_note", f"€ {_euros(amounts[0])} tot € {_euros(amounts[-1])}", where)
        yield Remark("prices")


def _offers(offer: Node) -> list[Node]:
    """An AggregateOffer says the lowest and the highest, or holds the offers themselves."""
    inner = [one for one in many(offer.get("offers")) if isinstance(one, Mapping)]
    return [offer, *inner]


def _amounts(offer: Node) -> list[str]:
    kept = [offer.get(name) for name in ("price", "lowPrice", "highPrice")]
    specified = [one for one in many(offer.get("priceSpecification")) if isinstance(one, Mapping)]
    kept += [one.get("price") for one in specified]
    return [str(one).strip() for value in kept for one in many(value) if str(one).strip()]


def _amount(said: str) -> Decimal | None:
    """'12.50', '12,50', '€ 12,-' and 'gratis'; None for anything else."""
    clean = re.sub(r"€|\beuros?\b|\beur\b|\s", "", said.lower()).removesuffix(",-").removesuffix(",--")
    if clean in {"gratis", "free"}:
        return Decimal(0)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d{1,2})?", clean):
        clean = clean.replace(".", "")
    try:
        amount = Decimal(clean.replace(",", ".")) if re.fullmatch(r"\d+([.,]\d+)?", clean) else None
    except InvalidOperation:
        return None
    return amount.quantize(Decimal("0.01")) if amount is not None and amount <= MOST_PRICE else None


def _euros(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",").removesuffix(",00")


def _is_free(node: Node) -> bool:
    return any(
        one is True or str(one).rsplit("/", 1)[-1].lower() in {"true", "1", "yes"}
        for one in many(node.get("isAccessibleForFree"))
    )


def _ages(node: Node, values: Values, where: str) -> Iterator[Remark]:
    said = text(node.get("typicalAgeRange"))
    read = re.fullmatch(
        r"(\d{1,3})?\s*(?:-|–|t/m|tot)?\s*(\d{1,3})?\s*\+?", said.removesuffix("jaar").strip()
    )
    if not said:
        return
    if not read or not (read[1] or read[2]):
        yield Remark("ages", said)
        return
    if read[1]:
        values.put("age_from", str(int(read[1])), where)
    if read[2]:
        values.put("age_to", str(int(read[2])), where)
