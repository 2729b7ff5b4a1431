"""A city's folder of data becomes rows: the city itself, its vocabularies, the days off."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from partners.models import City, DayOff, Discipline, Kind, term_models

CITIES = Path(__file__).resolve().parent.parent / "cities"
EVERYWHERE = "nederland"
NOT_A_FIELD = {"source"}


@transaction.atomic
def load_city(slug: str, *, overwrite: bool = False) -> City:
    """Make what is missing of `partners/cities/<slug>`; with `overwrite` what stands there changes as well.

    Without it, words that somebody changed in the admin stay as they are. Safe to repeat. Raises
    FileNotFoundError for a city without a folder.
    """
    facts = json.loads((CITIES / slug / "city.json").read_text())
    city = _put(City, {"slug": slug}, facts, overwrite=overwrite)
    for name, model in term_models().items():
        for position, row in enumerate(rows(slug, name)):
            _put_term(model, city, {**row, "position": position}, overwrite=overwrite)
    for row in rows(slug, "days_off"):
        key = {field: row.pop(field) for field in ("name", "first", "region")}
        _put(DayOff, key, row, overwrite=overwrite)
    city.refresh_from_db()
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


def _put_term(model: type[Any], city: City, row: dict[str, Any], *, overwrite: bool) -> None:
    if model is Kind and "discipline" in row:
        row["discipline"] = Discipline.objects.get(city=city, code=row["discipline"])
    _put(model, {"city": city, "code": row.pop("code")}, row, overwrite=overwrite)


def _put(model: type[Any], key: dict[str, Any], fields: dict[str, Any], *, overwrite: bool) -> Any:
    put = model._default_manager.update_or_create if overwrite else model._default_manager.get_or_create
    return put(**key, defaults=fields)[0]
