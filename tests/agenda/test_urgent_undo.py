"""An urgent change can be taken back for ten minutes, once, and then everything is as it was."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from agenda.models import Activity, Listing, Moment, Occurrence, Release
from agenda.services import submission, urgent, urgent_undo
from agenda.when import Slot
from cultuurportaal.workflow import NotAllowed
from partners.models import Reason, Room
from tests import make

pytestmark = pytest.mark.django_db


def change(moment: Moment, status: str = "cancelled", **more: Any) -> Release:
    words = {"by": moment.activity.sender, "now": timezone.now(), **more}
    return urgent.change_moment(moment, status=status, **words)


def undo(release: Release, **more: Any) -> Release:
    words = {"by": release.activity.sender, "now": timezone.now(), **more}
    return urgent_undo.undo_change(release, **words)


def public(activity: Activity) -> list[dict[str, Any]]:
    times: list[dict[str, Any]] = Listing.objects.get(uuid=activity.uuid).document["times"]
    return times


def columns(moment: Moment) -> dict[str, Any]:
    return dict(Moment.objects.filter(pk=moment.pk).values().get())


@pytest.mark.parametrize("kind", ["cancelled", "sold_out", "later", "room"])
def test_undo_puts_the_date_back_in_the_agenda_and_at_the_desk(kind: str) -> None:
    venue = make.venue("Theater")
    hall = Room.objects.create(venue=venue, name="Kleine zaal")
    reason = Reason.objects.create(city=make.city(), code="ziek", use="urgent", name="Ziekte")
    activity = make.published(venue=venue)
    moment = activity.moments.get()
    before, at_desk = public(activity), columns(moment)
    more: dict[str, dict[str, Any]] = {
        "cancelled": {"status": "cancelled", "reason": reason},
        "sold_out": {"status": "sold_out"},
        "later": {"status": "moved", "start": moment.start + timedelta(hours=1)},
        "room": {"status": "moved", "room": hall},
    }
    release = change(moment, **more[kind])
    assert public(activity) != before
    made = undo(release)
    assert public(activity) == before
    assert columns(moment) == at_desk
    assert (made.kind, made.rule, made.by) == ("urgent", "undone", activity.sender)
    assert Occurrence.objects.get().sequence == 2


def test_undo_of_a_second_change_goes_back_to_the_first() -> None:
    venue = make.venue("Theater")
    hall = Room.objects.create(venue=make.venue("Bieb"), name="Zolder, boven")
    reason = Reason.objects.create(city=make.city(), code="ziek", use="urgent", name="Ziekte")
    moment = make.published(venue=venue).moments.get()
    change(moment, "moved", room=hall, reason=reason, start=moment.start + timedelta(hours=1))
    first = columns(moment)
    release = change(moment, "moved", room=Room.objects.create(venue=venue, name="Foyer"))
    undo(release)
    assert columns(moment) == first
    undo(change(moment, "cancelled"))
    assert columns(moment) == first


def test_undo_twice_is_refused_and_changes_nothing() -> None:
    activity = make.published()
    release = change(activity.moments.get())
    undo(release)
    made = Release.objects.count()
    with pytest.raises(NotAllowed) as refusal:
        undo(release)
    assert (refusal.value.reason, Release.objects.count()) == ("already", made)


def test_undo_after_ten_minutes_is_refused() -> None:
    activity = make.published()
    release = change(activity.moments.get())
    with pytest.raises(NotAllowed) as refusal:
        undo(release, now=release.created_at + urgent_undo.UNDO)
    assert refusal.value.reason == "too_late"
    assert undo(release, now=release.created_at + urgent_undo.UNDO - timedelta(seconds=1))


def test_undo_is_refused_when_something_else_was_said_since() -> None:
    activity = make.published()
    moment = activity.moments.get()
    release = change(moment, "sold_out")
    change(moment, "cancelled")
    with pytest.raises(NotAllowed) as refusal:
        undo(release)
    assert (refusal.value.reason, public(activity)[0]["status"]) == ("already", "cancelled")


def test_undo_by_somebody_else_is_refused() -> None:
    release = change(make.published().moments.get())
    with pytest.raises(NotAllowed) as refusal:
        undo(release, by=make.user())
    assert refusal.value.reason == "forbidden"


def test_undo_of_one_date_leaves_the_other() -> None:
    activity = make.published(starts=[timezone.now() + timedelta(days=day) for day in (1, 8)])
    first, second = activity.moments.all()
    release = change(first)
    change(second, "sold_out")
    undo(release)
    assert [time["status"] for time in public(activity)] == ["scheduled", "sold_out"]


def test_undo_leaves_what_the_maker_wrote_meanwhile() -> None:
    activity = make.published("Concert")
    moment = activity.moments.get()
    release = change(moment, "moved", start=moment.start + timedelta(hours=1))
    activity.refresh_from_db()
    pending = moment.start + timedelta(days=2)
    submission.save(
        activity,
        fields={"title": "Nog niet nagekeken"},
        sets={},
        slots=[Slot(pending, None)],
        seen=activity.version,
        by=activity.sender,
        now=timezone.now(),
    )
    undo(release)
    moment.refresh_from_db()
    assert (moment.start, Listing.objects.get().title) == (pending, "Concert")
    assert datetime.fromisoformat(public(activity)[0]["start"]) == moment.start - timedelta(days=2, hours=1)
