"""Stored feeds: made outside the request, a week at a time, and sent as they lie there."""

from agenda.services.feeds.copies import last_known
from agenda.services.feeds.recipe import Recipe, dropped_since, turn_of_day
from agenda.services.feeds.store import MAIN, build, evict, has_room, is_fresh, refresh, unstored

__all__ = [
    "MAIN",
    "Recipe",
    "build",
    "dropped_since",
    "evict",
    "has_room",
    "is_fresh",
    "last_known",
    "refresh",
    "turn_of_day",
    "unstored",
]
