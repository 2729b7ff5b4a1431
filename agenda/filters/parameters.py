"""The one declaration of what can be asked of the agenda (contract.md); page, feed, API and embed read it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Condition = Callable[[tuple[str, ...]], Q]

MOMENTS: dict[str, Promise] = {
    "vandaag": _("Vandaag"),
    "vanavond": _("Vanavond"),
    "morgen": _("Morgen"),
    "weekend": _("Dit weekend"),
    "week": _("Deze week"),
    "maand": _("Deze maand"),
}
PRICES: dict[str, Promise] = {"gratis": _("Gratis"), "tot-10": _("Tot € 10")}
HIGHEST_PRICES = {"gratis": Decimal(0), "tot-10": Decimal(10)}
VIEWS = ("lijst", "maand", "kaart")


@dataclass(frozen=True)
class Parameter:
    """A parameter that takes several words: one of them is enough. `column` is what a facet counts."""

    name: str
    label: Promise
    column: str
    condition: Condition
    is_array: bool = False


def _one_of(column: str) -> Condition:
    return lambda words: Q(**{f"{column}__in": words})


def _any_of(column: str) -> Condition:
    return lambda words: Q(**{f"{column}__overlap": list(words)})


def _price(words: tuple[str, ...]) -> Q:
    return Q(price__lte=max(HIGHEST_PRICES[word] for word in words))


def _word(name: str, label: Promise, column: str) -> Parameter:
    return Parameter(name, label, column, _one_of(column))


def _words(name: str, label: Promise, column: str) -> Parameter:
    return Parameter(name, label, column, _any_of(column), is_array=True)


SETS: dict[str, Parameter] = {
    one.name: one
    for one in (
        Parameter("prijs", _("Prijs"), "price", _price),
        _words("doelgroep", _("Voor wie"), "audiences"),
        _word("soort", _("Wat"), "kind"),
        _words("toegankelijk", _("Toegankelijk"), "access"),
        _word("wijk", _("Wijk"), "district"),
        _word("bereik", _("Bereik"), "reach"),
        _words("kernwaarde", _("Kernwaarde"), "core_values"),
        _words("campagne", _("Campagne"), "campaigns"),
        _word("taal", _("Taal"), "language"),
        _word("plek", _("Plek"), "venue__slug"),
        _word("maker", _("Organisator"), "organisation__slug"),
    )
}
FACETS = ("prijs", "doelgroep", "soort", "toegankelijk", "wijk")


def of_age(age: int) -> Q:
    """For somebody of this age: no bounds, or between them."""
    return (Q(age_from=None) | Q(age_from__lte=age)) & (Q(age_to=None) | Q(age_to__gte=age))
