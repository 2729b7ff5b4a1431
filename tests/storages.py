"""Storages of a test alone: the public and the private one as two folders."""

from pathlib import Path
from typing import Any

from django.conf import settings

FOLDER = "django.core.files.storage.FileSystemStorage"


def in_folder(place: Path) -> dict[str, Any]:
    """For the setting STORAGES."""
    public = {"location": place / "media", "base_url": "/media/"}
    return {
        **settings.STORAGES,
        "default": {"BACKEND": FOLDER, "OPTIONS": public},
        "private": {"BACKEND": FOLDER, "OPTIONS": {"location": place / "private"}},
    }
