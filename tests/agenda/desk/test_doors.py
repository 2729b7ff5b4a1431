"""Who may come in at the desk, and who reads along."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from agenda import workflow
from agenda.models import Release
from partners.models import Organisation, User
from tests import make
from tests.agenda.desk.steps import decide, review, text
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db


PAGES = ["queue", "review", "correct"]
DEEDS = ["approve", "ask", "reject", "link_organisation", "correct", "undo", "retry"]


def address(name: str, release: Release) -> str:
    if name == "queue":
        return reverse("agenda:queue")
    return reverse(
        f"agenda:{name}", args=[release.uuid if name in {"undo", "retry"} else release.activity.uuid]
    )


def outsiders() -> dict[str, Callable[[Organisation], User]]:
    return {
        "somebody": lambda _organisation: make.user(),
        "member": lambda organisation: make.organisation(member=(user := make.user())) and user,
        "owner_of_it": _owner,
        "broker": lambda _organisation: make.user(role="broker"),
    }


def _owner(organisation: Organisation) -> User:
    user = make.user()
    organisation.memberships.create(user=user, role="owner")
    return user


@pytest.mark.parametrize("who", list(outsiders()))
def test_nobody_else_comes_in_and_nothing_is_decided(who: str) -> None:
    release = make.approved()
    waiting = make.submitted(organisation=release.activity.organisation)
    client = signed_in(outsiders()[who](waiting.organisation))
    assert {client.get(address(name, release)).status_code for name in PAGES} == {403}
    assert {client.post(address(name, release)).status_code for name in DEEDS} == {403}
    assert decide(client, waiting).status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == workflow.SUBMITTED


def test_visitor_is_sent_to_sign_in() -> None:
    release = make.approved()
    for response in (
        *(Client().get(address(name, release)) for name in PAGES),
        *(Client().post(address(name, release)) for name in DEEDS),
    ):
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_culture_base_reads_along_and_decides_nothing() -> None:
    waiting = make.submitted("Klimaatkoor", note="Bel ons gerust")
    client = signed_in(make.user(role="culture_base"))
    assert "Klimaatkoor" in text(client.get(reverse("agenda:queue")))
    page = text(client.get(review(waiting)))
    assert "Klimaatkoor" in page
    hidden = ("Goed, volgende", "Bel ons gerust", waiting.sender_mail)
    assert [words for words in hidden if words in page] == []
    assert [
        words for words in hidden if words not in text(signed_in(make.editor()).get(review(waiting)))
    ] == []
    release = make.approved()
    assert {client.post(address(name, release)).status_code for name in DEEDS} == {403}
    assert client.get(review(waiting, "correct")).status_code == 403


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_second_factor_is_asked_before_anything_is_shown(role: str) -> None:
    waiting = make.submitted()
    client = signed_in(make.user(role=role), with_factor=False)
    for response in (
        client.get(reverse("agenda:queue")),
        client.get(review(waiting)),
        decide(client, waiting),
    ):
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    waiting.refresh_from_db()
    assert waiting.status == workflow.SUBMITTED


@pytest.mark.parametrize("name", DEEDS)
def test_decisions_are_never_taken_by_get(desk: Client, name: str) -> None:
    if name != "correct":
        assert desk.get(address(name, make.approved())).status_code == 405
