"""The innermost original of a forwarded mail, as Gmail, Outlook, Apple and Thunderbird write it in the text.

Pure: text in, text out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

LABELS = {
    "from": "from",
    "van": "from",
    "date": "date",
    "sent": "date",
    "datum": "date",
    "verzonden": "date",
    "subject": "subject",
    "onderwerp": "subject",
    "to": "to",
    "aan": "to",
    "cc": "cc",
    "reply-to": "reply",
    "antwoord aan": "reply",
}
_NAMES = "|".join(re.escape(name) for name in sorted(LABELS, key=len, reverse=True))
_LABEL = re.compile(rf"^\*{{0,2}}({_NAMES})\s?:\*{{0,2}}\s*(.*)$", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:>[ \t]?)+")
_MARK = re.compile(
    r"forwarded message|doorgestuurd bericht|oorspronkelijk bericht|original message", re.IGNORECASE
)
_PREFIX = re.compile(
    r"^\s*(?:\[(?:ext|extern|external|spam)\]|(?:re|fw|fwd|antw|doorst|doorgest|tr|wg)\s*:)\s*", re.IGNORECASE
)
_FORWARDS = re.compile(r"\b(?:fw|fwd|doorst|doorgest|tr|wg)\s*:", re.IGNORECASE)
_REPLIES = re.compile(r"^\s*(?:re|antw)\s*:", re.IGNORECASE)
_RULE = re.compile(r"^[\s_*=-]*$")
_REPLY_HEAD = re.compile(r"^(?:op|on)\b.{5,160}\b(?:schreef|wrote)\b.*:$", re.IGNORECASE)
LONGEST_SUBJECT = 60  # in which a prefix stands at the start


@dataclass(frozen=True)
class Original:
    """`note` is what the forwarder wrote above it; `sender` is "" when the text only has a name."""

    text: str
    subject: str = ""
    sender: str = ""
    name: str = ""
    note: str = ""


def bare_subject(subject: str) -> str:
    """Without Re:, Fw: and the like, however often they stand there."""
    while match := _PREFIX.match(subject):
        subject = subject[match.end() :]
    return subject.strip()


def original(text: str, subject: str) -> Original | None:
    """The last mail inside a forwarded one; None when this is no forwarded mail."""
    lines = [_QUOTED.sub("", line).strip() for line in text.split("\n")]
    is_marked = any(_MARK.search(line) for line in lines)
    if not (_FORWARDS.search(subject[:LONGEST_SUBJECT]) or (is_marked and not _REPLIES.match(subject))):
        return None
    heads = _heads(lines)
    if not heads:
        return None
    last = heads[-1]
    name, sender = _address(last.said.get("from", ""))
    return Original(
        text="\n".join(lines[last.end :]).strip(),
        subject=last.said.get("subject", ""),
        sender=sender,
        name=name,
        note="\n".join(line for line in lines[: heads[0].start] if not _is_rule(line)).strip(),
    )


def own_words(text: str) -> str:
    """What this mail itself says: without its signature and the mail that it answers."""
    kept: list[str] = []
    for line in text.split("\n"):
        if line.rstrip() == "--" or _REPLY_HEAD.match(line.strip()):
            break
        if not line.startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip() or text.strip()


@dataclass(frozen=True)
class _Head:
    start: int
    end: int
    said: dict[str, str]


def _heads(lines: Sequence[str]) -> list[_Head]:
    """Rows of lines such as "Van: …" and "Onderwerp: …"; a line between two of them is a wrapped one."""
    heads: list[_Head] = []
    place = 0
    while place < len(lines):
        head = _head(lines, place)
        if head:
            heads.append(head)
        place = head.end if head else place + 1
    return heads


def _head(lines: Sequence[str], start: int) -> _Head | None:
    said: dict[str, str] = {}
    place = end = start
    while place < len(lines) and place - end <= 1:
        match = _LABEL.match(lines[place])
        if match is None:
            if place == start or not lines[place]:
                break
            place += 1
            continue
        kind = LABELS[match[1].lower()]
        if kind in said:
            break
        said[kind] = match[2].strip()
        place = end = place + 1
    is_head = len(said) >= 3 and "from" in said and ("subject" in said or "date" in said)
    return _Head(start, end, said) if is_head else None


def _address(text: str) -> tuple[str, str]:
    """Name and address of 'Kim <kim@koor.example>', 'Kim [mailto:kim@koor.example]' or 'Kim'."""
    text = re.sub(r"\[?mailto:([^\]\s>]+)\]?", r"<\1>", text).replace("<<", "<").replace(">>", ">")
    found = re.search(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\.[^\s<>\"'(),;:]+", text)
    if found is None:
        return text.strip(" \"'*"), ""
    name = parseaddr(text)[0] or text[: found.start()]
    return name.strip(" \"'<(*"), found[0].strip(".*")


def _is_rule(line: str) -> bool:
    return bool(_RULE.match(line) or _MARK.search(line))
