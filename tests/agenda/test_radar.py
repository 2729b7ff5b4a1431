"""Datumradar: how busy a day is for the same people, and the quieter days near it."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from agenda.busy import radar_of
from agenda.document import AMSTERDAM
from agenda.models import Listing, Occurrence
from agenda.radar import Busyness, Held, Hours, Radar
from agenda.services import moderation, publication
from agenda.when import DayOff
from partners import models as partners
from partners.models import Audience, City
from tests import make
from tests.agenda.test_neighbours import URL, evening, typed

TODAY = date(2027, 1, 1)
SATURDAY = date(2027, 4, 10)
PEOPLE = ("gezinnen", "jongeren", "ouderen")
DISTRICTS = ("oosterheem", "rokkeveen", "")
OFF = [
    DayOff("Tweede paasdag", date(2027, 3, 29), date(2027, 3, 29), "feestdag"),
    DayOff("Koningsdag", date(2027, 4, 27), date(2027, 4, 27), "feestdag"),
    DayOff("Meivakantie", date(2027, 4, 24), date(2027, 5, 2), "schoolvakantie"),
]


def at(day: date, hour: int = 20, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def held(day: date, hour: int = 20, *people: str, hours: int = 2, district: str = "") -> Held:
    start = at(day, hour)
    when = Hours.of(start, start + timedelta(hours=hours), is_all_day=False)
    return Held(when, frozenset(people), district)


def radar(plan: Held, *others: Held, today: date = TODAY) -> Radar:
    return Radar(plan, others, tuple(OFF), today)


def test_hours_of_a_night_belong_to_the_evening_before() -> None:
    after_midnight = at(SATURDAY + timedelta(days=1), 1)
    assert Hours.of(after_midnight, None, is_all_day=False) == Hours(SATURDAY, 25 * 60, 27 * 60)
    assert Hours.of(at(SATURDAY), None, is_all_day=False) == Hours(SATURDAY, 1200, 1320)
    assert Hours.of(at(SATURDAY, 0), None, is_all_day=True) == Hours(SATURDAY, 0, 29 * 60)
    weeks = Hours.of(at(SATURDAY, 10), at(SATURDAY + timedelta(days=20)), is_all_day=False)
    assert weeks == Hours(SATURDAY, 600, 29 * 60)


def test_busyness_counts_the_same_people_and_who_is_at_the_same_time() -> None:
    found = radar(
        held(SATURDAY, 20, "gezinnen", district="oosterheem"),
        held(SATURDAY, 21, "gezinnen", "jongeren"),
        held(SATURDAY, 14, "gezinnen", district="oosterheem"),
        held(SATURDAY, 20, "ouderen"),
        held(SATURDAY, 22),
        held(SATURDAY + timedelta(days=1), 20, "gezinnen"),
    )
    assert found.busyness == Busyness(SATURDAY, others=3, at_once=1, nearby=1)
    assert [one.hours.first for one in found.others] == [21 * 60, 14 * 60, 22 * 60]


def test_quieter_days_are_the_same_weekday_and_no_holiday() -> None:
    busy = [held(SATURDAY), held(SATURDAY), held(SATURDAY + timedelta(weeks=1), 14)]
    found = radar(held(SATURDAY), *busy).quieter
    assert [(one.day - SATURDAY).days for one in found] == [-7, -14, -21]  # +14 and +21: spring break
    assert radar(held(SATURDAY)).quieter == []


def test_quieter_days_are_never_in_the_past() -> None:
    found = radar(held(SATURDAY), held(SATURDAY), today=SATURDAY - timedelta(days=8)).quieter
    assert [(one.day - SATURDAY).days for one in found] == [-7, 7]


def test_who_plans_in_a_school_holiday_may_be_shown_another_day_of_one() -> None:
    saturday = date(2027, 4, 24)
    found = radar(held(saturday), held(saturday), held(saturday - timedelta(weeks=1)))
    assert found.named == ["Meivakantie"]
    assert date(2027, 5, 1) in [one.day for one in found.quieter]


def test_public_holiday_is_named_and_never_proposed() -> None:
    tuesday = date(2027, 4, 27)
    assert radar(held(tuesday)).named == ["Koningsdag", "Meivakantie"]
    week_later = radar(held(tuesday + timedelta(weeks=2)), held(tuesday + timedelta(weeks=2)))
    assert tuesday not in [one.day for one in week_later.quieter]


# --- A seeded year of 5,000 dates beside a script that counts by hand ---------------------------------------


def year(random: Random) -> list[dict[str, Any]]:
    """Rows of a year, most of them in the evening and in weekends; some all day, without end, or off."""
    rows = []
    for _number in range(5000):
        day = TODAY + timedelta(days=random.randrange(365))
        if random.random() < 0.3:
            day += timedelta(days=(5 - day.weekday()) % 7)
        start = at(day, random.choice([10, 14, 19, 20, 20, 20, 21]), random.choice([0, 0, 15, 30]))
        is_all_day = random.random() < 0.05
        rows.append(
            {
                "day": day,
                "start": at(day, 0) if is_all_day else start,
                "end": random.choice([None, start + timedelta(minutes=random.choice([60, 90, 120, 240]))]),
                "is_all_day": is_all_day,
                "audiences": random.sample(PEOPLE, random.choice([0, 1, 1, 2])),
                "district": random.choice(DISTRICTS),
                "status": random.choice(["scheduled"] * 12 + ["sold_out", "cancelled", "postponed"]),
                "is_listed": random.random() < 0.95,
            }
        )
    return rows


def by_hand(rows: list[dict[str, Any]], day: date, hour: int, people: set[str], district: str) -> list[date]:
    """The three quietest days, counted row by row from the wall clock."""

    def counts(on: date) -> tuple[int, int, int]:
        at_once = others = nearby = 0
        for row in rows:
            if row["day"] != on or not row["is_listed"] or row["status"] in ("cancelled", "postponed"):
                continue
            if people and row["audiences"] and not people & set(row["audiences"]):
                continue
            others += 1
            nearby += bool(district) and row["district"] == district
            begin, end = at(on, hour), at(on, hour) + timedelta(hours=2)
            ends = row["end"] or row["start"] + timedelta(hours=2)
            at_once += row["is_all_day"] or (row["start"] < end and begin < ends)
        return at_once, others, nearby

    def is_off(on: date, kinds: set[str]) -> bool:
        return any(one.first <= on <= one.last and one.kind in kinds for one in OFF)

    kinds = {"feestdag"} if is_off(day, {"schoolvakantie"}) else {"feestdag", "schoolvakantie"}
    near = [day + timedelta(days=7 * week) for week in (1, 2, 3, -1, -2, -3)]
    fit = [on for on in near if on >= TODAY and not is_off(on, kinds) and counts(on) < counts(day)]
    return sorted(fit, key=lambda on: (*counts(on), abs((on - day).days), on))[:3]


@pytest.fixture
def rows(db: None) -> list[dict[str, Any]]:
    made = year(Random(20270101))
    organisation = make.organisation()
    listings = [
        Listing(
            slug=f"iets-{number}",
            release_number=1,
            change_number=number,
            published_at=make.NOW,
            changed_at=make.NOW,
            title=f"Iets {number}",
            organisation=organisation,
            document={},
        )
        for number in range(100)
    ]
    Listing.objects.bulk_create(listings)
    Occurrence.objects.bulk_create(
        Occurrence(
            uuid=uuid4(),
            listing=listings[number % 100],
            until=row["end"] or row["start"],
            organisation=organisation,
            stamped_at=make.NOW,
            vevent="",
            **{**row, "end": None if row["is_all_day"] else row["end"]},
        )
        for number, row in enumerate(made)
    )
    return made


def test_ranks_of_a_year_of_5000_dates_are_those_counted_by_hand(rows: list[dict[str, Any]]) -> None:
    random, proposed = Random(5), 0
    for _try in range(60):
        day, hour = TODAY + timedelta(days=random.randrange(365)), random.choice([10, 14, 20])
        people, district = set(random.sample(PEOPLE, random.choice([0, 1, 2]))), random.choice(DISTRICTS)
        plan = held(day, hour, *people, district=district)
        found = [one.day for one in radar_of(plan, days_off=OFF, today=TODAY).quieter]
        assert found == by_hand(rows, day, hour, people, district), plan
        proposed += len(found)
    assert proposed > 60


def test_radar_asks_the_agenda_once(rows: list[dict[str, Any]], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert radar_of(held(SATURDAY), days_off=OFF, today=TODAY).quieter


# --- On the page -------------------------------------------------------------------------------------------


def gigs(number: int, **fields: Any) -> None:
    for _one in range(number):
        make.published("Concert van een ander", starts=[evening()], **fields)


@pytest.mark.django_db
def test_page_says_what_else_there_is_that_day(client: Client, city: City) -> None:
    gigs(2)
    html = client.post(URL, typed(title="Kinderdisco")).text
    assert "staan er 2 activiteiten in de agenda" in html
    assert "Daarvan zijn er 2 op hetzelfde moment" in html
    assert html.count("Concert van een ander") == 2
    assert "Rustiger in de buurt" in html


@pytest.mark.django_db
def test_page_leaves_out_other_people_and_names_the_holiday(client: Client, city: City) -> None:
    families, older = (
        Audience.objects.create(city=city, code=code, name=code.title(), position=position)
        for position, code in enumerate(("gezinnen", "ouderen"))
    )
    for audience in (families, older):
        waiting = make.submitted(f"Iets voor {audience}", starts=[evening()])
        waiting.audiences.set([audience])
        release_now(waiting)
    day = timezone.localdate() + timedelta(days=10)
    partners.DayOff.objects.create(name="Stadsfeest", first=day, last=day, kind="feestdag")
    html = client.post(URL, typed(title="Kinderdisco", audiences="gezinnen")).text
    assert "staat er 1 activiteit in de agenda voor dezelfde mensen" in html
    assert "Iets voor Gezinnen" in html
    assert "Iets voor Ouderen" not in html
    assert "Die dag is het: Stadsfeest" in html


def release_now(waiting: Any) -> None:
    moment = timezone.now() - timedelta(minutes=1)
    release = moderation.approve(waiting, version=waiting.version, by=make.editor(), now=moment)
    assert publication.publish(release)


@pytest.mark.django_db
def test_radar_counts_nothing_that_is_not_public(client: Client, city: City) -> None:
    for made in (make.activity, make.submitted, make.approved):
        made("Nog geheim", starts=[evening()])
    html = client.post(URL, typed(title="Kinderdisco")).text
    assert "staat er nog niets in de agenda" in html
    assert "geheim" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("tekst", ["", "ooit", "gisteren om 20.00 uur"])
def test_without_a_coming_date_there_is_no_radar(tekst: str, client: Client, city: City) -> None:
    assert "in de agenda" not in client.post(URL, typed(tekst=tekst)).text
