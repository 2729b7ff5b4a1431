"""What a maker's own earlier activities have in common: a new one begins with it, always shown."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from agenda import permissions
from agenda.models import Activity
from partners.models import Room, User, Venue

LOOKED_AT, LEAST = 20, 2
PRICE = ("price_kind", "price", "price_note")
AGES = ("age_from", "age_to")


@dataclass(frozen=True)
class Habits:
    """`values` by column, `sets` of terms by name, `duration` of a date with an end; all may be empty."""

    place: tuple[Venue, Room | None] | None = None
    values: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, list[Any]] = field(default_factory=dict)
    duration: timedelta | None = None


def habits_of(user: Any) -> Habits:
    """Of the last things that somebody who is signed in sent; a habit is what most of them, and two, have."""
    if not isinstance(user, User):
        return Habits()
    sent = permissions.own_of(user).exclude(submitted_at=None).order_by("-submitted_at")
    rows = list(
        sent.select_related("venue", "room").prefetch_related("audiences", "access", "moments")[:LOOKED_AT]
    )
    price, ages = _usual(rows, _columns(*PRICE)), _usual(rows, _columns(*AGES))
    values = {**dict(zip(PRICE, price or (), strict=False)), **dict(zip(AGES, ages or (), strict=False))}
    if values.get("price_kind") == Activity.Price.UNKNOWN:
        values = {name: value for name, value in values.items() if name not in PRICE}
    sets = {name: _usual(rows, _terms(name)) for name in ("audiences", "access")}
    return Habits(
        place=_usual([one for one in rows if one.venue], lambda one: (one.venue, one.room)),
        values={name: value for name, value in values.items() if value not in (None, "")},
        sets={name: sorted(terms, key=lambda term: term.position) for name, terms in sets.items() if terms},
        duration=_usual(rows, _duration),
    )


def _usual(rows: Iterable[Activity], said: Callable[[Activity], Hashable]) -> Any:
    """What more than half of them say, and at least two; None without such a thing."""
    answers = Counter(said(one) for one in rows)
    ((answer, count),) = answers.most_common(1) or [(None, 0)]
    return answer if count >= LEAST and 2 * count > answers.total() else None


def _columns(*names: str) -> Callable[[Activity], tuple[Any, ...]]:
    return lambda one: tuple(getattr(one, name) for name in names)


def _terms(name: str) -> Callable[[Activity], frozenset[Any]]:
    return lambda one: frozenset(term for term in getattr(one, name).all() if term.is_active)


def _duration(activity: Activity) -> timedelta | None:
    first = next(iter(activity.moments.all()), None)
    return first.end - first.start if first and first.end and not first.is_all_day else None
