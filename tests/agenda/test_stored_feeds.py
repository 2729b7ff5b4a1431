"""Stored feeds: made a week at a time, once, and forgotten when nobody asks."""

import gzip
import threading
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Replace
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agenda.feeds.refresh import hourly, refresh
from agenda.feeds.views import MOST_NEW
from agenda.models import FeedPiece, Occurrence, StoredFeed
from agenda.services import feeds
from agenda.services.feeds import pieces
from agenda.services.feeds.content import keep_copy
from tests import make
from tests.agenda.feed_reading import titles

SOON = timezone.now().replace(microsecond=0) + timedelta(days=3)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def packed(texts: list[str]) -> bytes:
    made = [pieces.piece(number, "", text) for number, text in enumerate(texts)]
    return pieces.gzipped([piece.data for piece in made], *pieces.total(made))


@given(st.lists(st.text(), max_size=5))
def test_pieces_are_one_gzip_stream_of_their_texts(texts: list[str]) -> None:
    one_member = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    assert one_member.decompress(packed(texts)).decode() == "".join(texts)
    assert (one_member.eof, one_member.unused_data) == (True, b"")


def test_checksum_is_right_beyond_a_chunk_of_zlib() -> None:
    texts = ["a" * 3, "é🎭" * 400_000, "", "b" * 70_001]
    assert gzip.decompress(packed(texts)).decode() == "".join(texts)


def positions() -> dict[int, str]:
    return dict(FeedPiece.objects.filter(feed="/agenda.ics").values_list("position", "digest"))


@pytest.mark.django_db
def test_who_asks_for_ever_other_filters_waits_a_minute_and_keeps_what_is_known(client: Client) -> None:
    make.published("Straks", starts=[SOON])
    asked = [client.get(f"/agenda.ics?herinner={minutes}").status_code for minutes in range(1, MOST_NEW + 1)]
    assert asked == [200] * MOST_NEW
    refused = client.get("/agenda.ics?herinner=500")
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Even wachten" in refused.text
    assert client.get("/agenda.ics?herinner=1").status_code == 200
    assert client.get("/agenda.ics").status_code == 200
    assert client.get("/agenda.ics?herinner=500", REMOTE_ADDR="198.51.100.7").status_code == 200
    assert StoredFeed.objects.count() == MOST_NEW + 2


@pytest.mark.django_db
def test_a_week_that_emptied_leaves_the_feed(client: Client) -> None:
    made = make.published("Straks", starts=[SOON])
    make.published("Later", starts=[SOON + timedelta(days=21)])
    assert titles(client.get("/agenda.ics")) == ["Straks", "Later"]
    Occurrence.objects.filter(listing_id=made.uuid).delete()
    StoredFeed.objects.update(version=0)
    refresh(timezone.now())
    assert titles(client.get("/agenda.ics")) == ["Later"]


@pytest.mark.django_db
def test_texts_that_changed_without_a_release_are_read_when_distrusted(client: Client) -> None:
    make.published("Straks", starts=[SOON])
    client.get("/agenda.ics")
    Occurrence.objects.update(vevent=Replace("vevent", Value("Straks"), Value("Ooit")))
    feeds.distrust()
    StoredFeed.objects.update(version=0)
    refresh(timezone.now())
    assert titles(client.get("/agenda.ics")) == ["Ooit"]


@pytest.mark.django_db
def test_a_change_makes_only_its_own_week_again(client: Client) -> None:
    make.published("Straks", starts=[SOON])
    make.published("Later", starts=[SOON + timedelta(days=21)])
    client.get("/agenda.ics")
    before = positions()
    make.published("Nog later", starts=[SOON + timedelta(days=22)])
    refresh(timezone.now())
    after = positions()
    assert [key for key in after if after[key] == before[key]] == sorted(before)[:2] + sorted(before)[3:]
    assert titles(client.get("/agenda.ics")) == ["Straks", "Later", "Nog later"]


@pytest.mark.django_db
def test_refresh_makes_the_whole_agenda_before_anybody_asks(
    client: Client, django_assert_num_queries
) -> None:
    make.published("Open podium", starts=[SOON])
    assert refresh(timezone.now()) == 2
    with django_assert_num_queries(1):
        assert titles(client.get("/agenda.ics")) == ["Open podium"]


@pytest.mark.django_db
def test_copy_is_only_sent_when_it_is_what_the_database_means(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    client.get("/agenda.ics")
    old = feeds.last_known("/agenda.ics")
    make.published("Nog iets", starts=[SOON + timedelta(days=1)])
    refresh(timezone.now())
    assert old
    keep_copy("/agenda.ics", old)
    assert titles(client.get("/agenda.ics")) == ["Open podium", "Nog iets"]


def test_copy_that_cannot_be_put_down_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "feeds" / "agenda.ics.gz-copy" / "in-the-way").mkdir(parents=True)
    keep_copy("/agenda.ics", feeds.Content("a", timezone.now(), b"text"))
    assert [path.name for path in (tmp_path / "feeds").iterdir()] == ["agenda.ics.gz-copy"]


@pytest.mark.django_db
def test_refresh_leaves_what_is_up_to_date(client: Client) -> None:
    venue = make.venue()
    make.published("Open podium", venue=venue, starts=[SOON])
    for address in (f"/plekken/{venue.slug}.ics", "/agenda.ics", "/en/agenda.ics"):
        client.get(address)
    assert refresh(timezone.now()) == 0
    make.published("Elders", starts=[SOON])
    assert refresh(timezone.now()) == 2


@pytest.mark.django_db
def test_feed_of_a_maker_that_is_gone_is_forgotten(client: Client) -> None:
    made = make.published("Open podium", starts=[SOON])
    address = f"/makers/{made.organisation.slug}.ics"
    client.get(address)
    type(made.organisation).objects.filter(pk=made.organisation_id).update(status="suspended")
    StoredFeed.objects.update(version=0)
    refresh(timezone.now())
    assert not StoredFeed.objects.filter(address=address).exists()
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_what_is_done_hourly_forgets_what_nobody_asked_for_in_thirty_days(client: Client) -> None:
    make.published("Open podium", starts=[SOON])
    for address in ("/agenda.ics", "/agenda.ics?soort=concert", "/agenda.ics?prijs=gratis"):
        client.get(address)
    long_ago = timezone.now() - timedelta(days=31)
    StoredFeed.objects.exclude(address__contains="prijs").update(asked_at=long_ago)
    hourly(timezone.now())
    kept = set(StoredFeed.objects.values_list("address", flat=True))
    assert kept == {"/agenda.ics", "/en/agenda.ics", "/agenda.ics?prijs=gratis"}


@pytest.mark.django_db
def test_asking_is_noted_at_most_once_an_hour(client: Client, django_assert_num_queries) -> None:
    make.published("Open podium", starts=[SOON])
    client.get("/agenda.ics")
    StoredFeed.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    with django_assert_num_queries(2):
        client.get("/agenda.ics")
    assert StoredFeed.objects.get().asked_at > timezone.now() - timedelta(minutes=1)
    with django_assert_num_queries(1):
        client.get("/agenda.ics")


@pytest.mark.django_db
def test_nobody_fills_the_database_with_filters(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agenda.services.feeds.store.MOST_FEEDS", 1)
    make.published("Open podium", starts=[SOON])
    for address in ("/agenda.ics", "/agenda.ics?q=podium"):
        assert titles(client.get(address)) == ["Open podium"]
    assert StoredFeed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_first_readers_make_a_feed_once() -> None:
    make.published("Open podium", starts=[SOON])
    answers = []

    def ask() -> None:
        answers.append(Client().get("/agenda.ics?soort=concert"))
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({(answer["ETag"], answer.content) for answer in answers}) == 1
    assert StoredFeed.objects.count() == 1
