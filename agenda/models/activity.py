"""The desk: what a maker edits. Nothing here is public."""

from typing import Any
from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda import workflow
from agenda.models.picture import Picture
from partners.models import (
    AccessFact,
    Audience,
    City,
    CoreValue,
    Discipline,
    District,
    Kind,
    Organisation,
    Pass,
    Reach,
    Reason,
    Room,
    Segment,
    User,
    Venue,
)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def waiting(self) -> "ActivityQuerySet":
        """What editors must decide on: submitted, with a confirmed sender."""
        return self.filter(status=workflow.SUBMITTED).exclude(confirmed_at=None)

    def unconfirmed(self) -> "ActivityQuerySet":
        """Submitted without an account and not yet confirmed by mail."""
        return self.filter(status=workflow.SUBMITTED, confirmed_at=None)

    def of_organisations(self, organisations: Any) -> "ActivityQuerySet":
        return self.filter(organisation__in=organisations)


@pghistory.track(exclude=["when_text"])
class Activity(models.Model):
    """A maker's working copy; what the public sees is its Listing."""

    class Status(models.TextChoices):
        DRAFT = workflow.DRAFT, _("concept")
        SUBMITTED = workflow.SUBMITTED, _("ingestuurd")
        CHANGES_ASKED = workflow.CHANGES_ASKED, _("vraag van de redactie")
        APPROVED = workflow.APPROVED, _("goedgekeurd")
        REJECTED = workflow.REJECTED, _("afgewezen")
        WITHDRAWN = workflow.WITHDRAWN, _("ingetrokken")

    class Price(models.TextChoices):
        UNKNOWN = "unknown", _("weet ik nog niet")
        FREE = "free", _("gratis")
        PAID = "paid", _("kost iets")
        DONATION = "donation", _("vrije gift")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("stad"))
    slug = models.SlugField(_("adresdeel"), max_length=90, unique=True, null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("organisatie"),
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(_("versie"), default=1, editable=False)
    token = models.UUIDField(_("formulier"), default=uuid4, unique=True, editable=False)
    batch = models.UUIDField(_("reeks"), null=True, blank=True, db_index=True, editable=False)

    title = models.CharField(_("titel"), max_length=100, blank=True)
    summary = models.CharField(_("in één zin"), max_length=200, blank=True)
    description = models.TextField(_("meer erover"), max_length=6000, blank=True)
    when_text = models.CharField(_("wanneer"), max_length=500, blank=True)
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("zaal")
    )
    place_text = models.CharField(_("waar"), max_length=200, blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    kind = models.ForeignKey(
        Kind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("soort")
    )
    disciplines = models.ManyToManyField(
        Discipline, blank=True, related_name="+", verbose_name=_("disciplines")
    )
    audiences = models.ManyToManyField(Audience, blank=True, related_name="+", verbose_name=_("voor wie"))
    segments = models.ManyToManyField(
        Segment, blank=True, related_name="+", verbose_name=_("marketingsegmenten")
    )
    core_values = models.ManyToManyField(
        CoreValue, blank=True, related_name="+", verbose_name=_("kernwaarden")
    )
    reach = models.ForeignKey(
        Reach, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("bereik")
    )
    age_from = models.PositiveSmallIntegerField(_("vanaf leeftijd"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("tot en met leeftijd"), null=True, blank=True)
    price_kind = models.CharField(_("prijs"), max_length=10, choices=Price.choices, default=Price.UNKNOWN)
    price = models.DecimalField(_("bedrag"), max_digits=7, decimal_places=2, null=True, blank=True)
    price_note = models.CharField(_("over de prijs"), max_length=200, blank=True)
    passes = models.ManyToManyField(Pass, blank=True, related_name="+", verbose_name=_("passen"))
    booking_url = models.URLField(_("link voor kaarten of aanmelden"), max_length=500, blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    language = models.CharField(_("taal"), max_length=10, default="nl")
    access = models.ManyToManyField(AccessFact, blank=True, related_name="+", verbose_name=_("toegankelijk"))
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("foto")
    )
    picture_alt = models.CharField(_("wat staat er op de foto"), max_length=200, blank=True)
    has_picture_rights = models.BooleanField(_("mag de foto gebruiken"), default=False)

    sender = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("ingestuurd door")
    )
    sender_name = models.CharField(_("jouw naam"), max_length=120, blank=True)
    sender_mail = models.EmailField(_("jouw mailadres"), blank=True)
    sender_organisation = models.CharField(_("naam van de organisatie"), max_length=120, blank=True)
    note = models.CharField(_("bericht aan de redactie"), max_length=500, blank=True)
    accepted_terms_at = models.DateTimeField(_("voorwaarden akkoord op"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("ingestuurd op"), null=True, blank=True)
    promised_at = models.DateTimeField(_("beloofd vóór"), null=True, blank=True)
    publish_from = models.DateTimeField(_("niet openbaar vóór"), null=True, blank=True)
    reason = models.ForeignKey(
        Reason, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reden")
    )
    reason_text = models.TextField(_("toelichting van de redactie"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("besloten door")
    )
    decided_at = models.DateTimeField(_("besloten op"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    changed_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")
        ordering = ["-changed_at"]
        indexes = [
            models.Index(fields=["status", "submitted_at"], name="activity_queue"),
            models.Index(fields=["organisation", "-changed_at"], name="activity_of_maker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="activity_ages_in_order",
                violation_error_message=_("De hoogste leeftijd is lager dan de laagste."),
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0),
                name="activity_price_not_negative",
                violation_error_message=_("Een prijs is nul of meer."),
            ),
            models.CheckConstraint(
                condition=~Q(status=workflow.APPROVED) | Q(organisation__isnull=False, slug__isnull=False),
                name="activity_approved_has_organisation",
                violation_error_message=_("Koppel eerst een organisatie."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(zonder titel)"))

    def get_absolute_url(self) -> str:
        """Its page at the maker's desk."""
        return reverse("agenda:my_activity", args=[self.uuid])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def maker_name(self) -> str:
        return self.organisation.name if self.organisation else self.sender_organisation


class Moment(models.Model):
    """One time that an activity takes place; its uuid never changes and becomes the iCalendar UID."""

    Status = workflow.DateStatus

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="moments", verbose_name=_("activiteit")
    )
    start = models.DateTimeField(_("begin"))
    end = models.DateTimeField(_("einde"), null=True, blank=True)
    is_all_day = models.BooleanField(_("hele dag"), default=False)
    door_time = models.DateTimeField(_("deur open"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.SCHEDULED)
    reason = models.ForeignKey(
        Reason, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reden")
    )
    previous_start = models.DateTimeField(_("eerst gepland op"), null=True, blank=True)
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("andere zaal")
    )

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("momenten")
        ordering = ["start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")),
                name="moment_ends_after_start",
                violation_error_message=_("Het einde ligt vóór het begin."),
            ),
            models.CheckConstraint(
                condition=Q(start__year__gte=1900) & Q(start__year__lte=2100),
                name="moment_in_this_age",
                violation_error_message=_("Deze datum kan niet kloppen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}"
