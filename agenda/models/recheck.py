"""Whether a series or long activity still holds: when its makers were asked, and what they said last."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models.activity import Activity


class Recheck(models.Model):
    """One activity's question "klopt dit nog?"; confirming empties the first three."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, related_name="recheck", verbose_name=_("activiteit")
    )
    asked_at = models.DateTimeField(_("gevraagd op"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("herinnerd op"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("verborgen op"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("vraag of het nog klopt")
        verbose_name_plural = _("vragen of het nog klopt")
        ordering = ["activity_id"]

    def __str__(self) -> str:
        return str(self.activity_id)
