"""`inloglink`: a link from an operator that works once, for an hour, and never skips the second factor."""

import time
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from partners.models import User
from partners.services import signin
from tests import make

pytestmark = pytest.mark.django_db


def link(email: str) -> str:
    out = StringIO()
    call_command("inloglink", email, stdout=out)
    return out.getvalue().strip().removeprefix("http://localhost:8000")


def who(client: Client) -> str:
    return client.session.get("_auth_user_id", "")


def test_opening_the_link_signs_nobody_in(client: Client) -> None:
    make.user("iemand@demo.example")
    for _ in range(2):
        assert client.get(link("iemand@demo.example")).status_code == 200
    assert who(client) == ""


def test_button_signs_in_once() -> None:
    user = make.user("iemand@demo.example")
    address = link("Iemand@Demo.example")
    first, second = Client(), Client()
    first.post(address)
    assert second.post(address).status_code == 410
    assert (who(first), who(second)) == (str(user.pk), "")
    assert second.get(address).status_code == 410


def test_using_it_ends_other_sessions(client: Client) -> None:
    user = make.user("iemand@demo.example")
    client.force_login(user)
    Client().post(link("iemand@demo.example"))
    assert client.get(reverse("account_email")).status_code == 302


def test_second_factor_is_still_asked(client: Client) -> None:
    TOTP.activate(make.user("redactie@demo.example", role="editor"), generate_totp_secret())
    response = client.post(link("redactie@demo.example"))
    assert (response["Location"], who(client)) == (reverse("mfa_authenticate"), "")


def test_works_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    token = signin.token_for(make.user())
    assert signin.user_of(token)
    later = time.time() + signin.SECONDS + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert signin.user_of(token) is None


@pytest.mark.parametrize("token", ["onzin", "a:b:c", "%00", "x" * 900])
def test_made_up_links_are_gone(client: Client, token: str) -> None:
    assert client.get(f"/inloggen/link/{token}/").status_code in {400, 410}


def test_closed_account_gets_no_link() -> None:
    user = make.user("iemand@demo.example")
    token = signin.token_for(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert signin.user_of(token) is None
    with pytest.raises(CommandError):
        link("iemand@demo.example")
