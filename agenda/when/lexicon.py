"""What each word or phrase of a date sentence is to the grammar: one table, made from the vocabulary."""

from collections.abc import Iterator

from agenda.when import vocabulary as words
from agenda.when.kinds import Kind

Entry = tuple[Kind, tuple[int, ...], str]
_DAY_PARTS = ("ochtend", "middag", "avond", "nacht")


def _weekdays() -> Iterator[tuple[str, Entry]]:
    """Dinsdag, di, dinsdagen, dinsdagavond; the second number is 1 for a plural, which says a series."""
    doubtful = words.DOUBTFUL_DAYS.split("|")
    for day, (dutch, english) in enumerate(zip(words.WEEKDAYS, words.ENGLISH_DAYS, strict=True)):
        once, often = (Kind.WEEKDAY, (day, 0), ""), (Kind.WEEKDAY, (day, 1), "")
        short = words.SHORT_DAYS[day].split("|")
        yield from ((word, once) for word in (dutch, english))
        yield from ((word, (Kind.WEEKDAY, (day, 0, int(word in doubtful)), "")) for word in short)
        yield from ((word + ending, often) for word in (dutch, english) for ending in ("s", "en"))
        for stem in (dutch, short[0]):
            for part in _DAY_PARTS:
                yield f"{stem}{part}", (Kind.WEEKDAY, (day, 0), part)
                yield f"{stem}{part}en", (Kind.WEEKDAY, (day, 1), part)
                yield f"{stem}{part}s", (Kind.WEEKDAY, (day, 1), part)
            yield f"{stem}morgen", (Kind.WEEKDAY, (day, 0), "ochtend")


def _months() -> Iterator[tuple[str, Entry]]:
    for month, names in enumerate(zip(words.MONTHS, words.ENGLISH_MONTHS, strict=True), start=1):
        for word in (*names, *words.SHORT_MONTHS.get(month, names[0]).split("|")):
            yield word, (Kind.MONTH, (month,), "")


def _numbers() -> Iterator[tuple[str, Entry]]:
    """Twee, tweede, and "om de twee weken"."""
    for number, spellings in words.NUMBERS.items():
        for word in spellings.split("|"):
            yield word, (Kind.NUMBER, (number, 0), "word")
            yield from _every_few(number, word)
        yield from _every_few(number, str(number))
    for number, spellings in words.ORDINALS.items():
        for word in spellings.split("|"):
            yield word, (Kind.ORDINAL, (number,), "word")


def _every_few(number: int, word: str) -> Iterator[tuple[str, Entry]]:
    for unit, plurals in words.UNITS.items():
        for plural in plurals.split("|") if number > 1 else ():
            yield f"om de {word} {plural}", (Kind.EVERY, (number,), unit)


def _named() -> Iterator[tuple[str, Entry]]:
    """Words whose meaning is a name: parts of the day, school holidays, feasts, units."""
    tables = (
        (Kind.PART, words.PARTS),
        (Kind.VACATION, words.VACATIONS),
        (Kind.FEAST, words.FEASTS),
        (Kind.UNIT, words.UNITS),
    )
    for kind, table in tables:
        for name, spellings in table.items():
            yield from ((word, (kind, (), name)) for word in spellings.split("|"))


def _rows() -> Iterator[tuple[str, Entry]]:
    """Words whose meaning is a number and a name."""
    tables = ((Kind.RELATIVE, words.RELATIVE), (Kind.EVERY, words.EVERY), (Kind.WEEK, words.WEEKS))
    for kind, rows in tables:
        for number, name, spellings in rows:
            yield from ((word, (kind, (number,), name)) for word in spellings.split("|"))


def _plain() -> Iterator[tuple[str, Entry]]:
    for kind, spellings in words.PHRASES.items():
        name = "between" if kind is Kind.BETWEEN else ""
        yield from ((word, (kind, (), name if word != "van" else "")) for word in spellings.split("|"))
    for parity, spellings in enumerate(words.PARITIES):
        yield from ((word, (Kind.PARITY, (parity,), "")) for word in spellings.split("|"))
    for noun in words.OPENED.split("|"):
        for ending in ("open", "is open", "zijn open", "gaat open", "gaan open"):
            yield f"{noun} {ending}", (Kind.DOOR, (), "open")
    for minutes, spellings in words.LENGTHS.items():
        yield from ((word, (Kind.LENGTH, (minutes,), "")) for word in spellings.split("|"))
    yield from ((word, (Kind.FUZZY, (), "hour")) for word in ("een uur of", "'n uur of"))
    yield from ((word, (Kind.TIME, (12, 0, 2), "")) for word in ("noon", "midday"))
    yield from ((word, (Kind.ONE, (1, 0), "word")) for word in ("een", "'n"))
    yield from ((word, (Kind.FILLER, (), "")) for word in words.FILLER.split("|"))


def _table() -> dict[str, Entry]:
    """Every known word or phrase, lower case, with what it means; the first meaning of a word wins."""
    table: dict[str, Entry] = {}
    for source in (_weekdays, _months, _numbers, _rows, _plain, _named):
        for word, entry in source():
            table.setdefault(word, entry)
    return table


TABLE = _table()
LONGEST = max(len(phrase.split()) for phrase in TABLE)
