"""Stored feeds follow the window: after a release by a task, by the sweeper when that was missed."""

from datetime import datetime
from functools import partial

from agenda.feeds.addresses import recipe_of
from agenda.services import feeds


def refresh(now: datetime) -> int:
    """Make again every stored feed that is behind; how many."""
    return feeds.refresh(partial(recipe_of, now=now), now)


def hourly(now: datetime) -> int:
    """Forget what nobody asks for any more, and move the window of the rest."""
    return feeds.evict(now) + refresh(now)
