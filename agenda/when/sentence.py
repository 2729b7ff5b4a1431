"""A sentence that the reader reads back to the same slots."""

from collections.abc import Sequence

from agenda.when.slots import Slot


def sentence(slots: Sequence[Slot]) -> str:
    """A sentence of at most 500 characters for editing, "" when there is none that short."""
    return ""
