"""The rows of floor 3."""

from netwerk.models.meeting import Meeting

__all__ = ["Meeting"]
