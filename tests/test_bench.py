"""The bench works: a small window is filled as `publish` fills it, pages and feeds of it answer."""

import os

import pytest
from django.test import override_settings
from django.utils import timezone
from icalendar import Calendar

from agenda.models import Listing, Occurrence, Release
from agenda.services import window
from bench import documents, load, measures, multiply, report, seed, words
from tests import running

ACTIVITIES = 30
EFFORT = measures.Effort(requests=2, seconds=1, rounds=0, releases=2, has_browser=False)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled() -> None:
    seed.make_city()
    seed.fill(0, ACTIVITIES, timezone.now())


@pytest.mark.usefixtures("filled")
def test_filled_window_is_what_publish_would_write() -> None:
    release = Release.objects.get(activity__slug=documents.slug(10))
    listing = Listing.objects.get(slug=documents.slug(10))
    dates = {row.uuid: row for row in Occurrence.objects.filter(listing=listing)}
    window.write(release, number=release.change_number or 0, at=release.published_at or timezone.now())
    again = Listing.objects.get(slug=documents.slug(10))
    assert len(dates) == words.SERIES_LENGTH
    assert (again.document, again.fragments, again.search) == (
        listing.document,
        listing.fragments,
        listing.search,
    )
    assert [_values(row) for row in again.occurrences.all()] == [
        _values(dates[row.uuid]) for row in again.occurrences.all()
    ]


def test_descriptions_have_the_agreed_length() -> None:
    texts = [words.description(number) for number in range(1000)]
    assert {len(text) for text in texts} == {words.DESCRIPTION_LENGTH}
    assert sum(words.RARE in text for text in texts) == len(words.RARE_NUMBERS)
    assert not any(words.ABSENT in text for text in texts)


@pytest.mark.usefixtures("filled")
def test_everything_that_is_measured_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in running.environment(DJANGO_SETTINGS_MODULE="bench.settings").items():
        monkeypatch.setitem(os.environ, name, value)
    size = measures.Size(ACTIVITIES, Occurrence.objects.count(), 0.0)
    with override_settings(ROOT_URLCONF="bench.urls"):
        measures.measure(size, EFFORT)
    assert all(one.times for one in size.found.values())
    assert {"agenda, new", "detail, kept", "feed, 304", "search, absent word"} <= size.found.keys()
    text = report.report([size])
    assert f"## {ACTIVITIES} activities, {ACTIVITIES + 3 * 19} dates" in text
    assert "| P4 " in text


@pytest.mark.usefixtures("filled")
def test_feed_of_the_filled_window_parses() -> None:
    with running.website(DJANGO_SETTINGS_MODULE="bench.settings") as origin:
        body, headers = load.fetch(load.Target("feed", origin, "/agenda.ics", headers={}))
        plain, _headers = load.fetch(load.Target("plain", origin, "/bench/plain/1000/"))
    assert headers["content-type"].startswith("text/calendar")
    assert len(Calendar.from_ical(body).walk("VEVENT")) == ACTIVITIES + 3 * 19
    assert len(plain) == 1000


@pytest.mark.usefixtures("filled")
def test_copies_have_keys_of_their_own() -> None:
    multiply.multiply(ACTIVITIES, 3)
    copied = Listing.objects.get(slug=documents.slug(10 + 2 * ACTIVITIES))
    keys = {str(key) for key in copied.occurrences.values_list("uuid", flat=True)}
    assert Listing.objects.count() == Release.objects.count() == 3 * ACTIVITIES
    assert {time["uuid"] for time in copied.document["times"]} == keys
    assert all(f"UID:{row.uuid}@" in row.vevent for row in copied.occurrences.all())
    assert copied.document == Release.objects.get(activity__uuid=copied.uuid).snapshot


def _values(row: Occurrence) -> dict[str, object]:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}
