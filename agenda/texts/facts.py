"""Ages and links."""

import re
from dataclasses import dataclass

from agenda.texts.base import Span
from agenda.texts.lines import LINK, MAIL, MONEY, header_spans

_YEARS = r"(?:jaar|jr\b\.?|years?|jarigen)"
_RANGE = re.compile(
    r"\b(?P<first>\d{1,2})\s?(?:t/m|tot en met|tot|-|–|to)\s?(?P<last>\d{1,2})"
    rf"\s?{_YEARS}|\bages?\s(?P<a>\d{{1,2}})\s?[-–]\s?(?P<b>\d{{1,2}})",
    re.I,
)
_FROM = re.compile(
    r"\b(?:vanaf|from|ouder dan|minimaal|min\.)\s(?:de\s)?(?P<first>\d{1,2})"
    rf"\s?{_YEARS}|\bages?\s(?P<a>\d{{1,2}})\+",
    re.I,
)
_PLUS = re.compile(r"(?<![\d.,€-])(?<!€ )\b(?P<first>\d{1,2})\s?(?:\+(?!\s?\d)|-?plus\b)", re.I)
_TO = re.compile(rf"\b(?:t/m|tot en met|tot|up to)\s(?P<last>\d{{1,2}})\s?{_YEARS}", re.I)
_REDUCED = re.compile(r"gratis|korting|€|euro|free|halve prijs|,-|\bpas\b|cjp|entree", re.IGNORECASE)
_BOOK = re.compile(
    r"\b(?:ticket\w*|kaart\w*|reserver\w*|bestel\w*|aan(?:ge)?meld\w*|opgeven|"
    r"opgave|inschrijv\w*|meld je aan|schrijf je in|book|register|verkrijgbaar)"
    r"\b",
    re.I,
)


@dataclass(frozen=True)
class Ages:
    first: int | None = None
    last: int | None = None
    span: Span = (0, 0)


@dataclass(frozen=True)
class Link:
    address: str
    span: Span
    is_booking: bool


def ages_of(text: str) -> Ages:
    """The ages it is meant for; not those of a reduction."""
    for pattern in (_RANGE, _FROM, _PLUS, _TO):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            first, last = groups.get("first") or groups.get("a"), groups.get("last") or groups.get("b")
            ages = Ages(int(first) if first else None, int(last) if last else None, match.span())
            if not _is_reduction(text, match.span()) and _is_sensible(ages):
                return ages
    return Ages()


def _is_sensible(ages: Ages) -> bool:
    return ages.first is None or ages.last is None or ages.first <= ages.last


def _is_reduction(text: str, span: Span) -> bool:
    start = max(text.rfind(mark, 0, span[0]) for mark in "\n.;") + 1
    end = min((place for mark in "\n.;" if (place := text.find(mark, span[1])) >= 0), default=len(text))
    near = text[max(start, span[0] - 12) : span[1]] + text[span[1] : min(end, span[1] + 22)].partition(",")[0]
    has_price = bool(_REDUCED.search(near)) or any(MONEY.finditer(near))
    return has_price and not re.match(r"\)", text[span[1] : span[1] + 1])


def links_of(text: str) -> list[Link]:
    """The first link to book or sign up, and the first other one."""
    skipped = [*header_spans(text), *(match.span() for match in MAIL.finditer(text))]
    found: list[Link] = []
    for match in LINK.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        said = match[0].rstrip(".,;:!?)")
        address = said if said.startswith("http") else f"https://{said}"
        line = text.rfind("\n", 0, match.start()) + 1
        is_booking = bool(_BOOK.search(text[max(line, match.start() - 60) : match.end()]))
        if len(address) <= 500 and is_booking not in {one.is_booking for one in found}:
            found.append(Link(address, (match.start(), match.start() + len(said)), is_booking))
    return found
