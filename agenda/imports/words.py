"""What readers remark and refuse, in words that say what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.imports.base import Findings, Remark
from cultuurportaal.fetch import WORDS as LINK_REFUSED

REFUSED = {
    "nothing": gettext_lazy("We vonden hier geen activiteit. Vul het zelf in, of geef een andere link."),
    "no_calendar": gettext_lazy("Dit is geen agendabestand. Kies een bestand dat eindigt op .ics."),
    "no_events": gettext_lazy("In deze agenda staat geen enkele activiteit."),
    "damaged": gettext_lazy("Dit agendabestand is beschadigd. Maak het opnieuw in je agendaprogramma."),
    "empty": gettext_lazy("Dit is leeg. Kies een ander bestand of een andere link."),
    "heavy": gettext_lazy("Dit is te ingewikkeld om te lezen. Kies een kleiner bestand of een andere link."),
}  # fmt: skip
FIELDS = {
    "title": gettext_lazy("de titel"),
    "summary": gettext_lazy("de zin erover"),
    "description": gettext_lazy("de tekst"),
    "place": gettext_lazy("de plek"),
    "address": gettext_lazy("het adres"),
    "price_note": gettext_lazy("de tekst over de prijs"),
    "organizer": gettext_lazy("de organisator"),
}
ABOUT_ONE = {
    "cut": gettext_lazy("We hebben %s korter gemaakt. Kijk of het nog klopt."),
    "no_date": gettext_lazy("We vonden geen dag. Vul in wanneer het is."),
    "no_clock": gettext_lazy("Er staat geen tijd bij. Vul in hoe laat het begint."),
    "no_end_clock": gettext_lazy("Er staat een laatste dag bij zonder tijd. Kijk of alle dagen er staan."),
    "end_before": gettext_lazy("Het einde ligt vóór het begin. Dat hebben we weggelaten."),
    "date": gettext_lazy("Deze dag begrepen we niet: %s. Vul hem zelf in."),
    "schedule": gettext_lazy("Er staat een herhaling die we niet lezen. Schrijf zelf op wanneer het is."),
    "long": gettext_lazy("Dit duurt %s dagen achter elkaar. Schrijf erbij wanneer het open is."),
    "zone": gettext_lazy("De bron rekent in een andere tijdzone: %s uur wordt hier %s uur. Klopt dat?"),
    "zone_unknown": gettext_lazy("Deze tijdzone kennen we niet: %s. We lezen de tijden als Nederlandse."),
    "postponed": gettext_lazy("De pagina zegt dat dit is uitgesteld of verplaatst. Klopt de dag?"),
    "some_cancelled": gettext_lazy("%s keer gaat niet door. Die dagen hebben we weggelaten."),
    "currency": gettext_lazy("De prijs staat er niet in euro's (%s). Vul hem zelf in."),
    "price": gettext_lazy("Deze prijs begrepen we niet: %s. Vul hem zelf in."),
    "prices": gettext_lazy("Er zijn meer prijzen. We namen de laagste. Kijk of dat klopt."),
    "ages": gettext_lazy("Deze leeftijd begrepen we niet: %s."),
    "only_title": gettext_lazy("We konden hier alleen een titel en een tekst lezen. Vul de rest zelf in."),
    "broken_json": gettext_lazy("Een deel konden we niet lezen. Kijk of alles er staat."),
    "orphan": gettext_lazy("Dit is één dag van een reeks; de reeks zelf staat er niet bij."),
    "many": gettext_lazy("Er zijn heel veel dagen. We namen de eerste %s."),
    "no_title": gettext_lazy("Er staat geen titel bij. Vul in wat er te doen is."),
}  # fmt: skip
ABOUT_ROWS = {
    "no_start": gettext_lazy("%s: er staat geen begin bij. Die hebben we overgeslagen."),
    "bad_dates": gettext_lazy("%s: de dag klopt niet. Die hebben we overgeslagen."),
    "bad_rule": gettext_lazy("%s: de herhaling klopt niet. Die hebben we overgeslagen."),
    "sub_daily": gettext_lazy("%s: dit herhaalt zich te vaak op één dag. Die hebben we overgeslagen."),
    "double": gettext_lazy("%s staat er twee keer in. We namen hem één keer."),
    "same_uid": gettext_lazy("%s heeft hetzelfde nummer als iets anders. We namen ze allebei."),
    "left_out": gettext_lazy("Er staan meer dan 2.000 activiteiten in. De laatste %s lazen we niet."),
    "cut_file": gettext_lazy("Dit bestand is groter dan 5 MB. We lazen alleen het begin."),
    "empty_now": gettext_lazy("De bron is nu leeg. Wat er al stond, is gebleven."),
    "more": gettext_lazy("Er staan er nog %s op deze pagina. Die laten we niet zien."),
}  # fmt: skip


def refusal(findings: Findings) -> str:
    return str(REFUSED[findings.refused])


def problem(code: str) -> str:
    """Why a source could not be read the last time; "" when it could."""
    if not code:
        return ""
    if code == "no_member":
        return _("Geen lid van de organisatie kan de concepten bewaren.")
    return str(
        REFUSED.get(code) or LINK_REFUSED.get(code) or _("Dit lukte niet. We proberen het later nog eens.")
    )


def words(remark: Remark) -> str:
    """A remark as a sentence; several details are divided by a bar."""
    text = str(ABOUT_ONE.get(remark.code) or ABOUT_ROWS.get(remark.code) or _("Kijk of alles klopt."))
    details = remark.detail.split("|") if remark.code == "zone" else [remark.detail]
    if remark.code == "cut":
        details = [str(FIELDS.get(remark.detail, remark.detail))]
    return text % tuple(details) if "%s" in text else text
