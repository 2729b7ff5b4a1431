"""Runs: stretches of a text that speak about days and times, cut loose from the words around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from agenda.texts.base import Span, words
from agenda.texts.edges import DAYS, trimmed
from agenda.texts.lines import COVER, sentences
from agenda.when.kinds import Kind
from agenda.when.tokens import Token, tokenise

_GLUE = {
    Kind.FROM,
    Kind.BETWEEN,
    Kind.THROUGH,
    Kind.UNTIL,
    Kind.DASH,
    Kind.AND,
    Kind.COMMA,
    Kind.EXCEPT,
    Kind.ALSO,
    Kind.BEGINS,
    Kind.ENDS,
    Kind.HOUR,
    Kind.PART,
    Kind.YEAR,
    Kind.ORDINAL,
    Kind.NUMBER,
    Kind.HALF,
    Kind.QUARTER,
    Kind.PAST,
    Kind.TO,
    Kind.EVERY,
    Kind.WEEK,
    Kind.PARITY,
    Kind.UNIT,
    Kind.OF_MONTH,
    Kind.VACATION,
    Kind.HOLIDAYS,
    Kind.WEEKEND,
    Kind.WORKDAYS,
    Kind.TIMES,
    Kind.LESSONS,
    Kind.ALL_DAY,
    Kind.OR,
    Kind.ONE,
    Kind.MONTH,
    Kind.FEAST,
    Kind.MIDNIGHT,
    Kind.SEASON,
    Kind.AFTER,
    Kind.FUZZY,
    Kind.CANCELLED,
    Kind.LENGTH,
    Kind.MINUTES,
    Kind.PER,
}
_LINKING = words(
    "op om en van de in is elke ook telkens steeds er the on at dag datum aan het weer wij we zijn "
    "zal wordt dat maar wel zowel als tijdens "
)
_ENDINGS = {"stoppen", "stopt", "klaar", "sluiten", "sluiting"}
_MOST_FILLERS = 3


@dataclass
class Run:
    """Words of one sentence about days and times; `before` and `after` are the rest of the sentence.

    Places count in the whole text. `weekday` is one that was taken out: it says the same day as the date.
    """

    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""
    kinds: frozenset[Kind] = field(default_factory=frozenset)
    is_weak: bool = False
    weekday: int | None = None

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def sentence(self) -> str:
        return self.before + self.text + self.after

    @property
    def has_day(self) -> bool:
        return bool(self.kinds & (DAYS | {Kind.MONTH, Kind.FEAST, Kind.EVERY, Kind.WEEKEND, Kind.WORKDAYS}))

    @property
    def has_time(self) -> bool:
        return bool(re.match(r"van \d{1,2} tot \d", self.text)) or bool(
            self.kinds & {Kind.TIME, Kind.ALL_DAY, Kind.HOUR, Kind.HALF, Kind.MIDNIGHT}
        )

    @property
    def has_date(self) -> bool:
        return bool(self.kinds & {Kind.MONTH, Kind.DATE, Kind.FEAST})

    @property
    def is_series(self) -> bool:
        return Kind.EVERY in self.kinds

    @property
    def is_exception(self) -> bool:
        """Says when it is not: "geen les op 22 februari"."""
        return bool(self.kinds & {Kind.EXCEPT, Kind.CANCELLED}) and not self.has_time

    @property
    def is_end(self) -> bool:
        """Only says until when."""
        return bool(re.match(r"(?:tot|t/m|einde|eind)\b", self.text, re.I)) and not self.has_date

    @property
    def is_range(self) -> bool:
        return self.has_time and bool({Kind.DASH, Kind.UNTIL, Kind.THROUGH, Kind.AND} & self.kinds)

    @property
    def is_whole(self) -> bool:
        return self.has_day and self.has_time


def runs(text: str) -> Iterator[Run]:
    """`text` is a covered text (`lines.covered`)."""
    for start, end in sentences(text):
        yield from _in_sentence(text, start, end)


_MAYBE = re.compile(
    r"\d|dag|week|weekend|maand|morgen|avond|ochtend|half|kwart|uur|noon|midday|"
    r"night|every|vakantie|kerst|pasen|pinkster|paas|hemelvaart|elke|iedere|jaarsdag|"
    r"halloween|maarten|koning",
    re.IGNORECASE,
)
"""Without one of these a sentence says nothing about a day or a time."""


@lru_cache(maxsize=1024)
def _tokens(sentence: str) -> tuple[Token, ...]:
    return tuple(tokenise(sentence))


def _in_sentence(text: str, start: int, end: int) -> Iterator[Run]:
    sentence = text[start:end]
    if not _MAYBE.search(sentence):
        return
    tokens = _tokens(sentence)
    for part in _stretches(sentence, tokens):
        kept = trimmed(sentence, part, tokens)
        if not kept:
            continue
        first, last = kept[0].start, kept[-1].end
        kept, weekday = _without_weekday(sentence, kept)
        kinds = frozenset(token.kind for token in kept)
        yield Run(
            start + first,
            start + last,
            _said(sentence, kept),
            sentence[:first],
            sentence[last:],
            kinds,
            weekday=weekday,
            is_weak=_is_weak(kinds, sentence[:first]),
        )


def _is_weak(kinds: frozenset[Kind], before: str) -> bool:
    """A feast or a school holiday that may be about something else."""
    if Kind.FEAST in kinds and re.search(r"\b(?:op|en|én)(?: de)?\s$", before):
        return False
    return not (DAYS | {Kind.MONTH, Kind.TIME, Kind.EXCEPT, Kind.HOUR}) & kinds


def _stretches(sentence: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Neighbouring tokens of days and times, with at most a few fillers in between."""
    part: list[Token] = []
    fillers = 0
    for token in tokens:
        word = sentence[token.start : token.end]
        is_known = token.kind in DAYS or token.kind in _GLUE or token.kind is Kind.TIME
        if word.lower() in _ENDINGS:
            is_known = True
        if is_known:
            part.append(token)
            fillers = 0
        elif token.kind is Kind.FILLER and COVER not in word and part and fillers < _MOST_FILLERS:
            part.append(token)
            fillers += 1
        elif part:
            yield part
            part, fillers = [], 0
    if part:
        yield part


def _without_weekday(sentence: str, part: list[Token]) -> tuple[list[Token], int | None]:
    """A weekday that stands away from the one date of its run says the same day: "19 december (zaterdag)"."""
    kinds = [token.kind for token in part]
    days = [place for place, kind in enumerate(kinds) if kind is Kind.WEEKDAY]
    dates = [place for place, kind in enumerate(kinds) if kind in (Kind.MONTH, Kind.DATE)]
    is_one = (
        len(days) == 1
        and len(dates) == 1
        and not {Kind.EVERY, Kind.EXCEPT, Kind.THROUGH, Kind.TIMES, Kind.FROM} & set(kinds)
    )
    if not is_one or part[days[0]].numbers[1:] == (1,):
        return part, None
    place = days[0]
    if part[place].name and Kind.TIME not in kinds and Kind.HOUR not in kinds:
        return part, None
    is_before = place < dates[0] and all(
        kind in (Kind.NUMBER, Kind.ORDINAL, Kind.FILLER, Kind.COMMA, Kind.WEEK, Kind.DASH, Kind.BETWEEN)
        for kind in kinds[place + 1 : dates[0]]
    )
    if is_before:
        return part, None
    day = part[place]
    rest = [replace(day, kind=Kind.PART, start=day.end - len(day.name), numbers=())] if day.name else []
    return part[:place] + rest + part[place + 1 :], day.number


def _said(sentence: str, part: list[Token]) -> str:
    """The words of a run as the date reader likes them: "stoppen om 22.00" is its end."""
    words: list[str] = []
    for before, token in zip([None, *part], part, strict=False):
        word = " ".join(sentence[token.start : token.end].split())
        if token.kind is Kind.FUZZY or (token.kind is Kind.FILLER and word.lower() not in _LINKING):
            continue
        if token.kind is Kind.UNKNOWN:
            word = "einde" if word.lower() in _ENDINGS else ""
        glued = before is not None and before.end == token.start
        words.append(word if glued or not words else f" {word}")
    return "".join(words).strip()
