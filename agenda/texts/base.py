"""What a reader of pasted text takes in and gives back. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Span = tuple[int, int]
"""First and last place (exclusive) in the pasted text."""


def words(text: str) -> frozenset[str]:
    """A set of words written as one text."""
    return frozenset(text.split())


@dataclass(frozen=True)
class Known:
    """A registered place with its halls, by name."""

    name: str
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Mark:
    """A piece of the text that filled a field of the sheet."""

    start: int
    end: int
    field: str


@dataclass(frozen=True)
class Clue:
    """What one rule found: the value of a field, where it stood, and what has to be said about it.

    `notes` are assumptions for the maker to look at; without them the rule is sure.
    """

    value: str = ""
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Price:
    """What taking part costs; `lowest` is the lowest amount above zero that is named.

    `left` are amounts for something else: a book, coffee, a prize.
    """

    kind: str = "unknown"
    lowest: Decimal | None = None
    note: str = ""
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """One activity. `values` has the names of the fields of a sheet (`tekst` is the date sentence).

    `notes` says per field what was assumed; `left` are pieces about time or money that were not used.
    """

    values: Mapping[str, str | int | Decimal] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(self.values.get("title", ""))


@dataclass(frozen=True)
class Pasted:
    """The text as it was read (cleaned; marks count in it) and the activities in it."""

    text: str
    drafts: tuple[Draft, ...] = ()
