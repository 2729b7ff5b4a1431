"""Writing the window: a document becomes a Listing and its Occurrences. Called under the catalogue lock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from agenda import days, fragments, ical, search
from agenda.document import AMSTERDAM, Document, Time
from agenda.models import Listing, Occurrence, Release, Scope
from agenda.services import exposure

SHOWN_WITHOUT_END = timedelta(hours=2)
COLUMNS = [field.name for field in Occurrence._meta.concrete_fields if field.name not in {"uuid", "listing"}]
KEPT = {"uuid", "published_at"}
LISTING_COLUMNS = [field.name for field in Listing._meta.concrete_fields if field.name not in KEPT]


def next_change_number() -> int:
    """One higher than whatever anybody outside has seen; only safe under the catalogue lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT GREATEST((SELECT MAX(change_number) FROM agenda_release),"
            " (SELECT version FROM agenda_scope WHERE name = 'agenda'), 0) + 1"
        )
        return int(cursor.fetchone()[0])


def write(release: Release, *, number: int, at: datetime) -> set[str]:
    """Make the window show `release`, as change `number` of the catalogue at moment `at`.

    Writes Listing and Occurrences, nothing outside the database: `exposure.follow` goes before it. Returns
    the names of the scopes that show it or showed it. The same releases in the same order always give the
    same bytes.
    """
    document = Document.read(release.snapshot)
    before = Listing.objects.filter(uuid=document.uuid).first()
    known = {str(row.uuid): row for row in Occurrence.objects.filter(listing_id=document.uuid)}
    is_listed = release.kind != Release.Kind.WITHDRAW
    is_dropped = not (is_listed or release.is_hiding)
    Listing.objects.bulk_create(
        [listing(release, document, number, at)],
        update_conflicts=True,
        unique_fields=["uuid"],
        update_fields=LISTING_COLUMNS,
    )
    old = _shown_until_now(before) or document
    rows = [
        occurrence(document, time, known.get(time.uuid), at, is_listed=is_listed, is_dropped=is_dropped)
        for time in document.times
    ]
    rows += _dropped(old, document, known, at)
    Occurrence.objects.bulk_create(rows, update_conflicts=True, unique_fields=["uuid"], update_fields=COLUMNS)
    return scopes(document) | scopes(old)


def _shown_until_now(listing: Listing | None) -> Document | None:
    """None for a new listing, and for one whose text somebody broke: the new text then puts that right."""
    try:
        return Document.read(listing.document) if listing else None
    except (KeyError, TypeError, ValueError):
        return None


def listing(release: Release, document: Document, number: int, at: datetime) -> Listing:
    return Listing(
        uuid=document.uuid,
        slug=document.slug,
        release_number=release.number,
        change_number=number,
        published_at=at,
        changed_at=at,
        withdrawn_at=at if release.kind == Release.Kind.WITHDRAW else None,
        title=document.title,
        organisation_id=document.maker.id,
        venue_id=document.place.id if document.place else None,
        document=release.snapshot,
        search=search.vector(document),
        fragments={code: fragments.render(document, code) for code, _name in settings.LANGUAGES},
    )


def occurrence(  # noqa: PLR0913 - what says whether it shows is named
    document: Document,
    time: Time,
    known: Occurrence | None,
    at: datetime,
    *,
    is_listed: bool,
    is_dropped: bool,
) -> Occurrence:
    return Occurrence(
        **facts(document, time),
        uuid=time.uuid,
        listing_id=document.uuid,
        is_listed=is_listed,
        **_event(document, time, known, at, is_dropped=is_dropped),
    )


def facts(document: Document, time: Time) -> dict[str, Any]:
    """All that lists filter and sort on."""
    place = document.place
    return {
        "start": time.start,
        "end": time.end,
        "until": listed_until(time),
        "day": days.day_of(time.start, is_all_day=time.is_all_day),
        "is_all_day": time.is_all_day,
        "status": time.status,
        "organisation_id": document.maker.id,
        "venue_id": place.id if place else None,
        "kind": document.kind.code if document.kind else "",
        "district": document.district.code if document.district else "",
        "reach": document.reach.code if document.reach else "",
        "language": document.language,
        "price": document.lowest_price,
        "age_from": document.age_from,
        "age_to": document.age_to,
        "audiences": [word.code for word in document.audiences],
        "core_values": [word.code for word in document.core_values],
        "access": [word.code for word in document.access],
    }


def listed_until(time: Time) -> datetime:
    """Until when a date stands in the list: its end, else the end of the day or two hours later."""
    if time.is_all_day:
        last = (time.end or time.start).astimezone(AMSTERDAM).date()
        return datetime.combine(last + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    return time.end or time.start + SHOWN_WITHOUT_END


def _event(
    document: Document, time: Time, known: Occurrence | None, at: datetime, *, is_dropped: bool
) -> dict[str, Any]:
    """VEVENT, SEQUENCE and stamp; they stay as they are when no other byte of this date changed."""
    sequence = known.sequence if known else 0
    stamp = known.stamped_at if known else at
    text = ical.vevent(
        document, time, sequence=sequence, stamp=stamp, origin=settings.SITE_ORIGIN, is_dropped=is_dropped
    )
    if known and text != known.vevent:
        sequence, stamp = known.sequence + 1, at
        text = ical.with_stamps(text, sequence=sequence, stamp=stamp)
    return {"sequence": sequence, "stamped_at": stamp, "vevent": text}


def _dropped(
    old: Document, document: Document, known: dict[str, Occurrence], at: datetime
) -> list[Occurrence]:
    """Dates that were public and are not in the new text: off all pages, cancelled in feeds."""
    kept = {time.uuid for time in document.times}
    gone = [time for time in old.times if time.uuid not in kept and time.uuid in known]
    return [occurrence(old, time, known[time.uuid], at, is_listed=False, is_dropped=True) for time in gone]


def scopes(document: Document) -> set[str]:
    """Everything public that shows this activity."""
    names = {Scope.AGENDA, Scope.of_activity(document.slug), Scope.of_maker(document.maker.slug)}
    return names | (
        {Scope.of_venue(document.place.slug)} if document.place and document.place.slug else set()
    )


def raise_scopes(names: Iterable[str], *, number: int, at: datetime) -> None:
    """Every cache and stored feed of these is old from now on."""
    Scope.objects.bulk_create(
        [Scope(name=name, version=number, changed_at=at) for name in sorted(names)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["version", "changed_at"],
    )


def hide(uuid: UUID, *, number: int, at: datetime) -> None:
    """Off all pages, and its picture with it, without reading a document."""
    exposure.leave(uuid)
    Listing.objects.filter(uuid=uuid).update(withdrawn_at=at, changed_at=at, change_number=number)
    Occurrence.objects.filter(listing_id=uuid).update(is_listed=False)
    raise_scopes({Scope.AGENDA}, number=number, at=at)
