"""The hatch: every decision about what the public may see, as an append-only log and outbox."""

import uuid
from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.models.activity import Activity
from partners.models import User


class ReleaseQuerySet(models.QuerySet["Release"]):
    def open(self) -> "ReleaseQuerySet":
        """Decided, not yet published and not void."""
        return self.filter(published_at=None, voided_at=None)

    def due(self, now: datetime) -> "ReleaseQuerySet":
        """Open, past their moment, and not given up; oldest first."""
        return self.open().filter(publish_at__lte=now, failed_at=None).order_by("publish_at", "pk")

    def published(self) -> "ReleaseQuerySet":
        """What went through, in the order in which it did."""
        return self.exclude(published_at=None).order_by("change_number")


class Release(models.Model):
    """One decision: the frozen text that an editor (or a written rule) let through, and when it goes out."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("publicatie")
        URGENT = "urgent", _("spoedwijziging")
        REFRESH = "refresh", _("verversing")
        WITHDRAW = "withdraw", _("intrekking")

    class Rule(models.TextChoices):
        EDITOR = "editor", _("redactie")
        TRUSTED = "trusted", _("vertrouwde organisatie")
        URGENT = "urgent", _("recht van de maker")
        UNDONE = "undone", _("teruggezet door de maker")
        WITHDRAWAL = "withdrawal", _("intrekking door de maker")
        SILENT = "silent", _("niet bevestigd door de maker")
        CONFIRMED = "confirmed", _("bevestigd door de maker")
        RENAMED = "renamed", _("naam gewijzigd")
        PICTURE = "picture", _("foto klaar")
        CO_MAKER = "co_maker", _("medemaker")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="releases", verbose_name=_("activiteit")
    )
    number = models.PositiveIntegerField(_("nummer"))
    kind = models.CharField(_("soort"), max_length=10, choices=Kind.choices)
    rule = models.CharField(_("op grond van"), max_length=12, choices=Rule.choices, default=Rule.EDITOR)
    snapshot = models.JSONField(_("tekst"))
    seen_version = models.PositiveIntegerField(_("versie van de activiteit"))
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )
    created_at = models.DateTimeField(_("besloten op"))
    publish_at = models.DateTimeField(_("openbaar vanaf"))
    published_at = models.DateTimeField(_("gepubliceerd op"), null=True, blank=True)
    change_number = models.PositiveBigIntegerField(_("wijzigingsnummer"), null=True, blank=True, unique=True)
    voided_at = models.DateTimeField(_("vervallen op"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    failed_at = models.DateTimeField(_("mislukt op"), null=True, blank=True)
    last_error = models.CharField(_("laatste fout"), max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrijgave")
        verbose_name_plural = _("vrijgaven")
        ordering = ["activity_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(published_at=None, voided_at=None),
                name="release_one_open_per_activity",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(voided_at=None),
                name="release_published_or_void",
                violation_error_message=_("Een vrijgave is gepubliceerd of vervallen, niet allebei."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) ^ Q(change_number__isnull=False),
                name="release_published_has_change_number",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"], name="release_due", condition=Q(published_at=None, voided_at=None)
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="decision_is_final",
                fields=["activity", "number", "kind", "rule", "snapshot", "seen_version", "created_at"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}/{self.number} {self.kind}"

    @property
    def is_open(self) -> bool:
        return self.published_at is None and self.voided_at is None

    @property
    def is_hiding(self) -> bool:
        """Off all pages because nobody said that it still holds; not cancelled, and confirming shows it."""
        return self.kind == self.Kind.WITHDRAW and self.rule == self.Rule.SILENT
