"""What people type, as it is kept: lines, prose, links, money; and how often they may."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cultuurportaal import limits
from cultuurportaal.characters import one_line, prose
from cultuurportaal.fields import LineField, LinkField, MoneyField


@given(st.text())
def test_one_line_is_one_line_and_stays_so(text: str) -> None:
    kept = one_line(text)
    assert kept == one_line(kept)
    assert not set(kept) & set("\r\n\t\u202e\u200b\0")
    kept.encode()


@given(st.text())
def test_prose_has_no_more_than_one_empty_line(text: str) -> None:
    kept = prose(text)
    assert kept == prose(kept)
    assert "\n\n\n" not in kept
    assert "\r" not in kept


def test_line_says_both_numbers() -> None:
    with pytest.raises(ValidationError, match="Dit zijn 12 tekens"):
        LineField(longest=10).clean("a" * 12)


def test_line_counts_what_is_kept() -> None:
    assert LineField(longest=3).clean(" a\u200b\r\nb ") == "a b"


@given(st.text(alphabet="0123456789.,-€ eur", max_size=12))
def test_money_is_an_amount_or_a_mistake(text: str) -> None:
    try:
        amount = MoneyField(required=False).clean(text)
    except ValidationError:
        return
    assert amount is None or (0 <= amount <= 99_999 and amount == amount.quantize(Decimal("0.01")))


@given(st.text(alphabet="htps:/@.aé\u043e[]%\\?#1 ", max_size=30))
def test_link_is_http_without_a_user_or_a_mistake(text: str) -> None:
    try:
        link = LinkField(required=False).clean(text)
    except ValidationError:
        return
    assert link == "" or link.startswith(("https://", "http://"))
    assert "@" not in link.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0]


@pytest.mark.django_db
def test_limit_counts_per_person_and_name() -> None:
    assert [limits.take("code", "sam", most=2, seconds=60) for _try in range(3)] == [True, True, False]
    assert limits.take("code", "mia", most=2, seconds=60)
    assert limits.take("mail", "sam", most=2, seconds=60)
