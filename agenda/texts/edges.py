"""Where a run begins and ends: which of its words say a day or a time by themselves."""

import re
from collections.abc import Sequence

from agenda.when.kinds import Kind
from agenda.when.tokens import Token

DAYS = {Kind.WEEKDAY, Kind.DATE, Kind.RELATIVE}
_EDGE_ONLY_INSIDE = {
    Kind.DASH,
    Kind.AND,
    Kind.COMMA,
    Kind.OR,
    Kind.ALSO,
    Kind.ONE,
    Kind.NUMBER,
    Kind.TO,
    Kind.HALF,
    Kind.AFTER,
    Kind.PAST,
    Kind.QUARTER,
    Kind.MINUTES,
    Kind.LENGTH,
    Kind.PER,
    Kind.BEGINS,
    Kind.ENDS,
    Kind.FUZZY,
    Kind.EXCEPT,
    Kind.LESSONS,
    Kind.TIMES,
    Kind.CANCELLED,
    Kind.FILLER,
    Kind.SEASON,
}
_SHORT = re.compile(
    r"(?:ma|di|wo|do|vr|za|zo|din|don|zon|maa|mon|sat|sun|fri|wed|thu|tue|vrij|woe|zat)$", re.I
)


def trimmed(sentence: str, part: list[Token], tokens: Sequence[Token]) -> list[Token]:
    """Without words at its edges that only say something in between; empty without a day or a time."""
    part = [one for one in part if not _is_loose_day(sentence, one, tokens)]
    anchors = [n for n, one in enumerate(part) if _is_anchor(part, n)]
    if not anchors:
        return []
    first, last = 0, len(part) - 1
    while first < anchors[0] and (
        part[first].kind in _EDGE_ONLY_INSIDE and not _leads(part, first, anchors[0])
    ):
        first += 1
    while last > anchors[-1] and part[last].kind in _EDGE_ONLY_INSIDE | {
        Kind.FROM,
        Kind.BETWEEN,
        Kind.UNTIL,
        Kind.WEEK,
        Kind.EVERY,
        Kind.THROUGH,
    }:
        if _is_year(part, last):
            break
        last -= 1
    return part[first : last + 1]


def _is_year(part: list[Token], place: int) -> bool:
    """2026 after its month."""
    return (
        part[place].kind is Kind.NUMBER and part[place].number > 1900 and part[place - 1].kind is Kind.MONTH
    )


def _leads(part: list[Token], first: int, anchor: int) -> bool:
    """A number before its month or hour, "half" before its number, "einde" before its time."""
    kind = part[first].kind
    following = next(one.kind for one in part[first + 1 :] if one.kind is not Kind.FILLER)
    if kind in (Kind.NUMBER, Kind.HALF, Kind.QUARTER, Kind.BEGINS, Kind.ENDS, Kind.EXCEPT):
        return first + 1 == anchor or following in (
            Kind.NUMBER,
            Kind.AND,
            Kind.COMMA,
            Kind.DASH,
            Kind.THROUGH,
            Kind.UNTIL,
            Kind.HOUR,
            Kind.PAST,
            Kind.TO,
            Kind.MONTH,
            Kind.TIME,
            Kind.DATE,
            Kind.WEEKDAY,
            Kind.FROM,
            Kind.HALF,
            Kind.FUZZY,
            Kind.WEEKEND,
        )
    return False


def _is_anchor(part: list[Token], place: int) -> bool:
    """A token that says a day or a time by itself, or with what stands beside it."""
    kind = part[place].kind
    before = part[place - 1].kind if place else None
    after = part[place + 1].kind if place + 1 < len(part) else None
    if kind in DAYS or kind in (Kind.TIME, Kind.FEAST, Kind.MIDNIGHT, Kind.VACATION, Kind.ALL_DAY):
        return True
    if kind is Kind.MONTH:
        return (
            before in (Kind.NUMBER, Kind.ORDINAL)
            or after in (Kind.NUMBER, Kind.YEAR)
            or _in_range(part, place)
        )
    if kind is Kind.HOUR:
        return before is Kind.NUMBER
    if kind is Kind.NUMBER:
        return _is_bare_range(part, place) or before in (Kind.HALF, Kind.PAST, Kind.TO, Kind.QUARTER)
    if kind in (Kind.UNIT, Kind.WORKDAYS, Kind.WEEKEND):
        return before in (Kind.EVERY, Kind.WEEK, Kind.BETWEEN)
    return kind is Kind.EVERY and bool(part[place].name)


def _is_bare_range(part: list[Token], place: int) -> bool:
    """Van 1 tot 4."""
    kinds = [one.kind for one in part[max(0, place - 3) : place]]
    ends = kinds[-1:] in ([Kind.UNTIL], [Kind.DASH]) and kinds[:1] == [Kind.BETWEEN] and len(kinds) == 3
    return ends and part[place].number <= 24 and part[place - 2].number <= 24


def _in_range(part: list[Token], place: int) -> bool:
    """Van september tot en met mei."""
    around = {one.kind for one in part[max(0, place - 2) : place + 3]}
    return bool(around & {Kind.THROUGH, Kind.UNTIL, Kind.OF_MONTH}) or Kind.FROM in around


def _is_loose_day(sentence: str, token: Token, tokens: Sequence[Token]) -> bool:
    """ "Zo", "do" and "ma" that are no days: nothing about a day or time stands beside them."""
    word = sentence[token.start : token.end]
    if token.kind is not Kind.WEEKDAY or not _SHORT.match(word):
        return False
    place = tokens.index(token)
    around = [one.kind for one in tokens[place + 1 : place + 8]]
    before, after = _next(sentence, tokens, place, -1), _next(sentence, tokens, place, 1)
    if after in (Kind.DATE, Kind.TIME, Kind.PART, Kind.WEEK, Kind.RELATIVE):
        return False
    if after in (Kind.NUMBER, Kind.ORDINAL):
        return not {Kind.MONTH, Kind.TIME, Kind.HOUR, Kind.DATE, Kind.UNTIL, Kind.DASH} & set(around)
    lists = {Kind.AND, Kind.COMMA, Kind.DASH, Kind.THROUGH}
    if after in lists and Kind.WEEKDAY in around[:3]:
        return False
    links = lists | {Kind.EVERY, Kind.WEEK, Kind.DATE, Kind.MONTH, Kind.BREAK}
    return not (before in links and after in links | {None, Kind.BETWEEN, Kind.FROM})


def _next(sentence: str, tokens: Sequence[Token], place: int, step: int) -> Kind | None:
    """The kind of the next token that is no preposition."""
    place += step
    while 0 <= place < len(tokens):
        one = tokens[place]
        if one.kind is not Kind.FILLER or sentence[one.start : one.end].lower() not in {"op", "de", "om"}:
            return one.kind
        place += step
    return None
