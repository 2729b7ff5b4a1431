"""What a maker usually answers is filled in, said, and one touch away from something else."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from agenda.habits import Habits, habits_of
from agenda.models import Activity
from partners.models import AccessFact, Audience, Organisation, User
from tests import make
from tests.agenda.test_submit import soon

pytestmark = pytest.mark.django_db
URL = "/toevoegen/"


def sent(
    maker: User, organisation: Organisation, *, sets: Any = None, hours: float = 2, **fields: Any
) -> Activity:
    activity = make.submitted(by=maker, organisation=organisation, **fields)
    start = timezone.now() + timedelta(days=3)
    activity.moments.update(start=start, end=start + timedelta(hours=hours))
    for name, terms in (sets or {}).items():
        getattr(activity, name).set(terms)
    return activity


@pytest.fixture
def families(maker: User) -> Audience:
    return Audience.objects.create(city=make.city(), code="gezinnen", name="Gezinnen")


def test_most_of_the_last_activities_make_a_habit(
    maker: User, organisation: Organisation, families: Audience
) -> None:
    hall = make.venue("Buurthuis")
    for price in ("free", "free", "paid"):
        sent(maker, organisation, venue=hall, price_kind=price, sets={"audiences": [families]})
    habits = habits_of(maker)
    assert habits.place == (hall, None)
    assert habits.values == {"price_kind": "free"}
    assert habits.sets == {"audiences": [families]}
    assert habits.duration == timedelta(hours=2)


def test_once_is_no_habit_and_neither_is_half(maker: User, organisation: Organisation) -> None:
    sent(maker, organisation, venue=make.venue("Buurthuis"), price_kind="free", hours=1)
    assert habits_of(maker) == Habits()
    sent(maker, organisation, venue=make.venue("Theater"), price_kind="paid", hours=3)
    assert habits_of(maker) == Habits()


def test_drafts_and_others_give_no_habits(maker: User, organisation: Organisation) -> None:
    for _one in range(3):
        make.activity("Concept", organisation=organisation, price_kind="free")
        make.submitted("Van een ander", price_kind="free")
    assert habits_of(maker) == Habits()


def test_page_begins_with_the_habits_and_says_so(
    client: Client, maker: User, organisation: Organisation, families: Audience
) -> None:
    hall = make.venue("Buurthuis")
    ramp = AccessFact.objects.create(city=make.city(), code="rolstoel", name="Rolstoel")
    for _one in range(2):
        sent(
            maker,
            organisation,
            venue=hall,
            price_kind="free",
            sets={"audiences": [families], "access": [ramp]},
        )
    client.force_login(maker)
    page = client.get(URL)
    sheet = page.context["sheet"]
    assert sheet.what["price_kind"].value() == "free"
    assert sheet.what["audiences"].value() == ["gezinnen"]
    assert sheet.where["venue"].value() == hall.slug
    assert page.text.count("zoals vorige keer") == 3
    assert "Deze plek komt van je vorige activiteiten." in page.text
    for word in ("Gezinnen", "Rolstoel"):
        assert f'<span class="tag">{word}</span>' in page.text


def test_again_begins_as_that_one_and_not_with_habits(
    client: Client, maker: User, organisation: Organisation
) -> None:
    for _one in range(2):
        sent(maker, organisation, price_kind="free")
    other = sent(maker, organisation, price_kind="paid", price=5)
    client.force_login(maker)
    sheet = client.get(URL, {"net_als": str(other.uuid)}).context["sheet"]
    assert sheet.what["price_kind"].value() == "paid"
    assert not sheet.usual


def test_echo_offers_the_usual_end(client: Client, maker: User, organisation: Organisation) -> None:
    for _one in range(2):
        sent(maker, organisation, hours=2.5)
    client.force_login(maker)
    ask = lambda text: client.get("/toevoegen/wanneer/", {"tekst": text}).text  # noqa: E731
    assert "tot 22.30 uur" in ask(f"{soon()} 20.00")
    assert "net zo lang" not in ask(f"{soon()} 20.00-21.00")
    client.logout()
    assert "net zo lang" not in ask(f"{soon()} 20.00")


def test_stranger_begins_empty(client: Client) -> None:
    make.city()
    sheet = client.get(URL).context["sheet"]
    assert not sheet.usual
    assert sheet.what["price_kind"].value() == "unknown"
