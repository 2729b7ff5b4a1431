"""The pages about sources: an owner adds a feed and reads it now, members look, strangers see nothing."""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from agenda.imports.turn import turn
from agenda.models import Activity, Source
from partners.models import Organisation, User
from tests import make
from tests.agenda.test_imports_start import CHOOSE, START, calendar, value_of, vevent
from tests.agenda.test_sources import calendar as feed_of
from tests.agenda.test_sources import later_event
from tests.cultuurportaal.web import page, serving

pytestmark = pytest.mark.django_db
URL = "/mijn/bronnen/"


@pytest.fixture
def owner() -> User:
    return make.user("eigenaar@demo.example", name="Sam")


@pytest.fixture
def choir(owner: User) -> Organisation:
    return make.organisation("Popkoor", owner=owner)


def test_owner_adds_a_feed_and_reads_it_now(client: Client, owner: User, choir: Organisation) -> None:
    client.force_login(owner)
    with serving(page(feed_of(later_event("a"), later_event("b")), "text/calendar")) as (origin, _heads):
        host = origin.removeprefix("http://")
        with override_settings(IMPORT_TOEGESTANE_HOSTS=[host]):
            answer = client.post(URL, {"url": f"{origin}/koor.ics"})
            source = Source.objects.get()
            assert answer.url == source.get_absolute_url()
            html = client.post(answer.url, {"stap": "lees"}, follow=True).text
    assert "2 nieuwe concepten" in html
    assert [one.title for one in Activity.objects.order_by("title")] == ["a", "b"]
    assert "Gaat goed" in client.get(URL).text
    assert "2 activiteiten" in client.get(URL).text


def test_owner_stops_and_follows_again(client: Client, owner: User, choir: Organisation) -> None:
    client.force_login(owner)
    client.post(URL, {"url": "https://koor.example/a.ics"})
    address = Source.objects.get().get_absolute_url()
    assert "Staat stil" in client.post(address, {"stap": "stop"}, follow=True).text
    assert not Source.objects.followed().exists()
    client.post(address, {"stap": "volg"})
    assert Source.objects.followed().exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "Plak de link van je agenda"),
        ("ftp://koor.example", "Een link begint met https://"),
        ("https://a@b.example/x.ics", "Haal dat weg"),
    ],
)
def test_wrong_feed_is_said_at_the_field(
    client: Client, owner: User, choir: Organisation, url: str, words: str
) -> None:
    client.force_login(owner)
    answer = client.post(URL, {"url": url})
    assert answer.status_code == 422
    assert words in answer.text


def test_member_looks_and_stranger_sees_nothing(client: Client, owner: User, choir: Organisation) -> None:
    client.force_login(owner)
    client.post(URL, {"url": "https://koor.example/a.ics"})
    address = Source.objects.get().get_absolute_url()
    member = make.user()
    choir.memberships.create(user=member, role="member")
    client.force_login(member)
    assert client.get(address).status_code == 200
    assert "koor.example" in client.get(URL).text
    assert client.post(address, {"stap": "stop"}).status_code == 404
    assert client.post(URL, {"url": "https://koor.example/b.ics"}).status_code == 404
    client.force_login(make.user())
    assert client.get(address).status_code == 404
    assert "koor.example" not in client.get(URL).text
    client.logout()
    assert client.get(URL).status_code == 302


def test_several_activities_of_a_file_become_several_drafts_once(
    client: Client, owner: User, choir: Organisation
) -> None:
    client.force_login(owner)
    for _turn in range(2):
        html = client.post(
            START, {"bestand": calendar(vevent("Een", 5), vevent("Twee", 6), vevent("Drie", 7))}
        ).text
        data = {"gevonden": value_of(html, "gevonden"), "concepten": "1", "kies": ["0", "2"]}
        answer = client.post(CHOOSE, data)
        assert answer.url == "/mijn/"
    found = Activity.objects.order_by("title")
    assert [(one.title, one.status, one.organisation) for one in found] == [
        ("Drie", "draft", choir),
        ("Een", "draft", choir),
    ]
    assert all(one.moments.get().start > timezone.now() + timedelta(days=3) for one in found)


def test_drafts_need_a_choice_and_a_member(client: Client, owner: User, choir: Organisation) -> None:
    body = {"bestand": calendar(vevent("Een", 5), vevent("Twee", 6))}
    html = client.post(START, body).text
    assert "Bewaar als concept" not in html
    kept = value_of(html, "gevonden")
    assert client.post(CHOOSE, {"gevonden": kept, "concepten": "1", "kies": "0"}).status_code == 422
    client.force_login(owner)
    answer = client.post(CHOOSE, {"gevonden": kept, "concepten": "1"})
    assert answer.status_code == 422
    assert "Kies welke activiteiten je wilt bewaren" in answer.text
    assert Activity.objects.count() == 0


def test_while_another_source_is_read_an_owner_is_asked_to_wait(
    client: Client, owner: User, choir: Organisation
) -> None:
    client.force_login(owner)
    client.post(URL, {"url": "https://koor.example/a.ics"})
    source = Source.objects.get()
    with turn():
        page = client.post(source.get_absolute_url(), {"stap": "lees"}, follow=True)
    assert "Wacht even" in page.text
