"""A renamed venue or organisation reaches what is public, and nothing else of the desk does."""

import pytest

from agenda.models import Activity, Listing, Occurrence, Release, Scope
from agenda.services import publication, refresh, submission
from partners.models import Organisation
from partners.services import organisations, venues
from tests import make, running

pytestmark = pytest.mark.django_db


def listing(activity: Activity) -> Listing:
    return Listing.objects.get(uuid=activity.uuid)


def test_renamed_venue_is_published_at_once_without_pending_text() -> None:
    venue = make.venue("Oude naam")
    activity = make.published("Concert", venue=venue)
    sender = activity.sender
    submission.save(
        activity, fields={"title": "Nog geheim"}, sets={}, slots=None, seen=1, by=sender, now=make.NOW
    )
    venue.name = "Nieuwe naam"
    venue.save()
    assert refresh.refresh_venue(venue, now=make.NOW) == 1
    shown = listing(activity)
    assert (shown.title, shown.document["place"]["name"]) == ("Concert", "Nieuwe naam")
    release = activity.releases.get(number=2)
    assert (release.kind, release.rule, release.by) == ("refresh", "renamed", None)
    assert Occurrence.objects.get(listing=shown).sequence == 1


def test_nothing_changes_when_the_name_is_the_same() -> None:
    venue = make.venue("Dezelfde")
    make.published(venue=venue)
    assert refresh.refresh_venue(venue, now=make.NOW) == 0
    assert Release.objects.count() == 1


def test_what_still_waits_is_issued_again_with_the_new_name() -> None:
    maker = make.organisation("Oud")
    release = make.approved(organisation=maker)
    maker.name = "Nieuw"
    maker.save()
    assert refresh.refresh_organisation(maker, now=make.NOW) == 1
    release.refresh_from_db()
    again = release.activity.releases.get(number=2)
    assert release.voided_at is not None
    assert (again.kind, again.by, again.publish_at) == ("publish", release.by, release.publish_at)
    assert again.snapshot["maker"]["name"] == "Nieuw"


def test_merged_organisation_hands_over_its_activities() -> None:
    activity, other = make.published(), make.organisation("De ander")
    old = activity.organisation
    assert old is not None
    organisations.merge(old, into=other, by=make.editor())
    old.refresh_from_db()
    refresh.refresh_organisation(old, now=make.NOW)
    activity.refresh_from_db()
    assert activity.organisation == other
    assert listing(activity).organisation == other


def test_suspension_makes_its_caches_old_at_once(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    activity = make.published()
    before = Scope.objects.get(name="agenda").version
    maker = activity.organisation
    assert maker is not None
    with django_capture_on_commit_callbacks(execute=True):
        organisations.suspend(maker, by=make.editor())
    assert Organisation.objects.get(pk=maker.pk).status == "suspended"
    assert Scope.objects.get(name="agenda").version == before + 1
    assert Scope.objects.get(name=f"maker:{maker.slug}").version == before + 1


def test_lost_nudges_are_caught_up() -> None:
    venue, maker = make.venue("Oud"), make.organisation("Ook oud")
    activity = make.published(venue=venue, organisation=maker)
    make.published("Blijft gelijk", venue=make.venue())
    type(venue).objects.filter(pk=venue.pk).update(name="Nieuw")
    Organisation.objects.filter(pk=maker.pk).update(name="Ook nieuw")
    assert refresh.catch_up(make.NOW) == 2
    assert refresh.catch_up(make.NOW) == 0
    assert listing(activity).document["place"]["name"] == "Nieuw"
    assert listing(activity).document["maker"]["name"] == "Ook nieuw"
    assert publication.oldest_open_release() is None


def test_worker_hears_of_a_change_when_it_can_read_it(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    maker, venue = make.organisation(), make.venue()
    running.empty_queue()
    with django_capture_on_commit_callbacks(execute=True):
        organisations.rename(maker, name="Nieuw", by=make.editor())
        venues.rename(venue, name="Nieuw", by=make.editor())
        assert running.queued() == 0
    assert running.queued() == 2
