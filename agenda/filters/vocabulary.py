"""The words that parameters may take: the city's vocabularies, and the names of venues and makers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import caches
from django.db.models import QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import get_language

from agenda.filters.parameters import PRICES
from partners.models import (
    AccessFact,
    Audience,
    City,
    CoreValue,
    District,
    Kind,
    Organisation,
    Reach,
    Venue,
)

TERMS: dict[str, type[Any]] = {
    "soort": Kind,
    "doelgroep": Audience,
    "wijk": District,
    "bereik": Reach,
    "kernwaarde": CoreValue,
    "toegankelijk": AccessFact,
}
KEPT_SECONDS = 60
Labels = dict[str, str]


@dataclass(frozen=True)
class Vocabulary:
    """Label by code for each parameter, in the reader's language and the city's order."""

    terms: dict[str, Labels] = field(default_factory=dict)

    def labels(self, name: str) -> dict[str, str] | dict[str, Promise]:
        return PRICES if name == "prijs" else self.terms.get(name, {})


def read(city: City | None) -> Vocabulary:
    """All words of this city: one query, or none when they were read less than a minute ago."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    key = f"words/{city.pk if city else 0}/{language}"
    kept = caches["pages"].get(key)
    if kept is None:
        kept = _read(city, language)
        caches["pages"].set(key, kept, KEPT_SECONDS)
    return Vocabulary(kept)


def names(model: type[Venue | Organisation], slugs: Iterable[str]) -> Labels:
    """Name by slug of the venues or makers that the public may see."""
    rows: QuerySet[Any] = model.objects.active().filter(slug__in=slugs)
    return dict(rows.values_list("slug", "name"))


def _read(city: City | None, language: str) -> dict[str, Labels]:
    terms: dict[str, Labels] = {name: {} for name in TERMS}
    if city is None:
        return terms
    parts = [
        model.objects.filter(city=city, is_active=True)
        .order_by()
        .values_list(Value(name), "position", "name", "code", "name_en")
        for name, model in TERMS.items()
    ]
    for name, _position, dutch, code, english in sorted(parts[0].union(*parts[1:], all=True)):
        terms[name][code] = english if language == "en" and english else dutch
    return terms
