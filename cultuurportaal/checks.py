"""Checks of a deployment (`manage.py check --deploy`): what would only show itself on a bad day."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's own name


@register(Tags.security, deploy=True)
def no_embedded_servers(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    found = settings.DATABASES["default"].get("HOST", "")
    if str(found).startswith(str(settings.VAR_DIR)):
        return [
            Error(
                "Dit is de ingebouwde PostgreSQL: zet DATABASE_URL op een eigen server.",
                id="cultuurportaal.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def origin_is_allowed(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    host = urlsplit(settings.SITE_ORIGIN).hostname
    if host not in settings.ALLOWED_HOSTS:
        return [
            Error(
                f"{host} uit SITE_ORIGIN staat niet in ALLOWED_HOSTS: links in mails geven dan een fout.",
                id="cultuurportaal.E002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def mail_leaves(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
        return [
            Warning("MAIL_URL stuurt geen mail naar buiten: gebruik smtp+tls://…", id="cultuurportaal.W001")
        ]
    return []
