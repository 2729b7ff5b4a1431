"""What django-allauth asks us about accounts: codes mailed at once, one origin, the client's real address."""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress, Login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import User
from partners.origin import client_ip

IN_OUR_MAILS = {"code", "user"}
BY_CODE, BY_PASSKEY = "mfa_reauthenticate", "mfa_reauthenticate:webauthn"
PROVES_ADDRESS = {"code", "link"}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """A mailed code is sent by the web process itself: it is never a row in the outbox or a line in a log."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Dit account is gesloten."),
        "duplicate_email": _("Dit mailadres hoort al bij je account."),
        "email_taken": _("Dit mailadres hoort al bij een account."),
        "incorrect_code": _("Deze code klopt niet. Kijk nog eens in je mail."),
        "invalid_login": _("Vul een mailadres in, zoals naam@voorbeeld.nl."),
        "max_email_addresses": _("Meer dan %d mailadressen kan niet."),
        "rate_limited": _("Dat ging te snel achter elkaar. Wacht even en probeer het dan nog eens."),
        "too_many_login_attempts": _("Dat is te vaak achter elkaar. Probeer het over een minuut nog eens."),
        "unverified_primary_email": _("Bevestig dit mailadres eerst met de code uit je mail."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from an invitation or from sending in an activity, never from a sign-up page."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Who typed the mailed code, or came by an operator's link, need not prove the address once more."""
        if _came_by(PROVES_ADDRESS, request, user):
            fresh: dict[str, Any] = {"verified": True, "primary": True}
            EmailAddress.objects.get_or_create(user=user, email=user.email, defaults=fresh)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def is_login_by_code_required(self, login: Login) -> bool:
        return not _came_by({"link"}, self.request, login.user) and super().is_login_by_code_required(login)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The first is asked for first: spare codes are no daily way in."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        has_app = is_mfa_enabled(user, [Authenticator.Type.TOTP])
        code = _("Gebruik de code uit je app") if has_app else _("Gebruik een reservecode")
        words = {BY_CODE: code, BY_PASSKEY: _("Gebruik je passkey of sleutel")}
        told = [{**method, "description": words[method["id"]]} for method in methods if method["id"] in words]
        return told if has_app else told[::-1]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Every address in a mail of ours starts with SITE_ORIGIN, whatever Host the request named."""
        ours = {name: value for name, value in context.items() if name in IN_OUR_MAILS}
        login_url = settings.SITE_ORIGIN + reverse("account_login")
        self.render_mail(template_prefix, email, {**ours, "email": email, "login_url": login_url}).send()

    def is_safe_url(self, url: str | None) -> bool:
        origin = urlsplit(settings.SITE_ORIGIN)
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={origin.netloc}, require_https=origin.scheme == "https"
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def generate_login_code(self) -> str:
        return _six_digits()

    def generate_email_verification_code(self) -> str:
        return _six_digits()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys of authenticator apps are encrypted in the database, with a key that follows from SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Voor jouw rol is een tweede stap verplicht. Voeg eerst een andere toe."
        ),
        "incorrect_passkey": _(
            "Dat lukte niet met deze passkey. Probeer het nog eens, of kies een andere manier."
        ),
        "cannot_generate_recovery_codes": _("Stel eerst een app of passkey in."),
        "incorrect_code": _("Deze code klopt niet. Kijk nog eens in je app."),
        "rate_limited": _("Dat is te vaak achter elkaar. Probeer het over een paar minuten nog eens."),
        "unverified_email": _("Bevestig eerst je mailadres met de code uit je mail."),
    }

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Mijn passkey") if number == 1 else gettext("Mijn passkey %d") % number

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A city role keeps at least one app or passkey."""
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        has_other = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return has_other or not authenticator.user.needs_second_factor

    def encrypt(self, text: str) -> str:
        sealed: bytes = _box().encrypt(text.encode())
        return sealed.decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    secrets_now = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"partners.totp " + force_bytes(secret)).digest() for secret in secrets_now]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def _came_by(methods: set[str], request: HttpRequest, user: User) -> bool:
    """Whether this session has seen one of these ways of signing in, for this user."""
    return any(record["method"] in methods for record in get_authentication_records(request, user))


def _six_digits() -> str:
    return f"{secrets.randbelow(1_000_000):06d}"
