"""Do desk, hatch and window tell the same story? Every difference is a sentence in Dutch, for operators."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, TextField
from django.db.models.functions import Cast

from agenda import ical, workflow
from agenda.document import Document, Time
from agenda.models import Activity, Listing, Occurrence, Release
from agenda.search import vector
from agenda.services import window
from partners.models import Organisation, Venue

LATE = timedelta(seconds=60)
FACTS = ("start", "end", "status", "is_all_day", "day", "organisation_id", "venue_id", "price")


def differences(now: datetime) -> Iterator[str]:
    """All differences between releases, listings, dates, names and search words; nothing when all is well."""
    yield from releases(now)
    yield from desk()
    yield from listings()
    yield from names()
    yield from search()


def releases(now: datetime) -> Iterator[str]:
    """What should have been public by now."""
    for release in Release.objects.open().filter(publish_at__lte=now - LATE).order_by("publish_at"):
        state = f"mislukt: {release.last_error}" if release.failed_at else "nog niet gepubliceerd"
        yield f"vrijgave {release.pk} (activiteit {release.activity_id}) is te laat: {state}"


def desk() -> Iterator[str]:
    """What makers took back, or what nobody let through, is not in the window."""
    public = Listing.objects.filter(withdrawn_at=None)
    gone = Activity.objects.filter(status=workflow.WITHDRAWN, uuid__in=public.values("uuid"))
    for uuid in gone.values_list("uuid", flat=True):
        yield f"activiteit {uuid} is ingetrokken, maar staat nog in de agenda"
    known = Release.objects.published().values("activity__uuid")
    for uuid in Listing.objects.exclude(uuid__in=known).values_list("uuid", flat=True):
        yield f"vermelding {uuid} komt uit geen vrijgave"


def listings() -> Iterator[str]:
    """Every activity's last published release, beside what the window shows of it."""
    newest = (
        Release.objects.exclude(published_at=None).order_by("activity_id", "-number").distinct("activity_id")
    )
    for release in newest.select_related("activity").iterator(chunk_size=500):
        listing = Listing.objects.filter(uuid=release.activity.uuid).first()
        if listing is None:
            yield f"activiteit {release.activity.uuid} is vrijgegeven, maar heeft geen vermelding"
            continue
        yield from _listing(release, listing)
        yield from _dates(release, listing)


def _listing(release: Release, listing: Listing) -> Iterator[str]:
    is_withdrawn = release.kind == Release.Kind.WITHDRAW
    expected: dict[str, Any] = {
        "vrijgave": (listing.release_number, release.number),
        "wijzigingsnummer": (listing.change_number, release.change_number),
        "tekst": (listing.document, release.snapshot),
        "titel": (listing.title, release.snapshot["title"]),
        "ingetrokken": (listing.withdrawn_at is not None, is_withdrawn),
        "organisator": (listing.organisation_id, release.snapshot["maker"]["id"]),
        "talen": (sorted(listing.fragments), sorted(code for code, _name in settings.LANGUAGES)),
    }
    for what, (found, wanted) in expected.items():
        if found != wanted:
            yield f"vermelding {listing.uuid}: {what} klopt niet"


def _dates(release: Release, listing: Listing) -> Iterator[str]:
    document = Document.read(release.snapshot)
    is_listed = release.kind != Release.Kind.WITHDRAW
    is_dropped = not (is_listed or release.is_hiding)
    rows = {str(row.uuid): row for row in listing.occurrences.all()}
    for time in document.times:
        row = rows.pop(time.uuid, None)
        if row is None:
            yield f"datum {time.uuid} ontbreekt in de agenda"
        else:
            yield from _date(document, time, row, is_listed=is_listed, is_dropped=is_dropped)
    for row in rows.values():
        if row.is_listed:
            yield f"datum {row.uuid} is vervallen, maar staat nog op de pagina's"
        if not ical.is_off(row.vevent):
            yield f"datum {row.uuid} is vervallen, maar niet in de agenda-apps"


def _date(
    document: Document, time: Time, row: Occurrence, *, is_listed: bool, is_dropped: bool
) -> Iterator[str]:
    facts = window.facts(document, time)
    wrong = [name for name in FACTS if getattr(row, name) != facts[name]]
    if row.is_listed != is_listed:
        wrong.append("zichtbaar")
    text = ical.vevent(
        document,
        time,
        sequence=row.sequence,
        stamp=row.stamped_at,
        origin=settings.SITE_ORIGIN,
        is_dropped=is_dropped,
    )
    if text != row.vevent:
        wrong.append("vevent")
    if wrong:
        yield f"datum {row.uuid}: {', '.join(wrong)} klopt niet"


def names() -> Iterator[str]:
    """Makers and places are called in the window as they are called today."""
    shown = Listing.objects.filter(withdrawn_at=None)
    for kind, model, key in (("organisator", Organisation, "maker"), ("plek", Venue, "place")):
        called: dict[int, str] = dict(model._default_manager.values_list("pk", "name"))
        for uuid, one in shown.values_list("uuid", f"document__{key}").iterator():
            if one and one.get("id") and called.get(one["id"]) != one["name"]:
                yield f"vermelding {uuid}: {kind} heet nu {called.get(one['id'], '(weg)')}"


def search() -> Iterator[str]:
    """Everything public can be found by the words that it has now."""
    for listing in Listing.objects.filter(withdrawn_at=None).only("uuid", "document").iterator():
        wanted = Cast(vector(Document.read(listing.document)), TextField())
        stored = Listing.objects.annotate(wanted=wanted, words=Cast("search", TextField()))
        if not stored.filter(uuid=listing.uuid, words=F("wanted")).exists():
            yield f"vermelding {listing.uuid} is niet te vinden met zoeken"
