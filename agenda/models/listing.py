"""The window: all that anybody outside ever reads. Written only by `services.publication`."""

import uuid
from datetime import date, datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTransform
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Organisation, Venue


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> "ListingQuerySet":
        """What stands in the agenda now, of organisations that the public may see."""
        return self.filter(withdrawn_at=None, organisation__status=Organisation.Status.ACTIVE)


class Listing(models.Model):
    """One activity as the public sees it: the document of its last release. `uuid` is the activity's."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("adresdeel"), max_length=90, unique=True)
    release_number = models.PositiveIntegerField(_("vrijgave"))
    change_number = models.PositiveBigIntegerField(_("wijzigingsnummer"), db_index=True)
    published_at = models.DateTimeField(_("voor het eerst gepubliceerd op"))
    changed_at = models.DateTimeField(_("gewijzigd op"))
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    title = models.CharField(_("titel"), max_length=100)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="listings", verbose_name=_("organisator")
    )
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="listings", verbose_name=_("plek")
    )
    document = models.JSONField(_("document"))
    search = SearchVectorField(_("zoekwoorden"), null=True)
    fragments = models.JSONField(_("voorgemaakte stukken per taal"), default=dict)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("vermelding")
        verbose_name_plural = _("vermeldingen")
        indexes = [
            GinIndex(fields=["search"], name="listing_search"),
            models.Index(fields=["organisation", "slug"], name="listing_of_maker"),
            models.Index(fields=["venue", "slug"], name="listing_of_venue"),
            models.Index(KeyTransform("id", KeyTransform("image", "document")), name="listing_picture"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda:activity", args=[self.slug])


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def public(self) -> "OccurrenceQuerySet":
        """Dates that pages and lists show (cancelled ones too, marked), of organisers that may be seen."""
        hidden = Organisation.objects.exclude(status=Organisation.Status.ACTIVE)
        return self.filter(is_listed=True).exclude(organisation__in=hidden.values("pk"))

    def in_feeds(self, dropped_since: datetime) -> "OccurrenceQuerySet":
        """Dates for calendar apps: what pages show, and what was withdrawn or dropped, as cancelled.

        The latter only when it was not over yet at `dropped_since`. A suspended organisation's dates are out,
        not cancelled: we do not know that they do not take place.
        """
        is_dropped = Q(vevent__contains="\r\nSTATUS:CANCELLED\r\n", until__gte=dropped_since)
        seen = self.filter(organisation__status=Organisation.Status.ACTIVE)
        return seen.filter(Q(is_listed=True) | is_dropped)

    def after(self, place: tuple[date, datetime, uuid.UUID] | None) -> "OccurrenceQuerySet":
        """Those behind this day, start and uuid in the order of the page; all of them for None."""
        if place is None:
            return self
        day, start, key = place
        later = Q(day__gt=day) | Q(day=day, start__gt=start) | Q(day=day, start=start, uuid__gt=key)
        return self.filter(later, day__gte=day)

    def in_order(self) -> "OccurrenceQuerySet":
        """The order of the page: the day in the agenda, then the clock."""
        return self.order_by("day", "start", "uuid")


class Occurrence(models.Model):
    """One date, with all that a list filters and sorts on. `uuid` is the moment's and the iCalendar UID."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="occurrences", verbose_name=_("vermelding")
    )
    is_listed = models.BooleanField(_("op pagina's"), default=True)
    start = models.DateTimeField(_("begin"))
    end = models.DateTimeField(_("einde"), null=True, blank=True)
    until = models.DateTimeField(_("staat in de lijst tot"))
    day = models.DateField(_("dag in de agenda (nacht tot 05.00 uur hoort bij de avond)"))
    is_all_day = models.BooleanField(_("hele dag"), default=False)
    status = models.CharField(_("status"), max_length=10)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("maker"))
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plek")
    )
    kind = models.CharField(_("soort"), max_length=60, blank=True)
    district = models.CharField(_("wijk"), max_length=60, blank=True)
    reach = models.CharField(_("bereik"), max_length=60, blank=True)
    language = models.CharField(_("taal"), max_length=10, blank=True)
    price = models.DecimalField(_("laagste prijs"), max_digits=7, decimal_places=2, null=True, blank=True)
    age_from = models.PositiveSmallIntegerField(_("vanaf leeftijd"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("tot en met leeftijd"), null=True, blank=True)
    audiences = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("doelgroepen"))
    core_values = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("kernwaarden"))
    access = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("toegankelijk"))
    campaigns = ArrayField(models.CharField(max_length=60), default=list, verbose_name=_("campagnes"))
    sequence = models.PositiveIntegerField(_("SEQUENCE"), default=0)
    stamped_at = models.DateTimeField(_("DTSTAMP"))
    vevent = models.TextField(_("VEVENT"))

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("datum in de agenda")
        verbose_name_plural = _("datums in de agenda")
        ordering = ["start", "uuid"]
        indexes = [
            models.Index(fields=["start", "uuid"], name="occurrence_start", condition=Q(is_listed=True)),
            models.Index(fields=["day", "start", "uuid"], name="occurrence_day", condition=Q(is_listed=True)),
            models.Index(fields=["kind", "day", "start", "uuid"], name="occurrence_kind"),
            models.Index(fields=["venue", "day", "start", "uuid"], name="occurrence_venue"),
            models.Index(fields=["organisation", "day", "start", "uuid"], name="occurrence_maker"),
            models.Index(fields=["district", "day", "start", "uuid"], name="occurrence_district"),
            GinIndex(fields=["audiences", "core_values", "access", "campaigns"], name="occurrence_sets"),
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}"


class Scope(models.Model):
    """The change number of something public. Caches and stored feeds key on it.

    'agenda' is raised by every release, the others by those that touch that activity, maker or place.
    """

    AGENDA = "agenda"

    name = models.CharField(_("naam"), max_length=120, primary_key=True)
    version = models.PositiveBigIntegerField(_("wijzigingsnummer"))
    changed_at = models.DateTimeField(_("gewijzigd op"))

    class Meta:
        verbose_name = _("openbaar bereik")
        verbose_name_plural = _("openbare bereiken")

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @staticmethod
    def of_activity(slug: str) -> str:
        return f"activiteit:{slug}"

    @staticmethod
    def of_maker(slug: str) -> str:
        return f"maker:{slug}"

    @staticmethod
    def of_venue(slug: str) -> str:
        return f"plek:{slug}"


CURRENT_FEED = """
    SELECT feed.*, scope.version AS current_version, scope.changed_at FROM agenda_storedfeed feed
    LEFT JOIN agenda_scope scope ON scope.name = feed.scope WHERE feed.address = %s
"""


class StoredFeedQuerySet(models.QuerySet["StoredFeed"]):
    def with_current(self) -> "StoredFeedQuerySet":
        """With `current_version` and `changed_at` of its scope; None while nothing was published there."""
        scope = Scope.objects.filter(name=OuterRef("scope"))
        return self.annotate(
            current_version=Subquery(scope.values("version")), changed_at=Subquery(scope.values("changed_at"))
        )

    def current(self, address: str) -> "StoredFeed | None":
        """The feed of this address as in `with_current`, by hand: calendar apps ask it more than all else."""
        return next(iter(self.raw(CURRENT_FEED, [address])), None)

    def behind(self, midnight: datetime) -> "StoredFeedQuerySet":
        """Those whose scope changed since, or whose window of days moved at `midnight`."""
        return self.with_current().filter(Q(current_version__gt=F("version")) | Q(built_at__lt=midnight))


class StoredFeed(models.Model):
    """A feed made outside the request; `address` is its path with its query in one order.

    Its text is in its pieces; `checksum` (CRC-32) and `length` are those of all of it, unpacked.
    """

    address = models.CharField(_("adres"), max_length=2000, primary_key=True)
    scope = models.CharField(_("bereik"), max_length=120)
    version = models.PositiveBigIntegerField(_("wijzigingsnummer"))
    etag = models.CharField(_("ETag"), max_length=64)
    last_modified = models.DateTimeField(_("gewijzigd op"))
    checksum = models.PositiveBigIntegerField(_("controlegetal"))
    length = models.PositiveBigIntegerField(_("aantal bytes, uitgepakt"))
    built_at = models.DateTimeField(_("gemaakt op"))
    asked_at = models.DateTimeField(_("laatst gevraagd op"))

    objects = StoredFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("bewaarde feed")
        verbose_name_plural = _("bewaarde feeds")

    def __str__(self) -> str:
        return self.address


class FeedPiece(models.Model):
    """One week of a stored feed, its opening or its ending, compressed; made again only when it changed.

    `signature` says what it was made of; `digest`, `checksum` and `length` are those of the plain text.
    """

    feed = models.ForeignKey(
        StoredFeed, models.CASCADE, related_name="pieces", verbose_name=_("bewaarde feed")
    )
    position = models.PositiveIntegerField(_("plaats"))
    signature = models.CharField(_("gemaakt van"), max_length=80, blank=True)
    digest = models.CharField(_("vingerafdruk"), max_length=64)
    checksum = models.PositiveBigIntegerField(_("controlegetal"))
    length = models.PositiveBigIntegerField(_("aantal bytes, uitgepakt"))
    data = models.BinaryField(_("inhoud, deflate"))

    class Meta:
        verbose_name = _("stuk van een feed")
        verbose_name_plural = _("stukken van feeds")
        ordering = ["feed", "position"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "position"], name="feed_piece_once_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.position}"
