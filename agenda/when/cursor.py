"""A place in a row of tokens, with what stands further on: the unit that a bare number belongs to."""

import itertools
from dataclasses import dataclass, field

from agenda.when.kinds import Kind
from agenda.when.tokens import Token

_NOTHING = Token(Kind.BREAK, 0, 0)
_UNITS = frozenset({Kind.MONTH, Kind.HOUR, Kind.AGE, Kind.TIME})
_NUMBERS = frozenset({Kind.NUMBER, Kind.ORDINAL})
_RANGES = frozenset({Kind.DASH, Kind.THROUGH, Kind.UNTIL})
_IN_LISTS = frozenset({Kind.AND, Kind.OR, Kind.COMMA, Kind.WEEKDAY, Kind.BETWEEN, *_RANGES})


@dataclass
class Cursor:
    """The tokens that mean something, and how far we are. `units[i]` is the place of the word that says what
    number i counts (a month, "uur", "jaar", a time it runs to), or -1."""

    tokens: list[Token]
    place: int = 0
    units: list[int] = field(init=False)
    left_at: int = -2

    def __post_init__(self) -> None:
        self.tokens = [token for token in self.tokens if token.kind is not Kind.FILLER]
        self.units = _units(self.tokens)

    def at(self, place: int) -> Token:
        return self.tokens[place] if 0 <= place < len(self.tokens) else _NOTHING

    def kind(self, place: int) -> Kind:
        return self.at(place).kind

    def unit(self, place: int) -> Kind:
        """What the number at a place counts: MONTH, HOUR, AGE, TIME, or BREAK for unknown."""
        unit = self.units[place] if 0 <= place < len(self.units) else -1
        return self.at(unit).kind

    def unit_token(self, place: int) -> int:
        return self.units[place]

    @property
    def is_done(self) -> bool:
        return self.place >= len(self.tokens)


def _units(tokens: list[Token]) -> list[int]:
    """One pass from right to left; linear."""
    units = [-1] * len(tokens)
    carried, between = -1, frozenset[Kind]()
    for place in range(len(tokens) - 1, -1, -1):
        kind = tokens[place].kind
        if kind in _UNITS and not _opens_date(tokens, place):
            carried, between = place, frozenset()
        elif kind in _NUMBERS and carried >= 0 and _reaches(tokens[carried].kind, between):
            is_own = (
                _ends_range(tokens, place, between)
                or _ranks_weekday(tokens, place)
                or _counts_something_else(tokens, place, between)
            )
            units[place] = -1 if is_own else carried
            is_last = is_own or (place and tokens[place - 1].kind in _NUMBERS and not _is_row(tokens, place))
            carried, between = -1 if is_last else carried, between if is_last else between - _RANGES
        elif kind in _IN_LISTS:
            between = between | {kind}
        else:
            carried = -1
    return units


def _is_row(tokens: list[Token], place: int) -> bool:
    """The 22 of "22 23 29 30 jan": days side by side, each later than the one before."""
    row = [token for token in tokens[max(0, place - 2) : place + 2] if token.kind is Kind.NUMBER]
    numbers = [token.number for token in row]
    is_rising = len(numbers) > 1 and all(a < b <= 31 for a, b in itertools.pairwise(numbers))
    before = tokens[place - 2].kind if place > 1 else Kind.BREAK
    is_long = len(numbers) > 2 or tokens[place].number == tokens[place - 1].number + 1
    return is_rising and is_long and before is not Kind.LABEL


def _opens_date(tokens: list[Token], place: int) -> bool:
    """The month of "December 19", as English has it, says nothing about numbers before it."""
    is_after_number = bool(place) and tokens[place - 1].kind in _NUMBERS
    return tokens[place].kind is Kind.MONTH and not is_after_number


def _ends_range(tokens: list[Token], place: int, between: frozenset[Kind]) -> bool:
    """The 4 of "van 2 tot 4 t/m 16 december" closes a range, so it does not open another."""
    return bool(place) and tokens[place - 1].kind in _RANGES and bool(between & _RANGES)


def _ranks_weekday(tokens: list[Token], place: int) -> bool:
    """De eerste zondag van december."""
    is_rank = tokens[place].kind is Kind.ORDINAL and place + 1 < len(tokens)
    return is_rank and tokens[place + 1].kind is Kind.WEEKDAY


def _counts_something_else(tokens: list[Token], place: int, between: frozenset[Kind]) -> bool:
    """The 3 of "zaal 3, 28 november", and of "cursus 3, zaterdag 28 november"."""
    before = tokens[place - 1].kind if place else Kind.BREAK
    if before in (Kind.UNTIL, Kind.PAST, Kind.TO) and place > 1 and tokens[place - 2].kind is Kind.QUARTER:
        return True
    if not between:
        return False
    return before is Kind.LABEL or (Kind.WEEKDAY in between and before not in _IN_LISTS | _NUMBERS)


def _reaches(unit: Kind, between: frozenset[Kind]) -> bool:
    """Whether a unit still holds for a number with these kinds of token in between."""
    if unit is Kind.MONTH:
        return True
    if unit is Kind.TIME:
        return bool(between) and (between <= _RANGES or between == {Kind.AND})
    if Kind.WEEKDAY in between:
        return False
    return Kind.COMMA not in between or Kind.AND in between
