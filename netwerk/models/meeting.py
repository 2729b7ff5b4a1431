"""Network meetings: eight a year, half of them with business."""

import uuid
from datetime import UTC, datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netwerk.season import Season
from partners.models import City, Organisation, Room, Venue
from partners.permissions import Person, acting_roles, is_broker, is_business, is_editor, memberships_of

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def announced(self) -> "MeetingQuerySet":
        """Planned, or planned and then called off."""
        return self.exclude(status=Meeting.Status.DRAFT)

    def public(self) -> "MeetingQuerySet":
        return self.announced().filter(is_public=True)

    def visible_to(self, user: Person) -> "MeetingQuerySet":
        """Drafts for who plans; private ones for who is invited and the city's people; twin of `may_see`."""
        if is_editor(user) or is_broker(user):
            return self
        if acting_roles(user):
            return self.announced()
        invited = Meeting.invited.through.objects.filter(organisation__in=memberships_of(user)).values(
            "meeting"
        )
        allowed = Q(is_public=True) | Q(pk__in=invited)
        if is_business(user):
            allowed |= Q(kind=Meeting.Kind.BUSINESS)
        return self.announced().filter(allowed)

    def of_season(self, season: Season) -> "MeetingQuerySet":
        return self.filter(start__gte=season.start, start__lt=season.end)


@pghistory.track()
class Meeting(models.Model):
    """A meeting of the network."""

    class Kind(models.TextChoices):
        CULTURE = "culture", _("culturele partners")
        BUSINESS = "business", _("cultuur en bedrijven")

    class Status(models.TextChoices):
        DRAFT = "draft", _("concept")
        PLANNED = "planned", _("gaat door")
        CANCELLED = "cancelled", _("gaat niet door")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("stad"))
    slug = models.SlugField(_("adresdeel"), max_length=80, unique=True)
    title = models.CharField(_("titel"), max_length=120)
    kind = models.CharField(_("met wie"), max_length=10, choices=Kind.choices, default=Kind.CULTURE)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(_("versie"), default=1)
    start = models.DateTimeField(_("begin"))
    end = models.DateTimeField(_("einde"))
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    room = models.ForeignKey(
        Room, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("zaal")
    )
    programme = models.TextField(
        _("programma"), max_length=4000, blank=True, help_text=_("Eén punt per regel.")
    )
    capacity = models.PositiveIntegerField(_("plaatsen"), null=True, blank=True)
    is_public = models.BooleanField(
        _("voor iedereen te zien"), default=False, help_text=_("Anders alleen voor wie is uitgenodigd.")
    )
    invited = models.ManyToManyField(
        Organisation, blank=True, related_name="meetings", verbose_name=_("uitgenodigd")
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("netwerkbijeenkomst")
        verbose_name_plural = _("netwerkbijeenkomsten")
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="meeting_ends_after_start",
                violation_error_message=_("De bijeenkomst eindigt vóór het begin."),
            ),
            models.CheckConstraint(
                condition=Q(start__gte=EARLIEST) & Q(end__lt=LATEST),
                name="meeting_in_our_time",
                violation_error_message=_("Klopt het jaar? Kies een dag tussen 2000 en 2100."),
            ),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(capacity__gt=0),
                name="meeting_has_places",
                violation_error_message=_("Er moet minstens één plaats zijn."),
            ),
        ]
        indexes = [models.Index(fields=["start"], name="meeting_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("netwerk:meeting", args=[self.slug])

    def clean(self) -> None:
        if self.room and self.room.venue_id != self.venue_id:
            raise ValidationError({"room": gettext("Deze zaal hoort bij een andere plek.")})

    @property
    def programme_lines(self) -> list[str]:
        return [line.strip() for line in self.programme.splitlines() if line.strip()]

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_with_business(self) -> bool:
        return self.kind == self.Kind.BUSINESS
