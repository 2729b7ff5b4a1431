"""Approvals over HTTP, and when each was first seen outside; with the broker well, stopped or hung."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from agenda.models import Activity, Release
from tests import make, running
from tests.faults.conftest import Broker
from tests.partners.signing_in import session_of

HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|version|seen)" value="([^"]*)"')
SURFACES = ("/", "/agenda.ics")
LAST_START = timedelta(days=1, hours=23)
MODES = ("worker", "broker stopped", "broker hung")


@dataclass
class Run:
    """What one mode gave, in seconds; `late` is from the end of the hold to visible, for each surface."""

    mode: str
    posts: list[float] = field(default_factory=list)
    late: dict[str, list[float]] = field(default_factory=dict)


@dataclass
class Reader:
    """Somebody who reads `/` and `/agenda.ics` all the time."""

    site: str
    titles: Sequence[str]
    seen: dict[tuple[str, str], float] = field(default_factory=dict)

    def look(self) -> None:
        for surface in SURFACES:
            status, _headers, text = running.fetch(self.site + surface)
            assert status == 200, (surface, status)
            for title in self.titles:
                if title in text:
                    self.seen.setdefault((surface, title), time.time())

    @property
    def is_done(self) -> bool:
        return len(self.seen) == len(SURFACES) * len(self.titles)

    @contextmanager
    def reading(self) -> Iterator[None]:
        stop = threading.Event()

        def read() -> None:
            while not stop.wait(0.05) and not self.is_done:
                self.look()

        thread = threading.Thread(target=read)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


@dataclass
class Desk:
    """An editor's session, as plain HTTP."""

    site: str
    session: str

    def approve(self, activity: Activity) -> float:
        """Seconds that the answer took."""
        page = self._ask("GET", f"/redactie/activiteiten/{activity.uuid}/")
        fields = dict(HIDDEN.findall(page))
        began = time.monotonic()
        self._ask("POST", f"/redactie/activiteiten/{activity.uuid}/goedkeuren/", fields)
        return time.monotonic() - began

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        line = HTTPConnection(urlsplit(self.site).netloc, timeout=30)
        token = (fields or {}).get("csrfmiddlewaretoken", "")
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; csrftoken={self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request(method, path, urlencode(fields) if token else None, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        assert answer.status == (302 if method == "POST" else 200), (path, answer.status)
        line.close()
        return text

    cookie: str = "a" * 32


@contextmanager
def broker_of(mode: str, broker: Broker) -> Iterator[None]:
    """The broker in the state of this mode; with a worker when it is well."""
    broker.start()
    with broker.worker() if mode == "worker" else nullcontext():
        if mode == "broker stopped":
            broker.stop()
        if mode == "broker hung":
            broker.freeze()
        try:
            yield
        finally:
            if mode == "broker hung":
                broker.thaw()
    broker.stop()


def run(mode: str, number: int, broker: Broker, *, pause: float, **environ: str) -> Run:
    """So many approvals; fails when one is not outside after a minute."""
    activities = waiting(mode, number)
    found = Run(mode)
    with broker_of(mode, broker), running.website(REDIS_URL=broker.url, **environ) as site:
        desk = Desk(site, session_of(make.editor()))
        reader = Reader(site, [one.title for one in activities])
        with running.process("manage.py", "veeg", REDIS_URL=broker.url, **environ), reader.reading():
            for activity in activities:
                found.posts.append(desk.approve(activity))
                time.sleep(pause)
            running.until(lambda: reader.is_done, f"{mode}: not all visible", 60)
    found.late = {surface: _late(reader, surface) for surface in SURFACES}
    return found


def waiting(mode: str, number: int) -> list[Activity]:
    """Each before the one sent earlier, so that the newest stands on top of the agenda."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    last = today + LAST_START - timedelta(minutes=3 * Activity.objects.count())
    starts = [last - timedelta(minutes=3 * one) for one in range(number)]
    return [make.submitted(f"Met {mode} {one:02d}", starts=[start]) for one, start in enumerate(starts)]


def _late(reader: Reader, surface: str) -> list[float]:
    due = dict(Release.objects.values_list("activity__title", "publish_at"))
    return [max(0.0, reader.seen[surface, title] - due[title].timestamp()) for title in reader.titles]


def percentile(values: Sequence[float], share: int) -> float:
    return quantiles(values, n=100, method="inclusive")[share - 1]
