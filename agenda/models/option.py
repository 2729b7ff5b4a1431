"""Dates in pencil: what makers think of doing. Only makers and editors see them; they go by themselves."""

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, User, Venue


class OptionQuerySet(models.QuerySet["Option"]):
    def open(self, today: date) -> "OptionQuerySet":
        """Not over yet, of organisations that take part."""
        return self.filter(expires_on__gte=today, organisation__status=Organisation.Status.ACTIVE)


class Option(models.Model):
    """One date; `day` is its day in the agenda. Gone once it is a draft, or after `expires_on`."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="options", verbose_name=_("organisatie")
    )
    title = models.CharField(_("titel"), max_length=100)
    day = models.DateField(_("dag in de agenda"), db_index=True)
    start = models.DateTimeField(_("begin"))
    end = models.DateTimeField(_("einde"), null=True, blank=True)
    is_all_day = models.BooleanField(_("hele dag"), default=False)
    venue = models.ForeignKey(
        Venue, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    place_text = models.CharField(_("waar"), max_length=200, blank=True)
    note = models.CharField(_("opmerking"), max_length=200, blank=True)
    added_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("toegevoegd door")
    )
    added_at = models.DateTimeField(_("toegevoegd op"))
    expires_on = models.DateField(_("laatste dag"))

    objects = OptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("optie")
        verbose_name_plural = _("opties")
        ordering = ["day", "start", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=F("start")),
                name="option_ends_after_start",
                violation_error_message=_("Het einde ligt vóór het begin."),
            )
        ]

    def __str__(self) -> str:
        return self.title
