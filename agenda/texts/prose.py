"""What the text tells about it: one sentence, and the rest; no greeting, request, signature or bare facts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from agenda.texts.base import Span
from agenda.texts.letters import aside_spans, greeting_end, is_request
from agenda.texts.lines import sentences

LONGEST_SUMMARY, LONGEST_DESCRIPTION = 200, 6000


@dataclass(frozen=True)
class Prose:
    summary: str = ""
    description: str = ""
    summary_span: Span = (0, 0)
    spans: tuple[Span, ...] = ()


def prose_of(text: str, title: Sequence[Span], used: Sequence[Span]) -> Prose:
    asides = aside_spans(text)
    kept: list[Span] = []
    for begin, end in sentences(text):
        start = begin + greeting_end(text[begin:end])
        if any(first <= start < last for first, last in asides) or start >= end:
            continue
        if _is_story(text, start, end, [*title, *used]):
            kept.append((start, end))
    return _told(text, kept)


def _is_story(text: str, start: int, end: int, used: Sequence[Span]) -> bool:
    """More than facts that stand in fields already, and not a word to the editors."""
    words = text[start:end]
    if is_request(words):
        return False
    taken = sum(min(end, last) - max(start, first) for first, last in used if first < end and last > start)
    free = len(re.findall(r"[^\W\d_]{3,}", words)) * (1 - taken / max(1, end - start))
    return free >= 5


def _told(text: str, kept: list[Span]) -> Prose:
    if not kept:
        return Prose()
    first = " ".join(text[slice(*kept[0])].split()).lstrip("-*•> ")
    is_one = 25 <= len(first) <= LONGEST_SUMMARY and first[-1:] in ".!?"
    rest = kept[1:] if is_one else kept
    description = ""
    for before, span in zip([None, *rest], rest, strict=False):
        gap = text[before[1] : span[0]] if before else ""
        joint = "" if not before else "\n\n" if gap.count("\n") > 1 else "\n" if "\n" in gap else " "
        description += joint + text[slice(*span)].strip()
    return Prose(
        first if is_one else "",
        description[:LONGEST_DESCRIPTION],
        kept[0] if is_one else (0, 0),
        tuple(rest),
    )
