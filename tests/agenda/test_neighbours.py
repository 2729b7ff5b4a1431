"""Staat dit er al? While typing, what may be the same is shown; of others only what is public."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from agenda.models import Activity, Listing
from partners.models import City, Organisation, User, Venue
from tests import make
from tests.agenda.test_submit import answers, soon

pytestmark = pytest.mark.django_db
URL = "/toevoegen/buren/"
ASKED = "Staat dit er al?"


def evening(days: int = 10) -> datetime:
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(20)))


@pytest.fixture
def theatre() -> Venue:
    return make.venue("Stadstheater", slug="stadstheater")


@pytest.fixture
def choir() -> Organisation:
    return make.organisation("Popkoor De Waterlelie")


@pytest.fixture
def maker(choir: Organisation) -> User:
    user = make.user("maker@demo.example", name="Sam")
    choir.memberships.create(user=user, role="member")
    return user


def typed(**changed: Any) -> dict[str, Any]:
    return answers(
        **{"title": "Open repetitie!", "place": "Stadstheater", "sender_organisation": "Iemand", **changed}
    )


def live(theatre: Venue, **fields: Any) -> Activity:
    return make.published("Open repetitie", **{"venue": theatre, "starts": [evening()], **fields})


def test_same_title_day_and_place_is_asked_about(client: Client, city: City, theatre: Venue) -> None:
    there = live(theatre)
    html = client.post(URL, typed()).text
    assert ASKED in html
    assert f'href="/agenda/{there.slug}/"' in html
    assert "Ja, dat is hem" in html
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("days", [9, 11])
def test_the_day_beside_it_counts_too(days: int, client: Client, city: City, theatre: Venue) -> None:
    live(theatre, starts=[evening(days)])
    assert ASKED in client.post(URL, typed()).text


def test_of_several_dates_the_one_on_that_very_day_is_shown(
    client: Client, city: City, theatre: Venue
) -> None:
    live(theatre, starts=[evening(9), evening(10), evening(11)])
    html = client.post(URL, typed()).text
    assert html.count('name="anders"') == 1
    assert f"{date_format(evening(10), 'l j F')}, 20.00" in html


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "Kinderdisco"},
        {"title": ""},
        {"place": "Buurthuis"},
        {"tekst": f"{soon(12)} 20.00 uur"},
        {"tekst": ""},
        {"tekst": "ooit"},
    ],
)
def test_another_title_place_or_day_is_something_else(
    changed: dict[str, str], client: Client, city: City, theatre: Venue
) -> None:
    live(theatre)
    assert ASKED not in client.post(URL, typed(**changed)).text


def test_same_maker_in_another_place_is_asked_about(
    client: Client, city: City, theatre: Venue, choir: Organisation
) -> None:
    live(theatre, organisation=choir)
    by_name = typed(place="Buurthuis", sender_organisation="popkoor de waterlelie")
    assert ASKED in client.post(URL, by_name).text


def test_without_a_place_yet_it_may_be_anywhere(client: Client, city: City, theatre: Venue) -> None:
    live(theatre)
    assert ASKED in client.post(URL, typed(place="")).text


def test_place_in_words_is_the_same_place(client: Client, city: City) -> None:
    make.published("Open repetitie", place_text="Buurthuis Seghwaert", starts=[evening()])
    assert ASKED in client.post(URL, typed(place="buurthuis seghwaert")).text
    assert ASKED not in client.post(URL, typed(place="Boerderij")).text


@pytest.mark.parametrize("made", [make.activity, make.submitted, make.approved])
def test_what_is_not_public_is_shown_to_nobody_else(
    made: Any, client: Client, city: City, theatre: Venue, choir: Organisation
) -> None:
    made("Open repetitie", venue=theatre, organisation=choir, starts=[evening()])
    assert "Open repetitie" not in client.post(URL, typed(title="Open repetitie")).text
    client.force_login(make.user("ander@demo.example"))
    assert ASKED not in client.post(URL, typed()).text
    client.force_login(make.editor())
    assert ASKED not in client.post(URL, typed()).text


def test_what_a_suspended_organisation_has_is_not_shown(
    client: Client, city: City, theatre: Venue, choir: Organisation
) -> None:
    live(theatre, organisation=choir)
    choir.status = Organisation.Status.SUSPENDED
    choir.save()
    assert ASKED not in client.post(URL, typed()).text


def test_what_waits_beside_what_is_public_is_not_shown(client: Client, city: City, theatre: Venue) -> None:
    there = live(theatre)
    Activity.objects.filter(pk=there.pk).update(title="Geheime repetitie")
    html = client.post(URL, typed()).text
    assert ASKED in html
    assert "Geheime" not in html


@pytest.mark.parametrize("made", [make.activity, make.submitted])
def test_own_draft_is_shown_to_its_maker(
    made: Any, client: Client, city: City, maker: User, choir: Organisation
) -> None:
    own = made("Open repetitie", organisation=choir, starts=[evening()])
    client.force_login(maker)
    html = client.post(URL, typed(place="Ergens anders")).text
    assert f'href="{own.get_absolute_url()}"' in html
    assert "ga verder met Open repetitie" in html


def test_own_public_one_leads_once_to_its_desk(
    client: Client, city: City, maker: User, choir: Organisation, theatre: Venue
) -> None:
    own = live(theatre, organisation=choir)
    client.force_login(maker)
    html = client.post(URL, typed()).text
    assert html.count('name="anders"') == 1
    assert f'href="{own.get_absolute_url()}"' in html


def test_what_is_typed_is_not_its_own_double(client: Client, city: City, maker: User) -> None:
    client.force_login(maker)
    page = typed()
    client.post("/toevoegen/concept/", page)
    assert Activity.objects.count() == 1
    assert ASKED not in client.post(URL, page).text


def test_something_else_is_remembered_in_the_form(client: Client, city: City, theatre: Venue) -> None:
    there = live(theatre)
    html = client.post(URL, typed(anders=str(there.uuid))).text
    assert ASKED not in html
    assert f'value="{there.uuid}" id="anders-{there.uuid}" checked' in html
    later = client.post(URL, typed(title="Half", anders=[str(there.uuid), "geen uuid", "\0"])).text
    assert f'<input type="hidden" name="anders" value="{there.uuid}">' in later
    assert "geen uuid" not in later


def test_page_that_comes_back_asks_without_javascript(client: Client, city: City, theatre: Venue) -> None:
    live(theatre)
    assert ASKED not in client.get("/toevoegen/").text
    answer = client.post("/toevoegen/", typed(sender_mail=""))
    assert answer.status_code == 422
    assert ASKED in answer.text


def test_it_never_stops_anybody(client: Client, city: City, theatre: Venue) -> None:
    live(theatre)
    assert client.post("/toevoegen/", typed()).status_code == 302


def test_a_listing_whose_text_is_broken_breaks_no_page(client: Client, city: City, theatre: Venue) -> None:
    Listing.objects.filter(uuid=live(theatre).uuid).update(document={})
    there = live(theatre)
    page = client.post(URL, typed())
    assert (page.status_code, f'href="/agenda/{there.slug}/"' in page.text) == (200, True)
