"""Corrects small slips in the names of weekdays and months, and says so."""

from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.when.kinds import Kind
from agenda.when.lexicon import TABLE
from agenda.when.notes import Notes
from agenda.when.tokens import Token
from agenda.when.vocabulary import MONTHS, WEEKDAYS

_SHORTEST, _LONGEST = 5, 12
_NAMES = [name for name in (*WEEKDAYS, *MONTHS) if len(name) >= _SHORTEST]


def corrected(tokens: list[Token], notes: Notes) -> list[Token]:
    """Unknown words that are one slip (two in a long word) away from one name become that name."""
    return [
        _corrected(token, before, notes) if token.kind is Kind.UNKNOWN else token
        for before, token in zip([None, *tokens], tokens, strict=False)
    ]


def _corrected(token: Token, before: Token | None, notes: Notes) -> Token:
    """A month only after a number: "maakt" is no March."""
    word = token.name
    if not _SHORTEST - 1 <= len(word) <= _LONGEST:
        return token
    near = [
        name for name in _NAMES if name[0] == word[0] and _slips(word, name) <= (2 if len(name) > 7 else 1)
    ]
    is_after_number = before is not None and before.kind in (Kind.NUMBER, Kind.ORDINAL)
    if len(near) != 1 or (near[0] in MONTHS and not is_after_number):
        return token
    notes.assume(_("We lezen %(word)s als %(name)s.") % {"word": word, "name": near[0]})
    kind, numbers, name = TABLE[near[0]]
    return replace(token, kind=kind, numbers=numbers, name=name)


def _slips(word: str, name: str) -> int:
    """Letters left out, added, changed or swapped with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(word, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(name, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == name[j - 2] and word[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
