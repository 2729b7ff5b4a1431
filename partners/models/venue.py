"""Places: venues with rooms, where they are, and what visitors need to know about getting in."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.organisation import Organisation
from partners.models.vocabulary import AccessFact, City, District


class VenueQuerySet(models.QuerySet["Venue"]):
    def active(self) -> "VenueQuerySet":
        return self.filter(is_active=True)


@pghistory.track()
class Venue(models.Model):
    """A place where things happen."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, models.PROTECT, related_name="venues", verbose_name=_("stad"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="venues", verbose_name=_("van")
    )
    slug = models.SlugField(_("adresdeel"), max_length=80, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    street = models.CharField(_("straat en nummer"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=7, blank=True)
    town = models.CharField(_("plaats"), max_length=80, blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    latitude = models.DecimalField(_("breedtegraad"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("lengtegraad"), max_digits=8, decimal_places=5, null=True, blank=True)
    description = models.TextField(_("over deze plek"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("plek")
        verbose_name_plural = _("plekken")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__range=(-90, 90)),
                name="venue_latitude_on_earth",
                violation_error_message=_("De breedtegraad ligt tussen -90 en 90."),
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__range=(-180, 180)),
                name="venue_longitude_on_earth",
                violation_error_message=_("De lengtegraad ligt tussen -180 en 180."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agenda:venue", args=[self.slug])

    @property
    def address(self) -> str:
        """Street, postcode and town on one line, without what is missing."""
        return ", ".join(part for part in (self.street, f"{self.postcode} {self.town}".strip()) if part)


@pghistory.track()
class Room(models.Model):
    """A hall of a venue, or any other part of it where something can take place."""

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="rooms", verbose_name=_("plek"))
    name = models.CharField(_("naam"), max_length=80)
    capacity = models.PositiveIntegerField(_("plaatsen"), null=True, blank=True)

    class Meta:
        verbose_name = _("zaal")
        verbose_name_plural = _("zalen")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["venue", "name"], name="room_name_per_venue")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class AccessStatement(models.Model):
    """One fact about getting in, with its source and date. No row means: we do not know."""

    class Answer(models.TextChoices):
        YES = "yes", _("ja")
        NO = "no", _("nee")
        UNKNOWN = "unknown", _("weten we niet")

    venue = models.ForeignKey(Venue, models.CASCADE, related_name="access", verbose_name=_("plek"))
    room = models.ForeignKey(
        Room, models.CASCADE, null=True, blank=True, related_name="access", verbose_name=_("zaal")
    )
    fact = models.ForeignKey(AccessFact, models.CASCADE, related_name="+", verbose_name=_("kenmerk"))
    answer = models.CharField(_("antwoord"), max_length=10, choices=Answer.choices)
    source = models.CharField(_("bron"), max_length=120)
    checked_on = models.DateField(_("nagekeken op"))

    class Meta:
        verbose_name = _("toegankelijkheidsgegeven")
        verbose_name_plural = _("toegankelijkheidsgegevens")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "room", "fact"], nulls_distinct=False, name="access_fact_once_per_room"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fact}: {self.get_answer_display()}"
