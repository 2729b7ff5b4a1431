"""The demo city: organisations, venues and the accounts of the contract, from `demo/scenario.json`."""

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from partners.models import (
    AccessFact,
    AccessStatement,
    City,
    CityRole,
    District,
    Membership,
    Organisation,
    OrganisationKind,
    Room,
    User,
    Venue,
)
from partners.services.city import load_city

TRUSTED = {"stadstheater", "boerderij", "bibliotheek"}
SCHOOL = {"id": "waterlelie", "naam": "Basisschool De Waterlelie", "soort": "school", "wijk": "Seghwaert"}
COMPANY = {"id": "gouden-aar", "naam": "Bakkerij De Gouden Aar", "soort": "bedrijf", "wijk": "Noordhove"}


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demo: what they may do, and for which organisation of the scenario."""

    name: str
    what: str
    organisation: str = ""
    membership: str = ""
    city_role: str = ""

    @property
    def email(self) -> str:
        return f"{self.name}@demo.example"

    @property
    def secret(self) -> str:
        """Of the authenticator app; always the same, so that it can be set up once."""
        return base64.b32encode(hashlib.sha1(f"demo {self.name}".encode()).digest()).decode()  # noqa: S324


MEMBER, OWNER, ROLE = Membership.Role.MEMBER, Membership.Role.OWNER, CityRole.Role
ACCOUNTS = [
    Account("maker", "lid van Popkoor Zoet Geluid", "zoetgeluid", MEMBER),
    Account("hoofdmaker", "hoofdmaker van Popkoor Zoet Geluid", "zoetgeluid", OWNER),
    Account("maker2", "hoofdmaker van Dansschool De Draai", "dedraai", OWNER),
    Account("redactie", "redactie", city_role=ROLE.EDITOR),
    Account("redactie2", "redactie", city_role=ROLE.EDITOR),
    Account("makelaar", "cultuurmakelaar", city_role=ROLE.BROKER),
    Account("basis", "culturele basis", city_role=ROLE.CULTURE_BASE),
    Account("school", "lid van een school", SCHOOL["id"], MEMBER),
    Account("bedrijf", "lid van een bedrijf", COMPANY["id"], MEMBER),
    Account("beheer", "beheer", city_role=ROLE.ADMINISTRATOR),
]


@cache
def scenario() -> dict[str, Any]:
    """The invented year of a city that the demo of every floor is made from."""
    found: dict[str, Any] = json.loads((settings.BASE_DIR / "demo" / "scenario.json").read_text())
    return found


def load(now: datetime) -> None:
    """Make or refresh the city, its organisations, venues and accounts. Safe to repeat."""
    city = load_city(settings.STAD)
    City.objects.filter(pk=city.pk).update(is_demo=True)
    makers = [*scenario()["organisaties"], SCHOOL, COMPANY]
    organisations = {maker["id"]: _organisation(city, maker) for maker in makers}
    checked_on = timezone.localdate(now) - timedelta(days=30)
    for place in scenario()["locaties"]:
        _venue(city, place, organisations.get(place["id"]), checked_on)
    for account in ACCOUNTS:
        _account(city, account, organisations)
    for maker in makers:
        _owner(organisations[maker["id"]], maker.get("mail", ""))


def account_lines() -> Iterator[str]:
    """A line for each account, with what its authenticator app needs."""
    with_factor = [account for account in ACCOUNTS if account.city_role in CityRole.WITH_SECOND_FACTOR]
    yield "Inloggen gaat met een code per mail. Accounts:"
    for account in ACCOUNTS:
        yield f"  {account.email:26} {account.what}"
    yield "Tweede stap (authenticator-app, sleutel):"
    for account in with_factor:
        yield f"  {account.email:26} {account.secret}"


def _organisation(city: City, maker: dict[str, Any]) -> Organisation:
    fields = {
        "city": city,
        "name": maker["naam"],
        "kind": OrganisationKind.objects.filter(city=city, code=slugify(maker["soort"])).first(),
        "district": District.objects.filter(city=city, name=maker["wijk"]).first(),
        "status": Organisation.Status.ACTIVE,
        "is_trusted": maker["id"] in TRUSTED,
        "mail": maker.get("mail", ""),
        "is_demo": True,
    }
    return Organisation.objects.update_or_create(slug=slugify(maker["naam"]), defaults=fields)[0]


def _venue(city: City, place: dict[str, Any], organisation: Organisation | None, checked_on: date) -> None:
    fields = {
        "city": city,
        "organisation": organisation,
        "name": place["naam"],
        "town": city.name,
        "district": District.objects.filter(city=city, name=place["wijk"]).first(),
        "latitude": place["lat"],
        "longitude": place["lon"],
        "is_demo": True,
    }
    venue = Venue.objects.update_or_create(slug=slugify(place["naam"]), defaults=fields)[0]
    for name, capacity in place["zalen"].items():
        Room.objects.update_or_create(venue=venue, name=name, defaults={"capacity": capacity})
    said = {
        "answer": AccessStatement.Answer.YES,
        "source": "opgegeven door de plek",
        "checked_on": checked_on,
    }
    for fact in AccessFact.objects.filter(city=city, code__in=place["voorzieningen"]):
        AccessStatement.objects.update_or_create(venue=venue, room=None, fact=fact, defaults=said)


def _owner(organisation: Organisation, mail: str) -> None:
    """Whoever keeps the agenda of an organisation that no account of the demo owns."""
    if mail and not organisation.memberships.filter(role=OWNER).exists():
        user = User.objects.filter(email=mail).first() or User.objects.create_user(mail)
        Membership.objects.create(user=user, organisation=organisation, role=OWNER)


def _account(city: City, account: Account, organisations: dict[str, Organisation]) -> None:
    user = User.objects.filter(email=account.email).first() or User.objects.create_user(account.email)
    User.objects.filter(pk=user.pk).update(name=f"Demo {account.name}", is_active=True)
    EmailAddress.objects.get_or_create(
        user=user, email=account.email, defaults={"verified": True, "primary": True}
    )
    if account.organisation:
        Membership.objects.update_or_create(
            user=user,
            organisation=organisations[account.organisation],
            defaults={"role": account.membership},
        )
    if account.city_role:
        CityRole.objects.get_or_create(user=user, city=city, role=account.city_role)
    if account.city_role in CityRole.WITH_SECOND_FACTOR:
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(user, account.secret)
