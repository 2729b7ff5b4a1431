"""Titles that are the same thing said twice, by their trigrams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenda.likeness import is_alike, similarity, trigrams


def test_trigrams_are_those_of_the_words_with_spaces_around_them() -> None:
    assert trigrams("Één, twee") == {"  e", " ee", "een", "en ", "  t", " tw", "twe", "wee", "ee "}
    assert similarity("word", "two words") == pytest.approx(4 / 11)  # as in the manual of pg_trgm


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Klimaatkoor zingt", "Klimaatkoor zingt!"),
        ("Open repetitie popkoor", "Popkoor: open repetitie"),
        ("Café Muzique", "cafe muzique"),
        ("Zomerconcert Harmonie", "Zomerconcert van de Harmonie"),
        ("Концерт", "концерт!"),
    ],
)
def test_titles_that_are_alike(title: str, other: str) -> None:
    assert is_alike(title, other)


@pytest.mark.parametrize(
    ("title", "other"),
    [("Kerstconcert", "Zomerfeest"), ("Open repetitie", "Kinderdisco"), ("", ""), ("!!", "??"), ("Jazz", "")],
)
def test_titles_that_are_not(title: str, other: str) -> None:
    assert not is_alike(title, other)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_works_both_ways_and_stays_within_bounds(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, one) in (0, 1)
