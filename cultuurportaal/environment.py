"""Typed reading of the environment: every helper names the variable and what it may hold."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The value of `name`; without a default the variable must be set."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise ImproperlyConfigured(f"Zet de omgevingsvariabele {name}. Zie .env.example.")
    return value


def choice(name: str, allowed: Sequence[str], default: str) -> str:
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is '{value}', maar mag alleen zijn: {', '.join(allowed)}.")
    return value


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is '{value}', maar moet een getal zijn.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """Comma-separated words; spaces around them do not count."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    return Path(text(name, str(default))).resolve()


def storage(url: str, root: Path, prefix: str, domain: str = "") -> dict[str, Any]:
    """A STORAGES entry: the folder `root`, or with `s3://key:secret@endpoint/bucket?region=…` a place there.

    Names there begin with `prefix/`. With `domain` files are public at `https://domain/prefix/name`: the
    portal's own address, because pages load nothing from elsewhere.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": root}}
    parts = urlsplit(url)
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and parts.path):
        raise ImproperlyConfigured("MEDIA_URL_S3 moet zijn: s3://sleutel:geheim@server/emmer?region=regio.")
    options = {
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "endpoint_url": f"https://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": parts.path.strip("/"),
        "region_name": parse_qs(parts.query).get("region", [""])[0] or None,
        "location": prefix,
        "custom_domain": domain or None,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
