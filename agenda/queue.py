"""The editors' queue: what comes first, a batch as one row, pages by key."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.expressions import Case, When
from django.db.models.functions import Coalesce, Least, RowNumber
from django.utils import timezone

from agenda.models import Activity, Moment, Release

DUE, CHANGED, NEW = 0, 1, 2
PAGE = 50
ABOVE, BELOW = 3, 9  # rows beside an activity that is being looked at


@dataclass(frozen=True)
class Key:
    """Where a row stands in the queue; the next page begins after it."""

    rank: int
    due_at: datetime
    pk: int

    @classmethod
    def of(cls, row: Activity) -> "Key":
        return cls(row.rank, row.due_at, row.pk)  # type: ignore[attr-defined]

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """From an address; None for anything that is no key."""
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
            return None
        rank, microseconds, pk = (int(part) for part in parts)
        if rank > NEW or microseconds > 10**16 or pk > 10**18:
            return None
        return cls(rank, _EPOCH + timedelta(microseconds=microseconds), pk)

    def __str__(self) -> str:
        return f"{self.rank}.{(self.due_at - _EPOCH) // timedelta(microseconds=1)}.{self.pk}"


_EPOCH = datetime.fromisoformat("1970-01-01T00:00+00:00")
_ORDER = ("rank", "due_at", "pk")


def placed(activities: QuerySet[Activity], now: datetime) -> QuerySet[Any]:
    """With `due_at` (promised, or when it takes place if that is sooner), `is_change` and `rank`, in order.

    Rank: to be done today or late, then changes of what is live, then new ones.
    """
    coming = (
        Moment.objects.filter(activity=OuterRef("pk"), start__gte=now).order_by("start").values("start")[:1]
    )
    released = Release.objects.filter(activity=OuterRef("pk"), voided_at=None)
    fallback = Coalesce("submitted_at", "created_at")
    return (
        activities.annotate(next_start=Subquery(coming), is_change=Exists(released))
        .annotate(due_at=Coalesce(Least("promised_at", "next_start"), fallback, output_field=DateTimeField()))
        .annotate(
            rank=Case(
                When(due_at__lt=_end_of_day(now), then=Value(DUE)),
                When(is_change=True, then=Value(CHANGED)),
                default=Value(NEW),
                output_field=IntegerField(),
            )
        )
        .order_by(*_ORDER)
    )


def heads(now: datetime) -> QuerySet[Any]:
    """The rows of the queue: what waits, of every batch only the first."""
    batch = Coalesce("batch", "uuid")
    first = placed(Activity.objects.waiting(), now).annotate(
        place=Window(RowNumber(), partition_by=[batch], order_by=_ORDER)
    )
    return placed(Activity.objects.filter(pk__in=first.filter(place=1).values("pk")), now)


def after(rows: QuerySet[Any], key: Key) -> QuerySet[Any]:
    return rows.filter(
        Q(rank__gt=key.rank)
        | Q(rank=key.rank, due_at__gt=key.due_at)
        | Q(rank=key.rank, due_at=key.due_at, pk__gt=key.pk)
    )


def before(rows: QuerySet[Any], key: Key) -> QuerySet[Any]:
    """Those that come sooner, nearest first."""
    sooner = rows.filter(
        Q(rank__lt=key.rank)
        | Q(rank=key.rank, due_at__lt=key.due_at)
        | Q(rank=key.rank, due_at=key.due_at, pk__lt=key.pk)
    )
    return sooner.order_by("-rank", "-due_at", "-pk")


def shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With what a row of the queue shows: maker, number of dates and size of its batch."""
    dates = Moment.objects.filter(activity=OuterRef("pk")).order_by().values("activity")
    batch = Activity.objects.waiting().filter(batch=OuterRef("batch")).order_by().values("batch")
    described: QuerySet[Any] = rows.select_related("organisation").annotate(
        date_count=Subquery(dates.annotate(number=Count("pk")).values("number")),
        first_start=Subquery(dates.annotate(first=Min("start")).values("first")),
        batch_size=Subquery(batch.annotate(number=Count("pk")).values("number")),
    )
    return described


def counts(now: datetime) -> dict[str, int]:
    """How many rows wait: 'all', 'new' (never let through), 'changed'."""
    return heads(now).aggregate(
        all=Count("pk"),
        new=Count("pk", filter=Q(is_change=False)),
        changed=Count("pk", filter=Q(is_change=True)),
    )


def _end_of_day(now: datetime) -> datetime:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=1)


@dataclass(frozen=True)
class Around:
    """A stretch of the queue around one of its rows; `position` counts from 1, 0 when it does not wait.

    `batch_size` is how many of its batch wait, itself included; 0 without a batch.
    """

    rows: list[Activity]
    position: int
    previous: Activity | None
    next: Activity | None
    batch_size: int = 0


def around(activity: Activity, now: datetime) -> Around:
    """Some rows before and after `activity`; the first rows when it does not stand in the queue."""
    own = shown(placed(Activity.objects.waiting().filter(pk=activity.pk), now)).first()
    others = shown(heads(now).exclude(pk=activity.pk))
    if own is None:
        rows = list(others[: ABOVE + BELOW])
        return Around(rows, 0, None, rows[0] if rows else None)
    key = Key.of(own)
    above = list(before(others, key)[:ABOVE])
    below = list(after(others, key)[:BELOW])
    following = next(iter(below or above[-1:]), None)
    position = before(heads(now), key).count() + 1
    return Around(
        [*reversed(above), own, *below], position, next(iter(above), None), following, own.batch_size or 0
    )


def still_waiting(activity: Activity | None, now: datetime) -> Activity | None:
    """This row if it still waits, else the first of the queue, else None."""
    if activity and Activity.objects.waiting().filter(pk=activity.pk).exists():
        return activity
    first: Activity | None = heads(now).first()
    return first
