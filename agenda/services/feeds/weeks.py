"""The text of a feed a week at a time: which weeks changed, and what stands in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import BigIntegerField, DecimalField, Func, Sum, TextField, Value
from django.db.models.functions import Cast, Concat, TruncWeek

from agenda import ical
from agenda.document import AMSTERDAM, Document
from agenda.models.listing import FeedPiece, OccurrenceQuerySet
from agenda.services.feeds.pieces import piece
from agenda.services.feeds.recipe import Recipe, in_window

FORMAT: Final = "1"  # raise it when the same dates must give another text
OPENING: Final = 0
ENDING: Final = 99_999_999
Texts = Iterator[tuple[datetime, str]]
Kept = dict[tuple[int, str], FeedPiece]


def make(recipe: Recipe, kept: Kept, now: datetime) -> list[FeedPiece]:
    """Opening, one piece for each week, ending, in order; `kept` has those that stand there, without data.

    A week whose dates did not change is taken from `kept` as it is; its position is its Monday, as 20261123.
    """
    dates = in_window(recipe.occurrences, now)
    marks = {week: _key(week, mark) for week, mark in _marks(dates).items()}
    changed = [week for week, key in marks.items() if key not in kept]
    texts = _by_week(dates, recipe.wish, changed)
    weeks = [kept.get(key) or piece(*key, texts.get(week, "")) for week, key in marks.items()]
    return [piece(OPENING, "", recipe.opening), *weeks, piece(ENDING, "", ical.CALENDAR_END)]


def _key(week: datetime, mark: int) -> tuple[int, str]:
    return int(f"{week:%Y%m%d}"), f"{FORMAT} {mark}"


def _marks(dates: OccurrenceQuerySet) -> dict[datetime, int]:
    """For each week in order a number made of the ids, SEQUENCE and DTSTAMP of its dates."""
    parts = (Cast("uuid", TextField()), Cast("sequence", TextField()), Cast("stamped_at", TextField()))
    number = Func(Concat(*parts), Value(0), function="hashtextextended", output_field=BigIntegerField())
    weeks = (
        dates.order_by()
        .annotate(week=TruncWeek("start", tzinfo=AMSTERDAM), number=number)
        .values("week")
        .annotate(mark=Sum("number", output_field=DecimalField(max_digits=40, decimal_places=0)))
        .order_by("week")
    )
    return {row["week"]: int(row["mark"]) for row in weeks}


def _by_week(dates: OccurrenceQuerySet, wish: ical.Wish, weeks: list[datetime]) -> dict[datetime, str]:
    if not weeks:
        return {}
    first, end = weeks[0], weeks[-1] + timedelta(days=8)
    texts = _texts(dates.filter(start__gte=first, start__lt=end), wish)
    wanted = set(weeks)
    groups = groupby(texts, key=lambda pair: pair[0])
    return {week: "".join(text for _week, text in group) for week, group in groups if week in wanted}


def _texts(dates: OccurrenceQuerySet, wish: ical.Wish) -> Texts:
    """The texts as this subscriber wants them, in order, each with its week."""
    rows = dates.annotate(week=TruncWeek("start", tzinfo=AMSTERDAM)).order_by("start", "uuid")
    if wish.is_rich:
        for week, vevent, document in rows.values_list("week", "vevent", "listing__document"):
            yield week, wish.text(vevent, Document.read(document))
    else:
        for week, vevent in rows.values_list("week", "vevent"):
            yield week, vevent if wish.is_plain else wish.text(vevent)
