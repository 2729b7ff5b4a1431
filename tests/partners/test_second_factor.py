"""The second step with nonsense for a passkey, and where it asks for what; journeys use a real passkey."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse

from partners.adapters import AccountAdapter
from partners.models import User
from tests import make
from tests.partners.signing_in import app_code, sign_in

pytestmark = pytest.mark.django_db
NAMED = '{"id":"eA","rawId":"eA","type":"public-key","response":%s}'
PARTS = '{"clientDataJSON":"%s","attestationObject":"eA","authenticatorData":"eA","signature":"eA"}'
NONSENSE = {
    "nothing": "",
    "number": "5",
    "null": "null",
    "list": "[]",
    "text": '"x"',
    "empty": "{}",
    "not JSON": "{{",
    "deep": "[" * 100_000,
    "no raw id": '{"id":"x"}',
    "other raw id": '{"id":"é","rawId":5,"type":"x"}',
    "no answer": NAMED % "{}",
    "answer is a number": NAMED % "5",
    "answer is not CBOR": NAMED % (PARTS % "eA"),
    "answer names no challenge": NAMED % (PARTS % "e30"),
}


def has_passkey(user: User) -> None:
    """A row is enough for what does not read it."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Telefoon"})


@pytest.mark.parametrize("sent", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("page", ["mfa_add_webauthn", "mfa_authenticate"])
def test_nonsense_for_a_passkey_is_answered_in_words(client: Client, page: str, sent: str) -> None:
    user = make.user("redactie@demo.example", role="editor")
    if page == "mfa_authenticate":
        TOTP.activate(user, generate_totp_secret())
    sign_in(client, user.email)
    client.get(reverse(page))
    answer = client.post(reverse(page), {"credential": sent})
    assert answer.status_code == 200
    assert "Dat lukte niet met deze passkey." in answer.text
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_session_from_before_the_passkey_asks_for_it(client: Client) -> None:
    user = make.user("beheer@demo.example", role="administrator")
    client.force_login(user)
    has_passkey(user)
    assert client.get("/beheer/")["Location"] == (
        reverse("mfa_reauthenticate_webauthn") + "?next=%2Fbeheer%2F"
    )


def test_who_has_no_app_is_asked_for_the_passkey_first() -> None:
    user = make.user("beheer@demo.example", role="administrator")
    has_passkey(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert ways(user) == ["Gebruik je passkey of sleutel", "Gebruik een reservecode"]
    TOTP.activate(user, generate_totp_secret())
    assert ways(user) == ["Gebruik de code uit je app", "Gebruik je passkey of sleutel"]


def ways(user: User) -> list[str]:
    return [str(method["description"]) for method in AccountAdapter().get_reauthentication_methods(user)]


@pytest.mark.django_db(transaction=True)
def test_spare_codes_are_shown_at_once_when_the_app_is_set_up(client: Client) -> None:
    make.user("beheer@demo.example", role="administrator")
    sign_in(client, "beheer@demo.example")
    client.get(reverse("mfa_activate_totp"))
    code = app_code(client.session[SECRET_SESSION_KEY])
    answer = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    assert "Bewaar deze codes op papier." in client.get(answer["Location"]).text
