"""Lines and sentences of a text, and a copy in which everything that only looks like a time is covered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agenda.texts.base import Span

COVER = "ǂ"
"""A letter of no language here: what is covered becomes one unknown word, and keeps its place."""

COVERED_PHONE = "ʘ"
"""The same for a telephone number: hours right after it are those of an office."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý\"'‘“(•])|\n+")
_AMOUNT = r"\d{1,4}(?:\.\d{3})*(?:[.,]\d{1,2}(?!\d)|,-{1,2}|,=)?"
MONEY = re.compile(
    rf"(?:€|\beuro?\b)[ \u00a0]?{_AMOUNT}|\b{_AMOUNT}[ \u00a0]?(?:€(?![ \u00a0]?\d)"
    r"|euro\b|eur\b)(?: ?\d\d(?![\d.:]))?|\b\d{1,3}(?:[.,]\d\d)? ?p\.?p\b|\b\d{1,3},(?:-{1,2}|"
    r"–|=|\d\d)(?!\d)",
    re.IGNORECASE,
)
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:nl|"
    r"com|eu|org|be|net|nu|example)\b(?:/[^\s<>\"']*)?",
    re.IGNORECASE,
)
MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(
    r"(?<![\d.,:€-])(?!\d\d?[-/ .]\d\d?[-/ .]\d{2,4}\b)(?:\+31[\s-]?|0)\d(?:[\s-]?\d){7,8}(?!\d)"
)
_STREET = (
    r"\b[A-ZÀ-Ý][\w.'’-]{0,40}(?: [A-ZÀ-Ýa-z][\w.'’-]{0,40}){0,3}?"
    r"(?:straat|laan|weg|plein|kade|dijk|singel|gracht|hof|pad|plantsoen|steeg|dreef|markt|baan|park|str\.)"
)
_MONTH = r"(?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep|okt|nov|dec)"
ADDRESS = re.compile(
    rf"{_STREET} \d{{1,4}}(?! ?(?i:{_MONTH}|uur|u\b))(?: ?[a-zA-Z](?!\w))?(?![\w:.,-]\d|"
    r"\w)"
)
_AGE = r"(?:jaar|jr\b\.?|jarigen|years?)"
_NOT_TIMES = (
    MAIL,
    LINK,
    re.compile(r"\b\d{4}\s?[A-Z]{2}\b(?!\w)"),
    MONEY,
    ADDRESS,
    re.compile(
        r"(?:\b(?:van|vanaf|tot|t/m|tot en met|voor|from)\s)?\b\d{1,2}\s?(?:t/m|"
        rf"tot en met|tot|-|–|en|à)\s?\d{{1,3}}\s?{_AGE}",
        re.I,
    ),
    re.compile(
        rf"(?:\b(?:van|vanaf|tot|t/m|tot en met|onder|boven|al|ruim)\s(?:de\s)?)?\b\d{{1,3}}\s?{_AGE}", re.I
    ),
    re.compile(r"\b\d{1,2}\s?(?:\+(?!\d)|-?plus(?:sers?)?\b)|\bages?\s\d{1,2}(?:\s?[-–]\s?\d{1,2})?", re.I),
    re.compile(r"\b(?:t/m\s)?gr(?:oep(?:en)?)?\.?\s\d(?:\s?(?:t/m|tot en met|tot|-|–|en|,)\s?\d)*", re.I),
    re.compile(
        r"\b(?:duur|duurt|duren)\b:?\s?(?:ongeveer|circa|ca\.?|zo'n|plm\.?|±)?\s?(?:[\d.,½]+|"
        r"\w+)(?:\s(?:en een half|tot|à|-)\s?(?:[\d.,]+)?)?\s?(?:uur|uren|minuten|"
        r"min\b)",
        re.I,
    ),
    re.compile(
        r"\b(?:[\d.,½]+|een|twee|drie|vier|anderhalf)\s?(?:uur|minuten|min\.?)\s(?:durende|"
        r"lang\b)|\b\d+\s?(?:minuten|min)\b|\bin\s(?:een|twee|drie|vier|anderhalf|"
        r"\d)\s(?:uur|uren)\b",
        re.I,
    ),
    re.compile(
        r"\b\d+(?:[.,]\d+)?\s?(?:km|kilometer|meter|cm|m2|m²|kg|%|procent|personen|"
        r"mensen|deelnemers|leden|zangers|muzikanten|plaatsen|plekken|kinderen|bezoekers|"
        r"stuks|liter|punten|x\s?\d+)(?!\w)",
        re.I,
    ),
    re.compile(
        r"(?<![-/\d.])\b1\d{3}\b(?:\s?[-–]\s?(?:1\d{3}|heden))?(?![-/.]\d)|\b\d{1,2}(?:e|"
        r"de|ste)\s(?:eeuw|editie|keer|jaar|verjaardag|lustrum)\b",
        re.I,
    ),
    re.compile(
        r"\bjaren\s'?\d0\b|\b(?:nr|nummer|no|lijn|bus|tram|kamer|lokaal|zaal|studio|"
        r"hal|pagina|blz)\b\.?\s\d+\b",
        re.I,
    ),
)
_SPOKEN = (
    (
        re.compile(
            r"\bvan (?=(?:ma|di|wo|do|vr|za|zo)\w* \d{1,2} op (?:ma|di|wo|do|vr|za|zo)"
            r"\w* \d)",
            re.I,
        ),
        "    ",
    ),
    (re.compile(r"\been uur of (\d{1,2})\b", re.I), r"\1 uur"),
    (re.compile(r"(?<=\d)\+(?=\d)"), "&"),
    (re.compile(r"(?<=\d) ?(?:>|->|→|—>) ?(?=\d)"), "-"),
    (re.compile(r"\bg[eé]{2}n\b|\bgéén\b", re.I), "geen"),
)
"""Ways of saying it that the date reader does not know, and its own; never longer than what was said."""
_MONTHS_IN_A_ROW = re.compile(rf"(?:\b{_MONTH}\w*\.? ?[-–] ?){{2,}}{_MONTH}", re.IGNORECASE)
_HEADER = re.compile(
    r"(?im)^[>\s*]*(?:van|aan|from|to|cc|verzonden|sent|reply-to|antwoord aan)\s?:.*$|"
    r"^[>\s]*(?:op|on)\s.{4,60}(?:schreef|wrote)\b.*$|^-{2,}.*(?:doorgestuurd|"
    r"forwarded|oorspronkelijk|original).*$"
)
_HEADER_DATE = re.compile(r"(?im)^[>\s*]*(?:datum|date)\s?:.*$")


@dataclass(frozen=True)
class Line:
    """A line of the text without the marks of a list or a quoted mail around it."""

    start: int
    end: int
    text: str


_LEAD = re.compile(r"[\s>*•·●▪–—\-#]*(?:\d{1,2}[.)]\s+)?")


def lines(text: str) -> list[Line]:
    found = []
    for match in re.finditer(r"[^\n]+", text):
        lead = _LEAD.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        end = match.start() + len(match[0].rstrip(" *#"))
        if start < end:
            found.append(Line(start, end, text[start:end]))
    return found


def sentences(text: str) -> Iterator[Span]:
    """Sentences and lines, as places in the text."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def header_spans(text: str) -> list[Span]:
    """The lines above a forwarded or quoted mail; a date only beside other such lines."""
    found = [match.span() for match in _HEADER.finditer(text)]
    dates = [match.span() for match in _HEADER_DATE.finditer(text)]
    return found + [span for span in dates if any(_touches(span, other) for other in found)]


def _touches(one: Span, other: Span) -> bool:
    return 0 <= one[0] - other[1] <= 2 or 0 <= other[0] - one[1] <= 2


def covered(text: str) -> str:
    """The text with addresses, prices, ages, lengths and mail headers replaced by a word of nothing."""
    for start, end in header_spans(text):
        text = cover(text, start, end)
    text = PHONE.sub(lambda match: COVERED_PHONE * len(match[0]), text)
    for pattern in _NOT_TIMES:
        text = pattern.sub(lambda match: COVER * len(match[0]), text)
    text = _MONTHS_IN_A_ROW.sub(
        lambda match: re.sub(r" ?[-–]", lambda dash: ",".ljust(len(dash[0])), match[0]), text
    )
    for pattern, plain in _SPOKEN:
        text = pattern.sub(lambda match, plain=plain: match.expand(plain).ljust(len(match[0])), text)  # type: ignore[misc]
    return text


def cover(text: str, start: int, end: int) -> str:
    return text[:start] + COVER * (end - start) + text[end:]
