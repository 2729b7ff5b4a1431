"""What it costs: free, a gift, or amounts. Prizes, books and coffee are not the price of taking part."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice

from django.utils.translation import gettext as _

from agenda.texts.base import Price, Span
from agenda.texts.lines import MONEY, sentences

_WORDS = {
    "een": 1,
    "één": 1,
    "twee": 2,
    "drie": 3,
    "vier": 4,
    "vijf": 5,
    "zes": 6,
    "zeven": 7,
    "acht": 8,
    "negen": 9,
    "tien": 10,
    "twaalf": 12,
    "vijftien": 15,
    "twintig": 20,
}
_SPOKEN = re.compile(
    rf"\b({'|'.join(_WORDS)})\seuro\b(?:\s(vijftig)\b)?|\b(?:een|'n)\s(tientje|vijfje)\b", re.I
)
_NOT_THIS = re.compile(
    r"\b(?:win\w*|hoofdprijs|prijzen|prijzengeld|ter waarde|boek(?:en|handel|je)"
    r"?|roman|catalogus|cd|consumptie\w*|drankje\w*|drank|koffie|"
    r"parkeer\w*|parkeren|borg|subsidie|opbrengst\w*|kraam\w*|tafel|budget|statiegeld|"
    r"lidmaatschap|contributie|munt\w*|wijn|biertje|soep|"
    r"poffertjes|hapjes?|opgehaald|lid worden|lid|ponyrijden|loten?|lootjes?|oliebollen|"
    r"verkoop van|draaimolen|attracties?|springkussen|bedrag van|cheque|sponsor\w*|"
    r"bankrekening)\b",
    re.IGNORECASE,
)
_FOR_COFFEE = re.compile(
    r"^\s?(?:voor|per)\s(?:de\s|een\s)?(?:koffie|thee|drankje|consumptie|kraam|tafel|catalogus|boek)", re.I
)
_AFTER_OTHER = re.compile(
    r"\s?,?-?\s?\(?(?:in de boekhandel|prijzengeld|aan prijzen|subsidie|per (?:kwartaal|"
    r"jaar|maand|kraam|stuk|fles|glas|munt|tafel|consumptie|\d+ stuks)|voor (?:een|"
    r"de|het) (?:kraam|drankje|koffie|boek|lidmaatschap|goede doel))",
    re.I,
)
_TICKET = re.compile(
    r"\b(?:entree|toegang\w*|kaart\w*|ticket\w*|toegangsprijs|p\.?p\.?|per persoon|"
    r"deelname\w*|inleg|voorverkoop|presale|rang|niet-leden|"
    r"volwassenen|kinderen|cjp|65\+?|inschrijfgeld|bijdrage|lesgeld|cursusgeld|"
    r"aan de (?:zaal|deur|kassa)|admission|entry|incl\w*)\b",
    re.IGNORECASE,
)
_FREE = re.compile(
    r"\bgratis\b|\bkosteloos\b|\bkost(?:en)? (?:niets|niks)\b|\b(?:vrije?|free)"
    r"\s(?:entree|toegang|inloop|entry|entrance|admission)\b|"
    r"\b(?:entree|toegang|inloop|deelname)\s?:?\s?(?:is\s)?(?:geheel\s)?(?:vrij|"
    r"free|nihil)\b|\badmission\sis\sfree\b|\bfree of charge\b|"
    r"\bgeen (?:entree|kosten|toegangsprijs)\b|\b(?:niks|niets) betalen\b|(?:^|"
    r"(?<=[.!,] ))free(?=\s*[.!]?\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_FREE_WAY_IN = re.compile(
    r"^(?:\s*$|\s*[^\w\s]|\s*\n|\s+(?:toegang\w*|entree|te (?:bezoeken|zien|bekijken)"
    r"|deel\w*|mee\w*|bij\b|en\b|voor\b|met\b|aan\w*|op\b|in\b|om\b|naar\b|inloop|"
    r"uiteraard|natuurlijk|activiteit|evenement|"
    r"bezoek\w*|zonder|als\b|indien|vanaf|tot\b|t/m|onder|hoor|na\b|open\w*|kinder\w*|"
    r"proef\w*|optreden|muziek|\w*(?:concert|workshop|wandeling|rondleiding|lezing|"
    r"voorstelling|les|tocht|markt|café|middag|avond|festival|feest|film|disco|"
    r"cursus|spreekuur)(?:en|s)?\b))",
    re.IGNORECASE,
)
_FREE_PART = re.compile(
    r"(?:\b(?:kinderen|kids|leden|jaar|jr|begeleid\w+|museumkaart\w*|vrienden|"
    r"donateurs|studenten|mama(?:'s)?|papa(?:'s)?|opa(?:'s)?|oma(?:'s)?|kind|meehelpen|"
    r"soep|drinken|ouder|ooievaarspas|zoetermeerpas|pas|cjp|onder de \d+|peuters|"
    r"ouders?|koffie|thee|parkeren|vrijwilligers)\)?\s?(?:is|zijn|hebben|:|,|=|"
    r"mogen|krijgen|kunnen)?\s?(?:er\s)?(?:ook\s)?)$",
    re.I,
)
_FOR_WHOM = re.compile(
    r"^(?:\s(?:toegang|entree))?\s?(?:\(?(?:als je|indien|op vertoon|na betaling|"
    r"vanaf|voor|met|bij|tot|t/m|onder)\s(?!iedereen|alle|publiek|bezoekers|het publiek)"
    r")",
    re.I,
)
_SOME = re.compile(
    r"\b(?:kinderen (?:t/m|tot|onder)|leden|houders|museumkaart\w*|begeleiders|"
    r"bewoners|gentenaars|elk\w* \w+ ticket|\d\s?jaar\)? (?:hebben|krijgen|mogen|"
    r"kunnen))\b[^.!?\n]{0,45}$",
    re.I,
)
_GIFT = re.compile(
    r"\bvrijwillige (?:bijdrage|gift)\b|\bvrije (?:gift|bijdrage)\b|\bdonatie\b|"
    r"\b(?:deur)?collecte\b|\bgift(?:\sis)?\s(?:mag|welkom)\b|"
    r"\bpay what you\b|\bnaar eigen inzicht\b|\b(?:de\s)?(?:pet|hoed)\s(?:gaat\s)"
    r"?rond\b|\bbijdrage naar (?:vermogen|draagkracht)\b|\bna afloop met de pet\b|"
    r"\bkleine bijdrage (?:is\s)?(?:welkom|gewenst)\b|\bdonation\b|\b(?:bijdrage|"
    r"gift|donatie)\b[^.!?\n]{0,40}\b(?:welkom|gewenst|gewaardeerd)\b|\b(?:een\s)"
    r"?bijdrage is welkom\b|\bbetaal wat je (?:wilt|kunt|kan)\b|\bvrij(?:e)? (?:geven|"
    r"bijdragen)\b|\bwat je (?:kunt|kan) missen\b|\b(?:wat|iets) in de (?:pot|"
    r"pet|hoed|bus|mand)\b|\bpet (?:gaat\s)?rond\b|\bin de (?:pet|hoed)\b",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"\b(?:(?:met (?:een )?)?\w*pas|leden|kids|kinderen|kind|cjp|studenten)\s?:?\s(\d{1,2})"
    r"(?=\s*(?:[,;)\n–-]|\.\D|\.?$))(?![.,]\d)",
    re.I,
)
MOST, MOST_AMOUNTS = Decimal(1000), 40


def price_of(text: str) -> Price:
    named = list(islice(_amounts(text), MOST_AMOUNTS))
    amounts = [one for one in named if not _is_other(text, one[1])]
    others = [span for amount, span in named if (amount, span) not in amounts]
    gift = next((match for match in _GIFT.finditer(text) if not _FOR_COFFEE.match(text[match.end() :])), None)
    free, partly = _free(text)
    if gift and not amounts:
        return Price("donation", None, _note(text, [gift.span()]), (gift.span(),))
    if amounts:
        return _paid(text, amounts, [*free, *partly], gift.span() if gift else None)
    if free:
        return Price("free", None, _note(text, partly) if partly else "", tuple(free[:1]))
    if partly:
        notes = (_("Gratis voor een deel van de bezoekers. Wat kost het voor de anderen?"),)
        return Price("unknown", None, _note(text, partly), tuple(partly[:1]), notes)
    if others:
        return Price(left=tuple(text[start:end] for start, end in others))
    return Price()


def _paid(text: str, amounts: list[tuple[Decimal, Span]], free: list[Span], gift: Span | None) -> Price:
    spans = [span for _amount, span in amounts]
    values = [amount for amount, _span in amounts if amount > 0]
    if not values:
        return Price("free", None, "", (spans[0],))
    notes = []
    if gift:
        notes.append(_("Er staat een bedrag bij, en ook een vrije gift. Wat klopt er?"))
    elif free and not _free_is_for_some(text, free):
        notes.append(_("Er staat een bedrag bij, en ook gratis. Wat klopt er?"))
    is_simple = len(set(values)) == 1 and not free
    note = "" if is_simple else _note(text, [*spans, *free])
    return Price("paid", min(values), note, tuple(spans), tuple(notes))


def _free_is_for_some(text: str, free: list[Span]) -> bool:
    """Whether no "gratis" is about everybody's way in."""
    return not any(
        _ENTRANCE.search(text[max(0, start - 22) : end + 12])
        for start, end in free
        if not _is_partial(text, (start, end))
    )


_ENTRANCE = re.compile(r"\b(?:entree|toegang|inloop|toegankelijk)\b", re.IGNORECASE)


def _amounts(text: str) -> Iterator[tuple[Decimal, Span]]:
    for match in MONEY.finditer(text):
        amount = _decimal(match[0])
        if amount is not None and amount < MOST:
            yield amount, match.span()
    for match in _REDUCED.finditer(text):
        if MONEY.search(text[max(0, match.start() - 30) : match.start()]):
            yield Decimal(match[1]), match.span(1)
    for match in _SPOKEN.finditer(text):
        whole = _WORDS[match[1].lower()] if match[1] else {"tientje": 10, "vijfje": 5}[match[3].lower()]
        yield Decimal(whole) + (Decimal("0.5") if match[2] else 0), match.span()


def _decimal(said: str) -> Decimal | None:
    """€ 1.250,00 · 7,50 euro · 12,- · 5 euro 50"""
    spoken = re.fullmatch(r"(\d+)\s?(?:euro|eur|€)\s?(\d\d)", said.strip(), re.IGNORECASE)
    digits = f"{spoken[1]},{spoken[2]}" if spoken else re.sub(r"[^\d.,]", "", said).rstrip(".,")
    if re.search(r"\.\d{3}(?!\d)", digits):
        digits = digits.replace(".", "")
    try:
        return Decimal(digits.replace(",", ".")).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _clause(text: str, span: Span) -> Span:
    """The sentence around a place."""
    return next(((start, end) for start, end in sentences(text) if start <= span[0] < end), span)


def _is_other(text: str, span: Span) -> bool:
    """An amount for something else than taking part."""
    start, end = _clause(text, span)
    before, after = text[max(start, span[0] - 35) : span[0]], text[span[1] : min(end, span[1] + 25)]
    if _FOR_COFFEE.match(after):
        return True
    if other := list(_NOT_THIS.finditer(before)):
        between = before[other[-1].end() :]
        return not _TICKET.search(between) and not re.search(r"\bincl", before, re.I)
    return bool(_AFTER_OTHER.match(after))


def _free(text: str) -> tuple[list[Span], list[Span]]:
    """Where it says that taking part is free, and where it is so for some people only."""
    everyone: list[Span] = []
    some: list[Span] = []
    for match in _FREE.finditer(text):
        if match[0].lower() == "gratis" and not _FREE_WAY_IN.match(text[match.end() : match.end() + 40]):
            continue
        (some if _is_partial(text, match.span()) else everyone).append(match.span())
    return everyone, some


def _is_partial(text: str, span: Span) -> bool:
    start, end = _clause(text, span)
    before, after = text[max(start, span[0] - 45) : span[0]], text[span[1] : end]
    return bool(_FREE_PART.search(before) or _SOME.search(text[start : span[0]]) or _FOR_WHOM.match(after))


def _note(text: str, spans: list[Span]) -> str:
    """The sentences around these places, as short as fits the field."""
    clauses = sorted({_clause(text, span) for span in spans})
    words = " ".join(" ".join(text[start:end].split()) for start, end in clauses)
    return words if len(words) <= 200 else words[:199].rsplit(" ", 1)[0] + "…"
