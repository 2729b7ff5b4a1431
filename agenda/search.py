"""Full-text search in Dutch: what is stored with a listing, and how a typed text becomes a question.

Accents are folded on both sides here, so that PostgreSQL needs no extension.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import BooleanField, F, Func, TextField, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from agenda.document import Document, Word
from agenda.models.listing import Listing, OccurrenceQuerySet

CONFIG = "dutch"
MOST_HITS = 3000  # beyond so many listings a word is common: then the dates are walked instead
MOST_WORDS = 8
LONGEST_WORD = 40
SHORTEST_BEGINNING = 3  # letters from which the last word typed may be the beginning of a word


def fold(text: str) -> str:
    """Without accents and in compatible letters: 'Café' becomes 'Cafe', 'ﬁlm' becomes 'film'."""
    parts = unicodedata.normalize("NFKD", text.replace("\0", " "))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def vector(document: Document) -> Combinable:
    """The expression for `Listing.search`: title A, what it is, who and where B, description C."""
    place = document.place
    words = (document.kind, document.district, *document.disciplines, *document.audiences)
    around = [document.summary, document.maker.name, *_labels(words)]
    if place:
        around += [place.name, place.room, place.street]
    return (
        _weighted(document.title, "A")
        + _weighted(" ".join(around), "B")
        + _weighted(document.description, "C")
    )


def query(text: str) -> SearchQuery | None:
    """All words, in any form, the last one perhaps unfinished; None when there is no word in it.

    Only letters and digits reach PostgreSQL, so no text can be wrong.
    """
    words = terms(text)
    if not words:
        return None
    last = words.pop()
    words.append(f"{last}:*" if len(last) >= SHORTEST_BEGINNING else last)
    return SearchQuery(" & ".join(words), config=CONFIG, search_type="raw")


@dataclass(frozen=True)
class Hits:
    """Keys of the listings that have the words; when there are very many, the dates are walked instead."""

    query: SearchQuery | None
    listings: Sequence[str]

    @property
    def is_common(self) -> bool:
        return len(self.listings) > MOST_HITS

    def narrow(self, dates: OccurrenceQuerySet) -> OccurrenceQuerySet:
        """Those dates whose listing was hit. One array, so that PostgreSQL knows how many there are; as text,
        because 3,000 values that are adapted one by one take longer than the search.
        """
        if not self.listings:
            return dates.none()
        if self.is_common:
            return dates.filter(listing__search=self.query)
        keys = Cast(Value(f"{{{','.join(self.listings)}}}"), ArrayField(UUIDField()))
        return dates.filter(_IsAnyOf(F("listing"), keys))


class _IsAnyOf(Func):
    """`column = ANY(array)`: one parameter, however many values."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def ask(text: str) -> Hits:
    """The first of two steps: the index is asked for at most 3,001 listings. One query.

    The planner cannot know how rare a word is: left alone it walks all dates for a word that hardly occurs.
    """
    asked = query(text)
    if asked is None:
        return Hits(None, ())
    found = Listing.objects.filter(search=asked).values_list(Cast("pk", TextField()), flat=True)
    return Hits(asked, list(found[: MOST_HITS + 1]))


def terms(text: str) -> list[str]:
    """The words that are searched for, folded, at most eight."""
    found = re.findall(r"[^\W_]+", fold(text[:400]).lower())
    return [word[:LONGEST_WORD] for word in found[:MOST_WORDS]]


def _weighted(text: str, weight: str) -> SearchVector:
    return SearchVector(Value(fold(text)), config=CONFIG, weight=weight)


def _labels(words: Iterable[Word | None]) -> list[str]:
    return [f"{word.name} {word.name_en}" for word in words if word]
