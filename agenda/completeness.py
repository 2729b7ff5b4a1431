"""How complete an activity is, from 0 to 100, and what would help most; what counts for how much are rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agenda.document import Document
from partners.models import Tip

FACTS: dict[str, Callable[[Document], bool]] = {
    "title": lambda one: bool(one.title),
    "times": lambda one: bool(one.times),
    "place": lambda one: one.place is not None,
    "summary": lambda one: bool(one.summary),
    "price": lambda one: one.price_kind != "unknown",
    "picture": lambda one: one.image is not None and bool(one.image.alt),
    "end": lambda one: bool(one.times) and all(time.end or time.is_all_day for time in one.times),
    "audience": lambda one: bool(one.audiences) or one.age_from is not None or one.age_to is not None,
    "access": lambda one: bool(one.access) or bool(one.place and one.place.access),
    "link": lambda one: bool(one.booking_url or one.website),
}
"""Code of a tip → whether the document has what it is about. A tip about anything else counts for nothing."""


@dataclass(frozen=True)
class Completeness:
    """`points` of 100; `tip`: the heaviest that is missing, None when nothing is."""

    points: int
    tip: Tip | None


def measure(document: Document, tips: Iterable[Tip]) -> Completeness:
    known = [tip for tip in tips if tip.code in FACTS]
    missing = [tip for tip in known if not FACTS[tip.code](document)]
    total = sum(tip.weight for tip in known)
    lost = sum(tip.weight for tip in missing)
    points = round(100 * (total - lost) / total) if total else 100
    return Completeness(points, max(missing, key=lambda tip: tip.weight, default=None))
