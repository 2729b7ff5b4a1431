"""The date reader at its address: JSON and fragment, as the contract says."""

import pytest
from django.test import Client

from partners.models import City, DayOff

pytestmark = pytest.mark.django_db
URL = "/toevoegen/wanneer/"
NOW = "2026-11-22T12:00"
JSON = {"Accept": "application/json"}


def test_reading_as_json_is_the_contract(client: Client, city: City) -> None:
    answer = client.get(URL, {"tekst": "elke dinsdag 20.00 t/m 15 dec", "nu": NOW}, headers=JSON)
    assert answer.json() == {
        "momenten": [
            {"start": f"2026-{day}T20:00+01:00", "eind": None, "hele_dag": False}
            for day in ("11-24", "12-01", "12-08", "12-15")
        ],
        "in_woorden": "dinsdag 24 november 2026, 20.00 uur; dinsdag 1 december 2026, 20.00 uur; "
        "dinsdag 8 december 2026, 20.00 uur; dinsdag 15 december 2026, 20.00 uur",
        "aannames": [],
        "niet_begrepen": [],
        "vragen": [],
        "fouten": [],
    }


def test_reading_asks_about_a_holiday(client: Client, city: City) -> None:
    DayOff.objects.create(name="Koningsdag", first="2027-04-27", last="2027-04-27", kind="feestdag")
    asked = {"tekst": "elke dinsdag 20.00 uur van 20 april 2027 t/m 4 mei 2027", "nu": NOW}
    assert client.get(URL, asked, headers=JSON).json()["vragen"] == ["27 april is Koningsdag. Overslaan?"]
    answered = client.get(URL, {**asked, "overslaan": "2027-04-27"}, headers=JSON).json()
    assert answered["vragen"] == []
    assert len(answered["momenten"]) == 2


@pytest.mark.parametrize(
    "text", ["", " ", "morgen", "31 november 2027 20.00", "1 januari 9999 20.00", "\u200b"]
)
def test_reading_answers_200_with_what_is_wrong(client: Client, city: City, text: str) -> None:
    answer = client.get(URL, {"tekst": text, "nu": NOW}, headers=JSON)
    assert (answer.status_code, bool(answer.json()["fouten"])) == (200, True)
    assert answer.json()["momenten"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"tekst": "a" * 501},
        *(
            {"tekst": "morgen 20.00", "nu": now}
            for now in ("x", "0001-01-01T00:00", "2026-02-30T12:00", "9999-12-31T23:59")
        ),
    ],
)
def test_reading_refuses_what_is_no_question_with_400_and_words(
    client: Client, city: City, query: dict[str, str]
) -> None:
    answer = client.get(URL, query, headers=JSON)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["title"]
    assert client.get(URL, query).status_code == 400


def test_reading_of_500_characters_is_fine(client: Client, city: City) -> None:
    assert client.get(URL, {"tekst": "a" * 500}, headers=JSON).status_code == 200


def test_fragment_says_what_was_not_understood(client: Client, city: City) -> None:
    answer = client.get(URL, {"tekst": "zaterdag 28 november 20.00 uur 77", "nu": NOW})
    assert "echo let" in answer.text
    assert "<mark>77</mark>" in answer.text
    sure = client.get(URL, {"tekst": "zaterdag 28 november 2026 20.00 uur", "nu": NOW})
    assert "echo let" not in sure.text
    assert "<script>" not in client.get(URL, {"tekst": "<script>1</script> 28 november"}).text


def test_reading_is_only_asked(client: Client, city: City) -> None:
    assert client.post(URL, {"tekst": "x"}).status_code == 405
