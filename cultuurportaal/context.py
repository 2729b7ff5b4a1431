"""What every page needs to know about the site itself: its origin, its languages, whether it is a demo."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_info


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor. `language_links` is worked out only when a template asks for it."""
    return {
        "site_origin": settings.SITE_ORIGIN,
        "site_host": urlsplit(settings.SITE_ORIGIN).netloc,
        "demo_mark": not settings.IN_PRODUCTION,
        "has_postbox": settings.HAS_POSTBOX_PAGE,
        "takes_mail": bool(settings.MAIL_IN_DOMAIN),
        "language_links": cache(lambda: language_links(request.get_full_path())),
    }


def language_links(address: str) -> list[dict[str, str]]:
    """This page in every language: code, name in that language, address; empty where it has only one."""
    links = [
        {"code": code, "name": get_language_info(code)["name_local"], "url": translate_url(address, code)}
        for code, _name in settings.LANGUAGES
    ]
    return links if len({link["url"] for link in links}) == len(links) else []
