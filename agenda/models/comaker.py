"""Organisations that make an activity together: named by one, shown once the other accepts."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.models.activity import Activity
from partners.models import Organisation, User


class CoMakerQuerySet(models.QuerySet["CoMaker"]):
    def open(self) -> "CoMakerQuerySet":
        """Asked, not answered."""
        return self.filter(accepted_at=None, declined_at=None)

    def shown(self) -> "CoMakerQuerySet":
        """Accepted, by an organisation that the public may see."""
        return self.exclude(accepted_at=None).filter(organisation__status=Organisation.Status.ACTIVE)


@pghistory.track()
class CoMaker(models.Model):
    """One organisation beside the one whose activity it is. It gives no rights on the activity."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="co_makers", verbose_name=_("activiteit")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="+", verbose_name=_("medemaker")
    )
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("gevraagd door")
    )
    asked_at = models.DateTimeField(_("gevraagd op"))
    accepted_at = models.DateTimeField(_("aangenomen op"), null=True, blank=True)
    declined_at = models.DateTimeField(_("afgeslagen op"), null=True, blank=True)

    objects = CoMakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("medemaker")
        verbose_name_plural = _("medemakers")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "organisation"], name="co_maker_once"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="co_maker_accepted_or_declined",
                violation_error_message=_("Een vraag is aangenomen of afgeslagen, niet allebei."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} · {self.organisation}"
