"""Lists of dates as the pages show them: stored cards with the date put in, one shelf per day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext

from agenda import days
from agenda.document import AMSTERDAM, NOTICES, OFF, Document
from agenda.filters import cursor
from agenda.fragments import SLOTS, Slots, fill
from agenda.models.listing import OccurrenceQuerySet
from cultuurportaal.templatetags.portal import clock, day_words, nearby_day

MOST_CARDS = 30
COLUMNS = ("uuid", "day", "start", "end", "is_all_day", "status")


@dataclass(frozen=True)
class Shelf:
    """One day of the agenda: its name and its cards."""

    day: date
    name: str
    words: str
    cards: Sequence[SafeString]


@dataclass(frozen=True)
class Shelves:
    """Some whole days in a row; `next` is the cursor for what follows, '' at the end."""

    days: Sequence[Shelf]
    next: str


def shelves(dates: OccurrenceQuerySet, language: str, now: datetime, most: int = MOST_CARDS) -> Shelves:
    """The first whole days of these dates, at most so many cards. One query."""
    rows = list(with_cards(dates, language)[: most + 1])
    shown, has_more = rows[:most], len(rows) > most
    if has_more and shown[0].day != rows[-1].day:
        shown = [row for row in shown if row.day != rows[-1].day]
    last = shown[-1] if has_more else None
    following = cursor.write(last.day, last.start, last.uuid) if last else ""
    return Shelves(_stack(shown, now), following)


def with_cards(dates: OccurrenceQuerySet, language: str) -> Any:
    """Rows with what a card needs, its stored fragment in this language included (else Dutch)."""
    card = Coalesce(_fragment(language), _fragment("nl"))
    return dates.annotate(card=card).values_list(*COLUMNS, "card", named=True)


def _fragment(language: str) -> KeyTextTransform:
    return KeyTextTransform("card", KeyTextTransform(language, "listing__fragments"))


def _stack(rows: Sequence[Any], now: datetime) -> list[Shelf]:
    """Rows in order, as one shelf per day; on a phone the very first card is a big one."""
    return [
        Shelf(day, _name(day, now), _words(day, now), _cards(day, group, rows[0]))
        for day, group in groupby(rows, key=lambda row: row.day)
    ]


def _cards(day: date, rows: Iterable[Any], first: Any) -> list[SafeString]:
    said = day_words(day)
    return [card(row, said=said, is_big=row is first) for row in rows]


def _name(day: date, now: datetime) -> str:
    """'Vanavond', 'Vandaag', 'Morgen' or the day of the week."""
    today = days.today(now)
    is_tonight = day == today and now >= datetime.combine(today, days.EVENING, AMSTERDAM)
    return gettext("Vanavond") if is_tonight else nearby_day(day, today)


def _words(day: date, now: datetime) -> str:
    """The date beside that name; the day of the week is said once."""
    today = days.today(now)
    weekday = "l " if day <= today + timedelta(days=1) else ""
    return date_format(day, f"{weekday}j F Y" if day.year != today.year else f"{weekday}j F")


def card(row: Any, *, said: str = "", is_big: bool = False) -> SafeString:
    """One stored card for one date; `said`: its day in words, when the caller has them."""
    at = _clock(row)
    label = f", {said or day_words(row.day)}, {at.words}"
    return fill(
        row.card,
        Slots(
            css=" af" if row.status in OFF else " groot-kaart" if is_big else "",
            day=date_key(row.day, row.start, is_all_day=row.is_all_day),
            status=status_tag(row.status),
            label=conditional_escape(label),
            clock=at.html,
        ),
    )


def example(
    document: Document, card_html: str, now: datetime, *, link: str
) -> tuple[SafeString, date | None]:
    """The stored card of a document that is not public, for its first coming date, and that day.

    Its link leads to `link`, as there is no page outside yet. Without a coming date there is no card.
    """
    first = next((time for time in document.times if time.start >= now), None)
    if first is None:
        return SafeString(""), None
    outside = reverse("agenda:activity", args=[document.slug])
    html = card_html.replace(f'href="{outside}?dag={SLOTS["day"]}"', f'href="{link}"')
    day = days.day_of(first.start, is_all_day=first.is_all_day)
    shown = {"start": first.start, "end": first.end, "is_all_day": first.is_all_day, "status": first.status}
    return card(SimpleNamespace(card=html, day=day, **shown)), day


def date_key(day: date, start: datetime, *, is_all_day: bool) -> str:
    """How an address names one date of an activity: two on one day have their own."""
    return day.isoformat() if is_all_day else f"{day}T{start.astimezone(AMSTERDAM):%H.%M}"


def status_tag(status: str) -> SafeString:
    """The notice of a date that does not simply take place, on the colour that goes with it; else nothing."""
    if status not in NOTICES:
        return SafeString("")
    css = "nee" if status in OFF else "let"
    return format_html('<span class="tag {}">{}</span> ', css, capfirst(str(NOTICES[status])))


@dataclass(frozen=True)
class Clock:
    """A time of day twice: as HTML to look at, in words to hear."""

    html: SafeString
    words: str


def _clock(row: Any) -> Clock:
    if row.is_all_day:
        return Clock(conditional_escape(capfirst(gettext("hele dag"))), gettext("hele dag"))
    start, begin = row.start.astimezone(AMSTERDAM), clock(row.start)
    html = f'<time datetime="{start.isoformat(timespec="minutes")}">{begin}</time>'
    if row.end:
        html = f"{html} – {clock(row.end)}"
    return Clock(mark_safe(html), gettext("%(time)s uur") % {"time": begin})  # noqa: S308 - only digits and points
