"""A feed of a maker that we follow: drafts that keep up, corrections that stay, and nothing ever removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from agenda.imports import ics
from agenda.imports import sync as turns
from agenda.imports.sync import Tally, sync
from agenda.models import Activity, Listing, Source, SourceItem
from agenda.services import sources, submission
from agenda.tasks import read_source, read_sources
from cultuurportaal.mail import send_due
from cultuurportaal.workflow import NotAllowed
from partners.models import User
from tests import corpora, make
from tests.cultuurportaal.web import page, serving

pytestmark = pytest.mark.django_db
NOW = timezone.localtime(make.NOW)


@dataclass
class Feed:
    """A source with its owner, and what its site says now."""

    source: Source
    owner: User

    def says(self, *events: str, now: datetime = NOW) -> Tally:
        body = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()
        return self.has(body, now)

    def has(self, body: bytes, now: datetime) -> Tally:
        return sources.take_in(self.source, ics.read(body, ics.Window.ahead(now)), by=self.owner, now=now)

    def activity(self, uid: str) -> Activity:
        found = self.source.items.get(uid=uid).activity
        assert found is not None
        return found


@pytest.fixture
def feed() -> Feed:
    owner = make.user(name="Sam")
    organisation = make.organisation("Popkoor", owner=owner)
    source = Source.objects.create(
        organisation=organisation, kind="feed", name="koor.example", url="https://koor.example/a.ics",
        added_by=owner, added_at=NOW,
    )  # fmt: skip
    return Feed(source, owner)


def event(uid: str, days: int = 5, hour: int = 20, *lines: str, title: str = "") -> str:
    day = f"{NOW + timedelta(days=days):%Y%m%d}"
    rows = [f"UID:{uid}", f"SUMMARY:{title or uid}", f"DTSTART;TZID=Europe/Amsterdam:{day}T{hour:02}0000"]
    return "\r\n".join(["BEGIN:VEVENT", *rows, *lines, "END:VEVENT"])


def starts(activity: Activity) -> list[str]:
    return [f"{timezone.localtime(one.start):%Y-%m-%d %H:%M}" for one in activity.moments.all()]


def test_new_numbers_become_drafts_with_their_dates(feed: Feed) -> None:
    tally = feed.says(
        event("a", 5, 20, "LOCATION:Oude Kerk", "DESCRIPTION:Zing mee.", "RRULE:FREQ=WEEKLY;COUNT=2"),
        event("b"),
        event("voorbij", -5),
    )
    activity = feed.activity("a")
    assert (tally.new, tally.skipped) == (2, 1)
    assert (activity.status, activity.title, activity.description, activity.place_text) == (
        "draft",
        "a",
        "Zing mee.",
        "Oude Kerk",
    )
    assert activity.organisation == feed.source.organisation
    assert starts(activity) == ["2026-11-30 20:00", "2026-12-07 20:00"]
    assert activity.when_text == "30 november 2026, 7 december 2026 20.00 uur"


def test_the_same_feed_again_changes_nothing(feed: Feed) -> None:
    feed.says(event("a"), event("b"))
    versions = list(Activity.objects.order_by("pk").values_list("pk", "version"))
    assert feed.says(event("a", 5, 20, "DTSTAMP:20270101T000000Z"), event("b")) == Tally(same=2)
    assert list(Activity.objects.order_by("pk").values_list("pk", "version")) == versions


def test_change_reaches_a_draft(feed: Feed) -> None:
    feed.says(event("a"))
    uid = feed.activity("a").moments.get().uuid
    assert feed.says(event("a", 6, 19, title="Nieuwe titel")).changed == 1
    activity = feed.activity("a")
    assert (activity.title, starts(activity)) == ("Nieuwe titel", ["2026-12-01 19:00"])
    assert activity.moments.get().uuid == uid


def test_what_a_human_corrected_stays(feed: Feed) -> None:
    feed.says(event("a", 5, 20, "DESCRIPTION:Oud."))
    activity = feed.activity("a")
    submission.save(
        activity,
        fields={"title": "Mooier"},
        sets={},
        slots=None,
        seen=activity.version,
        by=feed.owner,
        now=NOW,
    )
    feed.says(event("a", 5, 20, "DESCRIPTION:Nieuw.", title="Van de bron"))
    activity.refresh_from_db()
    assert (activity.title, activity.description) == ("Mooier", "Nieuw.")
    assert feed.source.items.get().locked == ["title"]
    feed.says(event("a", 9, 20, title="Weer anders"))
    activity.refresh_from_db()
    assert (activity.title, starts(activity)) == ("Mooier", ["2026-12-04 20:00"])


def test_dates_that_a_human_moved_stay(feed: Feed) -> None:
    feed.says(event("a"))
    activity = feed.activity("a")
    moment = activity.moments.get()
    moment.start += timedelta(hours=1)
    moment.save()
    feed.says(event("a", 8, title="Titel"))
    activity.refresh_from_db()
    assert (activity.title, starts(activity)) == ("Titel", ["2026-11-30 21:00"])


def test_live_activity_gets_a_proposal_and_stays_as_it_is(feed: Feed) -> None:
    feed.says(event("a", 5, 20, "LOCATION:Oude Kerk"))
    live = make.published("Live", organisation=feed.source.organisation, starts=[NOW + timedelta(days=5)])
    SourceItem.objects.filter(source=feed.source).update(activity=live, written={"title": "Live"})
    document = make_document(live)
    feed.says(event("a", 5, 20, "LOCATION:Oude Kerk", title="Anders"))
    live.refresh_from_db()
    assert (live.title, live.status) == ("Anders", "draft")
    assert make_document(live) == document
    assert not live.releases.filter(published_at=None).exists()


def make_document(activity: Activity) -> object:
    return Listing.objects.get(uuid=activity.uuid).document


def test_cancelled_event_is_proposed_and_nothing_else(feed: Feed) -> None:
    feed.says(event("a"))
    feed.says(event("a", 5, 20, "STATUS:CANCELLED"), event("b", 5, 20, "STATUS:CANCELLED"))
    assert feed.source.items.get(uid="a").is_cancelled
    assert feed.activity("a").status == "draft"
    assert feed.source.items.get(uid="b").activity is None


def test_older_version_of_an_event_is_ignored(feed: Feed) -> None:
    feed.says(event("a", 5, 20, "SEQUENCE:3"))
    assert feed.says(event("a", 9, 20, "SEQUENCE:2", title="Oud")).older == 1
    assert feed.activity("a").title == "a"


def test_empty_feed_removes_nothing(feed: Feed) -> None:
    feed.says(event("a"), event("b"))
    assert feed.says() == Tally()
    feed.source.refresh_from_db()
    assert Activity.objects.count() == 2
    assert feed.source.report == [["empty_now", ""]]
    assert not feed.source.items.filter(is_missing=True).exists()


def test_what_is_gone_from_the_feed_is_said_and_stays(feed: Feed) -> None:
    feed.says(event("a"), event("b"))
    assert feed.says(event("a"), now=NOW + timedelta(hours=1)).missing == 1
    assert feed.source.items.get(uid="b").is_missing
    assert Activity.objects.filter(status="draft").count() == 2


def test_other_number_for_the_same_activity_is_the_same_activity(feed: Feed) -> None:
    feed.says(event("a", title="Concert"))
    assert feed.says(event("b", title="Concert")).new == 0
    assert [item.uid for item in feed.source.items.all()] == ["b"]


def test_twins_with_other_numbers_keep_their_own_text(feed: Feed) -> None:
    one, two = "DESCRIPTION:Voor kinderen.", "DESCRIPTION:Voor ouders."
    feed.says(event("a", 5, 20, one, title="Les"), event("b", 5, 20, two, title="Les"))
    tally = feed.says(event("c", 5, 20, two, title="Les"), event("d", 5, 20, one, title="Les"))
    assert tally == Tally(same=2)
    assert [feed.activity(uid).description for uid in "cd"] == ["Voor ouders.", "Voor kinderen."]


def test_same_number_twice_in_one_reading_is_one_activity(feed: Feed) -> None:
    body = "\r\n".join(["BEGIN:VCALENDAR", event("a"), "END:VCALENDAR", ""]).encode()
    assert feed.has(body + body.replace(b"SUMMARY:a", b"SUMMARY:b"), NOW).new == 1


def test_very_many_new_ones_come_in_turns(feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_NEW", 2)
    events = [event(name) for name in "abc"]
    assert feed.says(*events) == Tally(new=2, later=1)
    assert feed.says(*events, now=NOW + timedelta(hours=1)) == Tally(new=1, same=2)


def test_dates_that_are_over_stay_when_the_feed_forgets_them(feed: Feed) -> None:
    feed.says(event("a", 1, 20, "RRULE:FREQ=DAILY;COUNT=3"))
    later = NOW + timedelta(days=2)
    feed.says(event("a", 2, 21, "RRULE:FREQ=DAILY;COUNT=2"), now=later)
    assert starts(feed.activity("a")) == ["2026-11-26 20:00", "2026-11-27 21:00", "2026-11-28 21:00"]


def test_endless_series_stays_the_same_from_day_to_day(feed: Feed) -> None:
    endless = event("a", 1, 20, "RRULE:FREQ=WEEKLY")
    feed.says(endless)
    assert feed.says(endless, now=NOW + timedelta(days=1)) == Tally(same=1)


def test_submitted_activity_of_a_trusted_maker_is_never_sent_by_a_feed(feed: Feed) -> None:
    type(feed.source.organisation).objects.update(is_trusted=True)
    feed.says(event("a"))
    feed.says(event("a", 7, title="Anders"))
    assert feed.activity("a").status == "draft"


def test_dates_that_no_sentence_can_hold_stay_when_a_maker_goes_on(client: Client, feed: Feed) -> None:
    days = ",".join(
        f"{NOW + timedelta(days=number * number):%Y%m%d}T{10 + number % 9}{number:02}00"
        for number in range(3, 23)
    )
    feed.says(event("a", 5, 20, f"RDATE;TZID=Europe/Amsterdam:{days}", "LOCATION:Kerk"))
    activity = feed.activity("a")
    count = activity.moments.count()
    assert (count, activity.when_text) == (21, "")
    client.force_login(feed.owner)
    page_ = {
        "title": "a",
        "place": "Kerk",
        "version": activity.version,
        "token": str(activity.token),
        "tekst": "",
    }
    client.post("/toevoegen/concept/", {**page_, "title": "Beter"})
    activity.refresh_from_db()
    assert (activity.title, activity.moments.count()) == ("Beter", count)
    answer = client.post(activity.get_absolute_url(), {**page_, "version": activity.version, "title": "Best"})
    activity.refresh_from_db()
    assert (answer.status_code, activity.status, activity.title, activity.moments.count()) == (
        302,
        "submitted",
        "Best",
        count,
    )


def test_feed_cannot_speak_for_another_organisation(feed: Feed) -> None:
    other = make.organisation("Ander koor")
    feed.says(
        event(
            "a",
            5,
            20,
            f"ORGANIZER;CN={other.name}:mailto:x@y.example",
            "STATUS:CONFIRMED",
            "X-STATUS:approved",
        )
    )
    activity = feed.activity("a")
    assert (activity.organisation, activity.status, activity.sender) == (
        feed.source.organisation,
        "draft",
        feed.owner,
    )


def test_maker_reads_that_the_source_cancelled_it(client: Client, feed: Feed) -> None:
    feed.says(event("a"))
    client.force_login(feed.owner)
    page_ = feed.activity("a").get_absolute_url()
    assert "Dit komt uit koor.example" in client.get(page_).text
    feed.says(event("a", 5, 20, "STATUS:CANCELLED"))
    assert "Volgens koor.example gaat dit niet door" in client.get(page_).text


# --- Reading it again -----------------------------------------------------------------------------------


@contextmanager
def served(feed: Feed, answer: bytes) -> Iterator[list[str]]:
    with serving(answer) as (origin, heads):
        Source.objects.filter(pk=feed.source.pk).update(url=f"{origin}/a.ics")
        feed.source.refresh_from_db()
        with override_settings(IMPORT_TOEGESTANE_HOSTS=[origin.removeprefix("http://")]):
            yield heads


def calendar(*events: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""]).encode()


def later_event(uid: str) -> str:
    day = f"{timezone.localtime() + timedelta(days=9):%Y%m%d}"
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:{uid}\r\nDTSTART:{day}T190000Z\r\nEND:VEVENT"


def test_task_reads_a_feed_and_asks_next_time_what_changed(feed: Feed) -> None:
    body = calendar(later_event("a"))
    with served(feed, page(body, "text/calendar", ETag='"7"')) as heads:
        read_source(feed.source.pk)
        read_source(feed.source.pk)
    feed.source.refresh_from_db()
    assert (feed.source.etag, feed.source.failures, Activity.objects.count()) == ('"7"', 0, 1)
    assert 'if-none-match: "7"' in heads[1].lower()


def test_failing_feed_keeps_everything_and_tells_its_owner_once(feed: Feed) -> None:
    feed.says(event("a"))
    with served(feed, page(b"x", status="500 X")):
        for turn in range(7):
            feed.source.refresh_from_db()
            sources.refresh(feed.source, now=NOW + timedelta(hours=turn))
    send_due(NOW + timedelta(days=1))
    feed.source.refresh_from_db()
    assert (feed.source.failures, Activity.objects.count()) == (7, 1)
    assert feed.source.problem == "broken"
    assert [one.to for one in mail.outbox] == [[feed.owner.email]]
    assert "vijf keer achter elkaar niet" in str(mail.outbox[0].body)
    assert "geeft een fout" in str(mail.outbox[0].body)


def test_page_of_404_with_200_is_a_failure(feed: Feed) -> None:
    with served(feed, page(b"<!doctype html><p>Niet gevonden", "text/calendar")):
        sources.refresh(feed.source, now=NOW)
    feed.source.refresh_from_db()
    assert (feed.source.failures, feed.source.problem) == (1, "no_calendar")


def test_only_feeds_of_open_organisations_are_read(feed: Feed) -> None:
    assert sources.refresh_due(NOW) == 1
    Source.objects.update(checked_at=NOW)
    assert sources.refresh_due(NOW + timedelta(minutes=30)) == 0
    assert sources.refresh_due(NOW + timedelta(minutes=60)) == 1
    type(feed.source.organisation).objects.update(status="suspended")
    assert sources.refresh_due(NOW + timedelta(minutes=60)) == 0
    read_source(feed.source.pk)
    read_sources()
    assert Source.objects.get().failures == 0


def test_who_left_leaves_the_feed_to_an_owner(feed: Feed) -> None:
    other = make.user()
    feed.source.organisation.memberships.create(user=other, role="member")
    assert sources.speaker(feed.source) == feed.owner
    feed.source.organisation.memberships.filter(user=feed.owner).delete()
    assert sources.speaker(feed.source) == other


def test_owner_adds_a_feed_and_others_do_not(feed: Feed) -> None:
    organisation = feed.source.organisation
    added = sources.add(organisation, url="webcal://koor.example/b.ics", by=feed.owner, now=NOW)
    again = sources.add(organisation, url="https://koor.example/b.ics", by=feed.owner, now=NOW)
    assert (added.url, again.pk) == ("https://koor.example/b.ics", added.pk)
    for stranger in (make.user(), None):
        with pytest.raises(NotAllowed):
            sources.add(organisation, url="https://koor.example/c.ics", by=stranger, now=NOW)
        with pytest.raises(NotAllowed):
            sources.follow(added, is_active=False, by=stranger)


# --- Two real feeds, version after version --------------------------------------------------------------


@pytest.mark.parametrize("name", ["dehallen", "estepona"])
def test_history_of_a_real_feed_removes_nothing(feed: Feed, name: str) -> None:
    before: set[int] = set()
    for row in corpora.rows("feed-history/history.csv"):
        if row["feed"] != name:
            continue
        now = datetime.fromisoformat(row["date"])
        findings = ics.read((corpora.FOLDER / row["file"]).read_bytes(), ics.Window.ahead(now))
        assert findings.events == int(row["vevents"])
        tally = sync(feed.source, findings, by=feed.owner, now=now)
        assert tally.new + tally.changed + tally.same + tally.skipped + tally.older + tally.later == len(
            findings.found
        )
        kept = set(Activity.objects.values_list("pk", flat=True))
        assert before <= kept
        before = kept
    assert not Activity.objects.exclude(status="draft").exists()


def test_who_saves_the_same_at_the_same_moment_goes_first_and_we_come_back(feed: Feed) -> None:
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", event("a"), "END:VCALENDAR", ""])
    (found,) = ics.read(text.encode(), ics.Window.ahead(NOW)).found
    results = [turns._followed(feed.source, None, found, by=feed.owner, now=NOW) for _ in range(2)]
    assert (results, Activity.objects.count()) == (["new", "later"], 1)
