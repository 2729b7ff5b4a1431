"""Named days of the Dutch year and the date they fall on."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter


def _after_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, n: int, weekday: int) -> Callable[[int], date]:
    def found(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta((weekday - first.weekday()) % 7 + 7 * (n - 1))

    return found


def _kings_day(year: int) -> date:
    """27 April, a day earlier when that is a Sunday."""
    day = date(year, 4, 27)
    return day - timedelta(1) if day.weekday() == 6 else day


_FEASTS: dict[str, Callable[[int], date]] = {
    "nieuwjaarsdag": _fixed(1, 1),
    "driekoningen": _fixed(1, 6),
    "valentijnsdag": _fixed(2, 14),
    "goede vrijdag": _after_easter(-2),
    "eerste paasdag": _after_easter(0),
    "tweede paasdag": _after_easter(1),
    "koningsdag": _kings_day,
    "dodenherdenking": _fixed(5, 4),
    "bevrijdingsdag": _fixed(5, 5),
    "hemelvaartsdag": _after_easter(39),
    "eerste pinksterdag": _after_easter(49),
    "tweede pinksterdag": _after_easter(50),
    "moederdag": _nth(5, 2, 6),
    "vaderdag": _nth(6, 3, 6),
    "prinsjesdag": _nth(9, 3, 1),
    "dierendag": _fixed(10, 4),
    "halloween": _fixed(10, 31),
    "sint-maarten": _fixed(11, 11),
    "sinterklaasavond": _fixed(12, 5),
    "kerstavond": _fixed(12, 24),
    "eerste kerstdag": _fixed(12, 25),
    "tweede kerstdag": _fixed(12, 26),
    "oudejaarsdag": _fixed(12, 31),
    "oudejaarsavond": _fixed(12, 31),
}


@lru_cache(maxsize=512)
def feast_in(name: str, year: int) -> date:
    """The date of a feast in a year from 1583 to 4099; KeyError for a name the lexicon does not give."""
    return _FEASTS[name](year)
