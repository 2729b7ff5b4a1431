"""Invented Dutch activities, always the same for the same number. Pure."""

from datetime import date, datetime, timedelta
from itertools import cycle, islice
from uuid import UUID, uuid5

from agenda.document import AMSTERDAM

HOUSE = UUID("6f0ab8de-28f9-4f44-9d5c-0c1f7c0f5b1e")
DESCRIPTION_LENGTH = 600
DAYS_AHEAD = 540
SERIES_EVERY, SERIES_LENGTH = 10, 20  # one in ten is weekly, twenty times
COMMON, RARE, ABSENT = "muziek", "theremin", "kwantumsprong"
RARE_NUMBERS = frozenset({7, 401, 888})
HOURS = (10, 13, 14, 15, 16, 19, 20, 20, 20, 21)

ADJECTIVES = (
    "Open", "Groot", "Klein", "Lang", "Nieuw", "Vrolijk", "Stil", "Zomers", "Winters", "Feestelijk",
    "Eerste", "Avondlijk", "Zingend", "Dansend", "Warm", "Gezellig", "Bijzonder",
)  # fmt: skip
NOUNS = (
    "concert", "koor", "theater", "atelier", "podium", "dansfeest", "lezing", "repetitie",
    "filmavond", "festival", "verhaal", "museum", "orkest", "kinderfeest", "jamsessie",
    "voorstelling", "tentoonstelling", "workshop", "boekenclub",
)  # fmt: skip
PLACES = (
    "in de wijk", "aan het water", "voor iedereen", "bij de buren", "in het park", "op het plein",
    "onder de bomen", "in de kelder", "op zolder", "van de stad", "met het orkest", "na het eten",
    "zonder woorden",
)  # fmt: skip
SENTENCES = (
    "We beginnen met een korte uitleg en daarna mag iedereen meedoen.",
    "De makers vertellen hoe dit stuk is ontstaan en wat zij ermee willen zeggen.",
    "Na afloop is er koffie, thee en tijd om met elkaar te praten.",
    "Je hoeft niets mee te nemen; alles wat je nodig hebt ligt klaar.",
    "Kinderen tot twaalf jaar komen samen met een volwassene.",
    "Er klinkt muziek van vroeger en nu, gespeeld door mensen uit de buurt.",
    "De zaal gaat een half uur van tevoren open en de plaatsen zijn vrij.",
    "Wie slecht ter been is, kan vooraan zitten; vraag het bij de ingang.",
    "Een verhaal over thuis zijn, weggaan en weer terugkomen.",
    "Met licht, beeld en dans ontstaat een wereld die elke avond anders is.",
    "Neem gerust je buurman of buurvrouw mee, want samen is het leuker.",
    "De dirigent legt per lied uit waar je op kunt letten.",
    "Het geheel duurt ongeveer anderhalf uur, met een pauze halverwege.",
    "In de hal hangt werk van amateurschilders uit alle wijken van de stad.",
    "Aanmelden mag, maar je kunt ook gewoon binnenlopen.",
    "Wij zoeken nog vrijwilligers die willen helpen met opbouwen.",
    "De opbrengst gaat naar nieuwe instrumenten voor het jeugdorkest.",
)


def uuid(name: str) -> UUID:
    return uuid5(HOUSE, name)


def title(number: int) -> str:
    """'Vrolijk koor op het plein 1234'."""
    adjective, noun = ADJECTIVES[number % len(ADJECTIVES)], NOUNS[number % len(NOUNS)]
    return f"{adjective} {noun} {PLACES[number % len(PLACES)]} {number}"


def description(number: int) -> str:
    """600 characters; about one in three speaks of the common word, three in all of the rare one."""
    start, has_music = number % len(SENTENCES), number % 3 == 0
    sentences = [one for one in SENTENCES if has_music or COMMON not in one]
    text = " ".join(islice(cycle(sentences), start, start + 14))
    if number in RARE_NUMBERS:
        text = f"Met een {RARE}. {text}"
    return text[:DESCRIPTION_LENGTH].ljust(DESCRIPTION_LENGTH, ".")


def starts(number: int, first: date) -> list[datetime]:
    """The dates of one activity, spread evenly over eighteen months from `first`."""
    day = first + timedelta(days=number * 37 % DAYS_AHEAD)
    at = datetime(day.year, day.month, day.day, HOURS[number % len(HOURS)], number % 4 * 15, tzinfo=AMSTERDAM)
    count = SERIES_LENGTH if number % SERIES_EVERY == 0 else 1
    return [at + timedelta(weeks=week) for week in range(count)]
