"""Finds what a longer text says about when: the words of mails and posters that the reader can read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agenda.when.clocks import hours_at
from agenda.when.cursor import Cursor
from agenda.when.kinds import Kind
from agenda.when.neighbours import by_neighbours
from agenda.when.slots import MAX_LENGTH
from agenda.when.tokens import Token, tokenise

LONGEST_TEXT = 20_000
_WRAPPED = 60  # characters: a line of a mail that is broken off
_DAYS = frozenset(
    {Kind.WEEKDAY, Kind.DATE, Kind.FEAST, Kind.RELATIVE, Kind.VACATION, Kind.WEEKEND, Kind.WORKDAYS}
    | {Kind.HOLIDAYS, Kind.PARITY, Kind.SEASON}
)
_TIMES = frozenset({Kind.TIME, Kind.ALL_DAY, Kind.MIDNIGHT})
_COUNTED = frozenset({Kind.HOUR, Kind.TIMES, Kind.LESSONS, Kind.MINUTES})
_ALWAYS = _DAYS | _TIMES
# words that mean something only beside a day or a time
_BESIDE = frozenset(
    {Kind.AND, Kind.OR, Kind.COMMA, Kind.DASH, Kind.THROUGH, Kind.UNTIL, Kind.BETWEEN, Kind.FROM, Kind.TO}
    | {Kind.PAST, Kind.AFTER, Kind.HALF, Kind.QUARTER, Kind.HOUR, Kind.PART, Kind.BEGINS, Kind.ENDS}
    | {Kind.ALSO, Kind.WEEK, Kind.OF_MONTH, Kind.EVERY, Kind.FUZZY, Kind.TIMES, Kind.LESSONS, Kind.MINUTES}
    | {
        Kind.LASTING,
        Kind.LENGTH,
        Kind.UNIT,
        Kind.YEAR,
        Kind.ORDINAL,
        Kind.MONTH,
        Kind.NUMBER,
        Kind.LABEL,
        Kind.PER,
    }
)
# words that change what a day or a time further on in the sentence is
_TURNING = frozenset(
    {Kind.DOOR, Kind.DEADLINE, Kind.EXCEPT, Kind.CANCELLED, Kind.PREVIOUS, Kind.INSTEAD, Kind.BUT}
)
_NUMBERS = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.MONTH, Kind.DATE})
_MARKS = frozenset({Kind.COMMA, Kind.DASH, Kind.AND, Kind.OR})
_HARD_END = re.compile(r"\n+|(?<=[^\d\s][.!?])\s+(?=[A-Z\"'‘“(*])|(?<=\d[!?])\s+")


@dataclass(frozen=True)
class Passage:
    """Words of a text that say when; `start` and `end` are places in that text."""

    start: int
    end: int
    text: str


def passages(text: str) -> list[Passage]:
    """The pieces of a text of up to 20,000 characters that say days or times, in order."""
    found: list[Passage] = []
    for start, line in _sentences(text[:LONGEST_TEXT]):
        for one in _in_sentence(line.replace("\n", " ")):
            begin, end = start + one.start, start + one.end
            found.append(Passage(begin, end, text[begin:end]))
    return found


def gist(text: str) -> str:
    """A date sentence of at most 500 characters made of a text's own words, "" when it names no day."""
    lines: list[str] = []
    for _start, line in _sentences(text[:LONGEST_TEXT]):
        pieces = [" ".join(one.text.split()) for one in _in_sentence(line.replace("\n", " "))]
        if pieces and len("\n".join([*lines, ", ".join(pieces)])) <= MAX_LENGTH:
            lines.append(", ".join(pieces))
    return "\n".join(lines)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Lines and sentences; a long line that was only wrapped goes on in the next one."""
    place = 0
    for match in _HARD_END.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if match[0] == "\n" and len(line) >= _WRAPPED and line[-1] not in ".!?:":
            continue
        yield place, text[place : match.start()]
        place = match.end()
    yield place, text[place:]


def _in_sentence(line: str) -> list[Passage]:
    """Runs of words that belong to days and times; none when the sentence has no day or time."""
    cursor = Cursor(by_neighbours(tokenise(line)))
    kept = _kept(cursor)
    runs: list[list[int]] = []
    for place in sorted(kept):
        is_remark = bool(runs) and cursor.kind(runs[-1][-1]) in _TURNING
        if runs and (place == runs[-1][-1] + 1 or is_remark):
            runs[-1].append(place)
        else:
            runs.append([place])
    spans = [_trimmed(cursor, run) for run in runs]
    return [Passage(start, end, line[start:end]) for start, end in spans if start < end]


def _trimmed(cursor: Cursor, run: list[int]) -> tuple[int, int]:
    """Without the commas at its ends."""
    said = [place for place in run if cursor.kind(place) not in _MARKS]
    return (cursor.at(said[0]).start, cursor.at(said[-1]).end) if said else (0, 0)


def _kept(cursor: Cursor) -> set[int]:
    """Places of the tokens that say when: days, times, their numbers, and the words right beside them."""
    places = range(len(cursor.tokens))
    kept = {place for place in places if _says_when(cursor, place)}
    for place in places:
        hours = None if cursor.kind(place - 1) is Kind.LABEL else hours_at(cursor, place)
        kept |= set(range(place, hours[1])) if hours else set()
    if not kept:
        return set()
    for order in (places, reversed(places)):
        for place in order:
            if (
                place not in kept
                and (place - 1 in kept or place + 1 in kept)
                and _goes_along(cursor, place, kept)
            ):
                kept.add(place)
    turning = {place for place in places if cursor.kind(place) in _TURNING}
    kept -= {place for place in kept if _is_bare_every(cursor.at(place)) and place + 1 not in kept}
    return kept | turning


def _is_bare_every(token: Token) -> bool:
    return token.kind is Kind.EVERY and token.numbers == (1,) and not token.name


def _says_when(cursor: Cursor, place: int) -> bool:
    token = cursor.at(place)
    if token.kind in (Kind.NUMBER, Kind.ORDINAL):
        return _is_counted(cursor, place, token)
    if token.kind is Kind.LASTING:
        return cursor.kind(place + 1) is Kind.LENGTH or cursor.kind(place + 2) in _COUNTED
    if token.kind is Kind.MONTH:
        return cursor.kind(place - 1) in (Kind.NUMBER, Kind.ORDINAL, Kind.FROM, Kind.THROUGH, Kind.WEEKDAY)
    return token.kind in _ALWAYS


def _is_counted(cursor: Cursor, place: int, token: Token) -> bool:
    """A number of a date, of a time, or of how often."""
    after = cursor.at(place + 1)
    is_plural_day = after.kind is Kind.WEEKDAY and after.numbers[1] == 1
    if cursor.unit(place) in (Kind.MONTH, Kind.HOUR, Kind.TIME) or after.kind in _COUNTED or is_plural_day:
        return True
    if token.kind is Kind.ORDINAL:
        return cursor.kind(place + 1) in (Kind.WEEKDAY, Kind.OF_MONTH, Kind.FEAST)
    before = cursor.kind(place - 1)
    is_year = before is Kind.MONTH and len(token.numbers) > 1 and token.numbers[1] == 4
    return is_year or before in (Kind.HALF, Kind.QUARTER) or cursor.kind(place - 2) is Kind.QUARTER


def _goes_along(cursor: Cursor, place: int, kept: set[int]) -> bool:
    """A number only beside another one or its month: the 12 of "Dorpsstraat 12, om 20.00 uur" does not."""
    if cursor.kind(place) is not Kind.NUMBER:
        return cursor.kind(place) in _BESIDE
    return any(near in kept and cursor.kind(near) in _NUMBERS for near in (place - 1, place + 1))
