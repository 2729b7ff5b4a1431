"""Mail that comes in: the address that an organisation mails to, and how a draft came by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models.activity import Activity
from partners.models import Organisation


class MailAddress(models.Model):
    """Which of its addresses works now; an organisation without a row has its first one."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="mail_address", verbose_name=_("organisatie")
    )
    serial = models.PositiveIntegerField(_("hoeveelste adres"), default=0)
    renewed_at = models.DateTimeField(_("vernieuwd op"))

    class Meta:
        verbose_name = _("mailadres om aan te melden")
        verbose_name_plural = _("mailadressen om aan te melden")

    def __str__(self) -> str:
        return f"{self.organisation} · {self.serial}"


class Letter(models.Model):
    """Who mailed what a draft was made of; it goes when the draft goes."""

    activity = models.OneToOneField(
        Activity, models.CASCADE, related_name="letter", verbose_name=_("activiteit")
    )
    sender_mail = models.EmailField(_("gemaild door"), blank=True)
    sender_name = models.CharField(_("naam"), max_length=120, blank=True)
    received_at = models.DateTimeField(_("ontvangen op"))

    class Meta:
        verbose_name = _("mail van een concept")
        verbose_name_plural = _("mails van concepten")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.activity} · {self.received_at:%Y-%m-%d}"
