"""The desk of an organisation: which are yours, what one says about itself, a new one."""

import pytest
from django.test import Client
from django.urls import reverse

from cultuurportaal.workflow import NotAllowed
from partners.models import Discipline, District, Organisation, User
from partners.services.organisations import describe
from partners.signals import organisation_changed
from tests import make

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(organisation: Organisation, **fields: object) -> dict[str, object]:
    return {"version": organisation.version, "name": organisation.name, **fields}


def post(user: User, organisation: Organisation, data: dict[str, object]) -> object:
    return signed_in(user).post(reverse("partners:organisation", args=[organisation.slug]), data)


def test_what_an_owner_says_is_on_the_public_page_at_once(client: Client) -> None:
    owner = make.user()
    organisation = make.organisation("Koor", owner=owner)
    address = reverse("agenda:maker", args=[organisation.slug])
    assert "Wij zingen pop" not in client.get(address).text
    music = Discipline.objects.create(city=make.city(), code="muziek", name="Muziek")
    north = District.objects.create(city=make.city(), code="noord", name="Noord")
    south = District.objects.create(city=make.city(), code="zuid", name="Zuid")
    data = page_of(
        organisation,
        description="Wij zingen pop",
        website="www.koor.example",
        mail="koor@demo.example",
        phone="079 123 45 67",
        disciplines=[music.code],
        district=north.code,
        districts=[north.code, south.code],
    )
    assert post(owner, organisation, data).status_code == 302
    text = client.get(address).text
    for shown in (
        "Wij zingen pop",
        "https://www.koor.example",
        "koor@demo.example",
        'href="tel:0791234567"',
        "Muziek",
        "Noord",
        "Zuid",
    ):
        assert shown in text
    assert text.count(">Noord<") == 1
    Discipline.objects.update(name_en="Music")
    text = client.get(f"/en{address}").text
    assert ("Music" in text, "Muziek" in text, "Zuid" in text) == (True, False, True)


def test_another_name_reaches_what_stands_in_the_agenda() -> None:
    owner = make.user()
    organisation = make.organisation("Oud", owner=owner)
    heard: list[object] = []

    def listen(instance: object, **kwargs: object) -> None:
        heard.append(instance)

    organisation_changed.connect(listen)
    try:
        post(owner, organisation, page_of(organisation, name="Nieuw"))
    finally:
        organisation_changed.disconnect(listen)
    organisation.refresh_from_db()
    assert (organisation.name, heard) == ("Nieuw", [organisation])


def test_who_saved_in_between_is_not_overwritten() -> None:
    owner = make.user()
    organisation = make.organisation("Koor", owner=owner)
    old = page_of(organisation, description="Mijn tekst")
    post(owner, organisation, page_of(organisation, description="Zijn tekst"))
    response = post(owner, organisation, old)
    organisation.refresh_from_db()
    assert (response.status_code, organisation.description) == (409, "Zijn tekst")
    assert "Mijn tekst" in response.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Vul de naam in"),
        ("website", "javascript:alert(1)", "Een link begint met https://"),
        ("mail", "geen adres", "Schrijf het mailadres zo"),
        ("phone", "bel me", "Schrijf het nummer zo"),
        ("disciplines", "bestaat-niet", "Kies iets uit de lijst"),
        ("description", "a\0b", "onzichtbaar teken"),
        ("description", "a" * 2001, "Maak er hoogstens 2000 van"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(field: str, typed: str, said: str) -> None:
    owner = make.user()
    organisation = make.organisation("Koor", owner=owner)
    response = post(owner, organisation, page_of(organisation, **{field: typed}))
    assert response.status_code == 422
    assert said in response.text


def test_member_reads_and_stranger_finds_nothing() -> None:
    member = make.user()
    organisation = make.organisation("Koor", member=member)
    address = reverse("partners:organisation", args=[organisation.slug])
    assert "Bewaar" not in signed_in(member).get(address).text
    assert post(member, organisation, page_of(organisation)).status_code == 403
    assert signed_in(make.user()).get(address).status_code == 404


def test_only_what_the_page_asks_is_written() -> None:
    owner = make.user()
    organisation = make.organisation("Koor", owner=owner)
    with pytest.raises(NotAllowed, match="field"):
        describe(organisation, fields={"is_trusted": True}, sets={}, seen=1, by=owner)
    post(owner, organisation, page_of(organisation, is_trusted="on", status="merged", slug="anders"))
    organisation.refresh_from_db()
    assert (organisation.is_trusted, organisation.status) == (False, "active")


class TestList:
    def test_only_one_opens_at_once(self) -> None:
        owner = make.user()
        organisation = make.organisation(owner=owner)
        response = signed_in(owner).get(reverse("partners:organisations"))
        assert response["Location"] == reverse("partners:organisation", args=[organisation.slug])

    def test_several_are_a_list(self) -> None:
        owner = make.user()
        for name in ("Koor", "Theater"):
            make.organisation(name, owner=owner)
        text = signed_in(owner).get(reverse("partners:organisations")).text
        assert "Koor" in text
        assert "Theater" in text

    def test_blocked_one_says_so_and_whom_to_mail(self) -> None:
        member = make.user()
        make.organisation("Stil Koor", member=member, status="suspended")
        text = signed_in(member).get(reverse("partners:organisations")).text
        assert "Stil Koor is geblokkeerd" in text
        assert make.city().mail in text


def test_new_organisation_waits_for_an_editor(client: Client) -> None:
    make.city()
    user = make.user()
    response = signed_in(user).post(reverse("partners:apply"), {"name": "Nieuw Koor"})
    made = Organisation.objects.get(name="Nieuw Koor")
    assert response["Location"] == reverse("partners:organisation", args=[made.slug])
    assert (made.status, made.memberships.get().role) == ("applied", "owner")
    assert client.get(made.get_absolute_url()).status_code == 404
    assert "nog toelaten" in signed_in(user).get(response["Location"]).text
