"""The night belongs to the evening before it; vandaag, vanavond, weekend follow from that."""

from datetime import date, datetime

import pytest

from agenda import days
from agenda.days import Period
from tests.agenda.documents import local


@pytest.mark.parametrize(
    ("start", "day"),
    [
        (local(2026, 11, 28, 23), date(2026, 11, 28)),
        (local(2026, 11, 29, 0, 0), date(2026, 11, 28)),
        (local(2026, 11, 29, 4, 59), date(2026, 11, 28)),
        (local(2026, 11, 29, 5, 0), date(2026, 11, 29)),
        (local(2026, 10, 25, 4, 30), date(2026, 10, 24)),
        (local(2026, 10, 25, 5, 0), date(2026, 10, 25)),
        (local(2027, 3, 28, 4, 30), date(2027, 3, 27)),
        (local(2027, 3, 28, 5, 0), date(2027, 3, 28)),
    ],
)
def test_a_night_belongs_to_the_day_before_until_five(start: datetime, day: date) -> None:
    assert days.day_of(start, is_all_day=False) == day


def test_a_whole_day_is_its_own_day() -> None:
    assert days.day_of(local(2026, 11, 29), is_all_day=True) == date(2026, 11, 29)


WEDNESDAY = local(2026, 11, 25, 12)
SATURDAY, SUNDAY = date(2026, 11, 28), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("name", "now", "first", "last"),
    [
        ("vandaag", WEDNESDAY, date(2026, 11, 25), date(2026, 11, 25)),
        ("vandaag", local(2026, 11, 26, 2), date(2026, 11, 25), date(2026, 11, 25)),
        ("morgen", WEDNESDAY, date(2026, 11, 26), date(2026, 11, 26)),
        ("morgen", local(2026, 11, 26, 2), date(2026, 11, 26), date(2026, 11, 26)),
        ("weekend", WEDNESDAY, SATURDAY, SUNDAY),
        ("weekend", local(2026, 11, 28, 9), SATURDAY, SUNDAY),
        ("weekend", local(2026, 11, 29, 9), SUNDAY, SUNDAY),
        ("weekend", local(2026, 11, 30, 2), SUNDAY, SUNDAY),
        ("week", WEDNESDAY, date(2026, 11, 25), SUNDAY),
        ("maand", WEDNESDAY, date(2026, 11, 25), date(2026, 11, 30)),
        ("maand", local(2027, 2, 1, 12), date(2027, 2, 1), date(2027, 2, 28)),
    ],
)
def test_a_moment_is_some_days(name: str, now: datetime, first: date, last: date) -> None:
    assert days.period(name, now) == Period(first, last)


@pytest.mark.parametrize("now", [WEDNESDAY, local(2026, 11, 26, 2)])
def test_tonight_begins_at_five_and_lasts_until_the_night_ends(now: datetime) -> None:
    day = date(2026, 11, 25)
    assert days.period("vanavond", now) == Period(day, day, local(2026, 11, 25, 17))
