"""What is sent of a feed: read from its pieces, from nothing that is kept, or from the copy on disk.

The copy is of the feeds of the whole agenda: sent as long as it is the text that the database means, and what
we answer with while the database cannot be reached. It lies in the media folder, which the worker that makes
it and the web processes that read it share.
"""

import json
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from agenda.models.listing import FeedPiece
from agenda.services.feeds import pieces

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Content:
    """The compressed text with its validators; `etag` without quotes."""

    etag: str
    last_modified: datetime
    gzip: bytes

    @classmethod
    def of(cls, made: Sequence[FeedPiece], last_modified: datetime) -> "Content":
        data = (bytes(piece.data) for piece in made)
        return cls(pieces.etag(made), last_modified, pieces.gzipped(data, *pieces.total(made)))


def read(address: str) -> Content | None:
    """In one query, so that text and validators belong together; None when it was forgotten meanwhile."""
    rows = list(
        FeedPiece.objects.filter(feed=address)
        .order_by("position")
        .values_list("data", "feed__etag", "feed__last_modified", "feed__checksum", "feed__length")
    )
    if not rows:
        return None
    _data, etag, last_modified, checksum, length = rows[0]
    return Content(etag, last_modified, pieces.gzipped((bytes(row[0]) for row in rows), checksum, length))


def keep_copy(address: str, content: Content) -> None:
    """Write the copy whole or not at all; a full disk is no reason to fail, the old copy then stays."""
    head = {"etag": content.etag, "last_modified": content.last_modified.isoformat()}
    path = _path(address)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            whole = Path(folder) / path.name
            whole.write_bytes(json.dumps(head).encode() + b"\n" + content.gzip)
            whole.replace(path)
    except OSError as error:
        log.warning("no copy of feed %s: %s", address, error)


def last_known(address: str) -> Content | None:
    try:
        with _path(address).open("rb") as file:
            known = json.loads(file.readline())
            return Content(known["etag"], datetime.fromisoformat(known["last_modified"]), file.read())
    except (OSError, ValueError, KeyError):
        return None


def _path(address: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "feeds" / (address.strip("/").replace("/", "-") + ".gz-copy")
