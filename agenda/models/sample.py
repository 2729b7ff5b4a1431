"""What a trusted organisation placed by itself and an editor looks at afterwards."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models.release import Release
from partners.models import Organisation, User


class SampleQuerySet(models.QuerySet["Sample"]):
    def open(self) -> "SampleQuerySet":
        return self.filter(checked_at=None)

    def breaches_of(self, organisation: Organisation) -> "SampleQuerySet":
        return self.filter(release__activity__organisation=organisation, is_breach=True)


class Sample(models.Model):
    """One release that was drawn; checked once, and then final."""

    release = models.OneToOneField(Release, models.PROTECT, related_name="sample", verbose_name=_("vrijgave"))
    drawn_at = models.DateTimeField(_("getrokken op"))
    checked_at = models.DateTimeField(_("nagekeken op"), null=True, blank=True)
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("door")
    )
    is_breach = models.BooleanField(_("klopte niet"), default=False)
    note = models.CharField(_("wat klopte er niet"), max_length=500, blank=True)

    objects = SampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("steekproef")
        verbose_name_plural = _("steekproeven")
        ordering = ["drawn_at", "pk"]

    def __str__(self) -> str:
        return str(self.release)
