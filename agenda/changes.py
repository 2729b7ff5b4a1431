"""What changed between two documents of one activity, in words for an editor. Pure: no database, no clock."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from agenda.document import AMSTERDAM, Document, Image, Place, Time, Word
from agenda.when import Slot
from agenda.when import say as slots_in_words
from agenda.when.words import clock_in_words, full_day
from cultuurportaal.templatetags.portal import price

LONG = 60  # characters; longer texts are compared word by word
SAME, WAS, NEW = "same", "was", "new"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed ('same'), went ('was') or came ('new')."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One field; `before` or `after` is "" where there was or is nothing. `pieces` show both in one text."""

    field: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class DateChange:
    """One date in words: `before` is "" for a new date, `after` is "" for one that went."""

    before: str
    after: str


@dataclass(frozen=True)
class Fact:
    """A field with what it says."""

    field: str
    label: str
    text: str


@dataclass(frozen=True)
class Changes:
    """Fields and dates that differ, and what stayed the same; a new activity has no `before` anywhere."""

    is_new: bool
    fields: tuple[Change, ...]
    dates: tuple[DateChange, ...]
    same: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.fields) + len(self.dates)

    def of(self, field: str) -> Change | None:
        return next((change for change in self.fields if change.field == field), None)


def compare(before: Document | None, after: Document) -> Changes:
    """What an editor must look at: the whole text when there is no `before`, else only the difference."""
    then = {fact.field: fact.text for fact in facts(before)} if before else {}
    pairs = [(fact, then.get(fact.field, "")) for fact in facts(after)]
    fields = [_change(fact, text) for fact, text in pairs if fact.text != text]
    same = [fact for fact, text in pairs if fact.text and fact.text == text]
    if before and before.image and after.image and before.image.id != after.image.id:
        same = [fact for fact in same if fact.field != "image"]
        fields = [change for change in fields if change.field != "image"]
        fields.append(_other_image(before.image, after.image))
    dates = tuple(_dates(before.times if before else (), after.times))
    if before and not dates and after.times:
        same.insert(0, Fact("times", _("Wanneer"), times_in_words(after.times)))
    return Changes(before is None, tuple(fields), dates, tuple(same))


def facts(document: Document) -> tuple[Fact, ...]:
    """Everything of a document but its dates, in the order in which an editor reads it."""
    return tuple(Fact(field, str(label), say(document)) for field, label, say in _FIELDS)


# --- Dates ---------------------------------------------------------------------------------------------


def in_words(time: Time) -> str:
    """'zaterdag 28 november 2026, 14.00 – 16.00, gaat niet door'"""
    parts = [full_day(time.start.date()), _hours(time), time.room, time.notice]
    if time.door_time:
        parts.append(_("deur open %(time)s") % {"time": _clock(time.door_time)})
    if time.reason:
        parts.append(time.reason.name)
    return ", ".join(str(part) for part in parts if part)


def _hours(time: Time) -> str:
    if time.is_all_day:
        return _("hele dag")
    if time.end is None:
        return _("%(time)s uur") % {"time": _clock(time.start)}
    last = time.end.date()
    is_far = last != time.start.date() and time.end.hour >= 6
    end = f"{full_day(last)} {_clock(time.end)}" if is_far else _clock(time.end)
    return f"{_clock(time.start)} – {end}"


def _clock(moment: datetime) -> str:
    return clock_in_words(moment.astimezone(AMSTERDAM))


def _dates(before: Iterable[Time], after: Iterable[Time]) -> Iterator[DateChange]:
    """Dates are the same by their uuid; in order of when they are, or were."""
    then, now = ({time.uuid: time for time in times} for times in (before, after))
    pairs = [(then.get(uuid), now.get(uuid)) for uuid in then | now]
    for was, becomes in sorted(pairs, key=lambda pair: (pair[1] or pair[0]).start):  # type: ignore[union-attr]
        said, says = in_words(was) if was else "", in_words(becomes) if becomes else ""
        if said != says:
            yield DateChange(said, says)


def times_in_words(times: Iterable[Time]) -> str:
    """All dates together: a few one by one, many as a number with their weekdays."""
    slots = [Slot(time.start, time.end, time.is_all_day) for time in times]
    return slots_in_words(sorted(slots, key=lambda slot: slot.start))


# --- Fields --------------------------------------------------------------------------------------------


def _change(fact: Fact, before: str) -> Change:
    is_long = max(len(before), len(fact.text)) > LONG
    pieces = _by_word(before, fact.text) if is_long and before else _whole(before, fact.text)
    return Change(fact.field, fact.label, before, fact.text, tuple(pieces))


def _whole(before: str, after: str) -> Iterator[Piece]:
    if before:
        yield Piece(WAS, before)
    if after:
        yield Piece(NEW, after)


def _by_word(before: str, after: str) -> Iterator[Piece]:
    """Word by word; texts that have little in common are shown whole, as that reads better."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.quick_ratio() < 0.3:
        yield from _whole(before, after)
        return
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(new[new_from:new_to]))
        else:
            yield from _whole("".join(old[old_from:old_to]), "".join(new[new_from:new_to]))


def _names(words: Iterable[Word]) -> str:
    language = get_language() or "nl"
    return ", ".join(word.label(language) for word in words)


def _name(word: Word | None) -> str:
    return _names([word] if word else [])


def _place(place: Place | None) -> str:
    return place.line if place else ""


def _price(document: Document) -> str:
    words = {"free": _("Gratis"), "donation": _("Vrije gift"), "unknown": ""}
    text = words.get(document.price_kind, price(document.price) or _("Kost iets"))
    return ", ".join(part for part in (text, document.price_note) if part)


def _age(document: Document) -> str:
    age_from, age_to = document.age_from, document.age_to
    if age_from is not None and age_to is not None:
        return _("%(from)d tot en met %(to)d jaar") % {"from": age_from, "to": age_to}
    if age_from is not None:
        return _("vanaf %(from)d jaar") % {"from": age_from}
    return _("tot en met %(to)d jaar") % {"to": age_to} if age_to is not None else ""


def _image(image: Image | None) -> str:
    return (image.alt or _("zonder beschrijving")) if image else ""


def _other_image(before: Image, after: Image) -> Change:
    was, becomes = _image(before), _("andere foto: %(alt)s") % {"alt": _image(after)}
    return Change("image", _("Foto"), was, becomes, tuple(_whole(was, becomes)))


_LANGUAGES = {
    "nl": gettext_lazy("Nederlands"),
    "en": gettext_lazy("Engels"),
    "de": gettext_lazy("Duits"),
    "zxx": gettext_lazy("zonder woorden"),
}

_FIELDS: tuple[tuple[str, object, Callable[[Document], str]], ...] = (
    ("title", gettext_lazy("Titel"), lambda document: document.title),
    ("summary", gettext_lazy("In één zin"), lambda document: document.summary),
    ("description", gettext_lazy("Meer erover"), lambda document: document.description),
    ("place", gettext_lazy("Waar"), lambda document: _place(document.place)),
    ("district", gettext_lazy("Wijk"), lambda document: _name(document.district)),
    ("price", gettext_lazy("Prijs"), _price),
    ("passes", gettext_lazy("Passen"), lambda document: _names(document.passes)),
    ("kind", gettext_lazy("Soort"), lambda document: _name(document.kind)),
    ("disciplines", gettext_lazy("Disciplines"), lambda document: _names(document.disciplines)),
    ("audiences", gettext_lazy("Voor wie"), lambda document: _names(document.audiences)),
    ("age", gettext_lazy("Leeftijd"), _age),
    ("access", gettext_lazy("Toegankelijk"), lambda document: _names(document.access)),
    ("booking_url", gettext_lazy("Kaarten of aanmelden"), lambda document: document.booking_url),
    ("website", gettext_lazy("Website"), lambda document: document.website),
    (
        "language",
        gettext_lazy("Taal"),
        lambda document: str(_LANGUAGES.get(document.language, document.language)),
    ),
    ("maker", gettext_lazy("Organisatie"), lambda document: document.maker.name),
    (
        "co_makers",
        gettext_lazy("Samen met"),
        lambda document: ", ".join(one.name for one in document.co_makers),
    ),
    ("core_values", gettext_lazy("Kernwaarden"), lambda document: _names(document.core_values)),
    ("reach", gettext_lazy("Bereik"), lambda document: _name(document.reach)),
    ("image", gettext_lazy("Foto"), lambda document: _image(document.image)),
)
