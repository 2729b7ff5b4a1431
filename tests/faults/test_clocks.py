"""F09, F10: the nights in which the clock is changed, and machines whose clock is two hours wrong."""

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django.fixtures import Settings

from agenda.models import Activity, Release
from agenda.services import moderation
from agenda.when.words import month_name
from tests import make, running
from tests.agenda.test_submit import answers
from tests.faults.conftest import Broker, Desk, is_public, with_clock
from tests.partners.signing_in import session_of

BEAT = ("-m", "celery", "-q", "-A", "cultuurportaal.celery", "beat", "--pidfile=", "-s")
SWEEPER = ("-m", "manage", "veeg", "--eenmaal")
HOURLY = "Sending due task feed window moves"
READ = re.compile(r'name="gelezen" value="([^"]+)"')
HOLD = 3  # seconds
TWO_HOURS = timedelta(hours=2)


def at(clock: datetime) -> timedelta:
    """How far ahead a machine is where it is `clock` now."""
    return clock - datetime.now(UTC)


@pytest.mark.parametrize(
    ("switch", "looks", "runs"),
    [
        (datetime(2026, 10, 25, 1, tzinfo=UTC), [-30, 31, 61], [0, 1, 0]),  # an hour twice
        (datetime(2027, 3, 28, 1, tzinfo=UTC), [-30, 1], [0, 0]),  # an hour never: half an hour is not one
    ],
    ids=["autumn", "spring"],
)
def test_hourly_jobs_run_once_an_hour_through_the_night(
    switch: datetime, looks: list[int], runs: list[int], broker: Broker, tmp_path: Path
) -> None:
    """F09: beat at each look, in minutes from the moment at which the clock is changed."""
    seen = []
    for minutes in looks:
        command = with_clock(at(switch + timedelta(minutes=minutes)), *BEAT, str(tmp_path / "schedule"))
        with running.process(*command, ready="Waking up", REDIS_URL=broker.url, LOG_LEVEL="DEBUG") as beat:
            seen.append(beat.said.count(HOURLY))
    assert seen == runs


def last_sunday(month: int) -> date:
    """Of the first year in which it is at least a month ahead."""
    soonest = timezone.localdate() + timedelta(days=30)
    days = (date(soonest.year + ahead, month, 31) for ahead in (0, 1))
    found = (day - timedelta(days=(day.weekday() + 1) % 7) for day in days)
    return next(day for day in found if day >= soonest)


def in_words(day: date) -> str:
    return f"{day.day} {month_name(day.month)} {day.year}"


class Maker:
    """Somebody with an account who sends the form over HTTP."""

    def __init__(self, site: str, desk: Desk) -> None:
        self.address = f"{site}{reverse('agenda:submit')}"
        self.organisation = desk.home.slug
        token = "x" * 32
        session = f"{settings.SESSION_COOKIE_NAME}={session_of(desk.maker)}"
        self.cookies = f"{session}; {settings.CSRF_COOKIE_NAME}={token}"
        self.token = token

    def sends(self, when: str) -> tuple[int, str]:
        """Says yes when the portal asks "Klopt dit?"."""
        status, page = self._post(tekst=when)
        read = READ.search(page)
        return self._post(tekst=when, gelezen=read[1]) if read else (status, page)

    def _post(self, **changed: str) -> tuple[int, str]:
        form = answers(organisation=self.organisation, csrfmiddlewaretoken=self.token, **changed)
        request = urllib.request.Request(self.address, urlencode(form).encode(), {"Cookie": self.cookies})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()


def test_hours_of_the_night_are_what_the_maker_meant(broker: Broker, desk: Desk, site: str) -> None:
    """F09: a time that is skipped is refused with a proposal; of two the first is taken."""
    maker = Maker(site, desk)
    status, page = maker.sends(f"{in_words(last_sunday(3))} 02.30 uur")
    assert (status, "Bedoel je 03.30 uur?" in page) == (422, True)
    assert not Activity.objects.exists()
    autumn = last_sunday(10)
    assert maker.sends(f"{in_words(autumn)} 02.30 uur")[0] == 200
    first = datetime(autumn.year, autumn.month, autumn.day, 0, 30, tzinfo=UTC)
    assert [moment.start for moment in Activity.objects.get().moments.all()] == [first]


def test_series_over_the_nights_keeps_its_hour_in_calendars(
    broker: Broker, desk: Desk, site: str, settings: Settings
) -> None:
    """F09: typed, let through, published by a worker and read from the feed."""
    settings.HOLD_SECONDS, maker = 0, Maker(site, desk)
    saturdays = [[last_sunday(month) + timedelta(days=days) for days in (-8, -1, 6)] for month in (3, 10)]
    with broker.worker():
        for days in saturdays:
            maker.sends(f"elke zaterdag 20.00 uur van {in_words(days[0])} t/m {in_words(days[-1])}")
            activity = Activity.objects.latest("pk")
            release = moderation.approve(
                activity, version=activity.version, by=desk.editor, now=timezone.now()
            )
            running.until(lambda one=release: is_public(one), "not published")
            starts = in_feed(site, activity)
            assert [(start.date(), start.hour) for start in starts] == [(day, 20) for day in days]
            assert {str(start.tzinfo) for start in starts} == {"Europe/Amsterdam"}
            assert len({start.utcoffset() for start in starts}) == 2


def in_feed(site: str, activity: Activity) -> list[datetime]:
    text = running.fetch(site + reverse("agenda:activity_feed", args=[activity.slug]))[2]
    return [event.start for event in Calendar.from_ical(text).events]


def test_wrong_clocks_publish_nothing_early_and_all_in_time(
    broker: Broker, desk: Desk, settings: Settings
) -> None:
    """F10: a worker and a sweeper that are ahead look too soon; a sweeper that is behind finds it due."""
    settings.HOLD_SECONDS = HOLD
    with broker.worker(ahead=TWO_HOURS):
        activity = make.submitted("Concert", by=desk.maker, organisation=desk.home)
        release = moderation.approve(activity, version=1, by=desk.editor, now=timezone.now())
        running.until(
            lambda: not broker.ask("LLEN", "cultuurportaal:celery"), "the worker did not hear of it"
        )
        sweep(broker, TWO_HOURS)
        time.sleep(max(0.0, (release.publish_at - timezone.now()).total_seconds()))
        sweep(broker, -TWO_HOURS)
    release.refresh_from_db()
    assert release.published_at is not None
    assert timedelta(0) <= release.published_at - release.publish_at < timedelta(seconds=30)
    assert (release.attempts, Release.objects.count()) == (1, 1)


def sweep(broker: Broker, ahead: timedelta) -> None:
    command = [sys.executable, *with_clock(ahead, *SWEEPER)]
    subprocess.run(command, env=running.environment(REDIS_URL=broker.url), cwd=settings.BASE_DIR, check=True)
