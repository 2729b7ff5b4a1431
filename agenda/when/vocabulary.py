"""The Dutch and English words of date sentences, grouped by what they mean; spellings parted by bars."""

from agenda.when.kinds import Kind

WEEKDAYS = (
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
)

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

ENGLISH_DAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

ENGLISH_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

# what may be open before something begins: zaal open, kerk is open vanaf
OPENED = "zaal|kerk|deur|deuren|foyer|kassa|bar|theater|gebouw|poort|terrein|bieb|café|cafe|loods|schuur"

SHORT_DAYS: dict[int, str] = {
    0: "ma|maa|mon",
    1: "di|din|dins|tue|tues",
    2: "wo|woe|woens|wed",
    3: "do|don|thu|thur|thurs",
    4: "vr|vrij|fri",
    5: "za|zat|sat",
    6: "zo|zon|sun",
}

# short names that are words too: a weekday only beside a date, a time or another weekday
DOUBTFUL_DAYS = "ma|di|wo|zo|zon|zat|vrij|don|mon|sun|sat|wed|maa|din|do"

SHORT_MONTHS: dict[int, str] = {
    1: "jan",
    2: "feb|febr",
    3: "mrt|maa|mar",
    4: "apr",
    6: "jun",
    7: "jul",
    8: "aug",
    9: "sep|sept",
    10: "okt|oct",
    11: "nov",
    12: "dec",
}

NUMBERS: dict[int, str] = {
    1: "één|eén|één|one",
    2: "twee|two",
    3: "drie|three",
    4: "vier|four",
    5: "vijf|five",
    6: "zes|six",
    7: "zeven|seven",
    8: "acht|eight",
    9: "negen|nine",
    10: "tien|ten",
    11: "elf|eleven",
    12: "twaalf|twelve",
    13: "dertien",
    14: "veertien",
    15: "vijftien",
    16: "zestien",
    17: "zeventien",
    18: "achttien",
    19: "negentien",
    20: "twintig",
}

ORDINALS: dict[int, str] = {
    1: "eerste|first",
    2: "tweede|second",
    3: "derde|third",
    4: "vierde|fourth",
    5: "vijfde|fifth",
    -1: "laatste|last",
    -2: "voorlaatste|een-na-laatste",
}

PARTS: dict[str, str] = {
    "ochtend": (
        "ochtend|ochtends|morgens|voormiddag|ochtenden|morning|'s ochtends|'s morgens|"
        "s ochtends|s morgens|in the morning"
    ),
    "middag": "middag|middags|middagen|afternoon|namiddag|'s middags|s middags|in the afternoon",
    "avond": "avond|avonds|avonden|evening|'s avonds|s avonds|in the evening|at night",
    "nacht": "nacht|nachts|night|'s nachts|s nachts",
}

# days from today, part of the day
RELATIVE: tuple[tuple[int, str, str], ...] = (
    (0, "", "vandaag|today"),
    (0, "ochtend", "vanochtend|vanmorgen"),
    (0, "middag", "vanmiddag"),
    (0, "avond", "vanavond|tonight"),
    (1, "", "morgen|tomorrow"),
    (1, "ochtend", "morgenochtend|morgenvroeg"),
    (1, "middag", "morgenmiddag|morgen middag"),
    (1, "avond", "morgenavond|morgen avond"),
    (2, "", "overmorgen"),
)

PHRASES: dict[Kind, str] = {
    Kind.FROM: (
        "v.a.|v.a|va|vanaf|met ingang van|m.i.v.|m.i.v|per ingang van|starting|beginnend op|"
        "te beginnen op|begint op|start op|starting on|from|eerste keer|eerste keer op|eerste les|"
        "eerste bijeenkomst|eerste avond|eerste repetitie|voor het eerst op"
    ),
    Kind.BETWEEN: "van|tussen|between",
    Kind.THROUGH: "t/m|tm|tot en met|tem|until|till|through|thru|up to|tot & met",
    Kind.UNTIL: "tot|tot aan|tot ongeveer|tot circa|tot ca|tot uiterlijk|to",
    Kind.AND: "en|&|+|and|alsook|evenals|plus|en ook",
    Kind.EXCEPT: (
        "géén|niet|behalve|uitgezonderd|met uitzondering van|m.u.v.|m.u.v|geen|gesloten|dicht|"
        "except|excluding|overslaan|zonder|vervalt|not|no|closed|except for|exclusief|excl.|"
        "tenzij|maar niet|behoudens"
    ),
    Kind.CANCELLED: (
        "slaan we over|slaan wij over|overgeslagen|wordt overgeslagen|"
        "gaat niet door|gaan niet door|afgelast|geannuleerd|vervallen|komt te vervallen|cancelled|canceled"
    ),
    Kind.ALSO: "ook op|wel op|ook in|ook|also on|also|extra",
    Kind.DOOR: (
        "deur open|deuren open|deur|deuren|inloop|zaal open|zaal gaat open|ontvangst|"
        "kassa open|doors|doors open|pauze|walk-in|walk in|inloop met koffie|deuren gaan open|"
        "deur gaat open|opbouw|voorprogramma|nazit|aanwezig|aanwezig om|aanwezig vanaf|binnen vanaf"
    ),
    Kind.DEADLINE: (
        "aanmelden|aanmelding|opgeven|opgave|inschrijven|inschrijving|kaartverkoop|"
        "voorverkoop|reserveren|aanmelden kan|opgeven kan|inschrijven kan|meld je aan|rsvp|"
        "start kaartverkoop|start voorverkoop|deadline|vroegboek|vroegboekkorting|vroegboeken|early bird|"
        "kaarten vanaf|kaarten zijn vanaf|tickets vanaf|reservering|reserveer|geef je op|meld je|"
        "inleveren|insturen"
    ),
    Kind.BEGINS: (
        "aanvang|begin|start|begint|aanvangstijd|starttijd|begintijd|starts|beginnen we|beginnen|starten|"
        "starten we|starten op|we starten op|beginnen op|gaat van start op|gaan van start op"
    ),
    Kind.ENDS: (
        "einde|eind|eindtijd|eindigt|is afgelopen|eindigt op|laatste keer|laatste keer op|ends|sluit|"
        "stoppen|stopt|sluiten|sluiten we om|sluiten wij om|eindigen|klaar om|afgelopen om|"
        "laatste les|laatste bijeenkomst|laatste avond|laatste repetitie|voor het laatst op"
    ),
    Kind.BUT: "maar",
    Kind.PREVIOUS: "afgelopen|vorige|voorbije|last",
    Kind.INSTEAD: "was|stond op|i.p.v.|i.p.v|ipv|in plaats van|niet meer op|instead of",
    Kind.HOUR: "uurtje|uur|u|h|uhr|hrs|o'clock|uren|hour|hours",
    Kind.MINUTES: "min|minuten|minutes|minuut",
    Kind.HALF: "half",
    Kind.QUARTER: "kwart|quarter",
    Kind.PAST: "over|past",
    Kind.TO: "voor|vóór|before",
    Kind.AFTER: "na|after",
    Kind.MIDNIGHT: "middernacht|midnight",
    Kind.SEASON: "seizoen|theaterseizoen|cultuurseizoen|concertseizoen|season",
    Kind.UNKNOWN: "tijdens openingstijden|tijdens de openingstijden",
    Kind.TIMES: "keer|maal|times|x",
    Kind.LESSONS: (
        "lessen|bijeenkomsten|avonden lang|sessies|workshops|repetities|lessons|sessions|"
        "voorstellingen|concerten|optredens|cursusavonden|middagen lang"
    ),
    Kind.ALL_DAY: "hele dag|de hele dag|heel de dag|all day|hele dagen|gehele dag|de gehele dag|whole day",
    Kind.HOLIDAYS: "feestdagen|feestdag|officiële feestdagen|public holidays|erkende feestdagen",
    Kind.WEEKEND: "weekend|weekeinde|weekenden|weekends",
    Kind.WORKDAYS: (
        "werkdag|werkdagen|doordeweeks|door de week|weekdag|weekdagen|doordeweekse dag|"
        "doordeweekse dagen|weekday|weekdays|schooldag|schooldagen"
    ),
    Kind.AGE: "jaar|jr|jarigen|jarige|years|jaren",
    Kind.LASTING: "duren|duurt|duur|gedurende|tijdsduur|duurt ongeveer|duurt circa",
    Kind.OF_MONTH: (
        "van de maand|van elke maand|van iedere maand|in de maand|of the month|of every month|"
        "v/d maand|vd maand|v.d. maand|per maand"
    ),
    Kind.FUZZY: "begin van|eind van|halverwege|medio|rond|omstreeks",
    Kind.PER: "per",
    Kind.LABEL: (
        "zaal|zalen|lokaal|kamer|nummer|nr|no.|deel|groep|groepen|aflevering|hal|studio|lijn|bus|perron|"
        "gr|gr.|editie|jaargang|aula|ruimte|klas|podium|room|part|hall|stage|tel|telefoon|nummers|graad|niveau"
    ),
    Kind.OR: "of|or|dan wel|danwel|hetzij",
}

# interval, unit
EVERY: tuple[tuple[int, str, str], ...] = (
    (1, "", "elke|elk|iedere|ieder|alle|every|each|wekelijks op|wekelijks|weekly"),
    (1, "week", "elke week|iedere week|every week|eens per week|alle weken"),
    (1, "day", "dagelijks|daily|elke dag|iedere dag|alle dagen|every day"),
    (1, "month", "maandelijks|monthly|elke maand|iedere maand|every month|eens per maand"),
    (
        2,
        "week",
        (
            "tweewekelijks|biweekly|fortnightly|om de week|om de andere week|elke andere week|"
            "every other week|every other|elke andere|eens per twee weken|eens per 2 weken|"
            "eens in de twee weken|eens in de 2 weken|om de veertien dagen|om de 14 dagen|veertiendaags"
        ),
    ),
    (2, "day", "om de dag|om de andere dag"),
    (2, "month", "tweemaandelijks|om de maand|om de andere maand"),
)

# weeks from this one, how the weekday is meant
WEEKS: tuple[tuple[int, str, str], ...] = (
    (
        0,
        "next",
        ("komende|aanstaande|aankomende|a.s.|a.s|as|eerstvolgende|coming|komend|aanstaand|eerstkomende"),
    ),
    (0, "this", "deze|dit|deze week|this week|this"),
    (1, "following", "volgende|volgend|next"),
    (1, "week", "volgende week|komende week|next week"),
)

VACATIONS: dict[str, str] = {
    "kerstvakantie": "kerstvakantie|kerstvakanties",
    "voorjaarsvakantie": "voorjaarsvakantie|krokusvakantie",
    "herfstvakantie": "herfstvakantie",
    "meivakantie": "meivakantie",
    "zomervakantie": "zomervakantie|zomervakanties",
    "": "vakantie|vakanties|schoolvakantie|schoolvakanties|school holidays|vakantieweken",
}

FEASTS: dict[str, str] = {
    "nieuwjaarsdag": "nieuwjaarsdag|new year's day|nieuwjaar",
    "goede vrijdag": "goede vrijdag|good friday",
    "eerste paasdag": "eerste paasdag|1e paasdag|paaszondag|easter sunday|1ste paasdag",
    "tweede paasdag": "tweede paasdag|2e paasdag|paasmaandag|easter monday|2de paasdag",
    "koningsdag": "koningsdag|king's day",
    "dodenherdenking": "dodenherdenking",
    "bevrijdingsdag": "bevrijdingsdag",
    "hemelvaartsdag": "hemelvaartsdag|hemelvaart",
    "eerste pinksterdag": "eerste pinksterdag|1e pinksterdag|pinksterzondag",
    "tweede pinksterdag": "tweede pinksterdag|2e pinksterdag|pinkstermaandag",
    "sinterklaasavond": "sinterklaasavond|pakjesavond",
    "kerstavond": "kerstavond|christmas eve",
    "eerste kerstdag": "eerste kerstdag|1e kerstdag|christmas day|1ste kerstdag",
    "tweede kerstdag": "tweede kerstdag|2e kerstdag|boxing day|2de kerstdag",
    "oudejaarsdag": "oudejaarsdag|oudjaarsdag",
    "oudejaarsavond": "oudejaarsavond|oudjaarsavond|oudejaarsnacht|new year's eve|oudjaar",
    "valentijnsdag": "valentijnsdag",
    "moederdag": "moederdag",
    "vaderdag": "vaderdag",
    "dierendag": "dierendag",
    "halloween": "halloween",
    "sint-maarten": "sint-maarten|sint maarten",
    "driekoningen": "driekoningen",
    "prinsjesdag": "prinsjesdag",
}

UNITS: dict[str, str] = {
    "day": "dagen|days",
    "week": "week|weken|weeks",
    "month": "maand|maanden|month|months",
}

# minutes
LENGTHS: dict[int, str] = {
    15: "kwartier|kwartiertje",
    30: "half uurtje|halfuurtje|halfuur",
    45: "drie kwartier",
    90: "anderhalf uur|anderhalve uur",
    150: "twee en een half uur|tweeënhalf uur|twee en half uur",
}

# words that may stand anywhere and change nothing
FILLER = (
    "om|op|de|het|is|zijn|wordt|wij|we|ze|spelen|speelt|speel|er|in|aan|at|on|the|a|an|"
    "are|dag|datum|data|day|date|tijd|tijden|time|wanneer|telkens|steeds|altijd|ongeveer|"
    "circa|ca|plm|wel|nog|eventueel|dus|namelijk|weer|vindt|vinden|plaats|gehouden|"
    "zullen|zal|gaan|gaat|kun|kan|jullie|welkom|iedereen|daarna|vervolgens|daar|hier|"
    "concert|voorstelling|optreden|lezing|les|workshop|repetitie|cursus|film|"
    "tentoonstelling|expositie|markt|festival|feest|open|geopend|openingstijden|opening|"
    "te|zien|live|show|try-out|première|rondleiding|proefles|kennismaking|voorlezen|"
    "zingen|dansen|muziek|theater|bijeenkomst|activiteit|vrij|entree|toegang|gratis|lang|"
    "zowel|als|beide|allebei|respectievelijk|resp|dat|die|bij|totaal|samen|then|doe|doen|"
    "tijdens|during|hele|gehele|"
    "organiseren|houden|geven|heeft|hebben|naar|door|serie|reeks|achter|elkaar|"
    "achtereenvolgens|met|our|ons|onze"
)

# weeks with an even number, weeks with an odd one
PARITIES = ("even weken|even week", "oneven weken|oneven week")
