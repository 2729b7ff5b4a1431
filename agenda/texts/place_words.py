"""The words of places: buildings, names, what is no place, and how they stand in a text."""

import re

NOUN = (
    r"kerk|kerkje|theater|museum|bibliotheek|bieb|buurthuis|wijkcentrum|wijkgebouw|"
    r"wijkhuis|dorpshuis|kapel|school|sporthal|markthal|beurshal|sportzaal|gymzaal|"
    r"theaterzaal|concertzaal|kerkzaal|feestzaal|balzaal|raadzaal|expositiezaal|"
    r"museumzaal|schouwburg|café|cafe|podium|galerie|atelier|tuin|park|plein|molen|"
    r"boerderij|kasteel|slot|aula|"
    r"gebouw|centrum|studio|loods|fabriek|kantine|clubhuis|manege|filmhuis|bioscoop|"
    r"boekhandel|boekwinkel|winkel|hotel|restaurant|stadhuis|raadhuis|gemeentehuis|"
    r"paviljoen|hoeve|"
    r"feesttent|circustent|foyer|huis|buurtkamer|tuinkamer|huiskamer|leeszaal|"
    r"haven|strand|synagoge|moskee|tempel|basiliek|kathedraal|abdij|klooster|auditorium|"
    r"speelplaats|villa|gasthuis|"
    r"college|lyceum|campus|lokaal|archief|broedplaats|dierentuin|zwembad|ijsbaan|"
    r"speeltuin|parkeerplaats|begijnhof|stadshart|sterrenwacht|koorzaal|dorpszaal|"
    r"speeltuinvereniging|arsenaal|belfort|hortus"
)
EVERYDAY = re.compile(
    r"\b\w*(?:kerk|bieb|bibliotheek|sporthal|gymzaal|sportzaal|buurthuis|wijkcentrum|"
    r"dorpshuis|buurtkamer|tuinkamer|huiskamer|auditorium|stadhuis|gemeentehuis|"
    r"raadhuis|clubhuis|kantine|speeltuin|muziekstudio|winkelplein|dorpsplein|"
    r"kerkplein|marktplein|schoolplein|strandpaviljoen|wijkpark|stadspark|stadshart|"
    r"aula|leslokaal|filmhuis|bioscoop|zwembad|ijsbaan|manege|wijkgebouw|molen|"
    r"kinderboerderij|fabriek|strand(?:je)?|sterrenwacht|ijssalon|buurtmoestuin|moestuin|dierenweide|"
    r"speeltuinvereniging|theetuin|waterspeeltuin|hertenkamp|bezoekerscentrum|"
    r"gymlokaal|trouwzaal|koorzaal|feestzaal)\b",
    re.I,
)
"""A word that says by itself where it is, within one town."""
NOUNS = re.compile(rf"\b[\w'’-]*(?:{NOUN})(?:tje|je)?(?![\w'’])", re.IGNORECASE)
LABEL = re.compile(
    r"^(?:locatie|plaats|waar|plek|adres|where|venue|location|place|verzamelen|"
    r"verzamelpunt|zaal)\s*(?:[:=]|\s[-–])\s*(.+)$",
    re.IGNORECASE,
)
INLINE_LABEL = re.compile(
    r"\b(?:locatie|plek|adres|location|venue|waar|plaats)\s?:\s?([^\n;]+?)(?=[.;\n]\s|"
    r"[.;]?$|\n|\s(?:om|van|aanvang|entree|toegang|kosten|tijd|prijs)\b)",
    re.IGNORECASE | re.M,
)
PIN = re.compile(r"📍\s*([^\n]+)")
WORD = r"[A-ZÀ-Ý0-9'‘’](?:[\w'’&-]|\.(?=\w))*"
SMALL = r"(?:de|het|'t|’t|van|der|den|aan|voor|en|&|in|op|ter|te|la|le|du|of|bij|v\.d\.|–|-)"
LOWER = rf"(?:[a-zà-ý-]*(?:{NOUN})(?!\w))"
NAME = rf"(?:(?:{WORD}|{LOWER})(?:,? (?:{SMALL} ){{0,2}}(?:{WORD}|{LOWER})){{0,6}}(?: zaal\b)?)"
HEAD = (
    r"(?:(?:[a-z]*(?:hal|zaal|foyer|aula|tuin|kelder|kamer|keuken|kantine|zolder|"
    r"lokaal|kas|winkel)) (?:van (?:het |de |den |'t |onze )?|vd |vh ))?"
)
AFTER = re.compile(
    r"(?:\b(?:[Ii]n|[Bb]ij|[Oo]p|[Nn]aar|[Vv]anaf|[Tt]e|[Aa]chter|[Vv]oor|[Rr]ond|"
    r"[Aa]t|[Bb]innen) |@ ?)((?:(?:de|het|'t|’t|t|ons|onze|een|the|je|jouw) )?(?:(?:grote|"
    rf"kleine|oude|nieuwe|mooie|gezellige|eigen|prachtige|sfeervolle) ){{0,2}}{HEAD}{NAME})"
)
NEVER = re.compile(
    r"^(?:(?:de|het|'t|een|ons|onze|the)\s)?(?:januari|februari|maart|april|mei|"
    r"juni|juli|augustus|september|oktober|november|december|jan|feb|mrt|apr|jun|"
    r"jul|aug|sept?|okt|nov|dec|"
    r"maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|"
    r"za|zo|nederland|nederlands|nederlandse|engels|engelse|europa|\d.*|kerst\w*|"
    r"pasen|facebook|instagram|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|u|jullie|plaats|"
    r"huis|vrijdag\w*|zaterdag\w*|zondag\w*|school|markt|zaal|gebouw|winkel|onze\ssite)"
    r"$",
    re.IGNORECASE,
)
CUT = re.compile(
    r"\s(?:om|van\s\d+|op|is|en\s(?:een|de|het|kom)|met|aanvang|vanaf|tussen|entree|"
    r"toegang|gratis|kosten|tijd)\b.*$|[,.;:!?\s–-]+$|\s?\((?![^)]*\)).*$",
    re.IGNORECASE,
)
TOWN = r"(?:,?\s(?:in|te)\s[A-ZÀ-Ý][\w-]+)?"
BEFORE_IN_THE = re.compile(
    r"(?:in|bij) (?:de|het|'t) (?!Randstad|Middel|Gouden|Achterhoek|Betuwe|Bijbel|Advent|"
    r"Kerst|Neder|Euro|Tweede|Eerste|Zomer|Winter|Herfst|Lente)[A-Z]",
    re.I,
)
STREETS = (
    r"(?:[A-Z][\w'’-]*\s?){0,2}(?:[Ll]aan|[Pp]lein|[Ss]traat|[Ww]eg|[Kk]ade|[Gg]racht|"
    r"[Ss]ingel)(?:\s(?:van\s(?:de\s|het\s)?|der\s)?[A-Z][\w'’-]*)*"
)
PLACE = re.compile(
    r"(?:\b(?:in|bij|op|vanaf|naar|locatie|plek|waar|plaats|te|at):?\s(?:de\s|het\s|ons\s)?|@\s?|^)$", re.I
)
SENTENCE = re.compile(
    r"\b(?:als|u|zich|blijft|gesloten|hangt|ligt|houdt|houden|geeft|krijgt|nodigt|een|open|zelfde|gewoon|is|zijn|we|"
    r"wij|je|jullie|kun|kan|gaat|komt|komen|speelt|spelen|voor|door|met|over|staat|"
    r"wordt|hebben|heeft|organiseert|bestaat|viert|zoekt|presenteert|maakt|maken|"
    r"leer|leren|en|welkom|of)\b",
    re.I,
)
THING = re.compile(
    r"\b(?:workshop|\w*concert\w*|lezing|cursus|\w*voorstelling|\w*wandeling|rondleiding|"
    r"festival|open dag|\w*feest|\w*theatervoorstelling|poppentheater|straattheater|"
    r"jeugdtheater|cantate|\w+koor|\w+orkest|club|(?!speeltuin)\w*vereniging|gezelschap|toneelgroep|"
    r"college van|\w*café\s+(?:elke|iedere)|repair café|taalcafé|breicafé|eetcafé|"
    r"\w*markt)\b",
    re.I,
)
GOES_ON = re.compile(
    r" (?!(?:om|op|van|en|is|met|voor|aanvang|te|gaat|de|het|in|bij|wordt|staat|"
    r"zijn|waar|kun|kan|vanaf|tot|gratis|inloop|start|neem|zingt|speelt|geeft)"
    r"\b)[a-z]"
)
_NAMED, _STREET_NAME, _TOWN_NAME = (
    r"[A-ZÀ-Ý'’‘][^,\n€\d]{2,80}",
    r"[A-ZÀ-Ý][\w.'’ -]{2,40}",
    r"[A-ZÀ-Ý][\w-]+",
)
ADDRESS_LINE = re.compile(
    rf"(?m)^{_NAMED}, ?{_STREET_NAME}(?: \d{{1,3}}[a-z]?(?: ?\([^)\n]*\))?)? ?, ?{_TOWN_NAME}\.?$"
)
"""Name, street (with its number), town: a line that is nothing else."""
_HOUSE = (
    r"[Mm]useum|[Kk]asteel|[Ss]lot|[Pp]aleis|[Tt]heater|[Ll]andgoed|[Ss]tadsarchief|[Bb]ibliotheek|"
    r"[Kk]erk|[Hh]uis|[Ss]chouwburg"
)
HOUSE = re.compile(
    rf"\b(?:[A-ZÀ-Ý][\w'’-]+ ){{0,2}}(?:[A-ZÀ-Ý][\w'’-]*)?(?:{_HOUSE})\b"
    r"(?:(?: (?:de|het|De|Het|'t|van|voor))? [A-ZÀ-Ý][\w'’-]+){0,3}"
)
"""A building by its name: Museum Het Schip, Zaans Museum."""
PLACE = re.compile(
    rf"{STREETS}(?: e)?|(?:keuken|zaal|hal|foyer|kas|tuin) [A-Z]\w+|plein|park|buiten|"
    r"[a-z]{4,}(?:straat|laan|weg|kade|plein) \d{1,3} ?[a-z]?"
)
"""A piece of text that is a place as a whole."""
IN_THE = re.compile(
    r"(?:in|bij) (?:de|het|'t) (?!Randstad|Middel|Gouden|Achterhoek|Betuwe|Bijbel|Advent|"
    r"Kerst|Neder|Euro|Tweede|Eerste|Zomer|Winter|Herfst|Lente)[A-Z]",
    re.I,
)
STREETS = (
    r"(?:[A-Z][\w'’-]*\s?){0,2}(?:[Ll]aan|[Pp]lein|[Ss]traat|[Ww]eg|[Kk]ade|[Gg]racht|"
    r"[Ss]ingel)(?:\s(?:van\s(?:de\s|het\s)?|der\s)?[A-Z][\w'’-]*)*"
)
PLACE = re.compile(
    rf"{STREETS}(?: e)?|(?:keuken|zaal|hal|foyer|kas|tuin) [A-Z]\w+|plein|park|buiten|"
    r"[a-z]{4,}(?:straat|laan|weg|kade|plein) \d{1,3} ?[a-z]?"
)
"""A piece of text that is a place as a whole."""
BEFORE_PLACE = re.compile(
    r"(?:\b(?:in|bij|op|vanaf|naar|locatie|plek|waar|plaats|te|at):?\s(?:de\s|het\s|ons\s)?|@\s?|^)$", re.I
)
