"""Where it is: a registered place, a labelled line, an address, or the words after "in" and "bij"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from agenda.texts.base import Clue, Known, Span
from agenda.texts.letters import closing_start
from agenda.texts.lines import ADDRESS, COVER, COVERED_PHONE, header_spans, lines
from agenda.texts.place_words import (
    ADDRESS_LINE,
    AFTER,
    CUT,
    EVERYDAY,
    GOES_ON,
    HEAD,
    HOUSE,
    IN_THE,
    INLINE_LABEL,
    LABEL,
    NEVER,
    NOUN,
    NOUNS,
    PIN,
    PLACE,
    SENTENCE,
    STREETS,
    THING,
)
from agenda.texts.registered import registered

LONGEST = 200


def place_of(text: str, known: Sequence[Known], covered: str = "") -> Clue:
    """Never a place that is only likely without saying so. `covered`: without what other rules used."""
    if clue := registered(text, known):
        return _with_doubt(text, clue)
    body = text[: closing_start(text)]
    return (
        _labelled(text)
        or _address_line(body)
        or _named(body)
        or _segment(body, (covered or text)[: len(body)])
        or _likely(body)
        or Clue()
    )


def _with_doubt(text: str, clue: Clue) -> Clue:
    """Another place that is named before a registered one is perhaps where it is."""
    before = text[: clue.spans[0][0]]
    earlier = _named(before) or _segment(before, before)
    if not earlier or clue.notes or len(clue.spans) > 1 or clue.value.lower() in earlier.value.lower():
        return clue
    return replace(clue, notes=(_("Ook genoemd: %(places)s. Waar is het?") % {"places": earlier.value},))


def _address_line(text: str) -> Clue | None:
    match = ADDRESS_LINE.search(text)
    return _clue(text, *match.span()) if match else None


def _labelled(text: str) -> Clue | None:
    for line in lines(text):
        if match := LABEL.match(line.text):
            start = line.start + match.start(1)
            return _clue(text, start, start + len(match[1]))
    for pattern in (PIN, INLINE_LABEL):
        if match := pattern.search(text):
            return _clue(text, *match.span(1))
    return None


def _named(text: str) -> Clue | None:
    """The words after "in" or "bij": with a word for a building or an address they are sure."""
    skipped = header_spans(text)
    for match in AFTER.finditer(text):
        if any(start <= match.start() < end for start, end in skipped):
            continue
        start, end = _tidy(text, *match.span(1))
        name = text[start:end]
        if not name or NEVER.match(name):
            continue
        if NOUNS.search(name) and not THING.search(name) and _says_where(name):
            return _clue(text, *_with_address(text, start, end))
    return None


def _likely(text: str) -> Clue | None:
    """The first name after "in", "bij" or "@": perhaps a place."""
    skipped = header_spans(text)
    for match in AFTER.finditer(text):
        start, end = _tidy(text, *match.span(1))
        name = text[start:end]
        is_near = match[0].lower().startswith(("in ", "bij ", "@", "at ", "te "))
        if (
            is_near
            and name
            and not NEVER.match(name)
            and name.split()[-1][:1].isupper()
            and not _in(start, skipped)
        ):
            if GOES_ON.match(text[end : end + 30]):
                continue
            is_sure = bool(IN_THE.match(match[0])) and " " not in name
            return _clue(text, *_with_address(text, start, end), is_sure=is_sure)
    for match in HOUSE.finditer(text):
        is_name = any(
            word[:1].isupper() and word not in ("De", "Het", "Een", "In") for word in match[0].split()
        )
        if " " in match[0] and is_name and not THING.search(match[0]) and not _in(match.start(), skipped):
            return _clue(text, *match.span(), is_sure=False)
    return None


def _in(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _with_address(text: str, start: int, end: int) -> Span:
    """With the street and number that follow, between commas or brackets."""
    match = re.match(
        rf"[\s,(–-]{{1,4}}(?:aan\s)?(?:de\s|het\s)?({ADDRESS.pattern}|{STREETS})", text[end : end + 80]
    )
    return (start, end + match.end(1)) if match else (start, end)


def _says_where(name: str) -> bool:
    """A name, or an everyday word such as "de bieb"; not just "het museum" or "Café"."""
    if EVERYDAY.search(name):
        return True
    words = name.split()
    is_bare = len(words) == 1 and bool(re.fullmatch(NOUN, name, re.IGNORECASE))
    return not is_bare and any(word[:1].isupper() for word in words)


def _segment(text: str, covered: str) -> Clue | None:
    """A line, or a piece between commas, that is a place; or an address anywhere."""
    for match in re.finditer(r"[^\n,.;|•()–!?]+", covered):
        for piece in re.finditer(rf"[^{COVER}{COVERED_PHONE}]+", match[0]):
            words = piece[0].strip(" -:*>")
            start = match.start() + piece.start() + piece[0].find(words) if words else 0
            if words and start > 0 and _stands_alone(text, start) and _is_place(words):
                return _clue(text, *_with_address(text, *_tidy(text, start, start + len(words))))
    address = ADDRESS.search(text)
    return _clue(text, *address.span()) if address else None


def _stands_alone(text: str, start: int) -> bool:
    """Begins a line or a piece between marks, or follows a time."""
    before = text[max(0, start - 12) : start].rstrip(" ")
    return before[-1:] in ("", *",.\n|•;()-–:!?*>") or before.endswith(("uur", "u")) or before[-1:].isdigit()


def _is_place(words: str) -> bool:
    """Begins with, or is, a word for a building: "Café De Hoek", "bieb oost", "Wijktheater Het Veerhuis"."""
    if PLACE.fullmatch(words):
        return True
    noun = NOUNS.search(words)
    if not noun or re.match(r"[#\d]|[^ ]*:", words) or len(words.split()) > 7 or THING.search(words):
        return False
    lead = re.sub(rf"^{HEAD}", "", words[: noun.start()], flags=re.IGNORECASE)
    return len(lead.split()) <= 2 and not SENTENCE.search(words) and _says_where(words)


def _tidy(text: str, start: int, end: int) -> Span:
    """Without the words of a time, marks at the edges, and the article."""
    kept = text[start:end]
    while True:
        shorter = CUT.sub("", kept)
        if shorter == kept:
            break
        kept = shorter
    lead = re.match(r"(?:(?:de|het|een|the|ons|onze|je|jouw)\s)", kept)
    skip = lead.end() if lead else 0
    return start + skip, start + len(kept)


def _clue(text: str, start: int, end: int, *, is_sure: bool = True) -> Clue | None:
    words = text[start:end]
    shorter = words.rstrip(" .,;:!-–")
    end = start + len(shorter)
    value = " ".join(shorter.split())[:LONGEST]
    if not value:
        return None
    notes = () if is_sure else (_("We lezen %(place)s als de plek. Klopt dat?") % {"place": value},)
    return Clue(value, ((start, end),), notes)
