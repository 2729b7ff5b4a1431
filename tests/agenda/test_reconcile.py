"""`controleer` finds every difference between desk, window, search, feeds and pages."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agenda.models import Activity, Listing, Occurrence, Release, StoredFeed
from agenda.services import reconcile, submission, urgent
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here() -> None:
    make.city()


def a_season() -> Activity:
    """Of everything one: shown, cancelled, withdrawn; the first is returned."""
    kept = make.published("De rode draad", venue=make.venue())
    off = make.published("Afgelast")
    urgent.change_moment(off.moments.get(), status="cancelled", by=make.editor(), now=timezone.now())
    submission.withdraw(make.published("Ingetrokken"), by=make.editor(), now=timezone.now())
    return kept


def test_all_is_well_after_ordinary_work(capsys: pytest.CaptureFixture[str]) -> None:
    a_season()
    call_command("controleer")
    assert capsys.readouterr().out == "Alles klopt.\n"


def listing_text(activity: Activity) -> None:
    row = Listing.objects.get(uuid=activity.uuid)
    row.document["title"] = "Anders"
    row.save()


def listing_gone(activity: Activity) -> None:
    Listing.objects.filter(uuid=activity.uuid).delete()


def listing_without_release(activity: Activity) -> None:
    row = Listing.objects.get(uuid=activity.uuid)
    row.uuid, row.slug = make.activity().uuid, "verzonnen"
    row.save(force_insert=True)


def date_gone(activity: Activity) -> None:
    Occurrence.objects.filter(listing_id=activity.uuid).delete()


def date_elsewhen(activity: Activity) -> None:
    Occurrence.objects.filter(listing_id=activity.uuid).update(start=make.NOW, status="moved")


def date_hidden(activity: Activity) -> None:
    Occurrence.objects.filter(listing_id=activity.uuid).update(is_listed=False)


def event_changed(activity: Activity) -> None:
    Occurrence.objects.filter(listing_id=activity.uuid).update(vevent="BEGIN:VEVENT\r\nEND:VEVENT\r\n")


def search_words(activity: Activity) -> None:
    Listing.objects.filter(uuid=activity.uuid).update(search=None)


def renamed(activity: Activity) -> None:
    assert activity.venue
    type(activity.venue).objects.filter(pk=activity.venue.pk).update(name="Zo heet het nu")


def withdrawn_at_the_desk_only(activity: Activity) -> None:
    Activity.objects.filter(pk=activity.pk).update(status="withdrawn")


def late(activity: Activity) -> None:
    make.approved()
    Release.objects.open().update(publish_at=timezone.now() - 2 * timezone.timedelta(minutes=1))


BROKEN: list[tuple[Callable[[Activity], None], str]] = [
    (listing_text, "tekst klopt niet"),
    (listing_gone, "heeft geen vermelding"),
    (listing_without_release, "komt uit geen vrijgave"),
    (date_gone, "ontbreekt in de agenda"),
    (date_elsewhen, "start, status klopt niet"),
    (date_hidden, "zichtbaar klopt niet"),
    (event_changed, "vevent klopt niet"),
    (search_words, "niet te vinden met zoeken"),
    (renamed, "plek heet nu Zo heet het nu"),
    (withdrawn_at_the_desk_only, "is ingetrokken, maar staat nog in de agenda"),
    (late, "is te laat: nog niet gepubliceerd"),
]


@pytest.mark.parametrize(("damage", "said"), BROKEN, ids=[one[0].__name__ for one in BROKEN])
def test_damage_is_found(damage: Callable[[Activity], None], said: str) -> None:
    damage(a_season())
    assert said in "\n".join(reconcile.differences(timezone.now()))


def test_feed_that_lacks_a_date_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    activity = a_season()
    call_command("controleer")
    StoredFeed.objects.update(etag="weg")
    Occurrence.objects.filter(listing_id=activity.uuid).update(
        vevent="BEGIN:VEVENT\r\nUID:ander\r\nEND:VEVENT\r\n"
    )
    with pytest.raises(CommandError):
        call_command("controleer")
    assert "/agenda.ics mist UID:ander" in capsys.readouterr().out
