"""The ways in to sources: adding one, looking at it, reading it now, and putting something live with it."""

from typing import Any

from django.utils import timezone

from agenda.models import Activity, Listing, Source
from agenda.services import sources
from tests.permissions.doors import Answer, Door, Try, form, page, service
from tests.permissions.states import source_of

NEW = "https://koor.example/nieuw.ics"


def _nothing(_thing: Any) -> list[Any]:
    return []


def is_added(source: Source) -> bool:
    return Source.objects.filter(organisation=source.organisation, url=NEW).exists()


def was_read(source: Source) -> bool:
    return source.checked_at is not None


def is_live(source: Source) -> bool:
    """Something of this organisation is public, or waits to be."""
    own = Activity.objects.filter(organisation=source.organisation)
    is_sent = own.exclude(status=Activity.Status.DRAFT).exists()
    return is_sent or Listing.objects.filter(uuid__in=own.values("uuid")).exists()


def of_another(one: Try) -> Answer:
    """Stop a feed of an organisation that is not one's own."""
    theirs = Source.objects.filter(organisation=one.foreign).first() or source_of(one.foreign)
    door = form("agenda:source", lambda _source: {"stap": "stop"}, lambda source: not source.is_active)
    return door(Try(one.world, one.subject, theirs))


SOURCE_DOORS: dict[str, list[Door]] = {
    "importbron.bron_toevoegen": [
        form(
            "agenda:sources",
            lambda source: {"url": NEW, "organisation": source.organisation.slug},
            is_added,
            _nothing,
        ),
        service(
            lambda source, by: sources.add(source.organisation, url=NEW, by=by, now=timezone.now()), is_added
        ),
    ],
    "importbron.bron_van_ander_wijzigen": [of_another],
    "importbron.log_eigen_bron": [page("agenda:source", shows="Agenda van het koor")],
    "importbron.nu_ophalen": [
        form("agenda:source", lambda _source: {"stap": "lees"}, was_read),
        service(lambda source, by: sources.read_now(source, by=by, now=timezone.now()), was_read),
    ],
    "importbron.import_direct_publiceren": [
        form("agenda:source", lambda _source: {"stap": "lees", "status": "approved"}, is_live),
        service(lambda source, by: sources.read_now(source, by=by, now=timezone.now()), is_live),
    ],
}
