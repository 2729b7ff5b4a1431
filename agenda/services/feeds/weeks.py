"""The text of a feed a week at a time: which weeks changed, and what stands in them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.db.models import BigIntegerField, DecimalField, Func, Sum, TextField, Value
from django.db.models.functions import Cast, Concat, TruncWeek

from agenda import ical
from agenda.document import AMSTERDAM, Document
from agenda.models.listing import OccurrenceQuerySet, StoredFeed
from agenda.services.feeds import pieces
from agenda.services.feeds.pieces import Piece
from agenda.services.feeds.recipe import Recipe, in_window

FORMAT: Final = "1"  # raise it when the same dates must give another text
Texts = Iterator[tuple[datetime, str]]


def make(recipe: Recipe, before: StoredFeed | None, now: datetime) -> list[Piece]:
    """Opening, one piece for each week, ending; a week whose dates did not change is taken over as it is."""
    old = {piece.signature: piece for piece in pieces.cut(before.body, before.pieces)} if before else {}
    dates = in_window(recipe.occurrences, now)
    marks = _signatures(dates)
    changed = [week for week, mark in marks.items() if mark not in old]
    texts = _by_week(dates, recipe.wish, changed)
    weeks = [old.get(mark) or Piece.make(mark, texts.get(week, "")) for week, mark in marks.items()]
    return [Piece.make("", recipe.opening), *weeks, Piece.make("", ical.CALENDAR_END)]


def _signatures(dates: OccurrenceQuerySet) -> dict[datetime, str]:
    """For each week in order what changes with any of its dates: made of their ids, SEQUENCE and DTSTAMP."""
    parts = (Cast("uuid", TextField()), Cast("sequence", TextField()), Cast("stamped_at", TextField()))
    number = Func(Concat(*parts), Value(0), function="hashtextextended", output_field=BigIntegerField())
    weeks = (
        dates.order_by()
        .annotate(week=TruncWeek("start", tzinfo=AMSTERDAM), number=number)
        .values("week")
        .annotate(mark=Sum("number", output_field=DecimalField(max_digits=40, decimal_places=0)))
        .order_by("week")
    )
    return {row["week"]: f"{FORMAT} {row['week']:%G-%V} {row['mark']:f}" for row in weeks}


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
