"""Several activities in one text: rows with a date each, blocks with a heading, or sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from agenda.texts.base import Span
from agenda.texts.letters import closing_start, greeting_end, is_request
from agenda.texts.lines import COVER, sentences
from agenda.texts.roles import is_aside
from agenda.texts.runs import Run, runs
from agenda.texts.title_words import names_activity

MOST = 40
_NO_NAME = re.compile(
    r"\b(?:matinee|première|premiere|try-?out|reprise|derniere|dernière|uitverkocht|"
    r"extra voorstelling|aanvang|uur|inloop|avond|middag|ochtend|les|start|laatste|"
    r"eerste|en|van|tot|om|ook|of|zaal|open|gratis|entree|toegang)\b",
    re.I,
)
_FACTS = re.compile(
    r"^\s*(?:wanneer|datum|data|speeldata|tijd|waar|locatie|kosten|prijs|entree|"
    r"toegang|programma|aanmelden|inschrijven|let op|info)\b",
    re.I,
)


@dataclass(frozen=True)
class Part:
    """A stretch of the text about one activity."""

    start: int
    end: int


def parts_of(text: str, covered: str) -> tuple[list[Part], list[Span]]:
    """The parts, and what belongs to all of them. One part or none means: it is one activity."""
    found = [run for run in runs(covered) if run.has_day and not run.is_weak and not is_aside(run)]
    for cut in (_rows, _blocks, _told):
        parts = cut(text, covered, found)
        if len(parts) > 1:
            return parts[:MOST], _shared(text, parts)
    return [], []


def _shared(text: str, parts: Sequence[Part]) -> list[Span]:
    """Before the first and after the last part."""
    return [(0, parts[0].start), (parts[-1].end, len(text))]


def _rows(text: str, covered: str, found: Sequence[Run]) -> list[Part]:
    """Lines that each have a date and a name of their own."""
    parts = []
    for match in re.finditer(r"[^\n]+", text):
        here = [run for run in found if match.start() <= run.start < match.end()]
        if here and _names_something(covered, match.span(), here) and not is_request(match[0]):
            parts.append(Part(*match.span()))
    has_same_shape = len(parts) > 1 and all(_is_row(text, part, found) for part in parts)
    return parts if has_same_shape and _is_together(text, parts) else []


def _is_row(text: str, part: Part, found: Sequence[Run]) -> bool:
    """An item of a list, or a line that begins with its date."""
    row = text[part.start : part.end]
    begins = any(part.start <= run.start < part.start + 8 for run in found)
    is_item = bool(re.match(r"\s*(?:[-*•·●▪–—]|\d{1,2}[.)])\s", row))
    return len(row) <= 220 and (begins or is_item)


def _is_together(text: str, parts: Sequence[Part]) -> bool:
    """Nothing but short lines between them."""
    gaps = [text[one.end : other.start].strip() for one, other in pairwise(parts)]
    return all(len(gap) < 3 for gap in gaps)


def _names_something(covered: str, span: Span, here: Sequence[Run]) -> bool:
    """Two words, or one long one, besides dates, times and prices."""
    rest = covered[slice(*span)]
    for run in sorted(here, key=lambda one: -one.start):
        rest = rest[: run.start - span[0]] + " " + rest[run.end - span[0] :]
    rest = _NO_NAME.sub(" ", rest.replace(COVER, " "))
    words = re.findall(r"[^\W\d_]{3,}", rest)
    return sum(len(word) for word in words) >= 6 and any(
        word[:1].isupper() or len(word) > 6 for word in words
    )


def _blocks(text: str, covered: str, found: Sequence[Run]) -> list[Part]:
    """Paragraphs that each begin with a heading and have a date."""
    end_of_text = closing_start(text)
    parts: list[Part] = []
    for match in re.finditer(r"(?:[^\n]+\n?)+", text[:end_of_text]):
        here = [run for run in found if match.start() <= run.start < match.end()]
        if here and _has_heading(text, match.span(), here):
            parts.append(Part(*match.span()))
        elif parts and not here and not _is_shared(match[0]) and match.start() - parts[-1].end < 3:
            parts[-1] = Part(parts[-1].start, match.end())
    return parts


def _is_shared(paragraph: str) -> bool:
    """A paragraph about all of them."""
    return (
        bool(_FACTS.match(paragraph))
        or is_request(paragraph)
        or bool(re.match(r"(?:alle|voor alle|beide|all)\b", paragraph, re.I))
    )


def _told(text: str, covered: str, found: Sequence[Run]) -> list[Part]:
    """Sentences of a short message that each name an activity with its day and time."""
    whole = [run for run in found if run.is_whole]
    held = [(span, [run for run in whole if span[0] <= run.start < span[1]]) for span in sentences(text)]
    parts = [Part(*span) for span, here in held if here and names_activity(text[slice(*span)])]
    is_all = len(parts) == len([here for _span, here in held if here])
    return parts if len(text) <= 500 and is_all and all(len(here) <= 1 for _span, here in held) else []


def _has_heading(text: str, span: Span, here: Sequence[Run]) -> bool:
    block = text[slice(*span)]
    heading = block.split("\n", 1)[0]
    if greeting_end(heading) or _FACTS.match(heading) or is_request(heading):
        return False
    is_short = len(heading) <= 90 and not heading.rstrip().endswith((".", ",", ":")) and "\n" in block.strip()
    begins_with_date = any(run.start - span[0] < 4 for run in here)
    return is_short and not begins_with_date
