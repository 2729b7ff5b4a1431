"""Beginning with a link or a calendar file: filled in, marked, nothing kept until the maker sends it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from agenda.imports.turn import turn
from agenda.models import Activity
from partners.models import City
from tests import make
from tests.cultuurportaal.web import page, serving

pytestmark = pytest.mark.django_db
START, CHOOSE = "/toevoegen/begin/", "/toevoegen/begin/keuze/"
PAGES = Path(__file__).parents[1] / "data" / "links"


def day(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%Y-%m-%d}"


def event(name: str, days: int, **more: str) -> str:
    said = "".join(f',"{key}":{value}' for key, value in more.items())
    return f'{{"@context":"https://schema.org","@type":"Event","name":"{name}","startDate":"{day(days)}T20:00"{said}}}'


@contextmanager
def site(*events: str) -> Iterator[str]:
    """A page on a site that the setting lets us reach."""
    html = f'<script type="application/ld+json">[{",".join(events)}]</script>'.encode()
    with serving(page(html)) as (origin, _heads), reachable(origin):
        yield f"{origin}/agenda/"


def reachable(origin: str) -> override_settings:
    return override_settings(IMPORT_TOEGESTANE_HOSTS=[origin.removeprefix("http://")])


def calendar(*events: str) -> SimpleUploadedFile:
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    return SimpleUploadedFile("koor.ics", text.encode(), "text/calendar")


def vevent(name: str, days: int, *lines: str) -> str:
    when = (timezone.localdate() + timedelta(days=days)).strftime("%Y%m%d")
    rows = [f"UID:{name}@koor", f"SUMMARY:{name}", f"DTSTART;TZID=Europe/Amsterdam:{when}T200000", *lines]
    return "\r\n".join(["BEGIN:VEVENT", *rows, "END:VEVENT", ""])


def value_of(html: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    said = re.search(r'value="([^"]*)"', found[0]) if found else None
    return said[1] if said else ""


def test_link_fills_in_the_page_and_keeps_nothing(client: Client, city: City) -> None:
    place = '{"@type":"Place","name":"Oude Kerk","address":"Dorpsstraat 59"}'
    offer = '{"@type":"Offer","price":"7.5","priceCurrency":"EUR"}'
    with site(
        event("Open repetitie", 12, location=place, offers=offer, description='"Kom meezingen."')
    ) as link:
        answer = client.post(START, {"link": link})
    html = answer.text
    assert answer.status_code == 200
    assert value_of(html, "title") == "Open repetitie"
    assert "20.00 uur" in value_of(html, "tekst")
    assert value_of(html, "place") == "Oude Kerk, Dorpsstraat 59"
    assert value_of(html, "price") == "7,50"
    assert "Kom meezingen." in html
    assert html.count("Gevonden op 127.0.0.1. Klopt dit?") >= 5
    assert Activity.objects.count() == 0


def test_what_was_filled_in_can_be_sent(client: Client, city: City) -> None:
    place = '{"@type":"Place","name":"Oude Kerk"}'
    with site(event("Open repetitie", 12, location=place)) as link:
        html = client.post(START, {"link": link}).text
    names = ("token", "title", "tekst", "place")
    sender = {"sender_name": "Sam", "sender_organisation": "Koor", "sender_mail": "sam@demo.example"}
    answer = client.post("/toevoegen/", {name: value_of(html, name) for name in names} | sender)
    assert answer.status_code == 302
    activity = Activity.objects.get()
    assert (activity.title, activity.place_text, activity.status) == (
        "Open repetitie",
        "Oude Kerk",
        "submitted",
    )
    assert timezone.localtime(activity.moments.get().start).strftime("%Y-%m-%d %H:%M") == f"{day(12)} 20:00"


def test_known_place_is_recognised(client: Client, city: City) -> None:
    make.venue("Stadstheater")
    with site(
        event("Hamlet", 12, location='{"@type":"Place","name":"stadstheater","address":"Plein 1"}')
    ) as link:
        html = client.post(START, {"link": link}).text
    assert re.search(r'<input[^>]*name="venue"[^>]*checked|checked[^>]*name="venue"', html)
    assert "Plein 1" not in html


def test_of_several_activities_the_maker_chooses_one(client: Client, city: City) -> None:
    with site(event("Eerste", 5), event("Tweede", 6), event("Derde", -3)) as link:
        answer = client.post(START, {"link": link})
    assert [name in answer.text for name in ("Eerste", "Tweede", "Derde")] == [True, True, False]
    assert "1 activiteit is al geweest" in answer.text
    kept = value_of(answer.text, "gevonden")
    assert value_of(client.post(CHOOSE, {"gevonden": kept, "keuze": "1"}).text, "title") == "Tweede"


@pytest.mark.parametrize("keuze", ["", "7", "-99", "x"])
def test_choice_that_is_not_ours_is_refused(client: Client, city: City, keuze: str) -> None:
    answer = client.post(CHOOSE, {"gevonden": "zomaar:iets:x", "keuze": keuze})
    assert answer.status_code == 422
    assert "Deze keuze kennen we niet meer" in answer.text


def test_calendar_file_fills_in_the_page(client: Client, city: City) -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    answer = client.post(START, {"bestand": calendar(vevent("Kooravond", 7, rule, "LOCATION:Oude Kerk"))})
    assert value_of(answer.text, "title") == "Kooravond"
    assert answer.text.count("20.00 uur") >= 3
    assert "Gevonden op koor.ics" in answer.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Plak een link, of kies een agendabestand."),
        ({"link": "http://127.0.0.1/"}, "besloten netwerk"),
        ({"link": "http://127.0.0.1:6379/"}, "niet naar een gewone website"),
        ({"link": "file:///etc/passwd"}, "Een link begint met https://"),
        ({"link": "https://a@b.example/"}, "Haal dat weg"),
        ({"link": "x" * 2001}, "2001 tekens"),
        ({"link": "https://x.nl/\0"}, "onzichtbaar teken"),
    ],
)
def test_link_that_cannot_be_read_is_said_at_the_field(
    client: Client, city: City, data: dict[str, str], words: str
) -> None:
    answer = client.post(START, data)
    assert answer.status_code == 422
    assert words in answer.text
    assert "<details" in answer.text


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Dit is leeg"),
        (b"hallo", "geen agendabestand"),
        (b"<!doctype html><title>404</title>", "geen agendabestand"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "geen enkele activiteit"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "beschadigd"),
        (b"BEGIN:VCALENDAR\r\n" * 50_000, "beschadigd"),
    ],
    ids=["empty", "text", "page", "no events", "unterminated", "nested"],
)
def test_file_that_is_no_calendar_is_refused(client: Client, city: City, body: bytes, words: str) -> None:
    answer = client.post(START, {"bestand": SimpleUploadedFile("x.ics", body)})
    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_is_guessed_silently(client: Client, city: City) -> None:
    body = (PAGES / "unreadable_dates.html").read_bytes()
    with serving(page(body)) as (origin, _heads), reachable(origin):
        html = client.post(START, {"link": origin}).text
    assert value_of(html, "tekst") == value_of(html, "price") == ""
    for words in ("vrijdag 5 maart 20:00", "vanaf 8 euro", "voor iedereen", "herhaling die we niet lezen"):
        assert words in html


def test_too_many_links_from_one_network_have_to_wait(client: Client, city: City) -> None:
    for _ in range(40):
        client.post(START, {"link": "http://127.0.0.1/"})
    answer = client.post(START, {"link": "http://127.0.0.1/"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_while_another_source_is_read_a_visitor_is_asked_to_wait(client: Client, city: City) -> None:
    with turn():
        answer = client.post(START, {"bestand": calendar(vevent("Repetitie", 12))})
    assert (answer.status_code, "Wacht even" in answer.text) == (429, True)
    assert client.post(START, {"bestand": calendar(vevent("Repetitie", 12))}).status_code == 200
