"""Everybody of the permission table, each with a browser that is signed in, and the things they act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from agenda import signatures
from agenda.models import Activity
from agenda.views.ownership import COOKIE
from cultuurportaal.models import Heartbeat
from netwerk.models import Meeting
from partners.models import Organisation, OrganisationKind, User, Venue
from partners.permissions import Person
from partners.services import organisations, people
from tests import make
from tests.partners.signing_in import session_of

ROLES = ("editor", "broker", "culture_base", "administrator")
OWN = ("member_own", "owner_own")
PEOPLE = (
    "anon",
    *OWN,
    "member_other",
    "owner_other",
    "member_suspended_org",
    "user_deactivated",
    *ROLES,
    "school",
    "business",
)
MACHINES = {
    "api_anon": {"HTTP_ACCEPT": "application/json"},
    "api_key_own": {"HTTP_ACCEPT": "application/json", "HTTP_AUTHORIZATION": "Bearer eigen"},
    "api_key_other": {"HTTP_ACCEPT": "application/json", "HTTP_AUTHORIZATION": "Bearer ander"},
    "feed_client": {"HTTP_ACCEPT": "text/calendar", "HTTP_USER_AGENT": "iOS/17.0 dataaccessd/1.0"},
    "embed_frame": {"HTTP_SEC_FETCH_DEST": "iframe", "HTTP_REFERER": "https://elders.example/"},
}
SUBJECTS = (*PEOPLE, *MACHINES)
HANDLER = ClientHandler(enforce_csrf_checks=False)  # one for all: each of its own would scan the static files


def browser(**headers: str) -> Client:
    client = Client(raise_request_exception=False, **headers)
    client.handler = HANDLER
    return client


@dataclass
class World:
    """`own` belongs to the subjects with "own" in their name, `other` to those with "other"."""

    own: Organisation
    other: Organisation
    venue: Venue
    users: dict[str, User]
    sessions: dict[str, str]

    def client(self, subject: str) -> Client:
        """A browser of this subject, with the session they began before anything happened to them."""
        client = browser(**MACHINES.get(subject, {}))
        if subject in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[subject]
        return client

    def person(self, subject: str) -> Person:
        """The subject as services know them, read afresh: nothing is remembered from a request before."""
        return User.objects.get(pk=self.users[subject].pk) if subject in self.users else AnonymousUser()


def build() -> World:
    make.city()
    own, other, blocked = (
        make.organisation("Eigen Koor"),
        make.organisation("Ander Koor"),
        make.organisation("Stil Koor"),
    )
    users = {name: make.user(name=name.title()) for name in PEOPLE if name != "anon" and name not in ROLES}
    users |= {name: make.user(name=name.title(), role=name) for name in ROLES}
    for name, organisation in (
        ("member_own", own),
        ("owner_own", own),
        ("member_other", other),
        ("owner_other", other),
        ("member_suspended_org", blocked),
        ("user_deactivated", own),
        ("school", _of_part("school")),
        ("business", _of_part("business")),
    ):
        role = "owner" if name.startswith("owner") else "member"
        organisation.memberships.create(user=users[name], role=role)
    sessions = {name: session_of(user) for name, user in users.items()}
    sessions["editor_without_factor"] = session_of(users["editor"], with_factor=False)
    for user in users.values():
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for sweep in settings.SWEEPS:
        Heartbeat.objects.create(name=sweep, at=timezone.now() + timedelta(minutes=5))
    organisations.suspend(blocked, by=users["administrator"])
    sessions["member_suspended_org"] = _signed_in_again(users["member_suspended_org"])
    people.deactivate(users["user_deactivated"], by=users["administrator"])
    return World(own, other, make.venue("Forum"), users, sessions)


def _signed_in_again(user: User) -> str:
    """After what ended their sessions; they are still somebody with an account."""
    return session_of(User.objects.get(pk=user.pk))


def _of_part(part: str) -> Organisation:
    kind = OrganisationKind.objects.create(city=make.city(), code=part, name=part, part=part)
    return make.organisation(kind=kind)


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside did not happen: nothing is written, nothing is remembered."""
    caches["pages"].clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    caches["pages"].clear()


def soon(days: int = 6) -> Any:
    return (timezone.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def holder(activity: Activity) -> Client:
    """The browser of who sent it without an account: nothing but the signed cookie."""
    client = browser()
    client.cookies[COOKIE] = signatures.link_token(activity)
    return client


def meeting(world: World, **fields: Any) -> Meeting:
    return make.meeting(invited=[world.own], start=soon(), end=soon() + timedelta(hours=2), **fields)
