"""iCalendar (RFC 5545, 7986): one date as a VEVENT, small changes to that text, and a whole feed. Pure."""

from agenda.ical.calendar import CALENDAR_END, calendar, opening
from agenda.ical.changes import alarm, essence, in_title_only, is_off, with_parts, with_stamps
from agenda.ical.event import vevent
from agenda.ical.text import clean
from agenda.ical.wish import PLAIN, Wish

__all__ = [
    "CALENDAR_END",
    "PLAIN",
    "Wish",
    "alarm",
    "calendar",
    "clean",
    "essence",
    "in_title_only",
    "is_off",
    "opening",
    "vevent",
    "with_parts",
    "with_stamps",
]
