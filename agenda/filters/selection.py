"""A selection: what somebody wants to see of the agenda, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from agenda import days, search
from agenda.filters import cursor
from agenda.filters.form import SelectionForm
from agenda.filters.parameters import SETS, of_age
from agenda.filters.vocabulary import Vocabulary
from agenda.models.listing import Occurrence, OccurrenceQuerySet


@dataclass(frozen=True)
class Selection:
    """Parsed parameters. `sets`: the words of each repeatable parameter; `problems`: words for the reader."""

    q: str = ""
    van: date | None = None
    tot: date | None = None
    wanneer: str = ""
    leeftijd: int | None = None
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weergave: str = "lijst"
    na: str = ""
    problems: tuple[str, ...] = ()
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def parse(cls, query: QueryDict, vocabulary: Vocabulary) -> "Selection":
        """From a query string. Nothing raises: what cannot be understood becomes a problem.

        At most two queries: the names of venues and makers, when they are asked for.
        """
        form = SelectionForm(query, vocabulary)
        form.is_valid()
        data = form.cleaned_data
        problems = dict.fromkeys(str(words) for errors in form.errors.values() for words in errors)
        return cls(
            q=data.get("q", ""),
            van=data.get("van"),
            tot=data.get("tot"),
            wanneer=data.get("wanneer", ""),
            leeftijd=data.get("leeftijd"),
            sets={name: data[name] for name in SETS if data.get(name)},
            weergave=data.get("weergave") or "lijst",
            na=data.get("na", ""),
            problems=tuple(problems)[:5],
            labels=form.labels,
        )

    # --- What it asks for ---------------------------------------------------------------------------

    def period(self, now: datetime) -> days.Period:
        """The days asked for: those of `wanneer` within `van` and `tot`; open where nothing was asked."""
        named = days.period(self.wanneer, now) if self.wanneer else days.Period()
        firsts = [day for day in (self.van, named.first) if day]
        lasts = [day for day in (self.tot, named.last) if day]
        return days.Period(max(firsts, default=None), min(lasts, default=None), named.starts_from)

    def conditions(self, now: datetime) -> dict[str, Q]:
        """One condition for each parameter given; the days together as "periode". Search stands apart."""
        found = {name: SETS[name].condition(words) for name, words in self.sets.items()}
        if self.leeftijd is not None:
            found["leeftijd"] = of_age(self.leeftijd)
        if self.has_period:
            found["periode"] = within(self.period(now))
        return found

    def narrow(self, dates: OccurrenceQuerySet, now: datetime) -> OccurrenceQuerySet:
        """These dates, as far as they are in the selection. One query when there are words to search."""
        for condition in self.conditions(now).values():
            dates = dates.filter(condition)
        return self.searched(dates)

    def searched(self, dates: OccurrenceQuerySet) -> OccurrenceQuerySet:
        """These dates, as far as the words are in them. One query, the first time."""
        return self.hits.narrow(dates) if self.q else dates

    @cached_property
    def hits(self) -> search.Hits:
        """What the index says about the words. One query."""
        return search.ask(self.q)

    def occurrences(self, now: datetime) -> OccurrenceQuerySet:
        """The public dates of this selection that are not over, in the order of the page."""
        coming = Occurrence.objects.public().filter(until__gt=now, day__gte=days.today(now))
        return self.narrow(coming.after(cursor.read(self.na)), now).in_order()

    @property
    def has_period(self) -> bool:
        return bool(self.van or self.tot or self.wanneer)

    # --- How it is written --------------------------------------------------------------------------

    def pairs(self) -> list[tuple[str, str]]:
        """Parameters and values in one fixed order, without the look of the page (weergave, na)."""
        single = {
            "q": self.q,
            "van": self.van.isoformat() if self.van else "",
            "tot": self.tot.isoformat() if self.tot else "",
            "wanneer": self.wanneer,
            "leeftijd": "" if self.leeftijd is None else str(self.leeftijd),
        }
        many = [(name, word) for name, words in self.sets.items() for word in words]
        return sorted([*((name, value) for name, value in single.items() if value), *many])

    def canonical(self) -> str:
        """The query string of a feed of this selection: sorted, nothing double, '' for the whole agenda."""
        return urlencode(self.pairs())

    def without_word(self, name: str, word: str) -> "Selection":
        words = tuple(one for one in self.sets.get(name, ()) if one != word)
        sets = {**self.sets, name: words} if words else {k: v for k, v in self.sets.items() if k != name}
        return replace(self, sets=sets, na="")

    def without(self, name: str) -> "Selection":
        """Without this parameter; 'periode' is the days."""
        if name in self.sets:
            return replace(self, sets={key: words for key, words in self.sets.items() if key != name}, na="")
        empty: dict[str, dict[str, Any]] = {
            "q": {"q": ""},
            "leeftijd": {"leeftijd": None},
            "periode": {"van": None, "tot": None, "wanneer": ""},
        }
        return replace(self, **empty[name], na="")


def within(asked: days.Period) -> Q:
    """The dates of a period."""
    condition = Q()
    if asked.first:
        condition &= Q(day__gte=asked.first)
    if asked.last:
        condition &= Q(day__lte=asked.last)
    if asked.starts_from:
        condition &= Q(start__gte=asked.starts_from, is_all_day=False)
    return condition
