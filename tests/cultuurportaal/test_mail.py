"""The mail outbox against a real mail server: accepting, refusing, slow, down, and a sender killed."""

import asyncio
import copy
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from cultuurportaal.mail import MOST_ATTEMPTS, queue_mail, send_due
from cultuurportaal.models import OutboxMail
from tests import running

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


class Server:
    """A mail server that answers RCPT and DATA as told and keeps what it accepted."""

    def __init__(self, *, rcpt: str = "250 OK", data: str = "250 OK", pause: float = 0) -> None:
        self.rcpt, self.data, self.pause = rcpt, data, pause
        self.accepted: list[bytes] = []
        self.before_250: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        if self.data.startswith("250"):
            self.accepted.append(envelope.content or b"")
            self.before_250()
        return self.data


@pytest.fixture
def serve(settings: Settings) -> Callable[[Server], AbstractContextManager[Server]]:
    """Runs a server on a free port and points the outbox at it."""

    @contextmanager
    def run(server: Server) -> Iterator[Server]:
        controller = Controller(server, hostname="127.0.0.1", port=running.free_port())
        controller.start()
        point_at(settings, controller.port)
        try:
            yield server
        finally:
            controller.stop()

    return run


def point_at(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5


def mail(key: str = "a", **fields: object) -> OutboxMail:
    row = {"to": "maker@demo.example", "subject": "Gelukt", "text": "Dag!\n", "not_before": NOW, **fields}
    return OutboxMail.objects.create(key=key, **row)


def header(content: bytes, name: bytes) -> bytes:
    return next(line for line in content.splitlines() if line.lower().startswith(name.lower() + b":"))


# --- Writing -------------------------------------------------------------------------------------------


@pytest.fixture
def template(settings: Settings, tmp_path: Path) -> Path:
    """mail/demo/hallo.txt in a folder that templates are looked up in."""
    settings.TEMPLATES = copy.deepcopy(settings.TEMPLATES)
    settings.TEMPLATES[0]["DIRS"].insert(0, tmp_path)
    file = tmp_path / "mail" / "demo" / "hallo.txt"
    file.parent.mkdir(parents=True)
    file.write_text("Over {{ title }}\n\nDag {{ title }}, kijk op {{ site_origin }}/mijn/\n")
    return file


@pytest.mark.django_db
@pytest.mark.usefixtures("template")
def test_queue_mail_writes_subject_and_text_unescaped(settings: Settings) -> None:
    row = queue_mail(
        key="k", to="a@demo.example", template="demo/hallo", context={"title": "Rock & <rol>"}, now=NOW
    )
    assert (row.subject, row.text, row.not_before) == (
        "Over Rock & <rol>",
        f"Dag Rock & <rol>, kijk op {settings.SITE_ORIGIN}/mijn/\n",
        NOW,
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("template")
def test_queue_mail_twice_with_one_key_keeps_the_first() -> None:
    for title in ("een", "twee"):
        queue_mail(key="k", to="a@demo.example", template="demo/hallo", context={"title": title}, now=NOW)
    assert [row.subject for row in OutboxMail.objects.all()] == ["Over een"]


@pytest.mark.django_db
@pytest.mark.usefixtures("template")
def test_a_title_cannot_add_a_header_or_a_recipient(
    serve: Callable[[Server], AbstractContextManager[Server]],
) -> None:
    title = "x\r\nBcc: dief@demo.example\r\n\r\nvals"
    queue_mail(key="k", to="a@demo.example", template="demo/hallo", context={"title": title}, now=NOW)
    with serve(Server()) as server:
        assert send_due(NOW) == 1
    headers = server.accepted[0].partition(b"\r\n\r\n")[0]
    assert b"bcc:" not in headers.lower()
    assert header(server.accepted[0], b"To") == b"To: a@demo.example"


# --- Sending -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_send_due_sends_what_is_due_once(serve: Callable[[Server], AbstractContextManager[Server]]) -> None:
    now_due, later = mail("nu"), mail("later", not_before=NOW + timedelta(seconds=10))
    with serve(Server()) as server:
        assert (send_due(NOW), send_due(NOW)) == (1, 0)
        assert send_due(NOW + timedelta(seconds=10)) == 1
    ids = [header(content, b"Message-ID") for content in server.accepted]
    assert ids == [f"Message-ID: <{row.uuid}@localhost>".encode() for row in (now_due, later)]
    now_due.refresh_from_db()
    assert (now_due.sent_at, now_due.attempts, now_due.last_error) == (NOW, 1, "")


@pytest.mark.django_db
def test_mail_server_down_costs_no_attempt_and_mail_goes_later(
    settings: Settings, serve: Callable[[Server], AbstractContextManager[Server]]
) -> None:
    row = mail()
    point_at(settings, running.free_port())
    assert send_due(NOW) == 0
    row.refresh_from_db()
    assert (row.sent_at, row.attempts) == (None, 0)
    with serve(Server()) as server:
        assert send_due(NOW) == 1
    assert len(server.accepted) == 1


@pytest.mark.django_db
def test_slow_mail_server_ends_the_round_and_mail_goes_later(
    serve: Callable[[Server], AbstractContextManager[Server]],
) -> None:
    rows = [mail("a"), mail("b")]
    with serve(Server(pause=2)):
        assert send_due(NOW) == 0
    for row in rows:
        row.refresh_from_db()
    assert [row.attempts for row in rows] == [1, 0]
    assert [row.failed_at for row in rows] == [None, None]
    with serve(Server()) as server:
        assert send_due(rows[0].not_before) == 2
    assert len(server.accepted) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", [{"rcpt": "450 4.2.1 vol"}, {"data": "451 4.3.0 later"}])
def test_4xx_is_tried_again_with_growing_pauses_and_given_up_in_the_end(
    serve: Callable[[Server], AbstractContextManager[Server]], refusal: dict[str, str]
) -> None:
    row, moments = mail(), [NOW]
    with serve(Server(**refusal)):
        for _ in range(MOST_ATTEMPTS):
            assert send_due(moments[-1]) == 0
            row.refresh_from_db()
            moments.append(row.not_before)
    pauses = [after - before for before, after in pairwise(moments)]
    assert pauses[:3] == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(hours=4)
    assert (row.attempts, row.sent_at, row.failed_at) == (MOST_ATTEMPTS, None, moments[-2])


@pytest.mark.django_db
@pytest.mark.parametrize("refusal", [{"rcpt": "550 5.1.1 maker@demo.example?"}, {"data": "554 5.6.0 nee"}])
def test_5xx_is_given_up_at_once_and_others_go_on(
    serve: Callable[[Server], AbstractContextManager[Server]], refusal: dict[str, str]
) -> None:
    row = mail()
    with serve(Server(**refusal)):
        assert send_due(NOW) == 0
    row.refresh_from_db()
    assert (row.attempts, row.failed_at) == (1, NOW)
    assert row.last_error.split()[1] in {"550", "554"}
    assert "@" not in row.last_error
    mail("b")
    with serve(Server()) as server:
        assert send_due(NOW) == 1
    assert len(server.accepted) == 1


@pytest.mark.django_db
def test_address_that_cannot_be_written_is_given_up(
    serve: Callable[[Server], AbstractContextManager[Server]],
) -> None:
    row = mail(to="a@demo.example\nBcc: dief@demo.example")
    with serve(Server()) as server:
        assert send_due(NOW) == 0
    row.refresh_from_db()
    assert (row.failed_at, server.accepted) == (NOW, [])


@pytest.mark.django_db(transaction=True)
def test_sender_killed_between_250_and_commit_sends_at_most_twice_with_one_message_id(
    serve: Callable[[Server], AbstractContextManager[Server]], settings: Settings
) -> None:
    row = mail()
    with serve(Server()) as server:
        url = f"smtp://127.0.0.1:{settings.EMAIL_PORT}"
        code = "import django; django.setup()\nfrom datetime import datetime, UTC\n"
        code += "from cultuurportaal.mail import send_due; send_due(datetime(2026, 11, 25, 9, tzinfo=UTC))"
        environment = running.environment(MAIL_URL=url, DJANGO_SETTINGS_MODULE="cultuurportaal.settings")
        sender = subprocess.Popen([sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR)
        server.before_250 = lambda: os.kill(sender.pid, signal.SIGKILL)
        assert sender.wait(30) == -signal.SIGKILL
        server.before_250 = lambda: None
        row.refresh_from_db()
        assert (row.sent_at, row.attempts, len(server.accepted)) == (None, 1, 1)
        assert (send_due(NOW), send_due(row.not_before), send_due(row.not_before)) == (0, 1, 0)
    first, second = (header(content, b"Message-ID") for content in server.accepted)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_another_sender_holds_is_left_alone(
    serve: Callable[[Server], AbstractContextManager[Server]],
) -> None:
    mail("a"), mail("b")
    with serve(Server()) as server, ThreadPoolExecutor(1) as other, transaction.atomic():
        OutboxMail.objects.select_for_update().get(key="a")
        assert other.submit(send_and_close).result(10) == 1
    assert OutboxMail.objects.get(key="b").sent_at == NOW
    assert OutboxMail.objects.get(key="a").sent_at is None
    assert len(server.accepted) == 1


def send_and_close() -> int:
    try:
        return send_due(NOW)
    finally:
        connection.close()


@pytest.mark.django_db
def test_outbox_works_with_the_file_backend_of_the_embedded_run(settings: Settings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    mail("a", to="a@demo.example"), mail("b", to="b@demo.example")
    assert send_due(NOW) == 2
    written = b"".join(file.read_bytes() for file in tmp_path.glob("*.log"))
    assert written.count(b"Message-ID:") == 2
