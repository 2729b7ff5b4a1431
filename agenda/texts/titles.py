"""What it is called: a subject line, a heading, a quoted name, or the words that name an activity."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from agenda.texts.base import Clue, Span
from agenda.texts.letters import closing_start, greeting_end, is_request
from agenda.texts.lines import Line, header_spans, lines, sentences
from agenda.texts.title_words import (
    BEFORE_NOUN,
    EMPTY_SUBJECT,
    LABEL,
    LEADING_VERB,
    MEANINGLESS,
    OTHER_LABEL,
    QUOTED,
    REPLY,
    STOP,
    THINGS,
    VERBS,
    WEAK,
)

LONGEST = 100


def title_of(text: str, covered: str, used: Sequence[Span]) -> Clue:
    """`used` are the places of what other rules found: they are not part of a title."""
    rows = [line for line in lines(text[: closing_start(text)]) if not _in(line.start, header_spans(text))]
    if clue := _labelled(lines(text)):
        return clue
    is_letter = any(greeting_end(line.text) for line in rows[:2])
    headings = (
        []
        if is_letter and (clue := _quoted(text, rows) or _thing(text, used)) and not _shouts(rows)
        else rows[:4]
    )
    for number, line in enumerate(headings):
        if clue := _heading(line, used, is_first=number == 0, has_more=len(rows) > number + 1):
            return clue
    return _quoted(text, rows) or _thing(text, used) or _rest(rows, used)


def _shouts(rows: Sequence[Line]) -> bool:
    """A letter that gives the title on a line of its own, in capitals."""
    return any(line.text.isupper() and len(line.text) > 6 for line in rows[:4])


def _labelled(rows: Sequence[Line]) -> Clue | None:
    for line in rows:
        if match := LABEL.match(line.text):
            words = REPLY.sub("", match[1]).strip(" \"'“”")
            if words and not EMPTY_SUBJECT.match(words) and not is_request(words):
                return _clue(words, line.end - len(match[1]), line.end)
    return None


def _heading(line: Line, used: Sequence[Span], *, is_first: bool, has_more: bool) -> Clue | None:
    """A short line that is no sentence, no date and no place: what stands above a poster or an article."""
    words = line.text
    if greeting_end(words) or OTHER_LABEL.match(words) or is_request(words):
        return None
    if len(words) > 90 or not has_more or (words.endswith((".", ",", ":")) and len(words.split()) > 3):
        return None
    pieces = _free_pieces(line.start, line.end, used)
    if not pieces or (sum(end - start for start, end in pieces) < 0.4 * len(words) and not is_first):
        return None
    start, end = _trim(line, *pieces[0])
    said = line.text[start - line.start : end - line.start]
    if not _means_something(said) or OTHER_LABEL.match(said):
        return None
    return _clue(said, start, end)


def _free_pieces(start: int, end: int, used: Sequence[Span]) -> list[Span]:
    """What is left of a stretch after taking out what was used."""
    pieces, place = [], start
    for first, last in sorted(used):
        if last <= place or first >= end:
            continue
        if first > place:
            pieces.append((place, first))
        place = max(place, last)
    if place < end:
        pieces.append((place, end))
    return [piece for piece in pieces if piece[1] - piece[0] > 2]


def _trim(line: Line, start: int, end: int) -> Span:
    said = line.text[start - line.start : end - line.start]
    said_left = said.lstrip(" -–|,.:•*\"'“”\t!?()")
    start += len(said) - len(said_left)
    kept = re.sub(
        r"(?:\s(?:op|om|in|bij|van|vanaf|te|de|het|en|aan|start|@|at|on|d\.d\.|door)|[\s\-–|,.:;•*(@])+$",
        "",
        said_left,
        flags=re.I,
    )
    return start, start + len(kept)


def _means_something(words: str) -> bool:
    found = re.findall(r"[^\W\d_]{2,}", words.lower())
    return any(word not in MEANINGLESS and len(word) > 2 for word in found)


def _quoted(text: str, rows: Sequence[Line]) -> Clue | None:
    for line in rows[:12]:
        for match in QUOTED.finditer(line.text):
            lead = match["lead"] or ""
            name = match["a"] or match["b"] or match["c"] or match["d"]
            if is_request(name) or not _means_something(name) or not name[:1].isupper():
                continue
            is_thing = bool(THINGS.fullmatch(lead))
            start = match.start("lead") if is_thing else match.start() + (len(lead) + 1 if lead else 0)
            words = line.text[start : match.end()] if is_thing else name
            return _clue(words, line.start + start, line.start + match.end())
    return None


def _thing(text: str, used: Sequence[Span]) -> Clue | None:
    """The first words in a sentence that name an activity, with what follows them."""
    end_of_text = closing_start(text)
    for start, end in sentences(text[:end_of_text]):
        if _in(start, header_spans(text)):
            continue
        found = [match for match in THINGS.finditer(text, start, end) if not _in(match.start(), used)]
        strong = [match for match in found if match["word"].lower() not in WEAK]
        named = [match for match in found if _has_name(text, match.end(), end)]
        for match in (strong or named)[:1]:
            first, last = _phrase(text, start, match.start(), end, used)
            if last > first and not is_request(text[first:last]):
                return _clue(text[first:last], first, last)
    return None


def _has_name(text: str, place: int, end: int) -> bool:
    return bool(re.match(r"\s(?:over|van|met|voor|rond)?\s?[A-Z\"'“]", text[place:end]))


def _phrase(text: str, sentence: int, start: int, end: int, used: Sequence[Span]) -> Span:
    before = BEFORE_NOUN.search(text[sentence:start])
    first = sentence + before.start() if before and not _in(sentence + before.start(), used) else start
    stop = min((span[0] for span in used if start < span[0] < end), default=end)
    words = text[first:stop]
    kept = STOP.sub("", words).rstrip(" ,.;:-–!(")
    if len(kept) > 70:
        kept = kept[:70].rsplit(" ", 1)[0]
    return first, first + len(kept)


def _rest(rows: Sequence[Line], used: Sequence[Span]) -> Clue:
    """The first words that nothing else used; without a verb at the start of the text they are a name."""
    for line in rows[:4]:
        for first, last in _free_pieces(line.start + greeting_end(line.text), line.end, used):
            for match in re.finditer(r"[^,.;:!?|•()–]+", line.text[first - line.start : last - line.start]):
                start, end = _name_in(line, first + match.start(), first + match.end())
                words = line.text[start - line.start : end - line.start]
                if OTHER_LABEL.match(line.text[start - line.start :]) or not _is_name(words):
                    continue
                is_sure = line is rows[0] and len(words.split()) <= 6 and not VERBS.search(words)
                note = _("We namen dit als naam: %(title)s. Klopt dat?") % {"title": words}
                return Clue(_shown(words), ((start, end),), () if is_sure else (note,))
    return Clue()


def _name_in(line: Line, start: int, end: int) -> Span:
    """Without the verb or article before it, and what follows a long name."""
    start, end = _trim(line, start, end)
    words = line.text[start - line.start : end - line.start]
    if lead := LEADING_VERB.match(words):
        start += lead.end()
        words = words[lead.end() :]
    return start, start + len(STOP.sub("", words) if len(words) > 40 else words)


def _is_name(words: str) -> bool:
    return _means_something(words) and not is_request(words) and len(words) <= 70


def _in(place: int, spans: Sequence[Span]) -> bool:
    return any(start <= place < end for start, end in spans)


def _clue(words: str, start: int, end: int) -> Clue | None:
    shown = _shown(words)
    return Clue(shown, ((start, end),)) if shown else None


def _shown(words: str) -> str:
    """On one line, with a capital, without pictures at its edges; "" when too little is left."""
    said = " ".join(words.split())
    said = re.sub(r"^[^\w\"'“‘<(]+|[^\w\"'”’!?.)>+]+$", "", said)
    if len(said) > LONGEST:
        said = said[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
    return said[:1].upper() + said[1:]
