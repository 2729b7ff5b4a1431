"""For operators at /beheer/: every row of floor 1. Steps go through the services, so their rules hold."""

from partners.admin import organisations, people, venues, vocabulary, waiting

__all__ = ["organisations", "people", "venues", "vocabulary", "waiting"]
