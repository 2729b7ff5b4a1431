"""The demo city: the organisations, venues and accounts that the contract promises."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from partners import demo
from partners.models import AccessStatement, City, CityRole, Membership, Organisation, Room, User, Venue
from tests import make
from tests.partners.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    demo.load(make.NOW)


def test_demo_may_be_repeated() -> None:
    models = (City, Organisation, Venue, Room, AccessStatement, User, Membership, CityRole, Authenticator)
    before = [model.objects.count() for model in models]
    demo.load(make.NOW)
    assert [model.objects.count() for model in models] == before


def test_demo_has_the_organisations_and_venues_of_the_scenario() -> None:
    makers = Organisation.objects.filter(kind__part__in=["maker", "house"])
    assert (makers.count(), Venue.objects.count(), Room.objects.count()) == (25, 13, 33)
    assert not Organisation.objects.filter(kind=None).exists()
    assert not Organisation.objects.filter(is_demo=False).exists()
    assert City.objects.here().is_demo


def test_access_is_said_with_source_and_day() -> None:
    said = AccessStatement.objects.filter(venue__slug="forum")
    assert {(row.fact.code, row.answer, bool(row.source)) for row in said} == {
        (code, "yes", True) for code in ("rolstoel", "toilet_aangepast", "lift", "verschoontafel", "ov")
    }


def test_accounts_are_those_of_the_contract() -> None:
    found = {
        user.email.partition("@")[0]: (
            [(row.organisation.name, row.role) for row in user.memberships.all()],
            [row.role for row in user.city_roles.all()],
        )
        for user in User.objects.filter(email__endswith="@demo.example")
    }
    assert found == {
        "maker": ([("Popkoor Zoet Geluid", "member")], []),
        "hoofdmaker": ([("Popkoor Zoet Geluid", "owner")], []),
        "maker2": ([("Dansschool De Draai", "owner")], []),
        "redactie": ([], ["editor"]),
        "redactie2": ([], ["editor"]),
        "makelaar": ([], ["broker"]),
        "basis": ([], ["culture_base"]),
        "school": ([("Basisschool De Waterlelie", "member")], []),
        "bedrijf": ([("Bakkerij De Gouden Aar", "member")], []),
        "beheer": ([], ["administrator"]),
    }
    assert EmailAddress.objects.filter(user__email__endswith="@demo.example", verified=True).count() == 10


def test_every_account_signs_in_with_what_demo_prints() -> None:
    lines = "\n".join(demo.account_lines())
    for account in demo.ACCOUNTS:
        has_factor = account.city_role in CityRole.WITH_SECOND_FACTOR
        assert account.email in lines
        assert (account.secret in lines) == has_factor
        client = Client()
        sign_in(client, account.email, secret=account.secret if has_factor else "")
        assert client.session["_auth_user_id"] == str(User.objects.get(email=account.email).pk)
