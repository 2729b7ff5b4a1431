"""From the characters of a sentence to typed tokens that remember where they stood."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from agenda.when.kinds import Kind
from agenda.when.lexicon import LONGEST, TABLE

_SAME = str.maketrans(
    {**dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("’‘`´ʼ′", "'"), **dict.fromkeys("“”„", '"'), "×": "x"}
)
_TIME_END = r"(?:\s?(?:uur|uhr|u|h|hrs)(?![a-z]))?"
_SCANNER = re.compile(
    rf"""
    (?P<money>€[ ]?\d+(?:[.,]\d\d)?(?:,-)?|\d+(?:[.,]\d\d)?[ ]?(?:euro|eur)(?![a-z])|\d+,-)
  | (?P<iso>(?P<iy>\d{{4,5}})(?P<isep>[-/])(?P<im>\d\d?)(?P=isep)(?P<id>\d\d?)(?!\d)(?:t(?=\d))?)
  | (?P<full>(?P<fd>\d\d?)[ ]?(?P<sep>[-/.])[ ]?(?P<fm>\d\d?)[ ]?(?P=sep)[ ]?
      (?P<fy>\d{{3,5}}|'?\d\d)(?![\d:]|\.\d\d))
  | (?P<short>(?P<sd>\d\d?)/(?P<sm>\d\d?)(?![\d/]))
  | (?P<late>(?P<ld>2[5-9]|3[01])-(?P<lm>0?[1-9]|1[0-2])(?![\d-]))
  | (?P<dashed>(?P<dd>\d\d?)-(?P<dm>0?[1-9]|1[0-2])(?=,?[ ]+(?:om[ ]|van[ ])?\d\d?[:.]\d\d))
  | (?P<ampm>(?P<ah>\d\d?)(?:[:.](?P<am>\d\d))?[ ]?(?P<half>[ap])\.?m\.?(?![a-z]))
  | (?P<length>(?P<lh>\d\d?)(?:[.,]5|½)[ ]?(?:uur|u|uren)(?![a-z]))
  | (?P<time>(?P<th>\d\d?)(?:[:.]|[ ]?(?:uur|u|h)[ ]?(?=\d\d(?!\d)))(?P<tm>\d\d)(?!\d)(?::\d\d)?{_TIME_END})
  | (?P<milit>(?P<mh>[012]\d)(?P<mm>[0-5]\d)[ ]?(?:uur|u|h)(?![a-z\d]))
  | (?P<age>\d{{1,2}}\+(?![ ]?\d))
  | (?P<ordinal>(?P<on>\d{{1,3}})(?:e|ste|de|st|nd|rd|th)(?![a-z\d]))
  | (?P<times>(?P<xn>\d{{1,4}})[ ]?x(?![a-z\d]))
  | (?P<year>'\d\d(?!\d))
  | (?P<number>\d+)
  | (?P<abbreviation>t[ ]?/[ ]?m(?![a-z])|v\.[ ]?a\.?(?![a-z])|v\.?d\.(?![a-z])
      |t\.m\.|v/d|(?:a\.s|m\.u\.v|m\.i\.v)\.?|excl\.)
  | (?P<word>'?[^\W\d_]+(?:'[^\W\d_]+)*)
  | (?P<break>[;\n\r]+)
  | (?P<comma>[,/|•])
  | (?P<dash>->|[→>-])
  | (?P<and>[&+])
  | (?P<void>[\s.:!?()\[\]"*_=#<{{}}]+|')
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Token:
    """A word or mark of the sentence; `start` and `end` are places in the text as written."""

    kind: Kind
    start: int
    end: int
    numbers: tuple[int, ...] = ()
    name: str = ""

    @property
    def number(self) -> int:
        return self.numbers[0] if self.numbers else 0


_Maker = Callable[..., Token]


def normalise(text: str) -> str:
    """Lower case with plain dashes, quotes and spaces; every character keeps its place."""
    return "".join(_plain(character) for character in text.translate(_SAME))


def _plain(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    if character == "\n":
        return character
    return " " if character.isspace() else folded if len(folded) == 1 else character


def tokenise(text: str) -> list[Token]:
    """The tokens of a sentence, phrases of several words joined to one; fillers and unknown ones too."""
    return _counted(_joined(list(_scan(normalise(text)))))


def _counted(tokens: list[Token]) -> list[Token]:
    """The article "een" is the number one before "uur" and "week", and after "half", "over" and "voor"; the
    English "of" before a month says nothing, the Dutch one is a choice."""
    nothing = Token(Kind.BREAK, 0, 0)
    around = zip([nothing, *tokens], tokens, [*tokens[1:], nothing], strict=False)
    return [_one(before, token, after) for before, token, after in around]


def _one(before: Token, token: Token, after: Token) -> Token:
    if token.kind is Kind.OR and after.kind is Kind.MONTH:
        return replace(token, kind=Kind.FILLER)
    if token.kind is not Kind.ONE:
        return token
    is_number = after.kind in (Kind.HOUR, Kind.UNIT) or before.kind in (Kind.HALF, Kind.PAST, Kind.TO)
    return Token(Kind.NUMBER if is_number else Kind.FILLER, token.start, token.end, (1, 0), "word")


@dataclass(frozen=True)
class _Raw:
    start: int
    end: int
    text: str
    token: Token | None = None


def _scan(text: str) -> Iterator[_Raw]:
    for match in _SCANNER.finditer(text):
        if match.lastgroup != "void" and not match["void"]:
            yield _Raw(match.start(), match.end(), match[0], _token(match))


def _token(match: re.Match[str]) -> Token | None:
    """The token of a number or mark; None for words, which the lexicon explains."""
    start, end = match.span()

    def token(kind: Kind, *numbers: str | int, name: str = "") -> Token:
        return Token(kind, start, end, tuple(int(number) for number in numbers), name)

    for group, (year, month, day) in _DATES.items():
        if match[group]:
            written = _century(match[year]) if year else 0
            return token(Kind.DATE, written, match[month], match[day], name=group)
    if match["ampm"]:
        return token(Kind.TIME, _from_twelve(int(match["ah"]), match["half"]), match["am"] or 0, 2)
    if match["length"]:
        return token(Kind.LENGTH, 60 * int(match["lh"]) + 30)
    if match["time"] or match["milit"]:
        return _clock_or_day(match, token)
    return _plain_token(match, token)


_DATES = {
    "iso": ("iy", "im", "id"),
    "full": ("fy", "fm", "fd"),
    "short": ("", "sm", "sd"),
    "late": ("", "lm", "ld"),
    "dashed": ("", "dm", "dd"),
}


def _clock_or_day(match: re.Match[str], token: _Maker) -> Token:
    hour, minute = int(match["th"] or match["mh"]), int(match["tm"] or match["mm"])
    if 24 < hour <= 31 and 1 <= minute <= 12 and match["time"][2:3] == ".":
        return token(Kind.DATE, 0, minute, hour)
    if match["milit"]:
        return token(Kind.TIME, hour, minute, 2)
    is_dotted = match["time"][len(match["th"])] == "."
    return token(Kind.TIME, hour, minute, len(match["th"]), name="dotted" if is_dotted else "")


def _plain_token(match: re.Match[str], token: _Maker) -> Token | None:
    if match["year"]:
        return token(Kind.YEAR, 2000 + int(match["year"][1:]))
    if match["number"]:
        return token(Kind.NUMBER, match[0][:6], len(match[0]))
    if match["ordinal"]:
        return token(Kind.ORDINAL, match["on"])
    if match["times"]:
        return token(Kind.TIMES, match["xn"])
    for group, kind in _MARKS.items():
        if match[group]:
            return token(kind)
    return None


_MARKS = {
    "money": Kind.MONEY,
    "age": Kind.AGE,
    "break": Kind.BREAK,
    "comma": Kind.COMMA,
    "dash": Kind.DASH,
    "and": Kind.AND,
}


def _century(year: str) -> int:
    digits = year.lstrip("'")
    return 2000 + int(digits) if len(digits) == 2 else int(digits)


def _from_twelve(hour: int, half: str) -> int:
    if not 1 <= hour <= 12:
        return 99
    return hour % 12 + (12 if half == "p" else 0)


def _joined(raws: list[_Raw]) -> list[Token]:
    """Words looked up in the lexicon, the longest known phrase first."""
    tokens = []
    place = 0
    while place < len(raws):
        size, token = _phrase(raws, place)
        tokens.append(token)
        place += size
    return tokens


def _phrase(raws: list[_Raw], place: int) -> tuple[int, Token]:
    raw = raws[place]
    for size in range(min(LONGEST, len(raws) - place), 0, -1):
        words = " ".join(part.text for part in raws[place : place + size])
        if words in TABLE and (size > 1 or raw.token is None):
            kind, numbers, name = TABLE[words]
            return size, Token(kind, raw.start, raws[place + size - 1].end, numbers, name)
    if raw.token is not None:
        return 1, raw.token
    known = any(character.isalnum() for character in raw.text)
    return 1, Token(Kind.UNKNOWN if known else Kind.FILLER, raw.start, raw.end, name=raw.text)
