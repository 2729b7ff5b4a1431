"""Search in Dutch: word forms, accents, the last word unfinished; rare words and common ones equally sure."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agenda import search
from agenda.models import Listing, Occurrence
from tests import make

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return {
        row.listing.title
        for row in search.ask(text).narrow(Occurrence.objects.public()).select_related("listing")
    }


@pytest.fixture(autouse=True)
def some_activities() -> None:
    make.published("Schilderijen kijken", summary="Een wandeling langs doeken", place_text="Café Zoë")
    make.published("Zingen in het koor", description="Voor wie graag zingt in Crêperie Brûlée.")
    make.published("Filmcafé", organisation=make.organisation("Stichting Naïef"))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("schilderij", {"Schilderijen kijken"}),
        ("schilderijen", {"Schilderijen kijken"}),
        ("SCHILDER", {"Schilderijen kijken"}),
        ("kijk doek", {"Schilderijen kijken"}),
        ("cafe zoe", {"Schilderijen kijken"}),
        ("Café Zoë", {"Schilderijen kijken"}),
        ("creperie brulee", {"Zingen in het koor"}),
        ("naief", {"Filmcafé"}),
        ("filmcafe", {"Filmcafé"}),
        ("fil", {"Filmcafé"}),
        ("koor zingen", {"Zingen in het koor"}),
        ("koor schilderij", set()),
        ("zeemeermin", set()),
        ("", set()),
        ("&|!():*'\"\\<->", set()),
        ("concert", {"Schilderijen kijken", "Zingen in het koor", "Filmcafé"}),
    ],
)
def test_words_are_found_in_any_form(text: str, titles: set[str]) -> None:
    assert found(text) == titles


def test_a_common_word_walks_the_dates_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    in_two_steps = found("concert")
    monkeypatch.setattr(search, "MOST_HITS", 1)
    assert found("concert") == in_two_steps


def test_five_thousand_words_are_cut() -> None:
    assert len(search.terms("woord " * 5000)) == 8
    assert found("koor " * 5000) == {"Zingen in het koor"}


def test_a_title_weighs_more_than_a_description() -> None:
    lexemes = str(Listing.objects.get(title="Zingen in het koor").search)
    assert "'kor':4A" in lexemes or "'koor':4A" in lexemes
    assert "C" in lexemes


def test_what_is_withdrawn_is_not_found() -> None:
    Occurrence.objects.filter(listing__title="Filmcafé").update(is_listed=False)
    assert found("filmcafe") == set()


def test_a_new_activity_is_found_at_once() -> None:
    make.published("Zeemeerminnen", starts=[timezone.now() + timedelta(days=3)])
    assert found("zeemeermin") == {"Zeemeerminnen"}
