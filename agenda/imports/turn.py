"""One heavy reading at a time in a process that answers pages: the others are asked to wait a moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.utils.translation import gettext as _

SECONDS = 8.0  # for a link, as long as somebody waits for the page
_turns = BoundedSemaphore(1)


class Busy(Exception):  # noqa: N818 - the word of the domain
    """Somebody else's source is being read."""

    @property
    def words(self) -> str:
        return _("Dat ging te snel achter elkaar. Wacht even en probeer het dan nog eens.")


@contextmanager
def turn() -> Iterator[None]:
    """Held while a source is fetched and read. Raises Busy at once: waiting would hold a thread too."""
    if not _turns.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        _turns.release()
