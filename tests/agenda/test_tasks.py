"""The doors of the worker: each opens its service, and opening it twice changes nothing."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from agenda import tasks
from agenda.models import Activity, Listing, Release, StoredFeed
from cultuurportaal.celery import app
from cultuurportaal.models import OutboxMail
from partners.models import Organisation, Venue
from tests import make

pytestmark = pytest.mark.django_db


def test_clock_rings_doors_that_exist() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)


def test_publish_release_twice() -> None:
    release = make.approved()
    tasks.publish_release(release.pk)
    tasks.publish_release(release.pk)
    assert Release.objects.get().change_number == 1


def test_publish_release_that_is_gone() -> None:
    tasks.publish_release(404)
    assert not Listing.objects.exists()


def test_send_mail_sends_what_is_due() -> None:
    make.submitted()
    tasks.send_mail()
    assert OutboxMail.objects.get().sent_at is not None


def test_erase_unconfirmed_after_two_weeks() -> None:
    activity = make.activity()
    Activity.objects.update(confirmed_at=None, created_at=timezone.now() - timedelta(days=13))
    tasks.erase_unconfirmed()
    assert Activity.objects.get() == activity
    Activity.objects.update(created_at=timezone.now() - timedelta(days=15))
    tasks.erase_unconfirmed()
    assert not Activity.objects.exists()


def test_rebuild_feeds_makes_the_whole_agenda(city: object) -> None:
    make.published("Concert")
    tasks.rebuild_feeds()
    assert StoredFeed.objects.filter(address="/agenda.ics").exists()


def test_renames_reach_the_window(city: object) -> None:
    venue, maker = make.venue("Oud"), make.organisation("Oud")
    make.published(venue=venue, organisation=maker)
    Venue.objects.filter(pk=venue.pk).update(name="Nieuw")
    tasks.refresh_venue(venue.pk)
    assert Listing.objects.get().document["place"]["name"] == "Nieuw"
    Organisation.objects.filter(pk=maker.pk).update(name="Nieuw")
    tasks.refresh_organisation(maker.pk)
    assert Listing.objects.get().document["maker"]["name"] == "Nieuw"
    Venue.objects.filter(pk=venue.pk).update(name="Nieuwer")
    tasks.hourly()
    assert Listing.objects.get().document["place"]["name"] == "Nieuwer"
