"""Reads one mail as a program: `python -m agenda.imports.mail`: the mail goes in, JSON comes out.

Like every reader of what strangers wrote it runs in a child process with limits (`imports.child`). Pure: no
Django, no clock, no network. Charsets that do not exist, headers that break the rules and half a mail cost
words, never the mail.
"""

import base64
import email
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from agenda.imports import child
from agenda.imports.forwarding import Original, bare_subject, original, own_words
from agenda.imports.tree import tree
from cultuurportaal.characters import one_line, prose

MOST_BYTES = 25 * 1024 * 1024
MOST_PARTS = 20
MOST_TEXT = 200_000  # characters of a body that are looked at
SMALLEST_POSTER = 20_000  # bytes; what is smaller and stands between the words is a logo
LONGEST = {"title": 100, "description": 6000, "note": 500, "name": 120}
POSTERS = ((0, b"\xff\xd8\xff"), (0, b"\x89PNG\r\n\x1a\n"), (8, b"WEBP"), (4, b"ftyp"), (0, b"%PDF-"))
AUTOMATIC_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-For")
_ADDRESS = re.compile(r"[^\s<>@\"(),;:\\]{1,64}@[a-z0-9.-]{1,180}\.[a-z0-9-]{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class Enclosure:
    """A file that came along; `kind` is "ics" or "poster"."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """One mail, and of a forwarded one the innermost original.

    `number` is its Message-ID, or a digest when it has none. `first_sender` wrote the original; "" when it is
    not forwarded or does not say. `left_out` names files that cannot be used. `is_automatic` is written by a
    machine (out of office, a bounce); `is_bulk` went to a list. `refused` says why nothing could be read.
    """

    number: str = ""
    sender: str = ""
    name: str = ""
    title: str = ""
    text: str = ""
    note: str = ""
    is_forwarded: bool = False
    first_sender: str = ""
    first_name: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    left_out: tuple[str, ...] = ()
    is_automatic: bool = False
    is_bulk: bool = False
    refused: str = ""


def read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw)
    inner, outer = _innermost(message), message
    subject, text = _header(inner, "Subject"), _body(inner)
    name, sender = _from(message)
    found = original(text, subject)
    if inner is not outer:
        first_name, first_sender = _from(inner)
        found = found or Original(own_words(text), "", first_sender, first_name)
        note = found.note or own_words(_body(outer))
    else:
        note = found.note if found else ""
    text = own_words(found.text if found else text)
    title = bare_subject(one_line((found.subject if found else "") or subject))
    enclosures, left_out = _enclosures(message)
    return Mail(
        number=_number(message, raw),
        sender=sender,
        name=one_line(name)[: LONGEST["name"]],
        title=_cut(title or one_line(text.strip().partition("\n")[0]), LONGEST["title"]),
        text=_cut(prose(text), LONGEST["description"]),
        note=_cut(one_line(note), LONGEST["note"]),
        is_forwarded=found is not None,
        first_sender=_valid(found.sender) if found else "",
        first_name=one_line(found.name)[: LONGEST["name"]] if found else "",
        enclosures=enclosures,
        left_out=left_out,
        is_automatic=_is_automatic(message),
        is_bulk=bool(message.get("List-Id")) or _header(message, "Precedence").lower() in {"bulk", "list"},
    )


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def _header(message: Message, name: str) -> str:
    """Decoded as well as it goes."""
    raw = next((str(said) for key, said in message.raw_items() if key.lower() == name.lower()), "")
    try:
        pieces = decode_header(_mended(raw))
    except (HeaderParseError, ValueError):
        return _mended(raw)
    return "".join(
        piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces
    )


def _mended(text: str) -> str:
    """Bytes that say no charset are UTF-8, else what Windows wrote."""
    raw = text.encode("utf-8", "surrogateescape")
    return text if raw.isascii() else _decoded(raw)


def _decoded(raw: bytes, charset: str = "") -> str:
    for name in (charset, "utf-8"):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeError, ValueError):  # no such charset, or not that one
            continue
    return raw.decode("cp1252", "replace")


def _from(message: Message) -> tuple[str, str]:
    for name, address in getaddresses([_header(message, "From")]):
        if valid := _valid(address):
            return name, valid
    return "", _valid(_header(message, "From"))


def _valid(text: str) -> str:
    """The first mail address in a text, "" without one."""
    found = _ADDRESS.search(text)
    return found[0] if found and len(found[0]) <= 254 else ""


def _number(message: Message, raw: bytes) -> str:
    return one_line(_header(message, "Message-ID"))[:500] or hashlib.sha256(raw).hexdigest()


def _is_automatic(message: Message) -> bool:
    """RFC 3834 §2: no answer to what a machine wrote, and no draft."""
    said = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    is_report = message.get_content_type() in {"multipart/report", "message/delivery-status"}
    is_answer = _header(message, "Precedence").lower() in {"junk", "auto_reply"}
    return (
        said not in {"", "no"} or is_report or is_answer or any(name in message for name in AUTOMATIC_HEADERS)
    )


# --- Parts ----------------------------------------------------------------------------------------------


def _innermost(message: Message) -> Message:
    """The mail that is attached to this one, and to that one."""
    for part in message.walk():
        if part is not message and part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _innermost(part.get_payload(0))  # type: ignore[arg-type]
    return message


def _leaves(message: Message) -> Iterator[Message]:
    count = 0
    for part in message.walk():
        if not part.is_multipart():
            count += 1
            if count > MOST_PARTS:
                return
            yield part


def _body(message: Message) -> str:
    """Its words: the plain ones, else those of the HTML."""
    plain: list[str] = []
    html: list[str] = []
    for part in _own_leaves(message):
        kind, is_file = part.get_content_type(), part.get_content_disposition() == "attachment"
        if is_file or kind not in {"text/plain", "text/html"}:
            continue
        (plain if kind == "text/plain" else html).append(_text(part))
    said = "\n".join(plain).strip()
    return said or "\n".join(tree(one).text() for one in html)


def _own_leaves(message: Message) -> Iterator[Message]:
    """Without those of mails attached to it."""
    inner = {
        id(leaf)
        for part in message.walk()
        if part is not message and part.get_content_type() == "message/rfc822"
        for leaf in part.walk()
    }
    return (part for part in _leaves(message) if id(part) not in inner)


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else str(part.get_payload()).encode("utf-8", "replace")


def _text(part: Message) -> str:
    try:
        charset = part.get_content_charset() or ""
    except (ValueError, LookupError):
        charset = ""
    text = _decoded(_content(part), charset)[:MOST_TEXT]
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")


def _enclosures(message: Message) -> tuple[tuple[Enclosure, ...], tuple[str, ...]]:
    """Calendars and posters, the largest poster first; and the names of files that are neither."""
    used: list[Enclosure] = []
    left_out: list[str] = []
    for part in _leaves(message):
        is_words = part.get_content_maintype() == "text" and part.get_content_type() != "text/calendar"
        name = _name(part)
        if is_words and not name:
            continue
        content = _content(part)
        kind = _kind(content)
        is_logo = not name or part.get_content_disposition() == "inline" or "Content-ID" in part
        if kind and not (kind == "poster" and is_logo and len(content) < SMALLEST_POSTER):
            used.append(Enclosure(kind, name, content))
        elif name and not kind and not is_logo:
            left_out.append(name)
    used.sort(key=lambda one: (one.kind, -len(one.content)))
    return tuple(used), tuple(left_out)


def _name(part: Message) -> str:
    try:
        return one_line(_mended(part.get_filename() or "")).replace("/", "_")[:120]
    except (ValueError, LookupError, TypeError):
        return "bijlage"


def _kind(content: bytes) -> str:
    if child.looks_like_calendar(content):
        return "ics"
    return "poster" if any(content[at : at + len(sign)] == sign for at, sign in POSTERS) else ""


# --- To JSON and back -----------------------------------------------------------------------------------


def dump(mail: Mail) -> dict[str, Any]:
    files = [[one.kind, one.name, base64.b64encode(one.content).decode()] for one in mail.enclosures]
    return {**asdict(mail), "enclosures": files}


def load(raw: Mapping[str, Any]) -> Mail:
    files = tuple(Enclosure(kind, name, base64.b64decode(text)) for kind, name, text in raw["enclosures"])
    return Mail(**{**raw, "enclosures": files, "left_out": tuple(raw["left_out"])})


def main() -> int:
    child.limit()
    try:
        mail = read(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        mail = Mail(refused="heavy")
    json.dump(dump(mail), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
