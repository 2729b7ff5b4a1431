"""Signing in over the test client, the way a person does: address, code from the mail, code from the app."""

import re
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partners.models import User

CODE = re.compile(r"^\d{6}$", re.MULTILINE)


def ask_code(client: Client, email: str, **headers: Any) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email}, **headers)


def mailed_code() -> str:
    """The six digits of the newest mail."""
    found = CODE.search(mail.outbox[-1].body)
    assert found, mail.outbox[-1].body
    return found[0]


def app_code(secret: str) -> str:
    """What an authenticator app shows now."""
    now = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, now[len(now) // 2]))


def sign_in(client: Client, email: str, *, secret: str = "") -> HttpResponse:
    """Address and mailed code; with `secret` the second step too. Answers with the last response."""
    ask_code(client, email)
    response = client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})
    if secret:
        response = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    return response


def session_of(user: User, *, with_factor: bool = True) -> str:
    """The key of a session of `user`, made without mail; for tests that are about something else."""
    client = Client()
    client.force_login(user)
    session = client.session
    methods = ["code", "mfa"] if with_factor else ["code"]
    session["account_authentication_methods"] = [{"method": method, "at": 1.0} for method in methods]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(session.session_key)


def signed_in(user: User, *, with_factor: bool = True) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user, with_factor=with_factor)
    return client
