"""Stored feeds: made outside the request, a week at a time, and sent as they lie there."""

from agenda.services.feeds.content import Content, last_known, read
from agenda.services.feeds.recipe import Recipe, dropped_since, turn_of_day
from agenda.services.feeds.store import MAIN, build, distrust, evict, has_room, is_fresh, refresh, unstored

__all__ = [
    "MAIN",
    "Content",
    "Recipe",
    "build",
    "distrust",
    "dropped_since",
    "evict",
    "has_room",
    "is_fresh",
    "last_known",
    "read",
    "refresh",
    "turn_of_day",
    "unstored",
]
