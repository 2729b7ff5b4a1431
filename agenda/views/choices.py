"""The choices around a list, as links and boxes: moments, facets with their counts, chips to take away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from agenda.filters.facets import COUNTED_MOMENTS, Counts
from agenda.filters.parameters import FACETS, MOMENTS, SETS
from agenda.filters.selection import Selection
from agenda.filters.vocabulary import Vocabulary
from cultuurportaal.templatetags.portal import day_words

SHOWN_AT_ONCE = 5  # choices of a facet before the rest folds away
AS_SELECT = {"wijk": gettext_lazy("Heel de stad")}


@dataclass(frozen=True)
class Choice:
    """One thing to choose: a link or the value of a box; `count` is the number of dates it gives."""

    label: str | Promise
    value: str = ""
    url: str = ""
    count: int = 0
    is_chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """A group of boxes; `anything` is the first line of one that is a list to pick from."""

    name: str
    legend: Promise
    choices: list[Choice]
    more: list[Choice]
    anything: str | Promise = ""


def address(selection: Selection, **look: str) -> str:
    """The page of this selection; `look`: weergave and na, when they are not the usual."""
    query = selection.canonical()
    extra = "&".join(f"{name}={value}" for name, value in look.items() if value)
    parts = "&".join(part for part in (query, extra) if part)
    return f"{reverse('agenda:agenda')}?{parts}" if parts else reverse("agenda:agenda")


def moments(selection: Selection, counts: Counts) -> list[Choice]:
    """Vanavond, morgen, dit weekend; the one that was chosen goes away again."""
    free = replace(selection, van=None, tot=None, na="")
    shown = [name for name in COUNTED_MOMENTS if name != "vandaag"]
    return [
        Choice(
            MOMENTS[name],
            name,
            address(replace(free, wanneer="" if selection.wanneer == name else name)),
            counts.moments.get(name, 0),
            selection.wanneer == name,
        )
        for name in shown
    ]


def facets(selection: Selection, counts: Counts, vocabulary: Vocabulary) -> list[Facet]:
    """All facets in their order, every word with its count; a word that gives nothing stays visible."""
    return [_facet(name, selection, counts.facets.get(name, {}), vocabulary) for name in FACETS]


def _facet(name: str, selection: Selection, counts: Mapping[str, int], vocabulary: Vocabulary) -> Facet:
    chosen = selection.sets.get(name, ())
    choices = [
        Choice(label, code, "", counts.get(code, 0), code in chosen)
        for code, label in vocabulary.labels(name).items()
    ]
    if name in AS_SELECT:
        return Facet(name, SETS[name].label, choices, [], AS_SELECT[name])
    first = _first(choices)
    return Facet(name, SETS[name].label, first, [one for one in choices if one not in first])


def _first(choices: list[Choice]) -> list[Choice]:
    """The chosen ones and those that give most, in the city's order."""
    ranked = sorted(choices, key=lambda one: (not one.is_chosen, -one.count))
    number = max(SHOWN_AT_ONCE, sum(one.is_chosen for one in choices))
    return [one for one in choices if one in ranked[:number]]


def chips(selection: Selection) -> list[Choice]:
    """Everything that was chosen, each with the address without it."""
    found = [Choice(label, url=address(selection.without(name))) for name, label in _singles(selection)]
    for name, words in selection.sets.items():
        labels = selection.labels.get(name, {})
        found += [
            Choice(labels.get(word, word), url=address(selection.without_word(name, word))) for word in words
        ]
    return found


def label_of(selection: Selection, name: str) -> str:
    """What was chosen for one parameter, in words."""
    if name in selection.sets:
        labels = selection.labels.get(name, {})
        return ", ".join(str(labels.get(word, word)) for word in selection.sets[name])
    return dict(_singles(selection)).get(name, name).strip("“”")


def _singles(selection: Selection) -> Iterable[tuple[str, str]]:
    if selection.q:
        yield "q", f"“{selection.q}”"
    if selection.has_period:
        yield "periode", period_words(selection)
    if selection.leeftijd is not None:
        yield "leeftijd", gettext("%(age)s jaar") % {"age": selection.leeftijd}


def period_words(selection: Selection) -> str:
    """'Dit weekend', 'zaterdag 28 november', 'vanaf …', '… tot en met …'."""
    words = str(MOMENTS[selection.wanneer]) if selection.wanneer else ""
    van, tot = day_words(selection.van), day_words(selection.tot)
    if van and tot:
        days = van if van == tot else gettext("%(first)s tot en met %(last)s") % {"first": van, "last": tot}
    elif van:
        days = gettext("vanaf %(day)s") % {"day": van}
    else:
        days = gettext("tot en met %(day)s") % {"day": tot} if tot else ""
    return ", ".join(part for part in (words, days) if part)


def hidden(selection: Selection, *shown: str) -> list[tuple[str, str]]:
    """Name and value of what a form does not show itself, so that it is not lost."""
    pairs = [(name, value) for name, value in selection.pairs() if name not in shown]
    return [*pairs, ("weergave", selection.weergave)] if selection.weergave != "lijst" else pairs


def views(selection: Selection) -> list[dict[str, Any]]:
    """The ways to look at the same selection."""
    return [
        {"name": name, "label": label, "icon": icon, "url": address(selection, weergave=look)}
        for name, label, icon, look in (
            ("lijst", gettext_lazy("Lijst"), "lijst", ""),
            ("maand", gettext_lazy("Maand"), "kal", "maand"),
        )
    ]
