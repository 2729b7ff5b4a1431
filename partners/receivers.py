"""What floor 1 hears from the libraries below it."""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(authenticator_added)
def passed_while_setting_up(
    sender: Any, request: HttpRequest, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Who sets up an app or a passkey has just shown that it works: this session passed the second factor.

    They read their spare codes next, without "Ben je het echt?": a code of the app is good only once.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        post_authentication(request, authenticator, reauthenticated=True)
