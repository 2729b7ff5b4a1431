"""Pictures pass the hatch with their activity: not before it, later when they are late, away when it goes."""

import io
import re
from datetime import timedelta

import pgtrigger
import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from agenda import tasks
from agenda.models import Activity, Listing, Occurrence, Picture, Release
from agenda.services import moderation, pictures, publication, rebuild, refresh, submission
from partners.services import organisations
from tests import make
from tests.partners.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storages")]


def waiting_picture(size: tuple[int, int] = (900, 600)) -> Picture:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "JPEG")
    file = SimpleUploadedFile("foto.jpg", buffer.getvalue())
    return pictures.receive(file, by=make.user(), now=make.NOW)


def ready_picture(size: tuple[int, int] = (900, 600)) -> Picture:
    picture = waiting_picture(size)
    pictures.render(str(picture.uuid))
    picture.refresh_from_db()
    return picture


def public_files(picture: Picture) -> int:
    folder = f"pictures/{picture.uuid}"
    return len(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else 0


def test_renditions_are_public_when_the_release_is() -> None:
    picture = ready_picture()
    release = make.approved(picture=picture, picture_alt="Koor")
    assert public_files(picture) == 0
    publication.publish(release)
    assert public_files(picture) > 0
    assert Listing.objects.get().document["image"]["alt"] == "Koor"
    assert "\r\nIMAGE;" in Occurrence.objects.get().vevent


@pytest.mark.parametrize(
    ("size", "shown"), [((600, 900), ("poster", "hele")), ((900, 600), ("hoek", "16x9"))]
)
def test_page_shows_a_poster_whole_and_a_photo_wide(
    client: Client, size: tuple[int, int], shown: tuple[str, str]
) -> None:
    activity = make.published("Concert", picture=ready_picture(size), picture_alt="Koor")
    page = client.get(f"/agenda/{Listing.objects.get().slug}/").content.decode()
    desk = signed_in(make.editor()).get(reverse("agenda:review", args=[activity.uuid])).content.decode()
    place, ratio = shown
    for html in (page, desk):
        assert re.search(rf'<div class="art {place}"><picture>.*?<img src="[^"]*/{ratio}-[^"]*"', html)
    assert (' height="' in page.split("<picture>")[1].split("</picture>")[0]) == (place == "hoek")


def test_renditions_leave_with_the_activity(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    picture = ready_picture()
    first, second = make.published(picture=picture), make.published(picture=picture)
    with django_capture_on_commit_callbacks(execute=True):
        submission.withdraw(first, by=make.editor(), now=timezone.now())
    assert public_files(picture) > 0, "another still shows it"
    with django_capture_on_commit_callbacks(execute=True):
        submission.withdraw(second, by=make.editor(), now=timezone.now())
    assert public_files(picture) == 0


def test_replaced_picture_leaves(django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    old, new = ready_picture(), ready_picture()
    activity = make.published(picture=old)
    with django_capture_on_commit_callbacks(execute=True):
        now = timezone.now() - timezone.timedelta(minutes=1)
        submission.save(
            activity, fields={"picture": new}, sets={}, slots=None, seen=1, by=activity.sender, now=now
        )
        submission.submit(activity, seen=2, by=activity.sender, now=now)
        publication.publish(moderation.approve(activity, version=2, by=make.editor(), now=now))
    assert (public_files(old), public_files(new) > 0) == (0, True)


def test_renditions_leave_when_a_withdrawal_cannot_be_written(
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    picture = ready_picture()
    activity = make.published(picture=picture)
    with pgtrigger.ignore("agenda.Release:decision_is_final"):
        Release.objects.update(snapshot={**Release.objects.get().snapshot, "times": [{}]})
    with django_capture_on_commit_callbacks(execute=True):
        submission.withdraw(activity, by=make.editor(), now=timezone.now())
    assert Listing.objects.get().withdrawn_at is not None
    assert public_files(picture) == 0


def test_replay_shows_the_pictures_of_today_and_no_older_ones(
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    gone, shown = ready_picture(), ready_picture()
    make.published(picture=shown)
    with django_capture_on_commit_callbacks(execute=True):
        submission.withdraw(make.published(picture=gone), by=make.editor(), now=timezone.now())
    pictures.hide(str(shown.uuid))
    assert rebuild.differences() == []
    assert (public_files(gone), public_files(shown)) == (0, 0)
    rebuild.rebuild()
    assert (public_files(gone), public_files(shown) > 0) == (0, True)


def test_renditions_leave_with_a_suspended_organisation_and_come_back(
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    picture, maker = ready_picture(), make.organisation()
    make.published(picture=picture, organisation=maker)
    with django_capture_on_commit_callbacks(execute=True):
        organisations.suspend(maker, by=make.editor())
    assert public_files(picture) == 0
    organisations.restore(maker, by=make.editor())
    tasks.refresh_organisation(maker.pk)
    assert public_files(picture) > 0


def test_what_a_lost_nudge_left_of_a_suspension_is_caught_up(
    django_capture_on_commit_callbacks,  # type: ignore[no-untyped-def]
) -> None:
    picture, maker = ready_picture(), make.organisation()
    make.published(picture=picture, organisation=maker)
    with django_capture_on_commit_callbacks(execute=False):
        organisations.suspend(maker, by=make.editor())
    assert public_files(picture) > 0, "the process ended before it could take them away"
    refresh.catch_up(make.NOW)
    assert public_files(picture) == 0
    with django_capture_on_commit_callbacks(execute=False):
        organisations.restore(maker, by=make.editor())
    refresh.catch_up(make.NOW)
    assert public_files(picture) > 0


def test_picture_that_is_ready_later_follows_by_rule() -> None:
    picture = waiting_picture()
    activity = make.published("Concert", picture=picture, picture_alt="Koor")
    assert "\r\nIMAGE;" not in Occurrence.objects.get().vevent
    tasks.render_picture(str(picture.uuid))
    release = Release.objects.get(activity=activity, number=2)
    assert (release.kind, release.rule, release.is_open) == ("refresh", "picture", False)
    assert Listing.objects.get().document["image"]["alt"] == "Koor"
    assert "\r\nIMAGE;" in Occurrence.objects.get().vevent
    assert public_files(picture) > 0


def test_picture_that_nobody_let_through_does_not_follow() -> None:
    activity, picture = make.published("Concert"), waiting_picture()
    submission.save(
        activity, fields={"picture": picture}, sets={}, slots=None, seen=1, by=activity.sender, now=make.NOW
    )
    tasks.render_picture(str(picture.uuid))
    assert Release.objects.count() == 1
    assert public_files(picture) == 0


def test_lost_nudge_of_a_picture_is_caught_up() -> None:
    picture = waiting_picture()
    make.published(picture=picture)
    pictures.render(str(picture.uuid))
    assert refresh.catch_up(make.NOW) == 1
    assert refresh.catch_up(make.NOW) == 0
    assert public_files(picture) > 0


def test_picture_that_failed_changes_nothing() -> None:
    picture = waiting_picture()
    make.published(picture=picture)
    Picture.objects.update(status=Picture.Status.FAILED)
    assert refresh.refresh_picture(str(picture.uuid), now=make.NOW) == 0


def test_picture_that_nothing_has_is_erased_after_two_weeks() -> None:
    shown, replaced, drafted, loose, fresh = (ready_picture() for _number in range(5))
    activity = make.published("Concert", picture=replaced)
    make.activity(picture=drafted)
    make.published("Ander", picture=shown)
    Activity.objects.filter(pk=activity.pk).update(picture=None)
    Picture.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(days=15))
    tasks.erase_unconfirmed()
    assert set(Picture.objects.all()) == {shown, replaced, drafted, fresh}
    private = storages["private"]
    assert not private.exists(loose.original)
    assert private.listdir(f"pictures/{loose.uuid}")[1] == []
    assert private.exists(replaced.original)
    assert public_files(replaced) > 0
