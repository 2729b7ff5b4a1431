"""How complete an activity is, and the one tip that would help most."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agenda.completeness import FACTS, measure
from agenda.models import Activity
from partners.models import City, Tip
from partners.services.city import load_city, rows
from tests import make
from tests.agenda.documents import document
from tests.agenda.test_submit import answers, soon
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db
EXAMPLE = "/toevoegen/voorbeeld/"


@pytest.fixture(autouse=True)
def city(settings: Any) -> City:
    return load_city(settings.STAD)


def tips(**weights: int) -> list[Tip]:
    return [Tip(code=code, name=code, weight=weight) for code, weight in weights.items()]


def test_every_fact_has_its_tip_and_together_they_are_a_hundred() -> None:
    weights = {row["code"]: int(row["weight"]) for row in rows("nederland", "tips")}
    assert weights.keys() == FACTS.keys()
    assert sum(weights.values()) == 100


def test_points_are_the_part_of_the_weights_that_is_there() -> None:
    without = replace(document(), summary="", price_kind="unknown", price=None)
    score = measure(without, tips(title=50, summary=20, price=30))
    assert (score.points, str(score.tip)) == (50, "price")


def test_nothing_is_missing_of_what_counts() -> None:
    score = measure(document(), tips(title=1))
    assert (score.points, score.tip) == (100, None)


def test_a_tip_about_an_unknown_fact_counts_for_nothing() -> None:
    assert measure(document(), tips(title=10, onbekend=90)).points == 100


def test_an_empty_form_gets_the_first_tip(client: Client) -> None:
    page = client.get(reverse("agenda:submit")).text
    assert "Zo compleet: 0 van 100" in page
    assert "Vertel wat er te doen is." in page


def test_without_tips_nothing_is_said_to_be_complete(client: Client) -> None:
    Tip.objects.all().delete()
    assert "Zo compleet" not in client.get(reverse("agenda:submit")).text


def test_example_follows_what_was_typed_and_keeps_nothing(client: Client) -> None:
    page = client.post(EXAMPLE, answers(title="Open <b>repetitie</b>", price_kind="free")).text
    assert "Open &lt;b&gt;repetitie&lt;/b&gt;" in page
    assert "20.00" in page
    assert "Gratis" in page
    assert "Zo compleet: 63 van 100" in page
    assert "Vertel in één zin wat bezoekers gaan meemaken." in page
    assert not Activity.objects.exists()


def test_example_leaves_out_what_is_not_well_formed(client: Client) -> None:
    page = client.post(EXAMPLE, {"title": "x" * 300, "tekst": "geen dag", "price": "duur", "age_from": "oud"})
    assert page.status_code == 200
    assert "Zo compleet: 0 van 100" in page.text
    assert "Nog geen dag" in page.text


@pytest.mark.parametrize("data", [{}, {"token": "geen"}, {"title": "\x00"}, {"tekst": "elke dag " * 80}])
def test_example_of_nonsense_is_no_mistake(client: Client, data: dict[str, str]) -> None:
    assert client.post(EXAMPLE, data).status_code == 200


def test_example_shows_nothing_of_somebody_elses_activity(client: Client) -> None:
    other = make.submitted("Geheim", summary="Niet voor jou")
    page = client.post(EXAMPLE, {"token": str(other.token), "title": "Van mij"}).text
    assert "Geheim" not in page
    assert str(other.uuid) not in page


def test_maker_and_editor_see_the_same_score(client: Client) -> None:
    maker = make.user("maker@demo.example")
    fields = {"summary": "Zingen", "price_kind": "free", "starts": None}
    sent = make.submitted("Koor", by=maker, organisation=make.organisation(member=maker), **fields)
    client.force_login(maker)
    seen = re.search(r"Zo compleet: (\d+)", client.get(sent.get_absolute_url()).text)
    assert seen
    page = signed_in(make.editor()).get(reverse("agenda:review", args=[sent.uuid])).text
    assert f"Hoe compleet: {seen[1]} van 100" in page


def test_english_reads_english(client: Client) -> None:
    assert "Say what is on." in client.get("/en" + reverse("agenda:submit")).text


def test_dates_in_the_form_are_the_dates_of_the_card(client: Client) -> None:
    page = client.post(EXAMPLE, answers(tekst=f"{soon()} hele dag")).text
    assert "Hele dag" in page
