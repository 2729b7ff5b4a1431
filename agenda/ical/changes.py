"""Small changes to the finished text of a VEVENT: its stamps, and what a subscriber asks for.

Text inside a property never starts a line (a folded line starts with a space), so a line is what it says.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Alarm, Component, vDuration

from agenda.ical.text import clean, text_of

EVENT_END: Final = "END:VEVENT\r\n"
_CANCELLED: Final = "\r\nSTATUS:CANCELLED\r\n"
_CONFIRMED: Final = "\r\nSTATUS:CONFIRMED\r\n"
_STAMPS: Final = re.compile(r"^(?:SEQUENCE|DTSTAMP|LAST-MODIFIED):[^\r\n]*\r\n", re.MULTILINE)


def essence(vevent: str) -> str:
    """The text without SEQUENCE, DTSTAMP and LAST-MODIFIED: equal when nothing changed for a subscriber."""
    return _STAMPS.sub("", vevent)


def with_stamps(vevent: str, *, sequence: int, stamp: datetime) -> str:
    """The same text with another SEQUENCE, DTSTAMP and LAST-MODIFIED."""
    moment = f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    values = {"SEQUENCE": str(sequence), "DTSTAMP": moment, "LAST-MODIFIED": moment}

    def renewed(line: re.Match[str]) -> str:
        name = line.group().split(":", 1)[0]
        return f"{name}:{values[name]}\r\n"

    return _STAMPS.sub(renewed, vevent)


def is_off(vevent: str) -> bool:
    """Whether this date does not take place."""
    return _CANCELLED in vevent


def in_title_only(vevent: str) -> str:
    """For apps that hide what is cancelled (`afgelast=titel`): the word in the title, STATUS:CONFIRMED."""
    return vevent.replace(_CANCELLED, _CONFIRMED)


def with_parts(vevent: str, parts: Iterable[Component]) -> str:
    """With components inside: an alarm, or those of RFC 9073 (`agenda.ical.rich`)."""
    inner = "".join(text_of(part) for part in parts)
    return vevent.removesuffix(EVENT_END) + inner + EVENT_END


def alarm(minutes: int, text: str) -> Alarm:
    """A reminder on the subscriber's screen, so many minutes before the start (`herinner=30`)."""
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", clean(text))
    reminder["TRIGGER"] = vDuration(-timedelta(minutes=minutes))
    return reminder
