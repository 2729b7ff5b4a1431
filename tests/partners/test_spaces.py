"""Room to spare and room wanted: put on the list, seen by who takes part, taken off."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, Space, User
from partners.services import spaces
from tests import make
from tests.partners.signing_in import session_of
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db
OFFER = {"kind": "offer", "what": "Oefenruimte met piano", "capacity": "30", "when_text": "dinsdagavond"}


def of_member(**fields: object) -> tuple[User, Organisation]:
    member = make.user()
    return member, make.organisation("Koor", member=member, **fields)


def page(organisation: Organisation) -> str:
    return reverse("partners:own_spaces", args=[organisation.slug])


def everybody_sees(user: User) -> str:
    client = Client()
    client.cookies["sessionid"] = session_of(user)
    response = client.get(reverse("partners:spaces"))
    return response.text if response.status_code == 200 else str(response.status_code)


def test_member_puts_it_on_the_list_and_takes_it_off() -> None:
    member, organisation = of_member()
    client, reader = signed_in(member), make.user()
    make.organisation(member=reader)
    assert client.post(page(organisation), OFFER).status_code == 302
    text = everybody_sees(reader)
    for shown in ("Oefenruimte met piano", "Koor", "30 mensen", "dinsdagavond"):
        assert shown in text
    space = Space.objects.get()
    address = reverse("partners:take_off_space", args=[organisation.slug, space.pk])
    assert "van de lijst af" in client.post(address, follow=True).text
    assert "al niet meer" in client.post(address, follow=True).text
    assert "Oefenruimte" not in everybody_sees(reader)


@pytest.mark.parametrize(
    ("role", "sees"), [("editor", True), ("broker", True), ("administrator", True), ("culture_base", False)]
)
def test_who_of_the_city_reads_along(role: str, sees: bool) -> None:
    assert (everybody_sees(make.user(role=role)) != "403") == sees


def test_who_takes_part_nowhere_does_not_read_it() -> None:
    assert everybody_sees(make.user()) == "403"


def test_who_was_not_let_in_yet_does_not_read_it() -> None:
    member, organisation = of_member(status="applied")
    assert everybody_sees(member) == "403"
    assert "Bekijk wat anderen" not in signed_in(member).get(page(organisation)).text
    Organisation.objects.filter(pk=organisation.pk).update(status="active")
    assert everybody_sees(member) != "403"
    assert "Bekijk wat anderen" in signed_in(member).get(page(organisation)).text


def test_blocked_organisation_is_not_on_the_list() -> None:
    member, organisation = of_member()
    signed_in(member).post(page(organisation), OFFER)
    Organisation.objects.update(status="suspended")
    assert "Oefenruimte" not in everybody_sees(make.editor())


def test_not_yet_let_in_waits() -> None:
    member, organisation = of_member(status="applied")
    response = signed_in(member).post(page(organisation), OFFER)
    assert (response.status_code, "eerst toelaten" in response.text) == (409, True)


def test_own_place_is_a_choice_and_that_of_others_is_not() -> None:
    member, organisation = of_member()
    own, other = make.venue("Eigen", organisation=organisation), make.venue("Ander")
    client = signed_in(member)
    assert client.post(page(organisation), {**OFFER, "venue": other.slug}).status_code == 422
    assert client.post(page(organisation), {**OFFER, "venue": own.slug}).status_code == 302
    assert Space.objects.get().venue == own


@pytest.mark.parametrize(
    ("field", "typed"), [("kind", ""), ("what", ""), ("capacity", "-1"), ("capacity", "veel")]
)
def test_what_is_wrong_is_refused(field: str, typed: str) -> None:
    member, organisation = of_member()
    assert signed_in(member).post(page(organisation), {**OFFER, field: typed}).status_code == 422
    assert not Space.objects.exists()


def test_there_is_an_end_to_the_list() -> None:
    member, organisation = of_member()
    words = {"kind": "need", "what": "Zaal", "venue": None, "capacity": None, "when_text": ""}
    for _ in range(spaces.MOST_OPEN):
        spaces.put(organisation, **words, by=member, now=timezone.now())
    with pytest.raises(NotAllowed, match="too_many"):
        spaces.put(organisation, **words, by=member, now=timezone.now())
