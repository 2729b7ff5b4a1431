"""The sign-in forms of django-allauth: with a limit that no other spelling of an address dodges, and a second
step that knows what somebody has for it and takes anything for an answer.
"""

from functools import cached_property
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.forms import Form, HiddenInput, JSONField
from django.utils.translation import gettext_lazy

from partners.models import User

LONGEST = 254  # RFC 5321 §4.5.3.1.3


class SignInForm(LoginForm):  # type: ignore[misc]
    def clean_login(self) -> str:
        return limited(super().clean_login())


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        return limited(super().clean_email())


class SignInCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = gettext_lazy("Vul de zes cijfers uit je mail in")


def limited(email: str) -> str:
    """The address as typed. Raises ValidationError for an endless one, or too many codes to its mailbox."""
    if len(email) > LONGEST:
        raise get_adapter().validation_error("invalid_login")
    if not ratelimit.consume(context.request, action="code_per_mailbox", key=mailbox(email)):
        raise get_adapter().validation_error("too_many_login_attempts")
    return email


def mailbox(email: str) -> str:
    """Where mail to this address ends up with common providers: case, dots and +tags make no difference."""
    local, _at, host = email.strip().lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{host.rstrip('.')}"


class WithCode:
    """A form for a code of the app or a spare code."""

    user: User

    @cached_property
    def ways(self) -> set[str]:
        """What this person set up: 'totp', 'webauthn', 'recovery_codes'."""
        return set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))


class SecondStepForm(WithCode, AuthenticateForm):  # type: ignore[misc]
    pass


class AgainForm(WithCode, ReauthenticateForm):  # type: ignore[misc]
    pass


class Credential(JSONField):
    """What the device says; made anew at each try, so it never stands in a page."""

    widget = HiddenInput

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial


class WithPasskey(Form):
    """What a browser tells about a passkey is right, or one sentence says that it is not."""

    credential = Credential()

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (KeyError, TypeError, ValueError, RecursionError):  # from the readers below django-allauth
            self.add_error(None, get_mfa_adapter().validation_error("incorrect_passkey"))

    def add_error(self, field: str | None, error: Any) -> None:
        """Nobody sees the field itself, so its errors are about the whole form."""
        if getattr(error, "code", "") in {"required", "invalid", "incorrect_code"}:
            error = get_mfa_adapter().validation_error("incorrect_passkey")
        if field == "credential":
            self.cleaned_data.pop(field, None)
        super().add_error(None if field == "credential" else field, error)


class AddPasskeyForm(WithPasskey, AddWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(WithPasskey, AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(WithPasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
