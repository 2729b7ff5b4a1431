"""F25: the web process is killed between the commit and the answer; the maker sends the same page again."""

import os
import re
import signal
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings

from agenda.models import Activity
from cultuurportaal import parts
from cultuurportaal.postbox import letters
from tests import make, running
from tests.agenda.test_submit import answers
from tests.faults.conftest import Line, stranger, waits_for
from tests.faults.test_killed import children

pytestmark = pytest.mark.django_db(transaction=True)
MAIL = f"sam-{uuid4().hex}@gestopt.example"  # counted and kept as files beyond this run
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """Somebody with a form; what they send is kept, so that it can be sent again."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.line = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        found = TOKEN.search(self._ask(None))
        assert found
        self.form = answers(sender_mail=MAIL, csrfmiddlewaretoken=found[1])

    def send(self) -> str:
        """The page that answers, "" when none does."""
        try:
            return self._ask(urlencode(self.form).encode())
        except (OSError, HTTPException):
            return ""

    def _ask(self, data: bytes | None) -> str:
        with self.line.open(f"{self.origin}/toevoegen/", data, timeout=30) as answer:
            return str(answer.read().decode())


@contextmanager
def production_website() -> Iterator[tuple[str, running.Process]]:
    """As in production: a process that starts another worker when one falls out."""
    port = running.free_port()
    origin = f"http://localhost:{port}"
    arguments = parts.production_parts(port)[0].command[1:]
    with running.process(*arguments, PORT=str(port), SITE_ORIGIN=origin) as granian:
        running.until(lambda: running.answers(f"{origin}/gezond/?deel=web"), "no website")
        yield origin, granian


def hold_the_mail(line: Line) -> None:
    """The code is mailed after the commit; who asked for how many is counted first."""
    key = f"limit:code-mail:{sha256(MAIL.encode()).hexdigest()[:32]}"
    line.execute("SELECT pg_advisory_lock(hashtext(%s))", [key])


def test_page_sent_again_after_a_kill_is_one_activity() -> None:
    make.city()
    with production_website() as (origin, granian):
        browser = Browser(origin)
        heard: list[str] = []
        with stranger() as line:
            hold_the_mail(line)
            sending = threading.Thread(target=lambda: heard.append(browser.send()))
            sending.start()
            running.until(lambda: waits_for("advisory"), "nobody mails a code")
            first = Activity.objects.get()
            for worker in children(granian.popen.pid):
                os.kill(worker, signal.SIGKILL)
            sending.join()
        assert heard == [""]
        running.until(lambda: running.answers(f"{origin}/gezond/?deel=web"), "no new worker")
        assert "Bijna klaar. Vul je code in" in browser.send()
    assert Activity.objects.get() == first
    assert [one.to for one in letters(Path(settings.EMAIL_FILE_PATH))].count(MAIL) == 1
