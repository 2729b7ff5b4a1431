"""Typed text as it is kept: one way of writing accents, nothing invisible, nothing that turns the direction.

Zero-width joiners stay where they join something (emoji families, Persian); everything else that cannot be
seen goes, and a letter carries at most three marks. Pure: no database, no request.
"""

import re
import unicodedata

MOST_MARKS = 3
_FILLERS = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\ufeff"
_ZERO_WIDTH = "\u200b\u2060-\u2064\u206a-\u206f"
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BEYOND = "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f"
_INVISIBLE = re.compile(f"[{_FILLERS}{_ZERO_WIDTH}{_DIRECTION}{_CONTROL}{_BEYOND}]")
_LOOSE_JOINER = re.compile(r"(?<!\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\S)|(?<=[\u200c\u200d])[\u200c\u200d]+")
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def one_line(text: str) -> str:
    """Kept text of a single line: every run of white space, line ends too, is one space."""
    return " ".join(_visible(text).split())


def prose(text: str) -> str:
    """Kept text of several lines: line ends are "\\n", with at most one empty line between paragraphs."""
    lines = _visible(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(_SPACES.sub(" ", line).strip() for line in lines)).strip()


def _visible(text: str) -> str:
    if text.isascii():
        return _INVISIBLE.sub("", text)
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return _LOOSE_JOINER.sub("", _few_marks(text))


def _few_marks(text: str) -> str:
    """At most three marks on one letter (stacked marks climb over the lines above)."""
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)
