"""One word for each state of a date, wherever it is shown."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from agenda import changes
from agenda.document import Document
from agenda.forms.urgent import Change
from agenda.models import Listing, Occurrence
from tests import make

pytestmark = pytest.mark.django_db

WORDS = {
    "cancelled": "Gaat niet door",
    "postponed": "Uitgesteld",
    "sold_out": "Uitverkocht",
    "moved": "Verplaatst",
}


@pytest.fixture
def listing() -> Listing:
    make.city()
    soon = timezone.now() + timedelta(days=2)
    make.published("Zing mee", starts=[soon, soon + timedelta(days=7)])
    return Listing.objects.get()


def say(listing: Listing, status: str) -> Document:
    """Every date gets this status."""
    times = [{**time, "status": status} for time in listing.document["times"]]
    Listing.objects.update(document={**listing.document, "times": times})
    Occurrence.objects.update(status=status)
    listing.refresh_from_db()
    return Document.read(listing.document)


def tags(page: str) -> set[str]:
    return set(re.findall(r'<span class="tag (?:nee|let)">([^<]+)</span>', page))


@pytest.mark.parametrize(("status", "words"), WORDS.items())
def test_cards_pages_and_editors_say_the_same(
    client: Client, listing: Listing, status: str, words: str
) -> None:
    document = say(listing, status)
    assert tags(client.get("/").content.decode()) == {words}
    page = client.get(f"/agenda/{listing.slug}/").content.decode()
    assert tags(page) == {words}
    chips = set(re.findall(r"<small>([^<]+)</small></a></li>", page))
    assert (chips == {words.lower()}) == (status != "moved"), "a moved date shows its new hour there"
    assert words.lower() in changes.in_words(document.times[0])


def test_date_as_planned_says_nothing(client: Client, listing: Listing) -> None:
    say(listing, "scheduled")
    assert tags(client.get("/").content.decode()) == set()
    assert tags(client.get(f"/agenda/{listing.slug}/").content.decode()) == set()


def test_english_readers_get_english_words(client: Client, listing: Listing) -> None:
    say(listing, "sold_out")
    page = client.get(f"/en/agenda/{listing.slug}/").content.decode()
    assert tags(page) == {"Sold out"}
    assert ">sold out</small>" in page


def test_maker_chooses_from_the_same_words() -> None:
    assert {Change.CANCELLED.label, Change.SOLD_OUT.label} <= set(WORDS.values())
