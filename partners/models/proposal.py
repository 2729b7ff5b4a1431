"""What a maker says about a place, until an editor takes it over."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.models.organisation import Organisation
from partners.models.user import User
from partners.models.venue import Room, Venue


class PlaceProposalQuerySet(models.QuerySet["PlaceProposal"]):
    def open(self) -> "PlaceProposalQuerySet":
        return self.filter(accepted_at=None, refused_at=None)


class PlaceProposal(models.Model):
    """A new venue (`venue` None), other words about one, or about a room of it (`is_about_room`).

    `said` is {"fields": {name: value}, "access": {code of the fact: answer}}.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    venue = models.ForeignKey(
        Venue, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("plek")
    )
    room = models.ForeignKey(
        Room, models.CASCADE, null=True, blank=True, related_name="proposals", verbose_name=_("zaal")
    )
    is_about_room = models.BooleanField(_("over een zaal"), default=False)
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="place_proposals",
        verbose_name=_("organisatie"),
    )
    is_own = models.BooleanField(_("eigen plek"), default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("door"))
    said = models.JSONField(_("voorstel"))
    created_at = models.DateTimeField(_("voorgesteld op"))
    accepted_at = models.DateTimeField(_("overgenomen op"), null=True, blank=True)
    refused_at = models.DateTimeField(_("niet overgenomen op"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("besloten door")
    )

    objects = PlaceProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("voorstel over een plek")
        verbose_name_plural = _("voorstellen over plekken")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(refused_at=None),
                name="place_proposal_accepted_or_refused",
                violation_error_message=_("Een voorstel is overgenomen of niet, niet allebei."),
            ),
            models.CheckConstraint(
                condition=Q(is_about_room=False) | Q(venue__isnull=False),
                name="place_proposal_room_has_venue",
                violation_error_message=_("Een zaal hoort bij een plek."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.said["fields"].get("name") or self.room or self.venue)
