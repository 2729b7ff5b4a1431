"""Pieces of pages that are made once, at release: a card for lists and the body of the detail page.

Nothing in them depends on the day of reading or on the date that a card shows: those go into the slots.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from agenda import text
from agenda.document import Document, Image

WHOLE = "hele"  # the rendition of a portrait poster that is not cropped
FORMATS = ("avif", "webp")  # first choice first; JPEG is what every browser can show
SLOTS = {name: f"<!--{name}-->" for name in ("class", "day", "status", "label", "clock")}
"""Where a card waits for its date. No text can forge one: '<' is escaped in all that a maker writes."""


@dataclass(frozen=True)
class Slots:
    """What one date puts in a card, as safe HTML; `day` names it in addresses; `label` follows the title."""

    css: str
    day: str
    status: str
    label: str
    clock: str


def render(document: Document, language: str) -> dict[str, str]:
    """The fragments of one listing: "card" with slots, and "detail"; equal documents give equal bytes."""
    context = {
        "document": document,
        "description": text.html(text.after(document.summary, document.description)),
        "promises": [fact.label(language) for fact in document.access],
        "answers": _answers(document, language),
        "picture": picture(document.image, "4x3") if document.image else None,
        "content_language": document.language if document.language != language else "",
        "slots": {name: mark_safe(slot) for name, slot in SLOTS.items()},  # noqa: S308 - our own constants
    }
    with translation.override(language):
        return {
            "card": render_to_string("agenda/_card_body.html", context).strip(),
            "detail": render_to_string("agenda/_detail_body.html", context).strip(),
        }


def fill(card: str, slots: Slots) -> SafeString:
    """A stored card with one date in it."""
    html = (
        card.replace(SLOTS["class"], slots.css)
        .replace(SLOTS["day"], slots.day)
        .replace(SLOTS["status"], slots.status)
        .replace(SLOTS["label"], slots.label)
        .replace(SLOTS["clock"], slots.clock)
    )
    return mark_safe(html)  # noqa: S308 - a stored fragment, and slots made by our own templates


def picture(image: Image, ratio: str) -> dict[str, Any] | None:
    """What `_picture.html` shows, for a ratio such as '4x3' or WHOLE; None when there is no such rendition.

    A whole poster has any shape: it gets no height, and its place on the page sets one.
    """
    formats = image.renditions.get(ratio, {})
    jpegs = formats.get("jpeg", {})
    if not jpegs:
        return None
    widest = int(max(jpegs, key=int))
    return {
        "sources": [
            {"format": name, "srcset": _srcset(formats[name])} for name in FORMATS if name in formats
        ],
        "srcset": _srcset(jpegs),
        "url": jpegs[min(jpegs, key=int)],
        "width": widest,
        "height": None if ratio == WHOLE else _height(widest, ratio),
    }


def large_picture(image: Image | None) -> dict[str, Any] | None:
    """The picture on the page of an activity. A poster is shown whole: its words stand at its edges."""
    return (picture(image, WHOLE) or picture(image, "16x9")) if image else None


def _height(width: int, ratio: str) -> int:
    across, up = (int(side) for side in ratio.split("x"))
    return width * up // across


def _srcset(addresses: dict[str, str]) -> str:
    return ", ".join(f"{addresses[width]} {width}w" for width in sorted(addresses, key=int))


def _answers(document: Document, language: str) -> list[dict[str, Any]]:
    """What is known about getting into the place, without what the maker promises anyway."""
    promised = {fact.code for fact in document.access}
    return [
        {
            "label": one.fact.label(language),
            "answer": one.answer,
            "source": one.source,
            "day": date.fromisoformat(one.checked_on),
        }
        for one in (document.place.access if document.place else ())
        if one.answer == "no" or one.fact.code not in promised
    ]
