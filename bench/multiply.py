"""More of the same: rows that were written through `publish`'s own functions, copied inside PostgreSQL.

Every copy has keys, an address and UIDs of its own, as long as the first ones; its words are the same.
"""

import pgtrigger
from django.core.management.color import no_style
from django.db import connection, models, transaction

from agenda.models import Activity, Listing, Occurrence, Release, Scope

UUID = "md5(listing.uuid::text || copy)::uuid"
SLUG = "'activiteit-' || lpad((right(listing.slug, 7)::int + copy * %(base)s)::text, 7, '0')"
TIMES = """(
    SELECT jsonb_agg(jsonb_set(one, '{uuid}', to_jsonb(md5((one->>'uuid') || copy)::uuid)) ORDER BY place)
    FROM jsonb_array_elements(listing.document->'times') WITH ORDINALITY AS times (one, place)
)"""
RENAMED = f"replace(replace(listing.document::text, listing.slug, {SLUG}), listing.uuid::text, {UUID}::text)"
DOCUMENT = f"jsonb_set({RENAMED}::jsonb, '{{times}}', {TIMES})"
NUMBER = "line.change_number + copy * %(base)s"
BASE = """
    CREATE TEMP TABLE base ON COMMIT DROP AS SELECT uuid, slug, change_number, document FROM agenda_listing
"""
COPIES: list[tuple[type[models.Model], str, dict[str, str]]] = [
    (
        Activity,
        "line.uuid = listing.uuid",
        {
            "id": "line.id + copy * %(base)s",
            "uuid": UUID,
            "slug": SLUG,
            "token": "md5(line.token::text || copy)::uuid",
        },
    ),
    (
        Release,
        "line.change_number = listing.change_number",
        {
            "id": "line.id + copy * %(base)s",
            "uuid": "md5(line.uuid::text || copy)::uuid",
            "activity_id": "line.activity_id + copy * %(base)s",
            "change_number": NUMBER,
            "snapshot": DOCUMENT,
        },
    ),
    (
        Listing,
        "line.uuid = listing.uuid",
        {
            "uuid": UUID,
            "slug": SLUG,
            "change_number": NUMBER,
            "document": DOCUMENT,
            "fragments": f"replace(line.fragments::text, listing.slug, {SLUG})::jsonb",
        },
    ),
    (
        Occurrence,
        "line.listing_id = listing.uuid",
        {
            "uuid": "md5(line.uuid::text || copy)::uuid",
            "listing_id": UUID,
            "vevent": f"replace(replace(line.vevent, listing.slug, {SLUG}),"
            " line.uuid::text, (md5(line.uuid::text || copy)::uuid)::text)",
        },
    ),
    (Scope, "line.name = 'activiteit:' || listing.slug", {"name": f"'activiteit:' || {SLUG}"}),
]


@transaction.atomic
def multiply(base: int, times: int) -> None:
    """From `base` activities to `base * times`."""
    with connection.cursor() as cursor:
        cursor.execute(BASE)
        with pgtrigger.ignore():
            for model, condition, changes in COPIES:
                statement = _statement(model, condition, changes)
                cursor.execute(statement % {"base": base, "copies": times - 1})
        for statement in connection.ops.sequence_reset_sql(no_style(), [Activity, Release]):
            cursor.execute(statement)


def _statement(model: type[models.Model], condition: str, changes: dict[str, str]) -> str:
    """Of our own constants only, with two numbers left open."""
    columns = [str(field.column) for field in model._meta.concrete_fields]
    values = [changes.get(column, f'line."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM {model._meta.db_table} AS line JOIN base listing ON {condition},"
        " generate_series(1, %(copies)s) AS copy"
    )
