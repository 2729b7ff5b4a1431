"""Zoetermeer and Venlo are two folders of data: the same checks for both."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from partners.models import City, CoreValue, DayOff, District, Kind, OrganisationKind, Reason, term_models
from partners.services.city import CITIES, load_city

pytestmark = pytest.mark.django_db
NAMES = sorted(path.parent.name for path in CITIES.glob("*/city.json"))
FILES = sorted(CITIES.rglob("*.csv"))


@pytest.fixture(params=NAMES)
def loaded(request: pytest.FixtureRequest) -> City:
    return load_city(request.param)


def test_there_are_two_cities() -> None:
    assert NAMES == ["venlo", "zoetermeer"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_row_has_its_source_and_code_once(path: Path) -> None:
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert rows
    assert all(row["source"] for row in rows)
    codes = [row["code"] if "code" in row else (row["name"], row["first"], row["region"]) for row in rows]
    assert len(codes) == len(set(codes))


def test_every_vocabulary_is_filled_and_has_english(loaded: City) -> None:
    for name, model in term_models().items():
        words = list(model.objects.filter(city=loaded))
        assert words, name
        assert [word.code for word in words if not word.name_en] == []
        assert [word.position for word in words] == list(range(len(words)))


def test_rows_are_valid(loaded: City) -> None:
    loaded.full_clean()
    for name, model in term_models().items():
        words = list(model.objects.filter(city=loaded))
        assert words, name
        for word in words:
            word.full_clean()


def test_row_that_is_not_valid_is_noticed(loaded: City) -> None:
    for model in term_models().values():
        word = model.objects.filter(city=loaded)[0]
        word.code = "geen code"
        with pytest.raises(ValidationError, match="code"):
            word.full_clean()


def test_loading_twice_changes_nothing(loaded: City) -> None:
    def everything() -> list[object]:
        rows = [
            model.objects.order_by("pk").values_list() for model in (*term_models().values(), DayOff, City)
        ]
        return [list(each) for each in rows]

    before = everything()
    load_city(loaded.slug)
    load_city(loaded.slug, overwrite=True)
    assert everything() == before


def test_word_changed_by_hand_stays_unless_asked_otherwise(loaded: City) -> None:
    District.objects.filter(city=loaded, position=0).update(name="Met de hand")
    load_city(loaded.slug)
    assert District.objects.get(city=loaded, position=0).name == "Met de hand"
    load_city(loaded.slug, overwrite=True)
    assert District.objects.get(city=loaded, position=0).name != "Met de hand"


def test_core_values_differ_in_shape_too(loaded: City) -> None:
    values = CoreValue.objects.filter(city=loaded)
    assert len({value.shape for value in values}) == len(values) == len({value.colour for value in values})


def test_every_use_of_a_reason_has_words(loaded: City) -> None:
    for use in Reason.Use:
        assert Reason.objects.filter(city=loaded, use=use).exclude(text="").count() >= 5


def test_every_part_of_an_organisation_has_a_kind(loaded: City) -> None:
    parts = OrganisationKind.objects.filter(city=loaded).values_list("part", flat=True)
    assert set(parts) == set(OrganisationKind.Part.values)


def test_kinds_say_what_they_are_to_search_engines(loaded: City) -> None:
    kinds = Kind.objects.filter(city=loaded)
    assert all(kind.schema_org_type == "Festival" or kind.schema_org_type.endswith("Event") for kind in kinds)


def test_days_off_cover_the_region_until_2029(loaded: City) -> None:
    days = DayOff.objects.of(loaded)
    for year in range(2025, 2030):
        assert days.filter(kind="feestdag", first__year=year).count() == 10
    for year in range(2026, 2030):
        holidays = days.filter(kind="schoolvakantie", first__year=year)
        assert {day.name.partition(" ")[0] for day in holidays} >= {
            "Voorjaarsvakantie",
            "Meivakantie",
            "Zomervakantie",
        }


@pytest.mark.parametrize(
    ("name", "first"), [("Koningsdag", date(2025, 4, 26)), ("Hemelvaartsdag", date(2027, 5, 6))]
)
def test_days_off_fall_where_they_should(loaded: City, name: str, first: date) -> None:
    assert DayOff.objects.filter(name=name, first=first, last=first).count() == 1


def test_school_holidays_last_weeks_not_years(loaded: City) -> None:
    lengths = [day.last - day.first for day in DayOff.objects.filter(kind="schoolvakantie")]
    assert min(lengths) >= timedelta(days=8)
    assert max(lengths) <= timedelta(days=44)


def test_command_names_a_city_without_a_folder() -> None:
    with pytest.raises(CommandError, match="utrecht"):
        call_command("stad", "utrecht")
