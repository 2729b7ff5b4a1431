"""Log lines: one event is one line, with ids and never with personal data."""

import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
MAIL_ADDRESS = re.compile(r"[^\s<>\"'=,;:/]+@[^\s<>\"',;:/]+")
SECRET = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{24,}(?::[\w-]+)*")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LONGEST = 2000  # characters of a message
FRAMES = 6
NEWLINE = "\n"


class OneLine(logging.Formatter):
    """`2026-11-24T20:00:00Z INFO agenda.tasks [1f3a9c20] words`; an exception is its class and where it was.

    What an exception says is left out in production: PostgreSQL and Python quote the value that did not fit.
    """

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        number = structlog.contextvars.get_contextvars().get("request_id", "")
        parts = [moment, record.levelname, record.name, f"[{number[:8]}]" if number else ""]
        parts.append(clean(record.getMessage()))
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(where(record.exc_info[1]))
        return " ".join(filter(None, parts))


def clean(message: str) -> str:
    """On one line, without mail addresses and without whatever looks like a signed link."""
    line = CONTROL.sub(" ", message)[:LONGEST]
    return SECRET.sub(_masked, MAIL_ADDRESS.sub("…@…", line))


def _masked(found: re.Match[str]) -> str:
    return found[0] if UUID.fullmatch(found[0]) else "…"


def where(exception: BaseException) -> str:
    """`| ValueError at agenda/views/public.py:31 agenda < …`, innermost first, our own files by name."""
    frames = [
        frame for frame in traceback.extract_tb(exception.__traceback__) if "<frozen" not in frame.filename
    ]
    places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[: -FRAMES - 1 : -1]]
    words = "" if settings.IN_PRODUCTION else f": {clean(str(exception).partition(NEWLINE)[0])}"
    return f"| {type(exception).__name__}{words} at {' < '.join(places)}"


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts:
        return str(path.relative_to(settings.BASE_DIR))
    return "/".join(path.parts[-3:])
