"""A copy on disk of the feeds of the whole agenda: what we answer with while the database cannot be reached.

It lies in the media folder, which the worker that makes it and the web processes that read it share.
"""

import json
import logging
import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from agenda.models.listing import StoredFeed

log = logging.getLogger(__name__)


def keep(feed: StoredFeed) -> None:
    """Write the copy whole or not at all; a full disk is no reason to fail, the old copy then stays."""
    head = {"etag": feed.etag, "last_modified": feed.last_modified.isoformat()}
    path = _path(feed.address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(json.dumps(head).encode() + b"\n" + feed.body)
        os.replace(file.name, path)  # noqa: PTH105 - the one call that is whole or nothing
    except OSError as error:
        log.warning("no copy of feed %s: %s", feed.address, error)


def last_known(address: str) -> StoredFeed | None:
    """An unsaved row of the copy, or None."""
    try:
        head, body = _path(address).read_bytes().split(b"\n", 1)
        known = json.loads(head)
        moment = datetime.fromisoformat(known["last_modified"])
    except (OSError, ValueError, KeyError):
        return None
    return StoredFeed(address=address, etag=known["etag"], last_modified=moment, body=body)


def _path(address: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "feeds" / (address.strip("/").replace("/", "-") + ".gz-copy")
