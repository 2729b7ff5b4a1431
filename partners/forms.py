"""The sign-in forms: those of django-allauth, with a limit that no other spelling of an address dodges."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, RequestLoginCodeForm
from allauth.core import context, ratelimit

LONGEST = 254  # RFC 5321 §4.5.3.1.3


class SignInForm(LoginForm):  # type: ignore[misc]
    def clean_login(self) -> str:
        return limited(super().clean_login())


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    def clean_email(self) -> str:
        return limited(super().clean_email())


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
