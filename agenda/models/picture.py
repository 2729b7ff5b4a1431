"""Pictures: what a maker sent, and where its renditions are. The original is never served."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import User


class Picture(models.Model):
    """One picture; without `renditions` (still waiting, or failed) the block pattern shows."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("wordt verwerkt")
        READY = "ready", _("klaar")
        FAILED = "failed", _("niet gelukt")

    uuid = models.UUIDField(default=uuid.uuid4, primary_key=True, editable=False)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("van")
    )
    original = models.CharField(_("origineel (niet openbaar)"), max_length=200, blank=True)
    sha256 = models.CharField(_("vingerafdruk"), max_length=64, db_index=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.WAITING)
    problem = models.CharField(_("wat er mis ging"), max_length=200, blank=True)
    focus_x = models.FloatField(_("focuspunt van links (0–1)"), default=0.5)
    focus_y = models.FloatField(_("focuspunt van boven (0–1)"), default=0.5)
    width = models.PositiveIntegerField(_("breedte"), default=0)
    height = models.PositiveIntegerField(_("hoogte"), default=0)
    renditions = models.JSONField(_("uitvoeringen"), default=dict, blank=True)
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")

    def __str__(self) -> str:
        return str(self.uuid)
