"""Calendar feeds over HTTP: what is in them for whom, and that nothing is sent twice."""

import gzip
import threading
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from agenda.feeds.refresh import refresh
from agenda.models import Moment, Occurrence, StoredFeed
from agenda.services import moderation, publication, submission, urgent
from agenda.services.refresh import visibility_changed
from partners.models import Organisation
from tests import make
from tests.agenda.feed_reading import by_uid, events, text, titles

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + timedelta(days=3)
PACKED = {"Accept-Encoding": "br, gzip"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def later(**much: int) -> datetime:
    return timezone.now() + timedelta(**much)


def refreshed(client: Client, address: str = "/agenda.ics"):
    """The feed after the worker did its round."""
    refresh(timezone.now())
    return client.get(address)


def cancel(moment: Moment) -> None:
    sender = moment.activity.sender
    publication.publish(
        urgent.change_moment(moment, status="cancelled", by=sender, now=timezone.now() - timedelta(minutes=1))
    )


# --- What is in it --------------------------------------------------------------------------------------


def test_feed_has_every_published_date(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON, SOON + timedelta(days=7)])
    response = client.get("/agenda.ics")
    assert response.status_code == HTTPStatus.OK
    assert titles(response) == ["Open podium", "Open podium"]
    assert [event.start for event in events(response)] == [SOON, SOON + timedelta(days=7)]
    assert set(by_uid(response)) == {str(moment.uuid) for moment in made.moments.all()}


def test_feed_never_has_what_was_not_published(client: Client) -> None:
    make.activity("Concept", starts=[SOON])
    make.submitted("Wacht", starts=[SOON])
    make.approved("Goedgekeurd, nog niet openbaar", starts=[SOON])
    assert titles(client.get("/agenda.ics")) == []


def test_window_is_31_days_back_to_18_months_ahead(client: Client) -> None:
    now = timezone.now()
    for days in (-33, -30, 540, 560):
        make.published(f"{days}", starts=[now + timedelta(days=days)])
    assert titles(client.get("/agenda.ics")) == ["-30", "540"]


def test_window_moves_when_the_day_turns(client: Client) -> None:
    make.published("Vorige maand", starts=[later(days=-30)])
    assert titles(client.get("/agenda.ics")) == ["Vorige maand"]
    assert refresh(later(days=2)) == 2
    assert titles(client.get("/agenda.ics")) == []


def test_urgent_cancellation_keeps_uid_and_raises_sequence_of_that_date_only(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON, SOON + timedelta(days=7)])
    before = by_uid(client.get("/agenda.ics"))
    first, second = made.moments.all()
    cancel(first)
    after = by_uid(refreshed(client))
    assert after[str(first.uuid)]["STATUS"] == "CANCELLED"
    assert after[str(first.uuid)]["SUMMARY"] == "AFGELAST: Open podium"
    assert after[str(first.uuid)]["SEQUENCE"] == before[str(first.uuid)]["SEQUENCE"] + 1
    assert after[str(first.uuid)]["DTSTAMP"].dt >= before[str(first.uuid)]["DTSTAMP"].dt
    assert after[str(second.uuid)].to_ical() == before[str(second.uuid)].to_ical()


def test_a_release_that_changes_no_byte_of_a_date_changes_nothing_in_feeds(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON])
    first = client.get("/agenda.ics")
    now, by = timezone.now() - timedelta(minutes=1), made.sender
    submission.save(made, fields={"age_from": 6}, sets={}, slots=None, seen=made.version, by=by, now=now)
    submission.submit(made, seen=made.version, by=by, now=now)
    made.refresh_from_db()
    release = moderation.approve(made, version=made.version, by=make.editor(), now=now)
    assert publication.publish(release)
    second = refreshed(client)
    assert (second["ETag"], second.content) == (first["ETag"], first.content)
    assert second["Last-Modified"] == first["Last-Modified"]


def test_withdrawn_stays_cancelled_until_thirty_days_after_its_date(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON])
    uid = str(made.moments.get().uuid)
    submission.withdraw(made, by=made.sender, now=timezone.now())
    after = by_uid(refreshed(client))
    assert (after[uid]["STATUS"], after[uid]["SEQUENCE"]) == ("CANCELLED", 1)
    assert refresh(SOON + timedelta(days=29)) > 0
    assert uid in by_uid(client.get("/agenda.ics"))
    assert refresh(SOON + timedelta(days=32)) > 0
    assert uid not in by_uid(client.get("/agenda.ics"))


def test_suspended_organisation_is_out_not_cancelled(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON])
    assert titles(client.get("/agenda.ics")) == ["Open podium"]
    Organisation.objects.filter(pk=made.organisation_id).update(status=Organisation.Status.SUSPENDED)
    visibility_changed(made.organisation)
    assert titles(refreshed(client)) == []
    assert client.get(f"/agenda/{made.slug}.ics").status_code == HTTPStatus.NOT_FOUND
    assert client.get(f"/makers/{made.organisation.slug}.ics").status_code == HTTPStatus.NOT_FOUND


def test_unlisted_date_whose_text_is_not_cancelled_is_in_no_feed(client: Client) -> None:
    """A withdrawal whose document could not be read takes the listing down and leaves its text."""
    made = make.published("Open podium", starts=[SOON])
    Occurrence.objects.filter(listing_id=made.uuid).update(is_listed=False)
    assert titles(client.get("/agenda.ics")) == []
    assert client.get(f"/agenda/{made.slug}.ics").status_code == HTTPStatus.NOT_FOUND


# --- Which feed -----------------------------------------------------------------------------------------


def test_activity_feed_has_its_dates_and_its_title(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON, SOON + timedelta(days=7)])
    make.published("Iets anders", starts=[SOON])
    response = client.get(f"/agenda/{made.slug}.ics")
    assert titles(response) == ["Open podium", "Open podium"]
    assert "\r\nX-WR-CALNAME:Open podium\r\n" in text(response)
    again = client.get(f"/agenda/{made.slug}.ics", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")


def test_maker_and_venue_have_their_own_feed(client: Client) -> None:
    venue = make.venue("Stadstheater")
    made = make.published("Open podium", venue=venue, starts=[SOON])
    make.published("Iets anders", starts=[SOON])
    for address, name in (
        (f"/makers/{made.organisation.slug}.ics", made.organisation.name),
        (f"/plekken/{venue.slug}.ics", "Stadstheater"),
    ):
        response = client.get(address)
        assert titles(response) == ["Open podium"]
        assert f"\r\nX-WR-CALNAME:{name}\r\n" in text(response)


@pytest.mark.parametrize(
    "address", ["/agenda/niets.ics", "/makers/niemand.ics", "/plekken/nergens.ics", "/en/makers/niemand.ics"]
)
def test_feed_of_what_does_not_exist_is_not_found(client: Client, address: str) -> None:
    make.city()
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_english_address_has_the_same_dates(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    assert titles(client.get("/en/agenda.ics")) == ["Open podium"]


def test_filters_of_the_page_work_in_the_feed(client: Client) -> None:
    kind = make.kind("lezing", "Lezing")
    made = make.published("Een lezing", kind=kind, starts=[SOON])
    make.published("Een concert", starts=[SOON])
    day = SOON.date().isoformat()
    for query in ("soort=lezing", f"maker={made.organisation.slug}", "q=lezing", f"soort=lezing&van={day}"):
        assert titles(client.get(f"/agenda.ics?{query}")) == ["Een lezing"], query
    both = titles(client.get("/agenda.ics?soort=lezing&soort=concert"))
    assert sorted(both) == ["Een concert", "Een lezing"]


def test_filtered_feed_has_withdrawn_dates_as_cancelled(client: Client) -> None:
    made = make.published("Een lezing", kind=make.kind("lezing", "Lezing"), starts=[SOON])
    submission.withdraw(made, by=made.sender, now=timezone.now())
    assert titles(client.get("/agenda.ics?soort=lezing")) == ["AFGELAST: Een lezing"]


@pytest.mark.parametrize(
    "query",
    [
        "soort=bestaatniet",
        "maker=niemand",
        "van=2026-02-30",
        "van=gisteren",
        "wanneer=ooit",
        "leeftijd=-1",
        "leeftijd=abc",
        "prijs=duur",
        "afgelast=misschien",
        "herinner=-5",
        "herinner=99999999999999",
        "herinner=x",
        "herinner=" + "0" * 9 + "999999",
        "herinner=" + "0" * 9 + "1" * 4400,
        "herinner=%D9%A3",
        "profiel=arm",
        "van=2027-01-02&tot=2027-01-01",
    ],
)
def test_impossible_value_matches_nothing_and_is_not_kept(client: Client, query: str) -> None:
    make.published("Open podium", starts=[SOON])
    response = client.get(f"/agenda.ics?{query}")
    assert response.status_code == HTTPStatus.OK
    assert titles(response) == []
    assert StoredFeed.objects.count() == 0


def test_parameters_of_others_and_of_the_page_are_dropped(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    client.get("/agenda.ics?utm_source=x&weergave=kaart&na=zz&soort=&soort=concert&soort=concert")
    assert StoredFeed.objects.get().address == "/agenda.ics?soort=concert"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("tonen", [("AFGELAST: Open podium", "CANCELLED"), ("Open podium", "CONFIRMED")]),
        ("titel", [("AFGELAST: Open podium", "CONFIRMED"), ("Open podium", "CONFIRMED")]),
        ("weg", [("Open podium", "CONFIRMED")]),
    ],
)
def test_cancelled_as_the_subscriber_wants(client: Client, wish: str, expected: list) -> None:
    made = make.published("Open podium", starts=[SOON, SOON + timedelta(days=7)])
    cancel(made.moments.first())
    found = [
        (event["SUMMARY"], event["STATUS"]) for event in events(client.get(f"/agenda.ics?afgelast={wish}"))
    ]
    assert found == expected


def test_reminder_and_rich_profile_only_where_asked(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    (plain,) = events(client.get("/agenda.ics"))
    (reminding,) = events(client.get("/agenda.ics?herinner=30"))
    (rich,) = events(client.get("/agenda.ics?profiel=rijk"))
    assert [part.name for part in plain.subcomponents] == []
    assert [part.name for part in reminding.subcomponents] == ["VALARM"]
    assert [part.name for part in rich.subcomponents] == ["VLOCATION", "PARTICIPANT"]


# --- How it is sent -------------------------------------------------------------------------------------


def test_headers_for_calendar_apps(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    response = client.get("/agenda.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["ETag"].startswith('"')
    assert "Accept-Encoding" in response["Vary"]
    assert "Cookie" not in response["Vary"]
    assert response.cookies == {}


def test_two_fetches_are_byte_equal_also_after_a_new_build(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    first, second = client.get("/agenda.ics"), client.get("/agenda.ics")
    StoredFeed.objects.all().delete()
    third = client.get("/agenda.ics")
    assert first.content == second.content == third.content
    assert first["ETag"] == second["ETag"] == third["ETag"]


def test_etag_changes_with_the_body(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    first = client.get("/agenda.ics")
    make.published("Nog iets", starts=[SOON])
    second = refreshed(client)
    assert first["ETag"] != second["ETag"]
    assert first["Last-Modified"] < second["Last-Modified"] or first["Date"] == second["Date"]


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.8", "GZIP", "*"])
def test_gzip_when_accepted(client: Client, accepted: str) -> None:
    make.published("Open podium", starts=[SOON])
    plain = client.get("/agenda.ics")
    packed = client.get("/agenda.ics", headers={"Accept-Encoding": accepted})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0, identity", "xgzip"])
def test_no_gzip_when_not_accepted(client: Client, accepted: str) -> None:
    make.published("Open podium", starts=[SOON])
    plain = client.get("/agenda.ics", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in plain
    assert plain.content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert not plain["ETag"].startswith("W/")


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    whole = client.get("/agenda.ics")
    head = client.head("/agenda.ics")
    assert (head.status_code, head.content) == (HTTPStatus.OK, b"")
    for name in ("Content-Type", "ETag", "Last-Modified", "Cache-Control", "Content-Length"):
        assert head[name] == whole[name]


def test_nothing_else_than_reading(client: Client) -> None:
    make.city()
    for method in (client.post, client.put, client.delete):
        assert method("/agenda.ics").status_code in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.FORBIDDEN}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"anders", {}', "*"])
@pytest.mark.parametrize("headers", [{}, PACKED])
def test_not_sent_again_when_the_app_has_it(client: Client, form: str, headers: dict) -> None:
    make.published("Open podium", starts=[SOON])
    first = client.get("/agenda.ics", headers=headers)
    again = client.get("/agenda.ics", headers={**headers, "If-None-Match": form.format(first["ETag"])})
    assert (again.status_code, again.content) == (HTTPStatus.NOT_MODIFIED, b"")
    for name in ("ETag", "Last-Modified", "Cache-Control", "Vary"):
        assert again[name] == first[name]
    assert "Content-Type" not in again


def test_if_none_match_wins_over_if_modified_since(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    first = client.get("/agenda.ics")
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get("/agenda.ics", headers=since).status_code == HTTPStatus.NOT_MODIFIED
    both = client.get("/agenda.ics", headers={**since, "If-None-Match": '"anders"'})
    assert both.status_code == HTTPStatus.OK
    old = client.get("/agenda.ics", headers={"If-Modified-Since": http_date(later(days=-400).timestamp())})
    assert old.status_code == HTTPStatus.OK
    wrong = client.get("/agenda.ics", headers={"If-Modified-Since": "gisteren"})
    assert wrong.status_code == HTTPStatus.OK


def test_last_modified_never_goes_back(client: Client) -> None:
    moments = []
    made = make.published("Open podium", starts=[SOON])
    for step in ("first", "cancel", "withdraw", "forgotten"):
        if step == "cancel":
            cancel(made.moments.get())
        if step == "withdraw":
            made.refresh_from_db()
            submission.withdraw(made, by=made.sender, now=timezone.now())
        if step == "forgotten":
            Occurrence.objects.all().delete()
            StoredFeed.objects.update(version=0)
        refreshed(client)
        moments.append(StoredFeed.objects.get(address="/agenda.ics").last_modified)
    assert moments == sorted(moments)
    assert moments[-1] > moments[0]


def test_not_modified_takes_one_query_and_a_whole_feed_two(client: Client, django_assert_num_queries) -> None:
    for count in (1, 2):
        make.published(f"Nummer {count}", starts=[SOON + timedelta(days=day) for day in range(count * 2 - 1)])
        refresh(timezone.now())
        address = "/agenda.ics?soort=concert"
        first = client.get(address)
        if count == 2:
            refresh(timezone.now())
            first = client.get(address)
        with django_assert_num_queries(2):
            client.get(address)
        with django_assert_num_queries(1):
            client.get(address, headers={"If-None-Match": first["ETag"]})


def test_activity_feed_takes_one_query_at_any_size(client: Client, django_assert_num_queries) -> None:
    for count in (1, 3):
        made = make.published(f"Reeks {count}", starts=[SOON + timedelta(days=day) for day in range(count)])
        with django_assert_num_queries(1):
            assert len(events(client.get(f"/agenda/{made.slug}.ics"))) == count


def test_signed_in_reader_gets_the_same_feed(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON])
    anonymous = client.get("/agenda.ics")
    client.force_login(made.sender)
    assert client.get("/agenda.ics").content == anonymous.content


# --- While something is broken --------------------------------------------------------------------------


def without_database(address: str):
    """The answer of a thread whose connection goes to a database that is not there."""
    client = Client(raise_request_exception=False)
    found = []

    def ask() -> None:
        connection.settings_dict = {**connection.settings_dict, "HOST": "/nergens"}
        found.append(client.get(address, headers=PACKED))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    return found[0]


def test_database_down_answers_with_the_last_known_whole_agenda(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    before = client.get("/agenda.ics", headers=PACKED)
    answer = without_database("/agenda.ics")
    assert (answer.status_code, answer.content) == (HTTPStatus.OK, before.content)
    assert answer["ETag"] == before["ETag"]


def test_database_down_says_so_in_dutch_where_there_is_no_copy() -> None:
    for address in ("/agenda.ics?soort=concert", "/agenda.ics", "/agenda/iets.ics"):
        answer = without_database(address)
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE, address
        assert int(answer["Retry-After"]) > 0
        assert "We zijn zo terug" in text(answer)


def test_full_disk_does_not_stop_a_feed(client: Client, settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "bestand"
    (tmp_path / "bestand").write_text("geen map")
    make.published("Open podium", starts=[SOON])
    assert titles(client.get("/agenda.ics")) == ["Open podium"]


def test_feed_that_nobody_refreshed_is_made_when_asked(client: Client) -> None:
    """Without a worker and a sweeper a feed is at most half a minute old."""
    make.published("Open podium", starts=[SOON])
    client.get("/agenda.ics")
    make.published("Nog iets", starts=[SOON])
    assert titles(client.get("/agenda.ics")) == ["Open podium"]
    StoredFeed.objects.update(built_at=later(seconds=-60))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agenda_scope SET changed_at = changed_at - interval '40 seconds'")
    assert len(titles(client.get("/agenda.ics"))) == 2


def test_the_city_is_not_there_yet(client: Client) -> None:
    assert client.get("/agenda.ics").status_code == HTTPStatus.NOT_FOUND
    assert refresh(timezone.now()) == 2
