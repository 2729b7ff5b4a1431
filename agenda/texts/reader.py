"""From pasted text to drafts: every rule on every part, and what was found marked in the text."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from agenda.texts.base import Clue, Draft, Known, Mark, Pasted, Span
from agenda.texts.facts import ages_of, links_of
from agenda.texts.lines import cover, covered
from agenda.texts.moments import Moments
from agenda.texts.parts import parts_of
from agenda.texts.places import place_of
from agenda.texts.prices import price_of
from agenda.texts.prose import prose_of
from agenda.texts.titles import title_of
from agenda.when import DayOff
from cultuurportaal.characters import prose

LONGEST = 10_000
Value = str | int | Decimal


def read(text: str, *, now: datetime, days_off: Sequence[DayOff] = (), known: Sequence[Known] = ()) -> Pasted:
    """The activities in a text of up to LONGEST characters (what is longer is not read)."""
    clean = prose(text[:LONGEST])
    if not clean:
        return Pasted("")
    reader = _Reader(now, days_off, known)
    parts, shared = parts_of(clean, covered(clean))
    if not parts:
        return Pasted(clean, (reader.draft(clean),))
    around = "\n".join(clean[start:end] for start, end in shared)
    drafts: list[Draft] = []
    for part in parts:
        draft = _moved(reader.draft(clean[part.start : part.end], around), part.start)
        if drafts and _SAME_PLACE.search(clean[part.start : part.end]) and "place" in drafts[-1].values:
            draft = replace(draft, values={**draft.values, "place": drafts[-1].values["place"]})
        drafts.append(draft)
    return Pasted(clean, tuple(drafts))


_SAME_PLACE = re.compile(r"\bzelfde (?:plek|plaats|locatie|zaal)\b", re.IGNORECASE)


class _Reader:
    """What is the same for every part: the moment of reading, the days off and places of the city."""

    def __init__(self, now: datetime, days_off: Sequence[DayOff], known: Sequence[Known]) -> None:
        self.now, self.days_off, self.known = now, days_off, known

    def draft(self, text: str, around: str = "") -> Draft:
        """`around` is text about all activities: it gives the place, price and link left out here."""
        sheet = _Sheet()
        without_times = covered(text)
        moments = Moments(without_times, now=self.now, days_off=self.days_off)
        when, price, ages = moments.clue(), price_of(text), ages_of(text)
        place = place_of(text, self.known, _without(without_times, [*when.spans, *price.spans]))
        sheet.put("tekst", when)
        sheet.put("place", self._hall(text, around) or place)
        if around:
            sheet.share("place", place_of(around, self.known))
        shared_price = price_of(around) if around and price.kind == "unknown" else price
        sheet.put("price_kind", Clue(shared_price.kind, price.spans, shared_price.notes))
        sheet.doubt(without_date=not moments.has_day)
        sheet.values |= {"price": shared_price.lowest} if shared_price.lowest else {}
        sheet.values |= {"price_note": shared_price.note} if shared_price.note else {}
        sheet.values |= {
            name: age for name, age in (("age_from", ages.first), ("age_to", ages.last)) if age is not None
        }
        sheet.mark("age_from" if ages.first is not None else "age_to", [ages.span])
        for link in links_of(text) or links_of(around):
            sheet.put(
                "booking_url" if link.is_booking else "website",
                Clue(link.address, (link.span,) if link.address in text or not around else ()),
            )
        used = [(mark.start, mark.end) for mark in sheet.marks]
        title = title_of(text, without_times, used)
        sheet.put("title", title)
        told = prose_of(text, title.spans, used)
        sheet.put("summary", Clue(told.summary, (told.summary_span,)))
        sheet.put("description", Clue(told.description, told.spans))
        return sheet.draft([*moments.left, *price.left])

    def _hall(self, text: str, around: str) -> Clue | None:
        """A hall of the one place that the text is about as a whole."""
        places = [place for place in self.known if place.name.lower() in around.lower()]
        for name in places[0].rooms if len(places) == 1 else ():
            if match := re.search(rf"(?m)(?<!\w){re.escape(name)}(?=\s*(?:[,.;]|$))", text, re.IGNORECASE):
                return Clue(f"{places[0].name}, {name}", (match.span(),))
        return None


def _without(text: str, spans: Sequence[Span]) -> str:
    for span in spans:
        text = cover(text, *span)
    return text


class _Sheet:
    """Collects the fields of one draft."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}
        self.marks: list[Mark] = []
        self.notes: list[tuple[str, str]] = []

    def put(self, name: str, clue: Clue) -> None:
        if clue.value:
            self.values[name] = clue.value
            self.mark(name, clue.spans)
        self.notes += [(name, note) for note in clue.notes]

    def share(self, name: str, clue: Clue) -> None:
        """From the text about all activities, when this one does not say it."""
        if clue.value and name not in self.values:
            self.values[name] = clue.value
            note = _("Dit staat bij alle activiteiten samen: %(text)s.") % {"text": clue.value}
            self.notes += [(name, one) for one in (*clue.notes, note)]

    def doubt(self, *, without_date: bool) -> None:
        """A text without a day is perhaps no announcement: its place and price are asked."""
        if not without_date:
            return
        asked = {name for name, _note in self.notes}
        if "place" in self.values and "place" not in asked:
            note = _("We lezen %(place)s als de plek. Klopt dat?") % {"place": self.values["place"]}
            self.notes.append(("place", note))
        if self.values.get("price_kind", "unknown") != "unknown" and "price_kind" not in asked:
            self.notes.append(("price_kind", _("Gaat de prijs in deze tekst over deze activiteit?")))

    def mark(self, name: str, spans: Sequence[Span]) -> None:
        self.marks += [Mark(start, end, name) for start, end in spans if end > start]

    def draft(self, left: Sequence[str]) -> Draft:
        return Draft(self.values, tuple(_apart(self.marks)), tuple(self.notes), tuple(dict.fromkeys(left)))


FIELDS = (
    "tekst",
    "place",
    "price_kind",
    "age_from",
    "age_to",
    "booking_url",
    "website",
    "title",
    "summary",
    "description",
)


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that do not overlap, in the order of the text; facts go before the sentences around them."""
    free: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (FIELDS.index(one.field), one.start)):
        pieces = [(mark.start, mark.end)]
        for other in free:
            pieces = [
                piece for start, end in pieces for piece in _minus((start, end), (other.start, other.end))
            ]
        free += [Mark(start, end, mark.field) for start, end in pieces if end - start > 1]
    return sorted(free)


def _minus(span: Span, other: Span) -> list[Span]:
    if other[1] <= span[0] or other[0] >= span[1]:
        return [span]
    return [piece for piece in ((span[0], other[0]), (other[1], span[1])) if piece[0] < piece[1]]


def _moved(draft: Draft, by: int) -> Draft:
    marks = tuple(Mark(mark.start + by, mark.end + by, mark.field) for mark in draft.marks)
    return Draft(draft.values, marks, draft.notes, draft.left)
