"""The demo city: enough ahead on any day, every status on some desk, brought in the way all work is."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from agenda import demo
from agenda.demo.entry import Rows
from agenda.demo.season import YEAR, seasons, slots
from agenda.models import Activity, Listing, Moment, Occurrence, Release
from agenda.services import publication
from partners import demo as partners_demo
from partners.demo import scenario
from partners.models import City, User

BEGIN = date.fromisoformat(scenario()["meta"]["begin"])


@pytest.mark.parametrize("today", [BEGIN - timedelta(1), BEGIN, BEGIN + YEAR - timedelta(1), BEGIN + YEAR])
def test_this_season_holds_today_and_the_next_follows(today: date) -> None:
    this, following = seasons(BEGIN, today)
    assert BEGIN + this <= today < BEGIN + following
    assert (following - this).days % 7 == 0


def test_two_hundred_dates_lie_ahead_on_any_day_of_the_year() -> None:
    published = [one for one in scenario()["activiteiten"] if one["status"] == "gepubliceerd"]
    for days in range(0, YEAR.days, 7):
        now = datetime(2026, 9, 1, 12, tzinfo=UTC) + timedelta(days)
        ahead = [
            slot
            for shift in seasons(BEGIN, now.date())
            for one in published
            for slot in slots(one["planning"], shift)
            if slot.start > now
        ]
        assert len(ahead) >= 200, now


def test_moved_date_is_first_planned_where_it_was() -> None:
    entry = next(
        one
        for one in scenario()["activiteiten"]
        if any(said["status"] == "verplaatst" for said in one["planning"]["uitvoeringen"])
    )
    said = next(said for said in entry["planning"]["uitvoeringen"] if said["status"] == "verplaatst")
    starts = [slot.start for slot in slots(entry["planning"], timedelta(0))]
    assert datetime.fromisoformat(said["vorige_start"]) in starts
    assert datetime.fromisoformat(said["start"]) not in starts


def test_weekday_and_hour_stay_in_every_season() -> None:
    for entry in scenario()["activiteiten"]:
        here, there = (slots(entry["planning"], YEAR * n) for n in (0, 3))
        assert [(s.start.weekday(), s.start.time()) for s in here] == [
            (s.start.weekday(), s.start.time()) for s in there
        ]
        assert all(first <= second for first, second in pairwise(there))


@pytest.fixture
def desk(transactional_db: None) -> demo.Desk:
    now = timezone.now()
    partners_demo.load(now)
    city, editor = City.objects.get(slug="zoetermeer"), User.objects.get(email=demo.EDITOR)
    return demo.Desk(Rows(city), editor, now, seasons(BEGIN, now.date())[1])


def one_of_each() -> list[dict[str, object]]:
    """The first activity of every status, and of every thing that can happen to a date."""
    chosen = {}
    for entry in scenario()["activiteiten"]:
        if entry["organisatie"] in partners_demo.TRUSTED and entry["status"] not in demo.DECIDED:
            continue
        happened = {said["status"] for said in entry["planning"]["uitvoeringen"]}
        for what in {entry["status"], *happened}:
            chosen.setdefault(what, entry)
    special = demo.WITHOUT_ACCOUNT | demo.PROPOSALS | demo.REJECTED | demo.WITHDRAWN
    chosen |= {one["id"]: one for one in scenario()["activiteiten"] if one["id"] in special}
    return list({entry["id"]: entry for entry in chosen.values()}.values())


@pytest.mark.django_db(transaction=True)
def test_every_status_stands_on_its_desk_and_repeating_changes_nothing(desk: demo.Desk) -> None:
    for _again in range(2):
        for entry in one_of_each():
            demo.enter(desk, entry)
    assert set(Activity.objects.values_list("status", flat=True)) == set(Activity.Status.values)
    assert Activity.objects.count() == len(one_of_each())
    while publication.sweep(timezone.now()):
        continue
    assert Activity.objects.unconfirmed().count() == 1
    proposed = Activity.objects.waiting().exclude(releases=None)
    assert proposed.count() == len(demo.PROPOSALS)
    for activity in proposed:
        assert demo.PROPOSAL not in Listing.objects.get(uuid=activity.uuid).document["description"]
    embargoed = Release.objects.open().filter(publish_at__gt=timezone.now())
    assert embargoed.count() == 1
    released = Activity.objects.exclude(releases=None).exclude(status=Activity.Status.WITHDRAWN)
    assert Listing.objects.live().count() == released.count() - embargoed.count()
    shown = Counter(Occurrence.objects.values_list("status", flat=True))
    assert set(shown) == {
        Moment.Status.SCHEDULED,
        Moment.Status.CANCELLED,
        Moment.Status.SOLD_OUT,
        Moment.Status.MOVED,
    }
    assert all(listing.document["is_demo"] for listing in Listing.objects.all())


def test_demo_names_no_persons() -> None:
    assert set(scenario()["rollen"])
    for entry in scenario()["activiteiten"]:
        assert set(entry["contact"]) == {"rol", "mail"}
        assert entry["contact"]["mail"].endswith((".example", ".example.org"))
