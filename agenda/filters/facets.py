"""How many dates each choice would give: all facets, the moments and the total in one statement.

A facet does not count its own choice, so that a second word of it shows what it would add. Only a bounded
number of days is counted, whatever is asked: the cost does not grow with the agenda.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, ExpressionWrapper, Q, Value

from agenda import days
from agenda.filters.parameters import FACETS, HIGHEST_PRICES, SETS
from agenda.filters.selection import Selection, within
from agenda.models.listing import Occurrence

DAYS_AHEAD = 30  # counted when no days were asked for
MOST_DAYS = 100  # counted at most of the days that were asked for
COMMON_DAYS = 7  # counted at most for words that stand almost everywhere
COUNTED_MOMENTS = ("vandaag", "vanavond", "morgen", "weekend")
COLUMNS = ("price", "audiences", "kind", "access", "district")


@dataclass(frozen=True)
class Counts:
    """Numbers of dates. `until`: the last day counted; `is_whole`: whether that is all that was asked for."""

    total: int
    until: date
    is_whole: bool
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    moments: Mapping[str, int] = field(default_factory=dict)


def window(selection: Selection, now: datetime) -> tuple[days.Period, bool]:
    """The days that are counted, and whether they are all the days asked for."""
    asked = selection.period(now)
    first = max(asked.first or days.today(now), days.today(now))
    longest = MOST_DAYS if asked.last else DAYS_AHEAD
    if selection.q and selection.hits.is_common:
        longest = COMMON_DAYS
    cut = first + timedelta(days=longest - 1)
    last = min(asked.last or cut, cut)
    return days.Period(first, last, asked.starts_from), asked.last is not None and asked.last <= cut


def count(selection: Selection, now: datetime) -> Counts:
    """One query, and one more when there are words to search."""
    counted, is_whole = window(selection, now)
    found: dict[str, dict[str, int]] = {name: {} for name in ("totaal", "moment", *FACETS)}
    for name, word, number in _rows(selection, counted, now):
        found[name][word] = number
    total, moments = found.pop("totaal").get("", 0), found.pop("moment")
    return Counts(total, counted.last or days.today(now), is_whole, found, moments)


def _rows(selection: Selection, counted: days.Period, now: datetime) -> list[tuple[str, str, int]]:
    """Facet, word, number."""
    try:
        base, parameters = _base(selection, counted, now)
    except EmptyResultSet:  # what was searched for stands nowhere
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"WITH base AS MATERIALIZED ({base}) {_questions()}", parameters)
        rows: list[tuple[str, str, int]] = cursor.fetchall()
    return rows


def _base(selection: Selection, counted: days.Period, now: datetime) -> tuple[str, tuple[Any, ...]]:
    """Every date that any of the questions may count, with the answer to each condition, as SQL."""
    conditions = selection.conditions(now)
    conditions.pop("periode", None)
    own = {name: conditions.pop(name) for name in FACETS if name in conditions}
    moments = {name: within(days.period(name, now)) for name in COUNTED_MOMENTS}
    coming = Occurrence.objects.public().filter(_anywhen(counted, now), *conditions.values(), until__gt=now)
    flags = {f"is_{name}": _flag(own.get(name)) for name in FACETS}
    flags |= {f"in_{name}": _flag(moment) for name, moment in moments.items()}
    rows = selection.searched(coming).annotate(in_period=_flag(within(counted)), **flags)
    sql, parameters = rows.order_by().values(*COLUMNS, "in_period", *flags).query.sql_with_params()
    return sql, parameters


def _anywhen(counted: days.Period, now: datetime) -> Q:
    """The days counted and those of the moments; one stretch when they touch."""
    today, sunday = days.today(now), days.period("weekend", now).last
    if counted.first and counted.last and sunday and counted.first <= sunday:
        return within(days.Period(today, max(counted.last, sunday)))
    return within(days.Period(counted.first, counted.last)) | within(days.Period(today, sunday))


def _flag(condition: Q | None) -> Expression:
    if condition is None:
        return Value(value=True, output_field=BooleanField())
    return ExpressionWrapper(condition, output_field=BooleanField())


def _questions() -> str:
    """The counting itself: reads `base` only."""
    everything = " AND ".join(f"is_{name}" for name in FACETS)
    parts = [_question("totaal", f"in_period AND {everything}")]
    parts += [_question("moment", f"in_{name} AND {everything}", name) for name in COUNTED_MOMENTS]
    parts += [
        _question("prijs", f"{_others('prijs')} AND price <= {highest}", word)
        for word, highest in HIGHEST_PRICES.items()
    ]
    parts += [_facet(name) for name in FACETS if name != "prijs"]
    return " UNION ALL ".join(parts)


def _facet(name: str) -> str:
    """A row for each word of the facet's column."""
    column = SETS[name].column
    if SETS[name].is_array:
        source = f"base, unnest({column}) AS word"
        return _question(name, f"{_others(name)} GROUP BY word", column="word", source=source)
    return _question(name, f"{_others(name)} GROUP BY {column}", column=column)


def _question(name: str, condition: str, word: str = "", *, column: str = "", source: str = "base") -> str:
    """One SELECT, of our own constants only: nothing that anybody typed comes here."""
    return f"SELECT '{name}', {column or repr(word)}, count(*) FROM {source} WHERE {condition}"  # noqa: S608


def _others(name: str) -> str:
    return " AND ".join(["in_period", *(f"is_{other}" for other in FACETS if other != name)])
