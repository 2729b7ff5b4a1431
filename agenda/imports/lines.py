"""The lines of a calendar file before a parser sees them: decoded, unfolded, bounded.

What we never use is left out here (alarms, attachments, a second body in HTML), so that it cannot cost
anything: an attachment is never opened and never fetched.
"""

import codecs
import re
from dataclasses import dataclass

MOST_BYTES = 5 * 1024 * 1024
MOST_EVENTS = 2_000
LONGEST_LINE = 60_000
DEEPEST = 12
_FOLD = re.compile(rb"\r?\n[ \t]")
_SKIPPED = re.compile(r"(ATTACH|X-ALT-DESC|X-MICROSOFT-[A-Z-]+|X-APPLE-[A-Z-]+)[;:]", re.IGNORECASE)
_MARK = re.compile(r"(BEGIN|END)\s*:\s*([A-Za-z0-9-]+)\s*$", re.IGNORECASE)


class Unreadable(ValueError):  # noqa: N818 - the word of the domain
    """Nothing can be made of it; the text is a code of `imports.words`."""


@dataclass(frozen=True)
class Lines:
    """`events` in the file; `text` has at most MOST_EVENTS of them, `left_out` counts the others."""

    text: str
    events: int
    left_out: int
    is_cut: bool


def decoded(body: bytes) -> str:
    """The text, unfolded, without the character that no database keeps."""
    return _decoded(body).replace("\0", "")


def _decoded(body: bytes) -> str:
    """A line may be folded inside a letter, so unfolding comes before decoding."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return re.sub(r"\r?\n[ \t]", "", body.decode("utf-16", "replace"))
    if body[1:2] == b"\0" or body[:1] == b"\0":
        name = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
        return re.sub(r"\r?\n[ \t]", "", body.decode(name, "replace"))
    body = _FOLD.sub(b"", body.removeprefix(codecs.BOM_UTF8))
    for name in ("utf-8", "cp1252"):
        try:
            return body.decode(name)
        except UnicodeDecodeError:
            continue
    return body.decode("latin-1")


class _Taker:
    """Takes lines one by one; keeps what counts and knows which components are open."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.open: list[str] = []
        self.events = 0
        self.skipping = ""

    def take(self, line: str) -> None:
        mark = _MARK.match(line) if line[:1] in "BEbe" else None
        word, name = (mark[1].upper(), mark[2].upper()) if mark else ("", "")
        if self.skipping:
            self.skipping = "" if (word, name) == ("END", self.skipping) else self.skipping
            return
        if word == "BEGIN" and not self.begins(name):
            return
        if word == "END" and self.open[-1:] == [name]:
            self.open.pop()
        if line.strip() and len(line) <= LONGEST_LINE and not _SKIPPED.match(line):
            self.kept.append(line)

    def begins(self, name: str) -> bool:
        """Whether the component that begins here is kept."""
        self.events += name == "VEVENT"
        if name == "VALARM" or (name == "VEVENT" and self.events > MOST_EVENTS):
            self.skipping = name
            return False
        self.open.append(name)
        if len(self.open) > DEEPEST:
            raise Unreadable("damaged")
        return True


def lines(body: bytes) -> Lines:
    """Raises Unreadable: 'no_calendar', 'damaged'."""
    is_cut = len(body) > MOST_BYTES
    taker = _Taker()
    for line in re.split(r"\r\n|\n|\r", decoded(body[:MOST_BYTES])):
        taker.take(line)
    kept, events = taker.kept, taker.events
    if not kept or kept[0].rstrip().upper() != "BEGIN:VCALENDAR":
        raise Unreadable("no_calendar")
    if is_cut:
        kept = _closed(kept, taker.open)
    elif taker.open or taker.skipping:
        raise Unreadable("damaged")
    text = "\r\n".join(kept) + "\r\n"
    return Lines(text, min(events, MOST_EVENTS), max(0, events - MOST_EVENTS), is_cut)


def _closed(kept: list[str], open_: list[str]) -> list[str]:
    """A file that was cut at its largest size: without its last, half event."""
    if "VEVENT" in open_:
        last = max(number for number, line in enumerate(kept) if line.upper().startswith("BEGIN:VEVENT"))
        kept, open_ = kept[:last], open_[: open_.index("VEVENT")]
    return [*kept, *(f"END:{name}" for name in reversed(open_))]
