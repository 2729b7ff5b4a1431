"""The window made again from the releases: how a better fragment or a new field reaches what is public.

One transaction: readers keep seeing the old window until the new one is whole.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from agenda import ical
from agenda.models import Listing, Occurrence, Release, Scope
from agenda.services import exposure, feeds, publication, window

Rows = dict[str, str]
Stamps = dict[UUID, tuple[int, datetime]]
TABLES = {"vermelding": "agenda_listing", "datum": "agenda_occurrence"}


@transaction.atomic
def rebuild() -> int:
    """Replay all published releases into an empty window; returns how many. Nobody else publishes meanwhile.

    A SEQUENCE never goes down, also when the text of dates is made otherwise than before.
    """
    publication.lock_catalogue()
    before = _stamps()
    number_of_releases = _replay()
    _keep_sequences(before)
    exposure.show_all(Listing.objects.all())
    feeds.distrust()
    names = set(Scope.objects.values_list("name", flat=True)) | {Scope.AGENDA}
    window.raise_scopes(names, number=window.next_change_number(), at=publication.moment())
    return number_of_releases


def differences() -> list[str]:
    """What a rebuild would change, in Dutch; [] when window and releases are byte-equal. Changes nothing."""
    with transaction.atomic():
        publication.lock_catalogue()
        before = {name: _rows(table) for name, table in TABLES.items()}
        _replay()
        after = {name: _rows(table) for name, table in TABLES.items()}
        transaction.set_rollback(True)
    return [line for name in TABLES for line in _compare(name, before[name], after[name])]


def _replay() -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM agenda_occurrence")
        cursor.execute("DELETE FROM agenda_listing")
    done = 0
    for release in Release.objects.published().select_related("activity").iterator(chunk_size=500):
        assert release.change_number and release.published_at  # noqa: S101, PT018 - a constraint of the table
        window.write(release, number=release.change_number, at=release.published_at)
        done += 1
    return done


def _stamps() -> Stamps:
    rows = Occurrence.objects.values_list("uuid", "sequence", "stamped_at")
    return {uuid: (sequence, stamp) for uuid, sequence, stamp in rows.iterator()}


def _keep_sequences(before: Stamps) -> None:
    lower = []
    for row in Occurrence.objects.only("uuid", "sequence", "stamped_at", "vevent").iterator():
        sequence, stamp = before.get(row.uuid, (0, row.stamped_at))
        if row.sequence < sequence:
            row.sequence, row.stamped_at = sequence, stamp
            row.vevent = ical.with_stamps(row.vevent, sequence=sequence, stamp=stamp)
            lower.append(row)
    Occurrence.objects.bulk_update(lower, ["sequence", "stamped_at", "vevent"], batch_size=500)


def _rows(table: str) -> Rows:
    """A digest of every row, search words and fragments included, by uuid."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT uuid::text, md5(row::text) FROM {table} row")  # noqa: S608 - our own names
        return dict(cursor.fetchall())


def _compare(name: str, before: Rows, after: Rows) -> list[str]:
    return [
        *(f"{name} {uuid} staat er, maar komt uit geen vrijgave" for uuid in sorted(before.keys() - after)),
        *(f"{name} {uuid} ontbreekt" for uuid in sorted(after.keys() - before)),
        *(
            f"{name} {uuid} is anders"
            for uuid in sorted(before.keys() & after)
            if before[uuid] != after[uuid]
        ),
    ]
