"""Organisations that make or host culture, and who belongs to them."""

import uuid

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.user import User
from partners.models.vocabulary import City, Discipline, District, OrganisationKind


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def active(self) -> "OrganisationQuerySet":
        """Those that the public may see."""
        return self.filter(status=Organisation.Status.ACTIVE)

    def of_member(self, user: User | AnonymousUser) -> "OrganisationQuerySet":
        """Those that `user` may act for: a member of an organisation that is not suspended or merged."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(memberships__user=user, status__in=Organisation.OPEN)


@pghistory.track()
class Organisation(models.Model):
    """A maker, school, company or house: to the public an organiser, or just its name."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("aangemeld")
        ACTIVE = "active", _("actief")
        SUSPENDED = "suspended", _("geblokkeerd")
        MERGED = "merged", _("samengevoegd")

    OPEN = (Status.APPLIED, Status.ACTIVE)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    city = models.ForeignKey(City, models.PROTECT, related_name="organisations", verbose_name=_("stad"))
    slug = models.SlugField(_("adresdeel"), max_length=80, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    kind = models.ForeignKey(
        OrganisationKind, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("soort")
    )
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("wijk")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.APPLIED)
    version = models.PositiveIntegerField(_("versie"), default=1)
    is_trusted = models.BooleanField(
        _("vertrouwd"),
        default=False,
        help_text=_("Wat deze organisatie aanmeldt, staat meteen in de agenda."),
    )
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("vervangen door"),
    )
    description = models.TextField(_("over"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    mail = models.EmailField(_("mailadres voor het publiek"), blank=True)
    phone = models.CharField(_("telefoon voor het publiek"), max_length=30, blank=True)
    disciplines = models.ManyToManyField(
        Discipline, blank=True, related_name="+", verbose_name=_("disciplines")
    )
    districts = models.ManyToManyField(
        District, blank=True, related_name="+", verbose_name=_("wijken waar jullie actief zijn")
    )
    is_demo = models.BooleanField(_("demo"), default=False)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by=None) ^ Q(status="merged"),
                name="organisation_merged_has_replacement",
                violation_error_message=_(
                    "Een samengevoegde organisatie heeft een vervanger, een andere niet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_trusted=False) | Q(status="active"),
                name="organisation_trusted_is_active",
                violation_error_message=_("Alleen een actieve organisatie kan vertrouwd zijn."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agenda:maker", args=[self.slug])


@pghistory.track()
class Membership(models.Model):
    """Somebody who may act for an organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("hoofdmaker")
        MEMBER = "member", _("lid")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("gebruiker"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    created_at = models.DateTimeField(_("sinds"), auto_now_add=True)

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
