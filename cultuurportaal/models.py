"""What the house itself keeps: the mail outbox and the heartbeat of its processes."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutboxMailQuerySet(models.QuerySet["OutboxMail"]):
    def unsent(self) -> "OutboxMailQuerySet":
        return self.filter(sent_at=None, failed_at=None)

    def due(self, now: datetime) -> "OutboxMailQuerySet":
        return self.unsent().filter(not_before__lte=now).order_by("not_before", "pk")

    def given_up(self) -> "OutboxMailQuerySet":
        return self.exclude(failed_at=None)

    def try_again(self, now: datetime) -> int:
        """As if they were new; how many. Whoever got one already sees it once: the Message-ID stays."""
        return self.update(failed_at=None, attempts=0, not_before=now)


class OutboxMail(models.Model):
    """One mail to one person, written in the transaction that causes it and sent afterwards, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("sleutel"), max_length=200, unique=True)
    to = models.EmailField(_("aan"))
    reply_to = models.EmailField(_("antwoord aan"), blank=True)
    subject = models.CharField(_("onderwerp"), max_length=200)
    text = models.TextField(_("tekst"))
    not_before = models.DateTimeField(_("niet vóór"))
    created_at = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    last_error = models.CharField(_("laatste fout"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("verstuurd op"), null=True, blank=True)
    failed_at = models.DateTimeField(_("opgegeven op"), null=True, blank=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitgaande mail")
        verbose_name_plural = _("uitgaande mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="outbox_mail_sent_or_failed",
                violation_error_message=_("Een mail is verstuurd of opgegeven, niet allebei."),
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="outbox_mail_due", condition=Q(sent_at=None, failed_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}"


class Heartbeat(models.Model):
    """When a process last finished its round; `/gezond/` reads it."""

    name = models.CharField(_("naam"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("moment"))

    class Meta:
        verbose_name = _("hartslag")
        verbose_name_plural = _("hartslagen")

    def __str__(self) -> str:
        return self.name
