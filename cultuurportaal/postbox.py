"""`/postvak/`: the mails of the embedded run, which land as files in var/mail; exists nowhere else."""

import email
import email.policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

MOST = 100
SEPARATOR = b"-" * 79


class Letter(NamedTuple):
    """One mail as the page shows it; `name` is that of its file, with its place in that file."""

    name: str
    to: str
    subject: str
    date: str
    text: str


@login_not_required
@never_cache
@require_safe
def postbox(request: HttpRequest) -> HttpResponse:
    return render(request, "postbox.html", {"letters": letters(Path(settings.EMAIL_FILE_PATH))[:MOST]})


@login_not_required
@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    for letter in letters(Path(settings.EMAIL_FILE_PATH)):
        if letter.name == name:
            return render(request, "postbox_mail.html", {"letter": letter})
    raise Http404


def letters(folder: Path) -> list[Letter]:
    """All mails, newest first. Django's file backend writes a file per connection, a line after each mail."""
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [letter for file in files for letter in _in_file(file)]


def _in_file(file: Path) -> list[Letter]:
    raw = [part.strip(b"\n") for part in file.read_bytes().split(SEPARATOR + b"\n")]
    return [_letter(f"{file.stem}.{place}", part) for place, part in enumerate(raw) if part][::-1]


def _letter(name: str, raw: bytes) -> Letter:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101 - what that policy makes
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return Letter(name, message["To"] or "", message["Subject"] or "", message["Date"] or "", text)
