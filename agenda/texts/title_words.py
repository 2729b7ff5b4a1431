"""The words of titles: what names an activity, what does not, and where a title stops."""

import re

from agenda.texts.base import words

LABEL = re.compile(
    r"^(?:onderwerp|betreft|titel|subject|wat|activiteit|naam|title|naam activiteit|evenement)\s?:\s*(.+)$",
    re.I,
)
OTHER_LABEL = re.compile(
    r"^(?:datum|data|tijd|locatie|plaats|waar|wanneer|plek|adres|prijs|kosten|"
    r"entree|toegang|kaarten|tickets|aanmelden|aanvang|voor wie|leeftijd|website|"
    r"info|meer info|speeldata|date|time|where|when|price|zaal|contact|tel|telefoon|"
    r"mail|e-mail|organisatie|door|van|aan)\b\s?:",
    re.I,
)
REPLY = re.compile(r"^(?:(?:fwd?|re|fw|doorst|antw)\s?:\s*)+", re.I)
EMPTY_SUBJECT = re.compile(
    r"^(?:agenda\w*|plaatsing\w*|aankondiging|bericht|persbericht|activiteit\w*|"
    r"verzoek\w*|voor de agenda|uitagenda|nieuwsbrief\w*|vraagje?|vraag|nieuws|"
    r"agendatip|tip|aanmelding|evenement|kopij)(?:\s(?:agenda|voor de agenda|activiteit|"
    r"uitagenda|plaatsing))?$",
    re.I,
)
THING = (
    r"concert|markt|caf[eé]|avond|middag|lezing|workshop|cursus|proefles|les|repetitie|"
    r"voorstelling|festival|feest|wandeling|rondleiding|expositie|tentoonstelling|"
    r"quiz|bingo|disco|bal|film|parade|tocht|open huis|atelier|fair|sessie|show|"
    r"musical|cabaret|opera|recital|dienst|viering|toernooi|veiling|beurs|theater|"
    r"toneel|toneelstuk|klucht|komedie|ballet|revue|uitvoering|presentatie|debat|"
    r"gesprek|ontmoeting|spel|spelen|excursie|vertelling|verhalen|voorlezen|inloop|"
    r"matinee|optreden|koor|zangdienst|kerstzang|meezing|jam|sing-?in|open mic|"
    r"open dag|masterclass|training|clinic|kamp|speurtocht|puzzeltocht|route|opening|"
    r"vertoning|première|jubileum|bazaar|braderie|kermis|picknick|high tea|diner|"
    r"brunch|ontbijt|lunch|buffet|talkshow|college|symposium|kijkdag|speelgroep|"
    r"club|salon|kring|musicalavond|dj|party|night|lesson|exhibition|talk|tour|"
    r"receptie|borrel|ruil|samenzang|herdenking|intocht|maaltijd|speurtocht|duik|"
    r"yoga|gym|drive|zingen|schilderen|koken|dansen|tekenen|schaken|bridgen|klaverjassen|"
    r"spreekuur|proefles|disco|carnaval|kerststal|lichtjes\w*|bingo|jam|beurs|"
    r"impro|spelletjes\w*|wandel\w*|reünie|challenge|hackathon|repair"
)
THINGS = re.compile(rf"\b(?P<word>[\w'’-]*(?:{THING})(?:s|en|sen|n|tje|je|tjes|jes)?)\b", re.I)
QUOTED = re.compile(
    r"(?:\b(?P<lead>[\w-]+)\s)?(?:\"(?P<a>[^\"\n]{3,80})\"|“(?P<b>[^”\n]{3,80})"
    r"”|„(?P<d>[^”\"\n]{3,80})[”\"]|(?<!\w)['‘](?P<c>[^'’\n]{3,80})['’](?!\w))"
)
STOP = re.compile(
    r"\s(?:op|om|in|bij|van\s\d|vanaf|is|zijn|wordt|start|begint|aan|te|tot|die|"
    r"dat|waar|want|en\s(?:we|wij|dat)|plaats|weer|gegeven|gehouden|georganiseerd|"
    r"tussen|elke|iedere|on|at|naar|ligt|komt|gaat|mag|kan|kunnen|hebben|heeft|"
    r"zal|zullen|willen|zetten|ǂ\w*)(?=\s|$).*$|[,;:!?(|•].*$|\s[–-]\s.*$|\.\s.*$|"
    r"\.$",
    re.I,
)
BEFORE_NOUN = re.compile(
    r"(?:\b(?:open|groot|grote|gratis|jaarlijkse?|traditionele?|muzikale?|literaire?|"
    r"nieuwe?|wekelijkse?|maandelijkse?|interactieve?|feestelijke?|creatieve?|"
    r"sociale?|silent|repair|klein|kleine|speciale?|extra|[A-Z][\w'’-]+)\s){1,3}$"
)
VERBS = re.compile(
    r"\b(?:wie|wat|we|wij|ik|jij|je|jullie|is|zijn|gaat|gaan|loopt|eten|kan|kunnen|"
    r"mag|mogen|komt|kom|doe|houdt|geeft|start|gezocht|zet|graag|hoi|hallo|telefoon|"
    r"na|deze|dit|die|treedt|verzet|zoekt|zoeken|organiseert)\b",
    re.I,
)
LEADING_VERB = re.compile(
    r"(?:treedt|treden|zingt|zingen|speelt|spelen|komt|komen|opent|presenteert)"
    r"\s(?:(?:het|de|een)\s)?|(?:de|het|een|onze|ons)\s(?=[a-z])",
    re.I,
)
MEANINGLESS = words(
    "de het een en op om in van bij is er we wij weer voor met te zijn uur vanaf tot ook naar zaal "
    "entree toegang gratis dit dat jullie jij zet erin ha hoi nog even wie gaat mee komt allen leuk "
    "hallo hé kaartje kaarten kaartjes start aanvang al aan organiseren organiseert geven geeft "
    "houden houdt "
)


def names_activity(sentence: str) -> bool:
    """Whether a word for an activity stands in it that is one by itself."""
    return any(match["word"].lower() not in WEAK for match in THINGS.finditer(sentence))


WEAK = words(
    "deelname avond middag les spelen film gesprek opening route avonden middagen lessen koor "
    "theater night club kring popkoor shantykoor kinderkoor toneel cursus voorstelling optreden "
    "inloop maaltijd zingen dansen koken muziekschool ruil gym receptie school lunch brunch dienst "
)
