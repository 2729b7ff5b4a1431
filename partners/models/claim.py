"""Somebody who says that an organisation that stands here is theirs."""

from uuid import uuid4

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.models.organisation import Organisation
from partners.models.user import User


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> "ClaimQuerySet":
        """Those that editors must decide on: whoever asks has read the mail at that address."""
        return self.filter(approved_at=None, rejected_at=None).exclude(confirmed_at=None)


@pghistory.track(model_name="ClaimEvent", fields=["confirmed_at", "approved_at", "rejected_at", "decided_by"])
class Claim(models.Model):
    """ "Dit is onze club": gives nothing until an editor approves it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="claims", verbose_name=_("organisatie")
    )
    email = models.EmailField(_("mailadres"))
    name = models.CharField(_("naam"), max_length=120)
    why = models.TextField(_("waaraan wij het zien"), max_length=1000)
    created_at = models.DateTimeField(_("gevraagd op"))
    confirmed_at = models.DateTimeField(_("mailadres bevestigd op"), null=True, blank=True)
    approved_at = models.DateTimeField(_("goedgekeurd op"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("afgewezen op"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("besloten door")
    )
    answer = models.TextField(_("reden"), max_length=1000, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("verzoek om een organisatie")
        verbose_name_plural = _("verzoeken om een organisatie")
        ordering = ["confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                F("organisation"),
                Lower("email"),
                condition=Q(approved_at=None, rejected_at=None),
                name="claim_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(rejected_at=None),
                name="claim_approved_or_rejected",
                violation_error_message=_("Een verzoek is goedgekeurd of afgewezen, niet allebei."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation}"
