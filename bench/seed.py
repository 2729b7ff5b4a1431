"""Fills the bench's own database: decisions and window of N activities, in bulk, as `publish` writes them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from agenda.document import Document
from agenda.models import Activity, Listing, Occurrence, Release, Scope
from agenda.services import window
from agenda.workflow import APPROVED
from bench import documents, words
from partners.models import City, Organisation, Venue
from partners.models.vocabulary import term_models
from partners.services.city import load_city

MAKERS, VENUES = 200, 60
BATCH = 500
AGE = timedelta(days=30)  # how long ago all of it was published


def make_city() -> None:
    """The city with its words, makers and venues."""
    city = load_city(settings.STAD)
    with pgtrigger.ignore():
        Organisation.objects.bulk_create(_maker(city, number) for number in range(MAKERS))
        districts = list(term_models()["districts"].objects.filter(city=city))
        Venue.objects.bulk_create(
            _venue(city, number, districts[number % len(districts)]) for number in range(VENUES)
        )


def fill(first: int, last: int, now: datetime) -> None:
    """Activities `first` up to but not including `last`, each with one published release."""
    city = City.objects.here()
    world = documents.world(city, term_models(), timezone.localdate(now))
    for start in range(first, last, BATCH):
        numbers = range(start, min(start + BATCH, last))
        _write(city, [(number, documents.document(world, number)) for number in numbers], now - AGE)


def finish(count: int, now: datetime) -> None:
    """Give every public scope its version, and let PostgreSQL learn what there is."""
    names = {Scope.AGENDA}
    names |= {f"maker:{slug}" for slug in Organisation.objects.values_list("slug", flat=True)}
    names |= {f"plek:{slug}" for slug in Venue.objects.values_list("slug", flat=True)}
    window.raise_scopes(names, number=count, at=now - AGE)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _maker(city: City, number: int) -> Organisation:
    noun = words.NOUNS[number % len(words.NOUNS)]
    return Organisation(
        uuid=words.uuid(f"maker {number}"),
        city=city,
        slug=f"maker-{number}",
        name=f"Stichting {noun.title()} {number}",
        status=Organisation.Status.ACTIVE,
        website=f"https://maker-{number}.example/",
    )


def _venue(city: City, number: int, district: Any) -> Venue:
    return Venue(
        uuid=words.uuid(f"plek {number}"),
        city=city,
        slug=f"plek-{number}",
        name=f"Huis {words.PLACES[number % len(words.PLACES)]} {number}",
        street=f"Lange Laan {number + 1}",
        postcode="2711 EC",
        town=city.name,
        district=district,
        latitude=f"52.{6000 + number}",
        longitude=f"4.{4900 + number}",
    )


@transaction.atomic
def _write(city: City, snapshots: list[tuple[int, dict[str, Any]]], at: datetime) -> None:
    """Activities have no moments here: what is measured reads the window."""
    with pgtrigger.ignore():
        activities = Activity.objects.bulk_create(_activity(city, data, at) for _number, data in snapshots)
        releases = Release.objects.bulk_create(
            _release(activity, number + 1, data, at)
            for activity, (number, data) in zip(activities, snapshots, strict=True)
        )
    documents = [(release, Document.read(release.snapshot)) for release in releases]
    Listing.objects.bulk_create(
        window.listing(release, document, release.change_number or 0, at) for release, document in documents
    )
    _copy(
        window.occurrence(document, time, None, at, is_listed=True, is_dropped=False)
        for _release, document in documents
        for time in document.times
    )
    Scope.objects.bulk_create(
        Scope(name=f"activiteit:{document.slug}", version=release.change_number or 0, changed_at=at)
        for release, document in documents
    )


def _copy(rows: Iterable[Occurrence]) -> None:
    """By COPY, in a quarter of the time of INSERT."""
    fields = Occurrence._meta.concrete_fields
    columns = sql.SQL(", ").join([sql.Identifier(field.attname) for field in fields])
    table = sql.Identifier(Occurrence._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns)) as copy,
    ):
        for row in rows:
            copy.write_row(
                [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
            )


def _activity(city: City, data: dict[str, Any], at: datetime) -> Activity:
    return Activity(
        uuid=data["uuid"],
        city=city,
        slug=data["slug"],
        organisation_id=data["maker"]["id"],
        venue_id=data["place"]["id"],
        status=APPROVED,
        title=data["title"],
        description=data["description"],
        confirmed_at=at,
        is_demo=True,
    )


def _release(activity: Activity, number: int, data: dict[str, Any], at: datetime) -> Release:
    """The first release of its activity, published as change `number`."""
    return Release(
        activity=activity,
        number=1,
        kind=Release.Kind.PUBLISH,
        snapshot=data,
        seen_version=1,
        created_at=at,
        publish_at=at,
        published_at=at,
        change_number=number,
    )
