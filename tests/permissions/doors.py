"""The kinds of ways in: a page, a form, a service, a page of operators."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from agenda.models import Activity, Picture, Release
from agenda.services import moderation, submission
from cultuurportaal.workflow import NotAllowed
from partners.models import City, CityRole, Membership, Organisation, PlaceProposal, User, Venue
from partners.permissions import Person, may_see_members
from tests import make
from tests.agenda.test_mine import page_of
from tests.agenda.test_submit import answers
from tests.partners.signing_in import session_of
from tests.permissions.routes import in_a_word
from tests.permissions.world import MACHINES, World, browser, soon

REFUSED, EDITED = "refused", "Achtstemuziek"


DESCRIBED = {"picture_alt": "Een koor zingt", "has_picture_rights": "on"}


@dataclass(frozen=True)
class Answer:
    """What was said, and whether the subject got what they tried for."""

    said: str
    is_done: bool


@dataclass(frozen=True)
class Try:
    """One subject at one thing."""

    world: World
    subject: str
    thing: Any

    @property
    def client(self) -> Client:
        return self.world.client(self.subject)

    @property
    def person(self) -> Person:
        return self.world.person(self.subject)

    @property
    def foreign(self) -> Organisation:
        """An organisation that is not the subject's."""
        return self.world.own if self.subject.endswith("_other") else self.world.other

    def fresh(self) -> Any:
        return type(self.thing)._default_manager.get(pk=self.thing.pk)


Door = Callable[[Try], Answer]
Values = Callable[[Any], Any]


def _uuid(thing: Any) -> list[Any]:
    return [thing.uuid]


def _slug(thing: Any) -> list[Any]:
    return [getattr(thing, "slug", None) or slugify(thing.title)]


def _nothing(thing: Any) -> list[Any]:
    return []


def page(route: str, arguments: Values = _uuid, *, shows: str = "") -> Door:
    """A page that opens, with these words on it."""

    def door(one: Try) -> Answer:
        response = one.client.get(reverse(route, args=arguments(one.thing)))
        text = b"".join(response) if response.streaming else response.content
        return Answer(in_a_word(response), response.status_code == 200 and shows.encode() in text)

    return door


def form(route: str, data: Values, done: Values, arguments: Values = _uuid) -> Door:
    """A form that is sent, and after which `done(thing)` is true."""

    def door(one: Try) -> Answer:
        response = one.client.post(reverse(route, args=arguments(one.thing)), data(one.thing))
        return Answer(in_a_word(response), bool(done(one.fresh())))

    return door


def service(call: Callable[[Any, Any], object], done: Values | None = None) -> Door:
    """A function of a service, called by this person."""

    def door(one: Try) -> Answer:
        try:
            call(one.fresh(), one.person)
        except NotAllowed:
            return Answer(REFUSED, bool(done and done(one.fresh())))
        return Answer("done", done is None or bool(done(one.fresh())))

    return door


def operators(address: Values, data: dict[str, Any] | None = None, done: Values | None = None) -> Door:
    """A page of /beheer/; who is led to its sign-in page reads there what they may."""

    def door(one: Try) -> Answer:
        client, path = one.client, address(one)
        response = client.post(path, data) if data else client.get(path)
        if response.status_code == 302 and response["Location"].startswith(reverse("admin:login")):
            return Answer(in_a_word(client.get(response["Location"])), is_done=False)
        return Answer(in_a_word(response), bool(done(one)) if done else response.status_code == 200)

    return door


def deleted(name: str) -> Door:
    """Really gone, from the page where operators would do it."""

    def address(one: Try) -> str:
        return reverse(f"admin:{name}_delete", args=[one.thing.pk])

    def is_gone(one: Try) -> bool:
        return not type(one.thing)._default_manager.filter(pk=one.thing.pk).exists()

    return operators(address, {"post": "yes"}, is_gone)


def has_title(text: str) -> Values:
    return lambda activity: activity.title == text


def has_status(status: str) -> Values:
    return lambda thing: thing.status == status


def seen(**more: Any) -> Values:
    return lambda activity: {"version": activity.version, **more}


def corrected(activity: Activity) -> dict[str, Any]:
    return {"version": activity.version, "title": EDITED, "kind": activity.kind.code if activity.kind else ""}


def save(fields: dict[str, Any]) -> Callable[[Activity, Any], object]:
    return lambda activity, by: submission.save(
        activity, fields=fields, sets={}, slots=None, seen=activity.version, by=by, now=timezone.now()
    )


def submit(activity: Activity, by: Any) -> object:
    return submission.submit(activity, seen=activity.version, by=by, now=timezone.now())


def approve_as_partner(activity: Activity, by: Any) -> object:
    """As whoever sent it: what somebody may do for the city does not count then."""
    by.has_weak_session = True
    return moderation.approve(activity, version=activity.version, by=by, now=timezone.now())


def add_for(organisation: Callable[[Try], Organisation]) -> Door:
    """The public form, in the name of an organisation."""

    def door(one: Try) -> Answer:
        target = organisation(one)
        response = one.client.post(reverse("agenda:submit"), answers(title="Nieuw", organisation=target.slug))
        made = Activity.objects.filter(title="Nieuw")
        is_own_guest = one.subject == "anon" and made.filter(organisation=None, sender=None).exists()
        return Answer(in_a_word(response), is_own_guest or made.filter(organisation=target).exists())

    return door


def create_for_another(one: Try) -> Answer:
    fresh = Activity(city=make.city(), organisation=one.foreign, token=uuid4(), title="Nieuw")
    person = one.person
    by = person if isinstance(person, User) else None
    try:
        submission.create(fresh, sets={}, slots=(), by=by, now=timezone.now(), is_submitted=False)
    except NotAllowed:
        return Answer(REFUSED, is_done=False)
    return Answer("done", Activity.objects.filter(title="Nieuw", organisation=one.foreign).exists())


def send_as_guest(one: Try) -> Answer:
    if one.subject != "anon":
        return Answer(REFUSED, is_done=False)
    response = one.client.post(reverse("agenda:submit"), answers(title="Nieuw"))
    return Answer(in_a_word(response), Activity.objects.filter(title="Nieuw", status="submitted").exists())


def of_another(door: Door) -> Door:
    """The same at a thing of somebody else."""

    def other(one: Try) -> Answer:
        theirs = make.activity("Andermans", organisation=one.foreign, starts=[soon()])
        return door(Try(one.world, one.subject, theirs))

    return other


def anothers_picture(one: Try) -> Answer:
    theirs = Picture.objects.create(by=one.world.users["owner_other"], sha256="ab" * 32)
    form_ = form(
        "agenda:my_activity",
        lambda activity: page_of(activity, stap="bewaar", picture=str(theirs.pk), **DESCRIBED),
        lambda activity: activity.picture_id == theirs.pk,
    )
    return form_(one)


def original(one: Try) -> Answer:
    """By the address that it would have, were it public."""
    activity = one.fresh()
    key = activity.picture.original if activity.picture else f"originals/{uuid4()}"
    response = one.client.get(reverse("media", args=[key]))
    return Answer(in_a_word(response), response.status_code == 200)


def rendition(one: Try) -> Answer:
    widths = one.thing.picture.renditions["16x9"]["jpeg"]
    name = f"pictures/{one.thing.picture.pk}/{next(iter(widths.values()))}"
    return page("media", lambda _thing: [name])(one)


def signed_in_again(one: Try) -> Client:
    """Since: what happened to their organisation does not close their own account."""
    user = one.world.users.get(one.subject)
    if not user or not User.objects.get(pk=user.pk).is_active:
        return one.client
    client = browser(**MACHINES.get(one.subject, {}))
    client.cookies["sessionid"] = session_of(User.objects.get(pk=user.pk))
    return client


def own_account(one: Try) -> Answer:
    response = signed_in_again(one).get(reverse("account_email"))
    return Answer(in_a_word(response), response.status_code == 200)


def own_copy(one: Try) -> Answer:
    response = signed_in_again(one).get(reverse("partners:my_data_file"))
    return Answer(in_a_word(response), response.status_code == 200)


def erase_oneself(one: Try) -> Answer:
    response = signed_in_again(one).post(reverse("partners:erase_account"), {"zeker": "ja"})
    user = one.world.users.get(one.subject)
    is_gone = bool(user) and User.objects.get(pk=user.pk).email.endswith("@gewist.invalid")
    return Answer(in_a_word(response), is_gone)


def profile_of(organisation: Organisation) -> dict[str, Any]:
    return {"version": organisation.version, "name": organisation.name, "description": EDITED}


def is_proposed(_venue: Venue) -> bool:
    return PlaceProposal.objects.filter(said__fields__name="Nieuwe plek").exists()


def apply_for(one: Try) -> Answer:
    """A new organisation at one's own desk; without an account, with the first activity that one sends."""
    response = one.client.post(reverse("partners:apply"), {"name": "Nieuw Koor"})
    if Organisation.objects.filter(name="Nieuw Koor", status=Organisation.Status.APPLIED).exists():
        return Answer(in_a_word(response), is_done=True)
    if one.subject in MACHINES:  # no machine has the token of the public form
        return Answer(in_a_word(response), is_done=False)
    data = answers(title="Nieuw", sender_organisation="Nieuw Koor")
    response = one.client.post(reverse("agenda:submit"), data)
    return Answer(in_a_word(response), Activity.objects.filter(sender_organisation="Nieuw Koor").exists())


def at_member(data: dict[str, Any], done: Values, name: str = "member_own") -> Door:
    """The form beside one member of the list."""

    def door(one: Try) -> Answer:
        row = one.thing.memberships.get(user=one.world.users[name])
        response = one.client.post(reverse("partners:member", args=[one.thing.slug, row.pk]), data)
        return Answer(in_a_word(response), bool(done(Membership.objects.filter(pk=row.pk).first())))

    return door


def sees_members(one: Try) -> Answer:
    may = may_see_members(one.person, one.fresh())
    return Answer("done" if may else REFUSED, may)


def make_oneself_administrator(one: Try) -> Answer:
    user = one.world.users.get(one.subject)
    if user is None:
        return Answer(REFUSED, is_done=False)
    roles = {
        "city_roles-TOTAL_FORMS": "1",
        "city_roles-INITIAL_FORMS": "0",
        "city_roles-0-city": City.objects.here().pk,
        "city_roles-0-role": CityRole.Role.ADMINISTRATOR,
        "city_roles-0-user": user.pk,
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
        "email": user.email,
    }
    door = operators(
        lambda _one: reverse("admin:partners_user_change", args=[user.pk]),
        roles,
        lambda _one: user.city_roles.filter(role=CityRole.Role.ADMINISTRATOR).exists(),
    )
    return door(one)


def accounts(call: Callable[[User, Any], object]) -> Door:
    """At the account of somebody else."""

    def door(one: Try) -> Answer:
        try:
            call(one.world.users["school" if one.subject != "school" else "business"], one.person)
        except NotAllowed:
            return Answer(REFUSED, is_done=False)
        return Answer("done", is_done=True)

    return door


def admin_of(name: str, row: Callable[[Try], Model]) -> Values:
    return lambda one: reverse(f"admin:{name}_change", args=[row(one).pk])


def release_of(one: Try) -> Release:
    release = one.thing.releases.first()
    return release if release else make.approved()
