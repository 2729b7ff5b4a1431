"""What can be asked of the agenda: read once, written in one order, and never an error."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils import timezone

from agenda import filters
from agenda.document import AMSTERDAM
from agenda.filters import nearby
from agenda.filters.facets import count
from agenda.models import Activity, Occurrence
from partners.models import Audience, City, District, Kind
from tests import make

QUERIES: list[str] = json.loads((Path(__file__).parent.parent / "corpus" / "queries.json").read_text())
pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    """Noon of the second Wednesday from today."""
    noon = timezone.now().astimezone(AMSTERDAM).replace(hour=12, minute=0, second=0, microsecond=0)
    return noon + timedelta(days=(2 - noon.weekday()) % 7 + 7)


@pytest.fixture(autouse=True)
def words(city: City) -> None:
    for code in ("concert", "workshop"):
        Kind.objects.create(city=city, code=code, name=code.title())
    for code in ("gezinnen", "jongeren"):
        Audience.objects.create(city=city, code=code, name=code.title())
    District.objects.create(city=city, code="dorp", name="Dorp", name_en="Village")


def ask(query: str) -> filters.Selection:
    return filters.parse(QueryDict(query), make.city())


def titles(query: str, now: datetime) -> list[str]:
    return [row.listing.title for row in ask(query).occurrences(now).select_related("listing")]


def published(title: str, *starts: datetime, **fields: object) -> Activity:
    return make.published(title, starts=list(starts), **fields)


def at(now: datetime, days: int, hour: int, minute: int = 0) -> datetime:
    return (now + timedelta(days=days)).replace(hour=hour, minute=minute)


# --- Reading and writing -------------------------------------------------------------------------------


def test_a_selection_is_written_in_one_order() -> None:
    one, other = (
        ask("soort=workshop&q=klei&soort=concert&weergave=maand"),
        ask("q=+klei+&soort=concert&soort=workshop"),
    )
    assert one.canonical() == other.canonical() == "q=klei&soort=concert&soort=workshop"
    assert ask(one.canonical()) == other


def test_an_empty_query_asks_for_everything() -> None:
    assert ask("").canonical() == ""
    assert ask("van=&tot=&wijk=&leeftijd=&q=") == ask("")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("van=2026-02-30", "Deze datum bestaat niet. Schrijf een datum zo: 2026-11-28."),
        ("van=2026-12-02&tot=2026-12-01", "De eerste dag ligt na de laatste dag."),
        ("soort=zeilen", "We kennen “zeilen” niet."),
        ("plek=nergens", "We kennen “nergens” niet."),
        ("wanneer=ooit", "We kennen “ooit” niet."),
        ("leeftijd=1e40", "Schrijf een leeftijd als getal van 0 tot en met 120."),
    ],
)
def test_what_cannot_be_understood_is_said_and_skipped(query: str, words: str) -> None:
    selection = ask(query)
    assert selection.problems == (words,)
    assert selection.canonical() == ""


def test_the_good_part_of_a_query_is_kept() -> None:
    selection = ask("soort=zeilen&soort=concert&prijs=gratis")
    assert selection.canonical() == "prijs=gratis&soort=concert"
    assert selection.problems == ("We kennen “zeilen” niet.",)


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_raises(query: str, now: datetime) -> None:
    selection = ask(query)
    list(selection.occurrences(now)[:3])
    count(selection, now)
    nearby.best_way_out(selection, now)
    nearby.nearest_days(selection, now)


# --- Which dates ---------------------------------------------------------------------------------------


def test_dates_come_by_day_and_clock_with_the_night_behind_its_evening(now: datetime) -> None:
    published("Nacht", at(now, 2, 1))
    published("Avond", at(now, 1, 23))
    published("Ochtend", at(now, 2, 9))
    assert titles("", now) == ["Avond", "Nacht", "Ochtend"]
    night = Occurrence.objects.get(listing__title="Nacht")
    assert night.day == at(now, 1, 12).date()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("wanneer=vandaag", ["Middag", "Avond", "Nacht"]),
        ("wanneer=vanavond", ["Avond", "Nacht"]),
        ("wanneer=morgen", ["Morgen"]),
        ("wanneer=weekend", ["Zondag"]),
        ("", ["Middag", "Avond", "Nacht", "Morgen", "Zondag"]),
    ],
)
def test_moments_find_their_dates(now: datetime, query: str, expected: list[str]) -> None:
    published("Geweest", at(now, 0, 8))
    published("Middag", at(now, 0, 14))
    published("Avond", at(now, 0, 20))
    published("Nacht", at(now, 1, 2))
    published("Morgen", at(now, 1, 10))
    published("Zondag", at(now, 4, 15))
    assert titles(query, now) == expected


def test_days_are_bounds(now: datetime) -> None:
    for number in range(4):
        published(f"Dag {number}", at(now, number, 20))
    first, last = (at(now, number, 12).date().isoformat() for number in (1, 2))
    assert titles(f"van={first}&tot={last}", now) == ["Dag 1", "Dag 2"]
    assert titles(f"van={last}", now) == ["Dag 2", "Dag 3"]


def test_same_key_is_or_and_other_key_is_and(now: datetime) -> None:
    concert, workshop = make.kind("concert"), make.kind("workshop")
    published("Gratis concert", at(now, 1, 20), kind=concert)
    published("Duur concert", at(now, 2, 20), kind=concert, price_kind="paid", price=30)
    published("Workshop", at(now, 3, 20), kind=workshop, price_kind="paid", price=8)
    assert titles("soort=concert&soort=workshop", now) == ["Gratis concert", "Duur concert", "Workshop"]
    assert titles("soort=concert&prijs=gratis", now) == ["Gratis concert"]
    assert titles("prijs=tot-10", now) == ["Gratis concert", "Workshop"]


def test_age_fits_between_bounds_and_without_them(now: datetime) -> None:
    published("Kleuters", at(now, 1, 10), age_from=2, age_to=5)
    published("Vanaf 12", at(now, 2, 10), age_from=12)
    published("Iedereen", at(now, 3, 10))
    assert titles("leeftijd=4", now) == ["Kleuters", "Iedereen"]
    assert titles("leeftijd=12", now) == ["Vanaf 12", "Iedereen"]


def test_place_and_maker_are_asked_by_their_address(now: datetime) -> None:
    venue, maker = make.venue("Theater", slug="theater"), make.organisation("Koor", slug="koor")
    published("Hier", at(now, 1, 20), venue=venue)
    published("Van ons", at(now, 2, 20), organisation=maker)
    assert titles("plek=theater", now) == ["Hier"]
    assert titles("maker=koor", now) == ["Van ons"]
    assert ask("plek=theater").labels["plek"] == {"theater": "Theater"}


def test_a_cancelled_date_stays_and_a_suspended_organiser_goes(now: datetime) -> None:
    published("Afgelast", at(now, 1, 20))
    Occurrence.objects.update(status="cancelled")
    gone = published("Weg", at(now, 2, 20)).organisation
    assert gone is not None
    type(gone).objects.filter(pk=gone.pk).update(status="suspended")
    assert titles("", now) == ["Afgelast"]


# --- Counting ------------------------------------------------------------------------------------------


def test_counts_count_dates_and_leave_out_the_own_facet(now: datetime) -> None:
    concert, workshop = make.kind("concert"), make.kind("workshop")
    published("Reeks", *(at(now, day, 20) for day in (1, 8, 15)), kind=concert)
    published("Klei", at(now, 2, 20), kind=workshop, price_kind="paid", price=8)
    counts = count(ask("soort=concert"), now)
    assert counts.total == 3
    assert counts.facets["soort"] == {"concert": 3, "workshop": 1}
    assert counts.facets["prijs"] == {"gratis": 3, "tot-10": 3}
    assert counts.moments == {"vandaag": 0, "vanavond": 0, "morgen": 1, "weekend": 0}


def test_words_of_a_set_are_counted_one_by_one(now: datetime) -> None:
    activity = make.submitted("Samen", starts=[at(now, 1, 20)])
    activity.audiences.set(Audience.objects.all())
    release = make.moderation.approve(
        activity, version=activity.version, by=make.editor(), now=timezone.now() - timedelta(minutes=1)
    )
    assert make.publication.publish(release)
    assert count(ask(""), now).facets["doelgroep"] == {"gezinnen": 1, "jongeren": 1}


def test_counting_is_bounded_to_thirty_days_when_no_days_are_asked_for(now: datetime) -> None:
    published("Straks", at(now, 29, 12))
    published("Later", at(now, 30, 12))
    counts = count(ask(""), now)
    assert (counts.total, counts.is_whole, counts.until) == (1, False, at(now, 29, 12).date())
    until = at(now, 60, 12).date().isoformat()
    asked = count(ask(f"tot={until}"), now)
    assert (asked.total, asked.is_whole) == (2, True)


def test_counts_are_one_query(now: datetime, django_assert_num_queries: object) -> None:
    published("Iets", at(now, 1, 20))
    selection = ask("soort=concert&prijs=gratis")
    with django_assert_num_queries(1):  # type: ignore[operator]
        count(selection, now)


# --- Nothing found -------------------------------------------------------------------------------------


def test_the_way_out_is_the_choice_whose_removal_gives_most(now: datetime) -> None:
    for day in (1, 2):
        published(f"Concert {day}", at(now, day, 20), kind=make.kind("concert"), price_kind="paid", price=20)
    published("Workshop", at(now, 3, 20), kind=make.kind("workshop"))
    way_out = nearby.best_way_out(ask("soort=concert&prijs=gratis"), now)
    assert way_out is not None
    assert (way_out.parameter, way_out.count) == ("prijs", 2)
    assert way_out.selection.canonical() == "soort=concert"


def test_words_that_are_nowhere_are_a_way_out_too(now: datetime) -> None:
    published("Concert", at(now, 1, 20))
    way_out = nearby.best_way_out(ask("q=zeemeermin&prijs=gratis"), now)
    assert way_out is not None
    assert (way_out.parameter, way_out.count) == ("q", 1)


def test_nothing_helps_in_an_empty_agenda(now: datetime) -> None:
    assert nearby.best_way_out(ask("prijs=gratis"), now) is None
    assert nearby.best_way_out(ask(""), now) is None


def test_the_nearest_days_with_something_are_offered(now: datetime) -> None:
    for day in (5, 5, 9, 12, 20):
        published(f"Iets {day}", at(now, day, 20))
    asked = date.fromisoformat(at(now, 1, 12).date().isoformat())
    near = nearby.nearest_days(ask(f"van={asked}&tot={asked}"), now)
    assert near == [at(now, day, 12).date() for day in (5, 9, 12)]
