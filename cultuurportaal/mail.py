"""The mail outbox: a mail is a row in the transaction that causes it, and is sent afterwards.

Promise: publication never waits for mail; every mail goes out once, and twice with the same Message-ID only
when the sender dies between the server's "250" and our commit.
"""

import logging
import smtplib
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from cultuurportaal.models import OutboxMail

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 12
LONGEST_WAIT = timedelta(hours=4)
ROUND_SECONDS = 20.0  # a round starts no new mail after this


def queue_mail(  # noqa: PLR0913 - a mail has this many words, all of them named
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    now: datetime,
    not_before: datetime | None = None,
    reply_to: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> OutboxMail:
    """Put one mail in the outbox; the same `key` again changes nothing and returns the first.

    `template` is `<app>/<step>`: templates/mail/<app>/<step>.txt. Its first line is the subject; nothing
    is escaped, because it is plain text; `site_origin` is in its context.
    """
    subject, text = render(template, context, language)
    row, _made = OutboxMail.objects.get_or_create(
        key=key,
        defaults={
            "to": to,
            "reply_to": reply_to,
            "subject": subject,
            "text": text,
            "not_before": not_before or now,
        },
    )
    return row


def render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Subject (one line, at most 200 characters) and text of a mail."""
    words = {"site_origin": settings.SITE_ORIGIN, **context}
    with override(language):
        source = get_template(f"mail/{template}.txt").template  # type: ignore[attr-defined]
        written = source.render(Context(words, autoescape=False)).strip()
    subject, _, text = written.partition("\n")
    return " ".join(subject.split())[:200], text.strip() + "\n"


def send_due(now: datetime) -> int:
    """Send what is due, oldest first; returns how many were sent.

    Several senders may run at once. A server that is down costs no mail one of its attempts; a server that
    gets unwell ends the round, because the next mail would meet the same.
    """
    if not OutboxMail.objects.due(now).exists():
        return 0
    sent, deadline = 0, time.monotonic() + ROUND_SECONDS
    with _line() as line:
        while line and time.monotonic() < deadline and (mail := _claim(now)):
            outcome = _attempt(mail, line, now)
            sent += outcome is Outcome.SENT
            if outcome is Outcome.SERVER_UNWELL:
                break
    return sent


class Outcome(Enum):
    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    SERVER_UNWELL = "server unwell"


@contextmanager
def _line() -> Iterator[BaseEmailBackend | None]:
    """An open line to the mail server for one round; None when the server does not answer."""
    line = get_connection()
    try:
        line.open()
    except OSError as error:  # smtplib's errors are OSErrors too
        log.warning("mail server unwell: %s", _words(error))
        yield None
        return
    try:
        yield line
    finally:
        with suppress(OSError):
            line.close()


def _claim(now: datetime) -> OutboxMail | None:
    """The oldest due mail, its attempt counted and its next try set before anything is sent.

    So a sender that dies leaves a mail that is tried again, but not for ever, and two senders never hold one.
    """
    with transaction.atomic():
        mail = OutboxMail.objects.due(now).select_for_update(skip_locked=True).first()
        if mail:
            mail.attempts += 1
            mail.not_before = now + min(timedelta(minutes=2**mail.attempts), LONGEST_WAIT)
            mail.save(update_fields=["attempts", "not_before"])
    return mail


def _attempt(mail: OutboxMail, line: BaseEmailBackend, now: datetime) -> Outcome:
    try:
        line.send_messages([message(mail)])
    except (OSError, ValueError) as error:  # ValueError: an address or header that cannot be written
        outcome = _verdict(error)
        mail.last_error = _words(error)
        if outcome is Outcome.NEVER or mail.attempts >= MOST_ATTEMPTS:
            mail.failed_at = now
        log.warning("mail %s not sent (attempt %s): %s", mail.pk, mail.attempts, mail.last_error)
    else:
        outcome, mail.sent_at, mail.last_error = Outcome.SENT, now, ""
    mail.save(update_fields=["sent_at", "failed_at", "last_error"])
    return outcome


def message(mail: OutboxMail) -> EmailMessage:
    """The mail as it goes out; its Message-ID follows from the row, so one that comes twice shows once."""
    host = urlsplit(settings.SITE_ORIGIN).hostname
    headers = {"Message-ID": f"<{mail.uuid}@{host}>", "Auto-Submitted": "auto-generated"}
    reply_to = [mail.reply_to] if mail.reply_to else None
    return EmailMessage(mail.subject, mail.text, to=[mail.to], reply_to=reply_to, headers=headers)


def _verdict(error: Exception) -> Outcome:
    """5xx about the recipient or the text is final (RFC 5321 §4.2.1); what ails the server passes."""
    code = _code(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) and code != 421:
        return Outcome.NEVER if code >= 500 else Outcome.LATER
    return Outcome.NEVER if isinstance(error, ValueError) else Outcome.SERVER_UNWELL


def _code(error: Exception) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _said in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _words(error: Exception) -> str:
    """The kind of error and the server's code, never its text: that repeats the address."""
    return f"{type(error).__name__} {_code(error) or ''}".strip()
