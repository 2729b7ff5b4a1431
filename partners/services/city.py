"""A city's folder of data becomes rows: the city itself, its vocabularies, the days off."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from partners.models import City, DayOff, Discipline, term_models

CITIES = Path(__file__).resolve().parent.parent / "cities"
EVERYWHERE = "nederland"
NOT_A_FIELD = {"source"}
STAYS = {"is_active", "is_demo", "uid_domain"}  # calendar apps know every date by the last one


@transaction.atomic
def load_city(slug: str, *, overwrite: bool = False) -> City:
    """Make what is missing of `partners/cities/<slug>`; with `overwrite` what stands there changes as well.

    Without it, words that somebody changed in the admin stay as they are. Safe to repeat. Raises
    FileNotFoundError for a city without a folder.
    """
    city = City(slug=slug, **json.loads((CITIES / slug / "city.json").read_text()))
    _put(City, [city], key=["slug"], overwrite=overwrite)
    city = City.objects.get(slug=slug)
    for name, model in term_models().items():
        found = enumerate(rows(slug, name))
        words = [model(city=city, position=position, **_related(city, row)) for position, row in found]
        _put(model, words, key=["city", "code"], overwrite=overwrite)
    days = [DayOff(**row) for row in rows(slug, "days_off")]
    _put(DayOff, days, key=["name", "first", "region"], overwrite=overwrite)
    return city


def rows(slug: str, name: str) -> Iterator[dict[str, Any]]:
    """The rows of one vocabulary: from the city's own file when it has one, else from what all cities share.

    Empty cells are left out (the model's default), and so is the column that says where a row comes from.
    """
    own = CITIES / slug / f"{name}.csv"
    with (own if own.exists() else CITIES / EVERYWHERE / f"{name}.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            yield {
                key: cell for key, cell in row.items() if key not in NOT_A_FIELD and (cell or key == "region")
            }


def _related(city: City, row: dict[str, Any]) -> dict[str, Any]:
    """The one column that names a word of another vocabulary."""
    if "discipline" in row:
        row["discipline"] = Discipline.objects.get(city=city, code=row["discipline"])
    return row


def _put(model: type[Any], things: list[Any], *, key: list[str], overwrite: bool) -> None:
    """In one query. Rows that stand there stay or, with `overwrite`, take over all that is not their key."""
    if overwrite:
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        changing = [name for name in fields if name not in {*key, *STAYS}]
        model.objects.bulk_create(things, update_conflicts=True, unique_fields=key, update_fields=changing)
    else:
        model.objects.bulk_create(things, ignore_conflicts=True)
