"""Times and days that are not when it is (doors, deadlines, office hours); they stay visible, unused."""

import re

from agenda.texts.lines import cover
from agenda.texts.runs import Run

_CLOCK = (
    r"(?:\d{1,2}\s?[u:.]\s?\d\d(?:\s?(?:uur|u\b\.?|h\b))?|half\s\w+|kwart\s(?:over|"
    r"voor)\s\w+|\d{1,2}\s?(?:uur|u\b\.?|h\b|pm\b))"
)

_DOOR_WORD = (
    r"(?:(?:zaal|kerk|deur(?:en)?|theater|bar|foyer|kassa|poort|gebouw|hek|café|"
    r"ruimte|tent|we|wij)(?:\s\w+){0,2}?\s(?:al\s)?open"
    r"|open\s(?:is|gaat|gaan)\s(?:de\s)?(?:zaal|kerk|deuren)|inloop|binnenloop|"
    r"ontvangst|aanwezig|opbouw|soundcheck|verzamelen|registratie|pauze|nazit|"
    r"borrel|deuren|doors|zaal\sopen|deur)"
)
_DOOR = re.compile(
    rf"{_DOOR_WORD}(?:\s(?:met|in de)\s\w+)?\s?(?:is|gaat|gaan|:|=)?\s?(?:er\s)"
    rf"?(?:al\s)?(?:vanaf|om|is|v\.a\.|from|at)?\s?:?\s?{_CLOCK}(?!\s?(?:-|–|tot|"
    r"t/m)\s?\d)",
    re.IGNORECASE,
)
_DOOR_AFTER = re.compile(
    rf"(?:vanaf|om)?\s?{_CLOCK}\s?:?\s?(?:\(?(?:inloop|zaal open|deur(?:en)? open|ontvangst|binnenloop)\b)",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"\b(?:is|gaat|gaan|zijn|zaal|kerk|deuren)\s(?:\w+\s)?open\s(?:vanaf|om)\s{_CLOCK}(?!\s?(?:-|–|tot))",
    re.I,
)
_ANY_CLOCK = re.compile(_CLOCK, re.IGNORECASE)

_DEADLINE = re.compile(
    r"\b(?:aan(?:ge)?meld\w*|meld\w*|opgeven|opgave|opgeef\w*|geef je op|inschrijv\w*|"
    r"schrijf je in|reserver\w*|kaartverkoop|voorverkoop|"
    r"deadline|sluitingsdatum|bestel\w*|rsvp|laat\b.{0,20}\bweten|reactie|reageren|"
    r"te koop|verkrijgbaar|bereikbaar|"
    r"spreekuur|kantoor\w*|telefonisch|bel(?:len)?|mailen|mail|inlever\w*|insturen|"
    r"stuur|betal\w*|overmaken|register|sign up|"
    r"ticketverkoop|vroegboek\w*|early bird|verkoop|tickets zijn|kaarten zijn|"
    r"wie zich|plek vrij|publiceren|geplaatst|plaatsen|persbericht|embargo)\b"
    r"(?!\s(?:is\s)?(?:niet|hoeft|verplicht|onnodig))[^.!?\n;]{0,60}$",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(
    r"\b(?:vóór|voor|uiterlijk|tot(?: en met)?|t/m|graag voor)\s*(?:op\s)?$", re.IGNORECASE
)
_AFTER_DEADLINE = re.compile(
    r"^[^.!?\n;]{0,30}\b(?:aanmeld\w*|opgeven|inschrijven|reserver\w*|doorgeven|"
    r"weten|bestellen|antwoord|reactie|insturen|inleveren)\b",
    re.IGNORECASE,
)
_UNTIL_DAY = re.compile(r"^(?:vóór|voor|tot|t/m|tot en met|uiterlijk)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:vorig jaar|vorige (?:keer|editie|week|maand)|sinds|opgericht|geboren|"
    r"overleden|bestaat (?:al|sinds)|afgelopen|destijds|terugblik|"
    r"in plaats van|i\.p\.v\.|verplaatst van)\b[^.!?\n;]{0,40}$",
    re.IGNORECASE,
)
_GONE = re.compile(r"\b(?:afgelopen|vorige|vorig)\s", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:was|stond(?: op)?|in plaats van|i\.?p\.?v\.?|niet(?: op)?|verplaatst van)"
    r"\s+(?P<old>(?:(?:ma|di|wo|do|vr|za|zo)\w*\s)?\d{1,2}(?:\s[a-z]{3,9}\.?)?)"
    r"\s+(?=maar\b|wordt\b|naar\b)",
    re.IGNORECASE,
)
_OFF = re.compile(
    r"^\W*(?:gaat|gaan)\s+(?:dus\s|helaas\s)?niet\s+door|^\W*(?:is|zijn)\s(?:afgelast|"
    r"geannuleerd|uitgesteld|verplaatst)",
    re.I,
)
_BY_PHONE = re.compile(r"ʘ{9,}\s?[(,]?\s?(?:op\s)?$")
_BEGINS = re.compile(r"\b(?:aanvang|begint|start)\b", re.IGNORECASE)


def without_doors(text: str) -> tuple[str, list[str]]:
    """A covered text without the times at which a door opens, as long as another time is left."""
    left: list[str] = []
    for pattern in (_DOOR, _DOOR_AFTER, _OPENS):
        for match in list(pattern.finditer(text)):
            candidate = cover(text, *match.span())
            if _ANY_CLOCK.search(candidate):
                left.append(" ".join(match[0].split()))
                text = candidate
    return text, left


def without_moved(text: str) -> tuple[str, list[str]]:
    """Without the old date of what moved: "niet op 4 maar op 11 december"."""
    left = []
    for match in list(_MOVED.finditer(text)):
        left.append(match["old"])
        text = cover(text, *match.span("old"))
    return text, left


def is_off(run: Run) -> bool:
    """It does not happen then."""
    return bool(_OFF.search(run.after))


def is_aside(run: Run) -> bool:
    """Whether the words around a run say that it is a deadline, an office hour or something of the past."""
    if _GONE.search(run.text) or _PAST.search(run.before) or _BY_PHONE.search(run.before):
        return True
    if match := _DEADLINE.search(run.before):
        return not _BEGINS.search(match[0])
    says_until = _BEFORE_DAY.search(run.before) or _UNTIL_DAY.match(run.text)
    return bool(says_until and run.has_day and _AFTER_DEADLINE.search(run.after))
