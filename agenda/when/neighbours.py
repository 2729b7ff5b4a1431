"""Tokens that mean something else by their neighbours: 5-12 in a row of dates, the first of two feasts."""

from collections.abc import Callable
from dataclasses import replace

from agenda.when.kinds import Kind
from agenda.when.tokens import Token

_JOINS = frozenset({Kind.COMMA, Kind.AND})
_CLOSES_HOURS = frozenset({Kind.HOUR, Kind.DASH, Kind.UNTIL, Kind.THROUGH, Kind.MONTH})
_FIRST, _SECOND = "eerste ", "tweede "


def by_neighbours(tokens: list[Token]) -> list[Token]:
    """The same row with dates and feasts where their neighbours show that they are."""
    for step in (_dashed, _dotted, _feasts):
        tokens = _walked(tokens, step)
    return tokens


def _walked(tokens: list[Token], step: Callable[[list[Token], int], tuple[Token, int]]) -> list[Token]:
    """Each step gives a token for the place it looks at, and how many it stands for."""
    done: list[Token] = []
    place = 0
    while place < len(tokens):
        token, size = step([*done[-2:], *tokens[place : place + 6]], min(len(done), 2))
        done.append(token)
        place += size
    return done


def _kind(tokens: list[Token], place: int) -> Kind:
    return tokens[place].kind if 0 <= place < len(tokens) else Kind.BREAK


def _in_list(tokens: list[Token], place: int) -> bool:
    return _kind(tokens, place - 1) in _JOINS and _kind(tokens, place - 2) is Kind.DATE


def _dashed(tokens: list[Token], place: int) -> tuple[Token, int]:
    """The 5-12 of "28-11, 5-12 en 12-12"."""
    token = tokens[place]
    month = tokens[place + 2] if place + 2 < len(tokens) else token
    if (
        [_kind(tokens, place + step) for step in range(3)] != [Kind.NUMBER, Kind.DASH, Kind.NUMBER]
        or not _in_list(tokens, place)
        or _kind(tokens, place + 3) in _CLOSES_HOURS
        or month.end - token.start > len("28-11")
        or not (1 <= month.number <= 12 and 1 <= token.number <= 31)
    ):
        return token, 1
    return Token(Kind.DATE, token.start, month.end, (0, month.number, token.number), "dashed"), 3


def _dotted(tokens: list[Token], place: int) -> tuple[Token, int]:
    """The 5.12 of "28.11, 5.12", and of "za 5.12 om 20.00"."""
    token = tokens[place]
    if token.name != "dotted" or not (1 <= token.numbers[0] <= 31 and 1 <= token.numbers[1] <= 12):
        return token, 1
    rest = [_kind(tokens, after) for after in range(place + 1, len(tokens))]
    following = next((kind for kind in rest if kind is not Kind.FILLER), Kind.BREAK)
    is_after_day = _kind(tokens, place - 1) is Kind.WEEKDAY and following is Kind.TIME
    if not is_after_day and not _in_list(tokens, place):
        return token, 1
    hour, minute = token.numbers[:2]
    return Token(Kind.DATE, token.start, token.end, (0, minute, hour), "dashed"), 1


def _feasts(tokens: list[Token], place: int) -> tuple[Token, int]:
    """Eerste en tweede kerstdag."""
    token = tokens[place]
    is_pair = token.kind is Kind.ORDINAL and token.number == 1 and _kind(tokens, place + 2) is Kind.FEAST
    name = tokens[place + 2].name if is_pair else ""
    if not name.startswith(_SECOND) or _kind(tokens, place + 1) not in (Kind.AND, Kind.THROUGH):
        return token, 1
    return replace(token, kind=Kind.FEAST, numbers=(), name=_FIRST + name.removeprefix(_SECOND)), 1
