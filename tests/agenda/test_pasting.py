"""Pasting a text on the page of a new activity: it comes back filled in, and nothing is sent."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from agenda.forms.pasting import PasteForm
from agenda.models import Activity
from partners.models import City, Room
from tests import make
from tests.agenda.test_submit import answers

pytestmark = pytest.mark.django_db

ONE = """Beste redactie,

Zaterdag 12 december 2026 om 20.00 uur geeft koor Cantabile een kerstconcert in het Stadstheater, Kleine zaal.
Kaarten kosten € 12,50. Reserveren kan tot 6 december.

Groet, Anja"""
THREE = """- Vrijdag 4 december 2026 20.00 uur: Filmavond, Forum, gratis
- Zaterdag 12 december 2026 14.00 uur: Verhalenmiddag, Forum, € 3
- Zondag 20 december 2026 15.00 uur: Kerstliedjes zingen, Forum, gratis"""


@pytest.fixture(autouse=True)
def places(city: City) -> None:
    cache.clear()
    make.kind()
    theatre = make.venue("Stadstheater", slug="stadstheater")
    Room.objects.create(venue=theatre, name="Kleine zaal")
    make.venue("Forum", slug="forum")


def paste(client: Client, text: str, **more: object) -> str:
    response = client.post(reverse("agenda:paste"), {"plak": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def value_of(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def test_the_page_offers_to_paste(client: Client) -> None:
    page = client.get(reverse("agenda:submit")).content.decode()
    assert "Plak een mail of bericht" in page
    assert 'name="plak"' in page


def test_a_pasted_mail_comes_back_as_a_filled_in_sheet(client: Client) -> None:
    page = paste(client, ONE)
    assert value_of(page, "title") == "Kerstconcert"
    assert value_of(page, "tekst") == "Zaterdag 12 december 2026 om 20.00 uur"
    assert value_of(page, "place") == "Stadstheater, Kleine zaal"
    assert value_of(page, "price") == "12,50"
    assert "zaterdag 12 december" in page
    assert not Activity.objects.exists()


def test_what_was_found_is_marked_and_leads_to_its_field(client: Client) -> None:
    page = paste(client, ONE)
    marks = re.findall(
        r'<a class="erf" href="#(\w+)"><mark>(.*?)<small> (\d+) ([\w ]+)</small></mark></a>', page
    )
    assert ("id_title", "kerstconcert", "2", "naam") in marks
    assert ("id_tekst", "Zaterdag 12 december 2026 om 20.00 uur", "1", "wanneer") in marks
    assert "Dit gebruikten we niet: tot 6 december." in page


def test_every_mark_leads_to_a_field_of_the_page(client: Client) -> None:
    page = paste(client, f"{ONE}\nVanaf 12 jaar. Tickets: https://voorbeeld.example/kaarten")
    targets = set(re.findall(r'<a class="erf" href="#(\w+)"><mark>', page))
    assert {"id_age_from", "id_booking_url", "id_price_kind"} <= targets
    assert {target for target in targets if f'id="{target}' not in page} == set()


def test_what_is_missing_is_said(client: Client) -> None:
    page = paste(client, "Kerstmarkt in de Pelgrimskerk")
    assert "Dit vonden we niet in de tekst: wanneer, prijs." in page


def test_the_filled_in_sheet_can_be_sent_as_it_is(client: Client) -> None:
    page = paste(client, ONE)
    names = ("token", "title", "tekst", "place", "price", "gelezen")
    typed = {name: value_of(page, name) for name in names}
    sent = client.post(reverse("agenda:submit"), answers(**typed, price_kind="paid"))
    assert sent.status_code == 302
    activity = Activity.objects.get()
    assert (activity.title, activity.venue.slug, str(activity.price)) == (
        "Kerstconcert",
        "stadstheater",
        "12.50",
    )  # type: ignore[union-attr]
    assert activity.room.name == "Kleine zaal"  # type: ignore[union-attr]


def test_markup_in_the_text_is_shown_as_text(client: Client) -> None:
    page = paste(client, '<script>alert(1)</script>\nza 12 december 2026 20.00 uur <b onclick="x">Forum</b>')
    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Plak eerst een tekst in dit vak"),
        ("\u200b \n", "Plak eerst een tekst in dit vak"),
        ("a" * 10_001, "Dit zijn 10001 tekens. Maak er hoogstens 10000 van."),
        ("Concert\0", "onzichtbaar teken"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_in_words(client: Client, text: str, words: str) -> None:
    response = client.post(reverse("agenda:paste"), {"plak": text})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_asking_for_the_address_goes_to_the_page(client: Client) -> None:
    assert client.get(reverse("agenda:paste"))["Location"] == reverse("agenda:submit")


def test_without_an_account_one_of_several_is_chosen(client: Client) -> None:
    page = paste(client, THREE)
    assert "3 activiteiten in je tekst" in page
    assert page.count("Begin met deze") == 3
    assert "Bewaar als 3 concepten" not in page
    second = paste(client, THREE, keuze="2")
    assert value_of(second, "title") == "Verhalenmiddag"
    assert not Activity.objects.exists()


@pytest.mark.parametrize("choice", ["0", "4", "-1", "²", "alle", "x" * 50])
def test_a_choice_that_is_none_asks_again(client: Client, choice: str) -> None:
    assert "Begin met deze" in paste(client, THREE, keuze=choice)


def test_a_signed_in_maker_keeps_several_as_drafts_of_one_batch(client: Client) -> None:
    maker = make.user()
    organisation = make.organisation(member=maker)
    client.force_login(maker)
    asked = {"plak": THREE, "keuze": "alle", "reeks": str(uuid4())}
    for _twice in range(2):
        response = client.post(reverse("agenda:paste"), asked)
        assert response["Location"] == reverse("agenda:mine")
    drafts = Activity.objects.order_by("moments__start")
    assert [one.title for one in drafts] == ["Filmavond", "Verhalenmiddag", "Kerstliedjes zingen"]
    assert {(one.status, one.organisation, one.venue.slug) for one in drafts} == {
        ("draft", organisation, "forum")
    }  # type: ignore[union-attr]
    assert [one.price_kind for one in drafts] == ["free", "paid", "free"]
    assert len({one.batch for one in drafts} - {None}) == 1
    assert "3 concepten staan klaar." in client.get(reverse("agenda:mine")).content.decode()


def test_who_has_two_organisations_says_for_which(client: Client) -> None:
    maker = make.user()
    first, _second = make.organisation(member=maker), make.organisation(member=maker)
    client.force_login(maker)
    asked = {"plak": THREE, "keuze": "alle", "reeks": str(uuid4())}
    refused = client.post(reverse("agenda:paste"), asked)
    assert refused.status_code == 422
    assert "Kies van welke organisatie dit is" in refused.content.decode()
    assert not Activity.objects.exists()
    client.post(reverse("agenda:paste"), {**asked, "organisation": first.slug})
    assert {one.organisation for one in Activity.objects.all()} == {first}


def test_the_form_takes_a_text_of_ten_thousand_characters() -> None:
    assert PasteForm({"plak": "a " * 4_999 + "b"}).is_valid()
