"""Making something together: asked, accepted, shown; renamed, blocked or dropped, shown no longer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.models import Activity, CoMaker, Listing, Release
from agenda.services import comakers, moderation, publication, rebuild
from agenda.services.refresh import refresh_organisation
from agenda.views.comakers import MOST_BY_PERSON
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Organisation, User
from tests import make
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker() -> User:
    return make.user()


@pytest.fixture
def live(maker: User) -> Activity:
    return make.published("Lentefeest", by=maker, organisation=make.organisation("Koor"))


@pytest.fixture
def other() -> Organisation:
    return make.organisation("Theater", owner=make.user("baas@demo.example"))


def baas() -> User:
    return User.objects.get(email="baas@demo.example")


def asked(live: Activity, other: Organisation, maker: User) -> CoMaker:
    return comakers.ask(live, organisation=other, by=maker, now=timezone.now())


def names(activity: Activity) -> list[str]:
    return [one["name"] for one in Listing.objects.get(uuid=activity.uuid).document["co_makers"]]


def test_asking_shows_nothing_and_mails_the_owners(live: Activity, other: Organisation, maker: User) -> None:
    address = reverse("agenda:together", args=[live.uuid])
    response = signed_in(maker).post(address, {"name": "theater"}, follow=True)
    assert "Zegt Theater ja" in response.text
    row = CoMaker.objects.get()
    (mail,) = OutboxMail.objects.filter(to="baas@demo.example")
    assert f"http://localhost:8000{reverse('agenda:co_maker', args=[row.pk])}" in mail.text
    assert names(live) == []


def test_accepted_is_on_the_public_page(
    live: Activity, other: Organisation, maker: User, client: Client
) -> None:
    row = asked(live, other, maker)
    address = reverse("agenda:co_maker", args=[row.pk])
    assert "Theater dit mee maakt" in signed_in(baas()).get(address).text
    signed_in(baas()).post(address, {"antwoord": "ja"})
    assert names(live) == ["Theater"]
    release = Release.objects.filter(activity=live).last()
    assert (release.kind, release.rule) == ("refresh", "co_maker")
    text = client.get(reverse("agenda:activity", args=[live.slug])).text
    assert "Samen met" in text
    assert reverse("agenda:maker", args=[other.slug]) in text
    assert "al op geantwoord" in signed_in(baas()).post(address, {"antwoord": "nee"}, follow=True).text


def test_declined_is_never_shown_and_not_asked_again(
    live: Activity, other: Organisation, maker: User
) -> None:
    comakers.answer(asked(live, other, maker), is_yes=False, by=baas(), now=timezone.now())
    assert names(live) == []
    with pytest.raises(NotAllowed, match="already"):
        asked(live, other, maker)


def test_pending_text_does_not_ride_along(live: Activity, other: Organisation, maker: User) -> None:
    Activity.objects.filter(pk=live.pk).update(title="Nog niet nagekeken", status="draft")
    comakers.answer(asked(live, other, maker), is_yes=True, by=baas(), now=timezone.now())
    assert Listing.objects.get(uuid=live.uuid).title == "Lentefeest"


def test_accepted_before_it_is_let_through_comes_with_it(other: Organisation, maker: User) -> None:
    waiting = make.submitted("Zomerfeest", by=maker)
    comakers.answer(asked(waiting, other, maker), is_yes=True, by=baas(), now=timezone.now())
    assert not Release.objects.exists()
    release = moderation.approve(waiting, version=waiting.version, by=make.editor(), now=waiting.submitted_at)
    assert publication.publish(release)
    assert names(waiting) == ["Theater"]


@pytest.mark.parametrize("who", ["maker", "baas"])
def test_either_side_takes_the_name_off(live: Activity, other: Organisation, maker: User, who: str) -> None:
    row = asked(live, other, maker)
    comakers.answer(row, is_yes=True, by=baas(), now=timezone.now())
    if who == "maker":
        signed_in(maker).post(reverse("agenda:drop_co_maker", args=[live.uuid, row.pk]))
    else:
        signed_in(baas()).post(reverse("agenda:co_maker", args=[row.pk]), {"antwoord": "weg"})
    assert names(live) == []
    assert CoMaker.objects.get().declined_at
    with pytest.raises(NotAllowed, match="already"):
        asked(live, other, maker)


def test_other_name_block_and_return_follow(live: Activity, other: Organisation, maker: User) -> None:
    comakers.answer(asked(live, other, maker), is_yes=True, by=baas(), now=timezone.now())
    seen = []
    for fields in ({"name": "Schouwburg"}, {"status": "suspended"}, {"status": "active"}):
        Organisation.objects.filter(pk=other.pk).update(**fields)
        refresh_organisation(Organisation.objects.get(pk=other.pk), now=timezone.now())
        seen.append(names(live))
    assert seen == [["Schouwburg"], [], ["Schouwburg"]]


def test_gives_no_right_on_the_activity(live: Activity, other: Organisation, maker: User) -> None:
    row = asked(live, other, maker)
    comakers.answer(row, is_yes=True, by=baas(), now=timezone.now())
    client = signed_in(baas())
    assert client.get(live.get_absolute_url()).status_code == 404
    assert client.get(reverse("agenda:together", args=[live.uuid])).status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "said"),
    [
        ("", 422, "Vul de naam"),
        ("Bestaat niet", 422, "kennen we niet"),
        ("Koor", 409, "jullie eigen activiteit"),
    ],
)
def test_what_cannot_be_asked(live: Activity, maker: User, name: str, status: int, said: str) -> None:
    response = signed_in(maker).post(reverse("agenda:together", args=[live.uuid]), {"name": name})
    assert (response.status_code, said in response.text) == (status, True)


def test_nobody_is_asked_for_ever(live: Activity, other: Organisation, maker: User) -> None:
    client, address = signed_in(maker), reverse("agenda:together", args=[live.uuid])
    seen = [client.post(address, {"name": "Theater"}).status_code for _time in range(MOST_BY_PERSON + 1)]
    assert seen == [302, *[409] * (MOST_BY_PERSON - 1), 429]
    assert OutboxMail.objects.filter(to="baas@demo.example").count() == 1


def test_only_members_of_who_was_asked_answer(live: Activity, other: Organisation, maker: User) -> None:
    row = asked(live, other, maker)
    for stranger in (maker, make.user(), make.user(role="editor")):
        with pytest.raises(NotAllowed, match="forbidden"):
            comakers.answer(row, is_yes=True, by=stranger, now=timezone.now())


def test_window_made_again_is_the_same(live: Activity, other: Organisation, maker: User) -> None:
    comakers.answer(asked(live, other, maker), is_yes=True, by=baas(), now=timezone.now())
    before = Listing.objects.values().get(uuid=live.uuid)
    rebuild.rebuild()
    assert Listing.objects.values().get(uuid=live.uuid) == before


def test_question_stands_at_the_desk_of_who_was_asked(
    live: Activity, other: Organisation, maker: User
) -> None:
    row, client = asked(live, other, maker), signed_in(baas())
    address = reverse("agenda:co_maker", args=[row.pk])
    assert address in client.get(reverse("agenda:mine")).text
    client.post(address, {"antwoord": "nee"})
    assert address not in client.get(reverse("agenda:mine")).text


def test_desk_says_that_an_organisation_is_blocked() -> None:
    member = make.user()
    make.organisation("Stil Koor", member=member, status="suspended")
    assert "Stil Koor is geblokkeerd" in signed_in(member).get(reverse("agenda:mine")).text
