"""`manage.py postin`: takes mail for makers over SMTP, behind the city's own mail server; it never relays."""

import asyncio
import logging
import signal
import threading
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from agenda.imports.mail import MOST_BYTES
from agenda.services import intake
from agenda.services.intake import Outcome

log = logging.getLogger(__name__)
MOST_RECIPIENTS = 10
LATER = "451 4.3.0 Not now, please try again later"


class Door:
    """What aiosmtpd asks: is this address ours, and here is a mail. 250 only when it is kept."""

    async def handle_RCPT(  # noqa: N802 - the name and shape that aiosmtpd looks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.rpartition("@")[2].lower() != settings.MAIL_IN_DOMAIN:
            return "550 5.7.1 We do not relay"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        raw = content if isinstance(content, bytes) else (content or "").encode()
        return await asyncio.to_thread(deliver, raw, envelope.mail_from or "", list(envelope.rcpt_tos))


def deliver(raw: bytes, sender: str, recipients: list[str]) -> str:
    """The answer of SMTP. Whatever fails on our side is a 4xx: the mail server keeps it and tries again."""
    try:
        mail = intake.read(raw)
        with override(settings.LANGUAGE_CODE):
            outcomes = [
                intake.take_in(mail, to=address, envelope=sender, now=timezone.now())
                for address in recipients
            ]
    except Exception:  # whatever it is: a 5xx loses the mail, and would tell its sender what failed
        log.exception("a mail could not be kept; its server will try again")
        return LATER
    finally:
        connection.close()
    log.info("mail in: %s", ", ".join(outcomes))
    if Outcome.LATER in outcomes:
        return LATER
    return "554 5.6.0 We cannot read this mail" if Outcome.UNREADABLE in outcomes else "250 Kept"


class Server(SMTP):
    """Takes lines that are longer than RFC 5321 allows: what newsletters write is not lost for that."""

    line_length_limit = 1024 * 1024


class DoorController(Controller):
    def factory(self) -> Server:
        return Server(self.handler, **self.SMTP_kwargs)


def controller(host: str, port: int) -> DoorController:
    """The server, not started yet; it stops when told."""
    domain = settings.MAIL_IN_DOMAIN
    return DoorController(
        Door(),
        hostname=host,
        port=port,
        data_size_limit=MOST_BYTES,
        server_hostname=domain,
        ident="post",
    )


class Command(BaseCommand):
    help = "Neemt mail van makers aan en maakt er concepten van, tot het gestopt wordt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="waar de mailserver van de stad ons vindt")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MAIL_IN_DOMAIN:
            raise CommandError("Zet eerst MAIL_IN_DOMAIN (zie .env.example).")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: stop.set())
        door = controller(options["host"], settings.MAIL_IN_PORT)
        door.start()
        self.stdout.write(f"Post voor {settings.MAIL_IN_DOMAIN} op {options['host']}:{settings.MAIL_IN_PORT}")
        stop.wait()
        door.stop()
