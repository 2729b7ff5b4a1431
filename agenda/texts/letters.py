"""The parts of a letter that say nothing about the activity: greeting, request, signature."""

import re

from agenda.texts.base import Span
from agenda.texts.lines import header_spans, lines

_GREETING = re.compile(
    r"^(?:beste|hallo|hoi|dag|geachte|ha|hé|hey|hi|goedemorgen|goedemiddag|goedenavond|"
    r"lieve|l\.?s\.?|dear|hello|aan de redactie)\b(?:(?:\s(?!en\b)[\w/.'-]+){0,5}\s?[,!.:]|"
    r"[^.!?,\n]{0,40}$)\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:(?:met\s)?(?:de\s)?(?:vriendelijke|hartelijke|warme|muzikale|culturele|"
    r"sportieve|zonnige|lieve|veel)?\s?groet(?:en|jes)?\b|mvg\b|m\.v\.g|gr\.?\s|"
    r"gr\.?$|liefs\b|grtz|groetjes|"
    r"(?:alvast\s)?(?:heel erg\s)?(?:bedankt|dank)\b.{0,40}$|kind regards|regards|"
    r"best wishes|cheers|xx?\b|(?:vr|hart|vriend)\.?\s(?:groet|gr)\w*|hoogachtend\b|"
    r"excuses\b.{0,40}$|namens\s(?:het|de)\s.{0,40}$|--\s*$)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:willen jullie|zouden (?:jullie|we)|kunnen jullie|kunt u|wilt u|zou u|"
    r"kun je|kan je|kan dit|kan die|kan deze|zet jij|zet je|zetten jullie|mag dit|"
    r"mag deze|graag plaats\w*|graag (?:in|op)\b|graag opnemen|"
    r"in (?:de|jullie|uw) (?:agenda|krant|nieuwsbrief|uitagenda)|hierbij|bij deze|"
    r"alvast|laat maar weten|a\.?u\.?b\.?|s\.?v\.?p\.?|redactie|bijlage|bijgevoegd|"
    r"persbericht|aankondigen|doorsturen|plaatsen|"
    r"(?:we|wij|even|mag ik) vragen|horen|mailtje|appje|foto volgt|poster volgt|vraagje|even checken)\b",
    re.IGNORECASE,
)


_WARNING = re.compile(
    r"let op\b[^!:.\n]{0,20}[!:.]\s*(?:(?:gewijzigd|nieuw|verplaatst)[^!:.\n]{0,20}[!:.]\s*)?", re.IGNORECASE
)
_REQUEST_LEAD = re.compile(
    r"[^:\n.!?]{0,40}\b(?:plaatsen|plaatsing|agenda|opnemen|vermelden|aankondigen)\s?:\s*", re.IGNORECASE
)


def greeting_end(line: str) -> int:
    """How many characters of a line are only a greeting, a warning, or a request with a colon."""
    match = _GREETING.match(line) or _WARNING.match(line)
    end = match.end() if match else 0
    request = _REQUEST_LEAD.match(line, end)
    return request.end() if request else end


def is_request(sentence: str) -> bool:
    """Speaks to the editors, not to visitors."""
    return bool(_REQUEST.search(sentence))


def closing_start(text: str) -> int:
    """Where the signature begins; the length of the text without one."""
    for line in lines(text)[1:]:
        if _CLOSING.match(line.text):
            return line.start
    return len(text)


def aside_spans(text: str) -> list[Span]:
    """Mail headers and signature."""
    closing = closing_start(text)
    return [*header_spans(text), (closing, len(text))] if closing < len(text) else header_spans(text)
