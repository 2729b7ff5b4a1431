"""Publishing: once, in order, by the database clock; what fails is given up visibly and can be retried."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from agenda.document import AMSTERDAM
from agenda.models import Activity, Listing, Occurrence, Release, Scope
from agenda.services import moderation, publication, submission
from agenda.when import Slot
from cultuurportaal.workflow import NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


def again(activity: Activity, *, slots: list[Slot] | None = None, **fields: object) -> Release:
    """The activity changed, sent and approved a minute ago, not yet published."""
    now = timezone.now() - timedelta(minutes=1)
    submission.save(
        activity, fields=fields, sets={}, slots=slots, seen=activity.version, by=activity.sender, now=now
    )
    submission.submit(activity, seen=activity.version, by=activity.sender, now=now)
    return moderation.approve(activity, version=activity.version, by=make.editor(), now=now)


def sequences() -> list[int]:
    return [row.sequence for row in Occurrence.objects.order_by("start")]


def test_release_is_published_once() -> None:
    release = make.approved()
    assert publication.publish(release)
    published = Release.objects.get().published_at
    assert not publication.publish(release)
    assert not publication.publish(Release.objects.get())
    assert Release.objects.get().published_at == published
    assert Scope.objects.get(name="agenda").version == 1


def test_nothing_is_public_before_its_moment() -> None:
    release = make.approved(now=timezone.now())
    assert not publication.publish(release)
    assert Release.objects.get().attempts == 0
    assert not Listing.objects.exists()


def test_clock_of_the_process_does_not_decide() -> None:
    """F10: a sweeper that is two hours ahead."""
    make.approved(now=timezone.now())
    assert publication.sweep(timezone.now() + timedelta(hours=2)) == 0
    assert not Listing.objects.exists()


def test_void_release_is_never_published() -> None:
    release = make.approved()
    moderation.undo(release, by=make.editor(), now=timezone.now())
    assert not publication.publish(release)
    assert not Listing.objects.exists()


def test_older_release_never_replaces_a_newer_one() -> None:
    activity = make.published("Drie")
    Release.objects.update(published_at=None, change_number=None)
    Listing.objects.update(release_number=3)
    assert not publication.publish(activity.releases.get())
    assert Release.objects.get().voided_at is not None
    assert publication.oldest_open_release() is None


def test_change_numbers_follow_each_other() -> None:
    first, second = make.published(), make.published()
    release = again(first, title="Nog eens")
    publication.publish(release)
    numbers = [row.change_number for row in Release.objects.order_by("published_at")]
    assert numbers == [1, 2, 3]
    assert Listing.objects.get(uuid=first.uuid).change_number == 3
    assert Listing.objects.get(uuid=second.uuid).change_number == 2


def test_sequence_rises_only_for_dates_that_changed() -> None:
    days = [datetime(2026, 12, day, 20, tzinfo=AMSTERDAM) for day in (1, 8)]
    activity = make.published(starts=days)
    before = {row.uuid: row.vevent for row in Occurrence.objects.all()}
    slots = [Slot(days[0], days[0] + timedelta(hours=2)), Slot(days[1], days[1] + timedelta(hours=3))]
    publication.publish(again(activity, slots=slots))
    assert sequences() == [0, 1]
    unchanged = Occurrence.objects.get(start=days[0])
    assert unchanged.vevent == before[unchanged.uuid]
    publication.publish(again(activity, note="Alleen voor de redactie"))
    assert sequences() == [0, 1]
    publication.publish(again(activity, title="Anders"))
    assert sequences() == [1, 2]


def test_first_publication_date_stays() -> None:
    activity = make.published()
    first = Listing.objects.get().published_at
    publication.publish(again(activity, title="Anders"))
    listing = Listing.objects.get()
    assert (listing.published_at, listing.title, listing.release_number) == (first, "Anders", 2)
    assert listing.changed_at > first


def test_dropped_date_is_off_pages_and_cancelled_in_feeds() -> None:
    days = [datetime(2026, 12, day, 20, tzinfo=AMSTERDAM) for day in (1, 8)]
    activity = make.published(starts=days)
    publication.publish(again(activity, slots=[Slot(days[0], days[0] + timedelta(hours=2))]))
    dropped = Occurrence.objects.get(start=days[1])
    assert (dropped.is_listed, dropped.sequence) == (False, 1)
    assert "\r\nSTATUS:CANCELLED\r\n" in dropped.vevent
    publication.publish(again(activity, title="Anders"))
    dropped.refresh_from_db()
    assert (dropped.is_listed, dropped.sequence) == (False, 1)


def test_scopes_of_old_and_new_place_are_raised() -> None:
    old, new = make.venue(), make.venue()
    activity = make.published(venue=old)
    publication.publish(again(activity, venue=new))
    versions = dict(Scope.objects.values_list("name", "version"))
    assert versions[f"plek:{old.slug}"] == versions[f"plek:{new.slug}"] == versions["agenda"] == 2
    assert versions[f"maker:{activity.organisation.slug}"] == 2  # type: ignore[union-attr]
    assert versions[f"activiteit:{activity.slug}"] == 2


@pytest.mark.parametrize(("hour", "day"), [(20, 28), (0, 27), (4, 27), (5, 28)])
def test_night_belongs_to_the_evening_before(hour: int, day: int) -> None:
    make.published(starts=[datetime(2026, 11, 28, hour, tzinfo=AMSTERDAM)])
    assert Occurrence.objects.get().day.day == day


def test_date_without_end_stays_listed_for_two_hours() -> None:
    start = datetime(2026, 12, 1, 20, tzinfo=AMSTERDAM)
    activity = make.published(starts=[start])
    publication.publish(again(activity, slots=[Slot(start)]))
    assert Occurrence.objects.get().until == start + timedelta(hours=2)


def test_whole_day_stays_listed_until_midnight() -> None:
    start = datetime(2026, 12, 1, tzinfo=AMSTERDAM)
    activity = make.published(starts=[start])
    publication.publish(again(activity, slots=[Slot(start, None, all_day=True)]))
    assert Occurrence.objects.get().until == datetime(2026, 12, 2, tzinfo=AMSTERDAM)


# --- what fails
def test_next_release_repairs_a_listing_that_somebody_broke() -> None:
    activity = make.published("Concert")
    Listing.objects.update(document={"version": 1})
    assert publication.publish(again(activity, title="Anders"))
    assert Listing.objects.get().document["title"] == "Anders"


def poison(release: Release) -> None:
    """By SQL, past every lock on the front door."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE agenda_release SET snapshot = '{\"version\": 1}' WHERE id = %s", [release.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_poison_is_given_up_after_three_attempts_and_the_rest_goes_on() -> None:
    bad, good = make.approved("Kapot"), make.approved("Heel")
    poison(bad)
    assert publication.sweep(timezone.now()) == 1
    assert Listing.objects.get().title == "Heel"
    for _round in range(4):
        publication.sweep(timezone.now())
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.attempts, bad.failed_at is not None, bad.is_open) == (3, True, True)
    assert bad.last_error == "KeyError('uuid')"
    assert (good.attempts, good.failed_at) == (1, None)


def test_last_error_names_the_constraint_and_no_value_of_a_row() -> None:
    release = make.approved("Geheime titel")
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE agenda_listing ADD CONSTRAINT no_secrets CHECK (title <> 'Geheime titel')"
        )
    assert publication.sweep(timezone.now()) == 0
    release.refresh_from_db()
    assert release.last_error == "IntegrityError no_secrets"


def test_what_was_given_up_alarms_until_an_editor_retries() -> None:
    release = make.approved()
    Release.objects.update(attempts=3, failed_at=timezone.now(), last_error="KeyError")
    assert publication.sweep(timezone.now()) == 0
    assert publication.oldest_open_release() == release.publish_at
    with pytest.raises(NotAllowed, match="forbidden"):
        publication.retry(release, by=make.user())
    assert publication.retry(release, by=make.editor())
    release.refresh_from_db()
    assert (release.failed_at, release.last_error) == (None, "")
    assert publication.oldest_open_release() is None


def test_release_that_kept_killing_its_worker_is_given_up() -> None:
    release = make.approved()
    Release.objects.update(attempts=3)
    assert not publication.publish(release)
    release.refresh_from_db()
    assert release.failed_at is not None
    assert "ended" in release.last_error


def test_sweeper_publishes_in_order() -> None:
    releases = [
        make.approved(str(number), now=timezone.now() - timedelta(minutes=9 - number)) for number in range(4)
    ]
    assert publication.sweep(timezone.now()) == 4
    numbers = [Release.objects.get(pk=release.pk).change_number for release in releases]
    assert numbers == [1, 2, 3, 4]
    assert publication.sweep(timezone.now()) == 0
