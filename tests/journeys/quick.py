"""The portal's own settings with a short hold, for the journeys that are not about it."""

from cultuurportaal.settings import *  # noqa: F403 - an overlay

HOLD_SECONDS = 2
