"""Room to spare, and room wanted: what organisations tell each other."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.organisation import Organisation
from partners.models.venue import Venue


class SpaceQuerySet(models.QuerySet["Space"]):
    def current(self) -> "SpaceQuerySet":
        """Not taken off, of organisations that take part."""
        return self.filter(closed_at=None, organisation__status=Organisation.Status.ACTIVE)


@pghistory.track()
class Space(models.Model):
    """One line on the list: who offers or needs what, for how many, when."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("ruimte over")
        NEED = "need", _("ruimte gezocht")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="spaces", verbose_name=_("organisatie")
    )
    kind = models.CharField(_("soort"), max_length=5, choices=Kind.choices)
    what = models.CharField(_("wat voor ruimte"), max_length=200)
    venue = models.ForeignKey(
        Venue, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    capacity = models.PositiveIntegerField(_("voor hoeveel mensen"), null=True, blank=True)
    when_text = models.CharField(_("wanneer"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("geplaatst op"))
    closed_at = models.DateTimeField(_("van de lijst op"), null=True, blank=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("ruimte")
        verbose_name_plural = _("ruimtes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.what
