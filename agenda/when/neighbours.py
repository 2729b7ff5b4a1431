"""Tokens that mean something else by their neighbours: 5-12 in a row of dates, the first of two feasts."""

from collections.abc import Callable
from dataclasses import replace

from agenda.when.kinds import Kind
from agenda.when.tokens import Token

_JOINS = frozenset({Kind.COMMA, Kind.AND})
_CLOSES_HOURS = frozenset({Kind.HOUR, Kind.DASH, Kind.UNTIL, Kind.THROUGH, Kind.MONTH})
_BETWEEN_DAYS = _JOINS | {Kind.DASH, Kind.THROUGH, Kind.UNTIL, Kind.BREAK}
_DAY_BEFORE = frozenset(
    {Kind.NUMBER, Kind.ORDINAL, Kind.TIME, Kind.DATE, Kind.BETWEEN, Kind.HALF, Kind.EXCEPT, Kind.CANCELLED}
    | {Kind.PAST, Kind.PART, Kind.FROM, Kind.WEEK, Kind.ALL_DAY, Kind.QUARTER}
)
_DAY_AFTER = frozenset({Kind.EVERY, Kind.WEEK, Kind.ORDINAL})
_CLOSE = 5  # characters
_FIRST, _SECOND = "eerste ", "tweede "


def by_neighbours(tokens: list[Token]) -> list[Token]:
    """The same row with dates and feasts where their neighbours show that they are."""
    for step in (_dashed, _dotted, _feasts):
        tokens = _walked(tokens, step)
    return _weekdays(_days_of_month(tokens))


def _days_of_month(tokens: list[Token]) -> list[Token]:
    """The 22 of "22-25/07", and of "22, 23 en 24/07"."""
    done = list(tokens)
    for place in range(len(done) - 3, -1, -1):
        token, date = done[place], done[place + 2]
        is_joined = _kind(done, place + 1) in _JOINS | {Kind.DASH, Kind.THROUGH} and date.kind is Kind.DATE
        is_day = token.kind is Kind.NUMBER and 1 <= token.number <= 31 and token.numbers[1:] < (3,)
        if not (is_joined and is_day and date.name in ("short", "late") and token.number < date.numbers[2]):
            continue
        if (
            _kind(done, place - 1) not in (Kind.LABEL, Kind.UNTIL, Kind.DASH)
            and date.start - token.end < _CLOSE
        ):
            done[place] = replace(
                token, kind=Kind.DATE, numbers=(0, date.numbers[1], token.number), name="short"
            )
    return done


def _weekdays(tokens: list[Token]) -> list[Token]:
    """Short names that are words too ("zo", "vrij") are weekdays only beside what has to do with days."""
    said = [token for token in tokens if token.kind is not Kind.FILLER]
    doubtful = {
        id(token)
        for place, token in enumerate(said)
        if token.kind is Kind.WEEKDAY and token.numbers[2:] == (1,) and not _has_company(said, place)
    }
    return [
        replace(token, kind=Kind.UNKNOWN, numbers=()) if id(token) in doubtful else token for token in tokens
    ]


def _has_company(said: list[Token], place: int) -> bool:
    """What stands close by, a few letters away at most."""
    before = _near(said, place, -1)
    after = _near(said, place, 1)
    if after[0] is Kind.NUMBER and not _is_of_a_day(after):
        return False
    return _is_beside(before) or _is_beside(after) or after[0] in _DAY_BEFORE or before[0] in _DAY_AFTER


def _is_of_a_day(after: list[Kind]) -> bool:
    """ "Zo 29 nov", "zo 12-17", "zo 29, ma 30"; not "niet zo 1, 2, 3"."""
    return after[1] not in (Kind.COMMA, Kind.FILLER) or after[2] is Kind.WEEKDAY


def _near(said: list[Token], place: int, step: int) -> list[Kind]:
    kinds: list[Kind] = []
    here = said[place]
    for _hop in range(3):
        place += step
        if not 0 <= place < len(said):
            break
        gap = max(said[place].start - here.end, here.start - said[place].end)
        if gap > _CLOSE:
            break
        here = said[place]
        kinds.append(here.kind)
    return [*kinds, *[Kind.FILLER] * 3][:3]


def _is_beside(kinds: list[Kind]) -> bool:
    return kinds[0] is Kind.WEEKDAY or (
        kinds[0] in _BETWEEN_DAYS and kinds[1] in (Kind.WEEKDAY, Kind.HOLIDAYS)
    )


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
