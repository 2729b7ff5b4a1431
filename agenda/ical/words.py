"""What a calendar app shows in words: the title's prefix and the description of one date. Pure, in Dutch.

These words are stored with the date when it is published, for every subscriber alike; they are no interface
strings.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final

from agenda.document import AMSTERDAM, Document, Time
from agenda.when.vocabulary import MONTHS, WEEKDAYS

PREFIXES: Final = {"cancelled": "AFGELAST: ", "postponed": "UITGESTELD: "}
NOTICES: Final = {
    "cancelled": "AFGELAST. Deze datum gaat niet door",
    "postponed": "UITGESTELD. Deze datum gaat niet door; een nieuwe is nog niet bekend",
    "sold_out": "UITVERKOCHT",
    "moved": "VERPLAATST",
}


def prefix(status: str) -> str:
    """What stands before the title; only of a date that does not take place."""
    return PREFIXES.get(status, "")


def description(document: Document, moment: Time, page: str) -> str:
    """Plain text: what changed, what it is, what it costs, who makes it, and the page with everything."""
    parts = (
        _notice(moment),
        document.summary.strip(),
        document.description.strip(),
        "\n".join(filter(None, (_doors(moment), _price(document), _booking(document)))),
        f"Van {document.maker.name}\nAlles hierover: {page}",
    )
    return "\n\n".join(part for part in parts if part)


def moment_words(moment: datetime) -> str:
    """'zaterdag 28 november 2026, 20.00 uur' in Amsterdam."""
    local = moment.astimezone(AMSTERDAM)
    return f"{day_words(local)}, {clock(local)}"


def day_words(local: datetime) -> str:
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%H.%M} uur"


def _notice(moment: Time) -> str:
    if moment.status not in NOTICES:
        return ""
    text = NOTICES[moment.status]
    if moment.reason:
        text += f" ({moment.reason.name})"
    return f"{text}. {_before(moment)}".strip()


def _before(moment: Time) -> str:
    if not moment.previous_start:
        return ""
    is_day = moment.is_all_day
    words = (
        day_words(moment.previous_start.astimezone(AMSTERDAM))
        if is_day
        else moment_words(moment.previous_start)
    )
    return f"Eerst gepland op {words}."


def _doors(moment: Time) -> str:
    return f"Deur open: {clock(moment.door_time)}" if moment.door_time else ""


def _price(document: Document) -> str:
    note = document.price_note.strip()
    if document.price_kind == "donation":
        words = "Vrije gift"
    elif document.is_free:
        words = "Gratis"
    elif document.price is not None:
        words = f"Prijs: {euros(document.price)}"
    else:
        return f"Prijs: {note}" if note else ""
    return f"{words} ({note})" if note else words


def euros(amount: Decimal) -> str:
    """'€ 6' or '€ 12,50'."""
    text = f"{amount:.2f}".replace(".", ",").removesuffix(",00")
    return f"€ {text}"


def _booking(document: Document) -> str:
    return f"Kaarten of aanmelden: {document.booking_url}" if document.booking_url else ""
