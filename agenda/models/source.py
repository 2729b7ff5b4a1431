"""Where activities of an organisation come from by themselves: a feed that we follow, a file, a page."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agenda.models.activity import Activity
from partners.models import Organisation, User


class SourceQuerySet(models.QuerySet["Source"]):
    def followed(self) -> "SourceQuerySet":
        """Feeds that we read again by ourselves; those of a suspended organisation rest."""
        return self.filter(kind=Source.Kind.FEED, is_active=True, organisation__status__in=Organisation.OPEN)


class Source(models.Model):
    """What we read last, and how that went: `problem` is a code, `report` has remarks (`imports.words`)."""

    class Kind(models.TextChoices):
        FEED = "feed", _("agenda die we volgen")
        FILE = "file", _("agendabestand")
        PAGE = "page", _("pagina")

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="sources", verbose_name=_("organisatie")
    )
    kind = models.CharField(_("soort"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("naam"), max_length=200)
    url = models.CharField(_("adres"), max_length=2000, blank=True)
    is_active = models.BooleanField(_("wordt gevolgd"), default=True)
    added_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("toegevoegd door")
    )
    added_at = models.DateTimeField(_("toegevoegd op"))
    etag = models.CharField(max_length=200, blank=True, editable=False)
    modified = models.CharField(max_length=60, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    checked_at = models.DateTimeField(_("laatst gelezen op"), null=True, blank=True)
    worked_at = models.DateTimeField(_("laatst gelukt op"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("keer achter elkaar mislukt"), default=0)
    problem = models.CharField(_("wat er misging"), max_length=200, blank=True)
    report = models.JSONField(_("opmerkingen"), default=list, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "url"],
                condition=~Q(url=""),
                name="source_once_for_an_organisation",
                violation_error_message=_("Deze bron staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("agenda:source", args=[self.uuid])


class SourceItem(models.Model):
    """One activity of a source, by the number that the source gave it.

    `written` is what we last put in the activity: a field that says something else now was corrected by a
    human, and stays `locked`. Nothing is ever removed because a source is silent about it (`is_missing`).
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="items", verbose_name=_("bron"))
    uid = models.CharField(_("nummer in de bron"), max_length=700)
    likeness = models.CharField(max_length=64, db_index=True, editable=False)
    title = models.CharField(_("titel in de bron"), max_length=100, blank=True)
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="source_items",
        verbose_name=_("activiteit"),
    )
    fingerprint = models.CharField(max_length=80, blank=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    stamp = models.CharField(max_length=40, blank=True, editable=False)
    written = models.JSONField(default=dict, blank=True, editable=False)
    locked = models.JSONField(_("door een mens verbeterd"), default=list, blank=True)
    is_cancelled = models.BooleanField(_("gaat niet door volgens de bron"), default=False)
    is_missing = models.BooleanField(_("staat niet meer in de bron"), default=False)
    seen_at = models.DateTimeField(_("laatst gezien op"))

    class Meta:
        verbose_name = _("onderdeel van een bron")
        verbose_name_plural = _("onderdelen van een bron")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["source", "uid"], name="source_item_once")]

    def __str__(self) -> str:
        return self.title or self.uid
