"""A season that goes on: the weekday stays, holidays are left out, and everything goes in one go."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from agenda import renewal
from agenda.document import AMSTERDAM
from agenda.models import Activity, Moment
from agenda.when import DayOff
from partners import models as partners
from partners.models import City, Organisation, User
from tests import make

URL = "/mijn/seizoen/"
CHRISTMAS = [
    DayOff("Eerste kerstdag", date(2025, 12, 25), date(2025, 12, 25), "feestdag"),
    DayOff("Eerste kerstdag", date(2026, 12, 25), date(2026, 12, 25), "feestdag"),
    DayOff("Herfstvakantie", date(2026, 10, 24), date(2026, 11, 1), "schoolvakantie"),
    DayOff("Herfstvakantie", date(2025, 10, 18), date(2025, 10, 26), "schoolvakantie"),
]


class Held:
    """An activity with dates, without a database."""

    def __init__(self, *starts: datetime, hours: float = 2) -> None:
        self.rows = [Moment(start=one, end=one + timedelta(hours=hours)) for one in starts]
        self.moments = self

    def all(self) -> list[Moment]:
        return self.rows


def at(year: int, month: int, day: int, hour: int = 20) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


def proposed(*starts: datetime, season: int = 2025, days_off: Any = ()) -> renewal.Proposal:
    return renewal.propose(Held(*starts), season, days_off)  # type: ignore[arg-type]


@given(
    st.dates(date(2025, 8, 1), date(2026, 7, 30)),
    st.times(time(4), time(21)).map(lambda one: one.replace(microsecond=0)),
)
def test_weekday_and_clock_stay(day: date, clock: time) -> None:
    start = datetime.combine(day, clock, AMSTERDAM)
    (slot,) = proposed(start).slots
    assert slot.start.weekday() == start.weekday()
    assert slot.start.time() == start.time()
    assert slot.start.date() - start.date() == timedelta(weeks=52)
    assert slot.end
    assert (slot.end.hour, slot.end.minute) == ((start + timedelta(hours=2)).hour, start.minute)


def test_what_lands_on_a_holiday_is_left_out_and_named() -> None:
    proposal = proposed(at(2025, 12, 26), at(2025, 12, 19), days_off=CHRISTMAS)
    assert [slot.start.date() for slot in proposal.slots] == [date(2026, 12, 18)]
    assert proposal.skipped == (renewal.Skipped(date(2026, 12, 25), "Eerste kerstdag"),)


def test_what_was_held_on_a_holiday_goes_along_with_it() -> None:
    (slot,) = proposed(at(2025, 12, 25), days_off=CHRISTMAS).slots
    assert slot.start.date() == date(2026, 12, 25)


def test_series_that_kept_clear_of_school_holidays_keeps_clear_again() -> None:
    proposal = proposed(*(at(2025, 10, day) for day in (6, 13, 27)), at(2025, 11, 3), days_off=CHRISTMAS)
    assert [slot.start.date().isoformat() for slot in proposal.slots] == [
        "2026-10-05",
        "2026-10-12",
        "2026-11-02",
    ]
    assert proposal.skipped == (renewal.Skipped(date(2026, 10, 26), "Herfstvakantie"),)


def test_single_evening_in_a_school_holiday_stays() -> None:
    (slot,) = proposed(at(2025, 10, 27), days_off=CHRISTMAS).slots
    assert slot.start.date() == date(2026, 10, 26)


@pytest.mark.parametrize(
    ("day", "season"), [(date(2025, 8, 1), 2025), (date(2026, 7, 31), 2025), (date(2026, 1, 1), 2025)]
)
def test_a_season_runs_from_august_to_july(day: date, season: int) -> None:
    assert renewal.season_of(day) == season


# --- Over HTTP -----------------------------------------------------------------------------------------


def held(maker: User, organisation: Organisation, title: str, start: datetime, **fields: Any) -> Activity:
    return make.published(title, by=maker, organisation=organisation, starts=[start], **fields)


def last_season() -> datetime:
    """A Tuesday evening in the season before this one."""
    day = datetime.now(AMSTERDAM).replace(hour=20, minute=0, second=0, microsecond=0) - timedelta(weeks=30)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def form_of(page: Any, **changed: Any) -> dict[str, Any]:
    """The grid as a browser sends it back."""
    data: dict[str, Any] = {}
    for row in page.context["rows"]:
        if row.is_made:
            continue
        data |= {
            row.add_prefix(name): "on" if value is True else value
            for name, value in row.initial.items()
            if value not in (None, False)
        }
    return {**data, **changed}


@pytest.mark.django_db
def test_forty_activities_go_on_in_two_presses(
    client: Client, maker: User, organisation: Organisation, city: City
) -> None:
    start = last_season()
    for number in range(40):
        held(maker, organisation, f"Les {number:02}", start, price_kind="paid", price=5)
    client.force_login(maker)
    assert 'href="/mijn/seizoen/"' in client.get("/mijn/").text
    page = client.get(URL)
    assert len(page.context["rows"]) == 40
    assert client.post(URL, form_of(page, stap="stuur")).url == "/mijn/"
    made = Activity.objects.filter(status="submitted")
    assert made.count() == 40
    assert made.values("batch").distinct().count() == 1
    first = made.order_by("title")[0]
    assert (first.title, first.price, first.moments.get().start) == ("Les 00", 5, start + timedelta(weeks=52))
    assert first.slug is None


@pytest.mark.django_db
def test_sending_again_makes_nothing_twice(client: Client, maker: User, organisation: Organisation) -> None:
    held(maker, organisation, "Koor", last_season())
    client.force_login(maker)
    sheet = form_of(client.get(URL), stap="bewaar")
    client.post(URL, sheet)
    assert client.post(URL, sheet).status_code == 422
    assert Activity.objects.filter(title="Koor").count() == 2
    assert "Dit staat al klaar voor het nieuwe seizoen." in client.get(URL).text


@pytest.mark.django_db
def test_rows_can_be_changed_and_left_out(client: Client, maker: User, organisation: Organisation) -> None:
    one, two = (held(maker, organisation, title, last_season()) for title in ("Een", "Twee"))
    client.force_login(maker)
    sheet = form_of(client.get(URL), stap="bewaar")
    sheet |= {f"{one.uuid.hex}-title": "Anders", f"{one.uuid.hex}-tekst": "4 maart 2027 15.00-16.00"}
    del sheet[f"{two.uuid.hex}-keep"]
    client.post(URL, sheet)
    made = Activity.objects.exclude(pk__in=[one.pk, two.pk]).get()
    assert (made.title, made.status) == ("Anders", "draft")
    assert made.moments.get().start == at(2027, 3, 4, 15)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Vul in wat er te doen is"),
        ({"tekst": "ergens in het voorjaar"}, "voorjaar"),
        ({"tekst": "31 februari 20.00"}, "februari"),
        ({"price": "duur"}, "Schrijf het bedrag zo"),
    ],
)
def test_mistake_in_a_row_is_said_and_nothing_is_lost(
    client: Client, maker: User, organisation: Organisation, change: dict[str, str], words: str
) -> None:
    row, other = (held(maker, organisation, title, last_season()) for title in ("Koor", "Orkest"))
    client.force_login(maker)
    sheet = form_of(client.get(URL), stap="stuur") | {f"{other.uuid.hex}-title": "Nieuwe naam"}
    answer = client.post(URL, sheet | {f"{row.uuid.hex}-{name}": text for name, text in change.items()})
    assert answer.status_code == 422
    assert words in answer.text
    assert "Nieuwe naam" in answer.text
    assert Activity.objects.count() == 2


@pytest.mark.django_db
def test_others_see_and_send_nothing_of_it(client: Client, maker: User, organisation: Organisation) -> None:
    theirs = held(maker, organisation, "Geheim", last_season())
    client.force_login(make.user("ander@demo.example"))
    page = client.get(URL)
    assert "Geheim" not in page.text
    assert "Er stond nog niets van jullie in de agenda." in page.text
    assert client.post(URL, {f"{theirs.uuid.hex}-keep": "on", "stap": "stuur"}).status_code == 422
    assert Activity.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["1999", "abc", "\u00b2", "9" * 40])
def test_unknown_season_is_the_latest(
    client: Client, maker: User, organisation: Organisation, asked: str
) -> None:
    held(maker, organisation, "Koor", last_season())
    client.force_login(maker)
    assert len(client.get(URL, {"seizoen": asked}).context["rows"]) == 1


@pytest.mark.django_db
def test_days_off_of_the_city_are_read(client: Client, maker: User, organisation: Organisation) -> None:
    start = last_season()
    later = (start + timedelta(weeks=52)).date()
    partners.DayOff.objects.create(name="Feest", first=later, last=later, kind="feestdag")
    held(maker, organisation, "Koor", start)
    client.force_login(maker)
    page = client.get(URL).text
    assert "Overgeslagen:" in page
    assert "(Feest)" in page


@pytest.mark.django_db
def test_token_of_a_proposal_cannot_be_worked_out_without_the_secret(settings: Settings) -> None:
    proposal = renewal.propose(make.activity(starts=[at(2025, 9, 2)]), 2025, [])
    token = proposal.token
    assert token == proposal.token
    settings.SECRET_KEY = "another"
    assert token != proposal.token
