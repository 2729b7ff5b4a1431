"""The city and its vocabularies: every fact that differs between cities is a row here."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

WORKING_DAYS = (1, 2, 3, 4, 5)  # of a city that says nothing else; 1 is Monday


class CityQuerySet(models.QuerySet["City"]):
    def here(self) -> "City":
        """The one public city of this deployment (setting STAD); City.DoesNotExist before its data is in."""
        return self.get(slug=settings.STAD)


class City(models.Model):
    """A city: the public one of this deployment, or one that partners come from."""

    slug = models.SlugField(_("adresdeel"), unique=True)
    name = models.CharField(_("naam"), max_length=80)
    uid_domain = models.CharField(_("domein van de agenda-UID's"), max_length=200)
    holiday_region = models.CharField(
        _("vakantieregio"),
        max_length=10,
        choices=[("Noord", "Noord"), ("Midden", "Midden"), ("Zuid", "Zuid")],
    )
    languages = models.JSONField(_("talen"), default=list)
    working_days = models.JSONField(_("werkdagen van de redactie (1 = maandag)"), default=list)
    desk_deadline = models.TimeField(_("tijd waarop de redactie klaar belooft te zijn"))
    mail = models.EmailField(_("mailadres"))
    phone = models.CharField(_("telefoon"), max_length=30, blank=True)
    trust_sample = models.PositiveSmallIntegerField(
        _("van wie we vertrouwen kijken we 1 op de … na (0: niets)"), default=5
    )
    theme = models.JSONField(_("thema"), default=dict, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = CityQuerySet.as_manager()

    class Meta:
        verbose_name = _("stad")
        verbose_name_plural = _("steden")

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A word of one of the city's vocabularies; subclasses say which."""

    city = models.ForeignKey(City, models.CASCADE, verbose_name=_("stad"), related_name="+")
    code = models.SlugField(_("code"), max_length=60)
    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("Engelse naam"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)
    is_active = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        abstract = True
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["city", "code"], name="%(class)s_code_per_city")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; Dutch when there is no translation."""
        return self.name_en if self.name_en and (get_language() or "nl").startswith("en") else self.name


class Discipline(Term):
    class Meta(Term.Meta):
        verbose_name = _("discipline")
        verbose_name_plural = _("disciplines")


class Kind(Term):
    """What sort of activity: concert, workshop, exhibition; with its schema.org type."""

    schema_org_type = models.CharField(_("schema.org-type"), max_length=60, default="Event")
    discipline = models.ForeignKey(
        Discipline, models.SET_NULL, null=True, blank=True, verbose_name=_("discipline"), related_name="+"
    )

    class Meta(Term.Meta):
        verbose_name = _("soort")
        verbose_name_plural = _("soorten")


class Audience(Term):
    """For whom, in words for the public: families, young people."""

    age_from = models.PositiveSmallIntegerField(_("vanaf leeftijd"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("tot en met leeftijd"), null=True, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")


class Segment(Term):
    """A marketing segment; only at the desk."""

    class Meta(Term.Meta):
        verbose_name = _("marketingsegment")
        verbose_name_plural = _("marketingsegmenten")


class District(Term):
    class Meta(Term.Meta):
        verbose_name = _("wijk")
        verbose_name_plural = _("wijken")


class Reach(Term):
    class Meta(Term.Meta):
        verbose_name = _("bereik")
        verbose_name_plural = _("bereiken")


class CoreValue(Term):
    """What the city stands for; never shown by colour alone."""

    description = models.CharField(_("omschrijving"), max_length=300, blank=True)
    colour = models.CharField(_("kleur"), max_length=20, blank=True)
    shape = models.CharField(_("vorm"), max_length=20, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("kernwaarde")
        verbose_name_plural = _("kernwaarden")


class Pass(Term):
    class Meta(Term.Meta):
        verbose_name = _("pas")
        verbose_name_plural = _("passen")


class Channel(Term):
    class Meta(Term.Meta):
        verbose_name = _("kanaal")
        verbose_name_plural = _("kanalen")


class AccessFact(Term):
    """Something a visitor may need to know: step-free, hearing loop."""

    class Meta(Term.Meta):
        verbose_name = _("toegankelijkheidskenmerk")
        verbose_name_plural = _("toegankelijkheidskenmerken")


class OrganisationKind(Term):
    """A sort of organisation, and what its members come here to do."""

    class Part(models.TextChoices):
        MAKER = "maker", _("maakt cultuur")
        SCHOOL = "school", _("school")
        BUSINESS = "business", _("bedrijf")
        HOUSE = "house", _("Huis van de Wijk")

    part = models.CharField(_("doet mee als"), max_length=10, choices=Part.choices, default=Part.MAKER)

    class Meta(Term.Meta):
        verbose_name = _("soort organisatie")
        verbose_name_plural = _("soorten organisatie")


class Reason(Term):
    """Why an editor asks or rejects, or why a date changes; `text` is what the other reads."""

    class Use(models.TextChoices):
        ASK = "ask", _("vraag om aanpassing")
        REJECT = "reject", _("afwijzing")
        URGENT = "urgent", _("wijziging van een datum")

    use = models.CharField(_("gebruik"), max_length=10, choices=Use.choices)
    text = models.TextField(_("tekst"), blank=True)

    class Meta(Term.Meta):
        verbose_name = _("reden")
        verbose_name_plural = _("redenen")


class Tip(Term):
    """What makes an activity more complete: `code` is the fact, the name is the tip, with its part of 100."""

    weight = models.PositiveSmallIntegerField(_("gewicht"))

    class Meta(Term.Meta):
        verbose_name = _("tip")
        verbose_name_plural = _("tips")


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def of(self, city: City) -> "DayOffQuerySet":
        """Public holidays, and the school holidays of the city's region."""
        return self.filter(Q(region="") | Q(region=city.holiday_region))

    def is_working_day(self, city: City, day: date) -> bool:
        """Whether the city's editors work on this day: one of their weekdays and no public holiday."""
        if day.isoweekday() not in (city.working_days or WORKING_DAYS):
            return False
        holidays = self.of(city).filter(kind=DayOff.Kind.HOLIDAY)
        return not holidays.filter(first__lte=day, last__gte=day).exists()


class DayOff(models.Model):
    """A public holiday or a school holiday (source: rijksoverheid.nl; computed for Easter)."""

    class Kind(models.TextChoices):
        HOLIDAY = "feestdag", _("feestdag")
        SCHOOL = "schoolvakantie", _("schoolvakantie")

    name = models.CharField(_("naam"), max_length=80)
    first = models.DateField(_("eerste dag"))
    last = models.DateField(_("laatste dag"))
    kind = models.CharField(_("soort"), max_length=20, choices=Kind.choices)
    region = models.CharField(_("regio"), max_length=10, blank=True)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrije dag")
        verbose_name_plural = _("vrije dagen")
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["name", "first", "region"], name="day_off_once"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="day_off_ends_after_start",
                violation_error_message=_("De laatste dag ligt vóór de eerste."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first:%Y}"


def term_models() -> dict[str, type[Any]]:
    """Vocabulary file name → model, for loading a city's folder of data."""
    return {
        "disciplines": Discipline,
        "kinds": Kind,
        "audiences": Audience,
        "segments": Segment,
        "districts": District,
        "reach": Reach,
        "core_values": CoreValue,
        "passes": Pass,
        "channels": Channel,
        "access_facts": AccessFact,
        "organisation_kinds": OrganisationKind,
        "reasons": Reason,
        "tips": Tip,
    }
