"""A registered place that a text names, with its hall."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from agenda.texts.base import Clue, Known, Span, words
from agenda.texts.lines import LINK, MAIL, header_spans
from agenda.texts.place_words import BEFORE_PLACE

_GENERIC = words(
    "poppodium wijkcentrum museumhuis museum theater buurthuis huis van de het wijk kunstgarage "
    "studio circusloods bibliotheek cultuurhuis dorpshuis podium centrum stads zaal galerie aan "
)


def registered(text: str, known: Sequence[Known]) -> Clue | None:
    skipped = header_spans(text) + [
        match.span() for pattern in (LINK, MAIL) for match in pattern.finditer(text)
    ]
    hits = [hit for hit in _hits(text, known) if not any(start <= hit[0][0] < end for start, end in skipped)]
    if not hits:
        return None
    hits.sort(
        key=lambda hit: (hit[3], not BEFORE_PLACE.search(text[max(0, hit[0][0] - 16) : hit[0][0]]), hit[0])
    )
    span, place, said, is_alias = hits[0]
    rooms = [found for hit in hits if hit[1] == place and (found := _room(text, hit[0], place))]
    notes = [_("We lezen %(said)s als %(place)s.") % {"said": said, "place": place.name}] if is_alias else []
    others = sorted({hit[1].name for hit in hits if hit[1] != place and not hit[3]})
    if others and not BEFORE_PLACE.search(text[max(0, span[0] - 16) : span[0]]):
        notes.append(_("Ook genoemd: %(places)s. Waar is het?") % {"places": ", ".join(others)})
    if not rooms:
        return Clue(place.name, (span,), tuple(notes))
    return Clue(f"{place.name}, {rooms[0][0]}", (span, rooms[0][1]), tuple(notes))


def _hits(text: str, known: Sequence[Known]) -> Iterator[tuple[Span, Known, str, bool]]:
    """Every mention: where it stands, the place, the words, whether it is only a part of the name."""
    by_name = {place.name: place for place in known}
    names, aliases = _patterns(tuple(by_name))
    whole = [(match.span(), match[0]) for match in names.finditer(text)] if names else []
    for span, said in whole:
        name = next(name for name in by_name if name.lower() == " ".join(said.split()).lower())
        yield span, by_name[name], said, False
    for pattern, name in aliases:
        for match in pattern.finditer(text):
            if not any(start <= match.start() < end for (start, end), _said in whole):
                yield match.span(), by_name[name], match[0], True


@lru_cache(maxsize=8)
def _patterns(
    names: tuple[str, ...],
) -> tuple[re.Pattern[str] | None, tuple[tuple[re.Pattern[str], str], ...]]:
    """One pattern of all whole names, and one for each part of a name that belongs to one place only."""
    if not names:
        return None, ()
    longest_first = sorted(names, key=len, reverse=True)
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(_loose(name) for name in longest_first)})(?!\w)", re.IGNORECASE)
    short = [(name, alias) for name in names if (alias := _alias(name))]
    once = [(name, alias) for name, alias in short if [other for _n, other in short].count(alias) == 1]
    return whole, tuple((re.compile(rf"(?<!\w){_loose(alias)}(?!\w)"), name) for name, alias in once)


def _loose(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def _alias(name: str) -> str:
    """Boerderij of Poppodium Boerderij; "" when nothing of its own is left."""
    words = name.split()
    start = 0
    while start < len(words) - 1 and words[start].lower() in _GENERIC and words[start] not in ("De", "Het"):
        start += 1
    rest = words[start:]
    has_own = any(len(word) > 3 and word.lower() not in _GENERIC for word in rest)
    return " ".join(rest) if start > 0 and has_own else ""


def _room(text: str, span: Span, place: Known) -> tuple[str, Span] | None:
    """A hall named right beside its place, or at the beginning of a line."""
    after = text[span[1] : span[1] + 60]
    before = text[max(0, span[0] - 40) : span[0]]
    for name in sorted(place.rooms, key=len, reverse=True):
        room = _loose(name)
        if match := re.match(
            rf"[\s,(–:/|-]{{1,4}}(?:in\s)?(?:de\s|het\s)?({room})(?!\w|\s+open)", after, re.IGNORECASE
        ):
            return name, (span[1] + match.start(1), span[1] + match.end(1))
        if match := re.search(
            rf"(?<!\w)({room})[\s,)–-]{{1,3}}(?:in\s|van\s|\()?(?:de\s|het\s)?$", before, re.IGNORECASE
        ):
            begin = max(0, span[0] - 40)
            return name, (begin + match.start(1), begin + match.end(1))
        if match := re.search(rf"(?m)^[\s>*•-]*({room})(?=\s*(?:[,.;]|$))", text, re.IGNORECASE):
            return name, match.span(1)
    return None
