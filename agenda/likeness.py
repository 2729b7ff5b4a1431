"""Are two titles the same thing said twice? By their trigrams. Pure."""

import re
from functools import lru_cache
from unicodedata import combining, normalize

ALIKE = 0.5
WORD = re.compile(r"\w+")


def is_alike(title: str, other: str) -> bool:
    """The one judgement, for who types it and for who looks it over."""
    return similarity(title, other) > ALIKE


def similarity(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1: the trigrams in both, of those in either.

    A word counts with two spaces before it and one behind it, as pg_trgm does: its beginning weighs most.
    """
    mine, theirs = trigrams(one), trigrams(other)
    together = len(mine | theirs)
    return len(mine & theirs) / together if together else 0.0


@lru_cache(maxsize=4096)
def trigrams(text: str) -> frozenset[str]:
    """Of the words of a text, without accents, capitals and signs."""
    plain = "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    padded = [f"  {word} " for word in WORD.findall(plain)]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))
