"""Cancelled, sold out, moved: at once, exactly these fields, and pending text stays inside."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from agenda import workflow
from agenda.models import Activity, Listing, Moment, Occurrence, Release
from agenda.services import moderation, publication, submission, urgent
from agenda.when import Slot
from cultuurportaal.workflow import NotAllowed
from partners.models import Reason, Room
from tests import make

pytestmark = pytest.mark.django_db


def edit(activity: Activity, **fields: object) -> None:
    submission.save(
        activity, fields=fields, sets={}, slots=None, seen=activity.version, by=activity.sender, now=make.NOW
    )


def change(moment: Moment, status: str = "cancelled", **more: object) -> Release:
    words = {"by": moment.activity.sender, "now": timezone.now()}
    return urgent.change_moment(moment, status=status, **{**words, **more})  # type: ignore[arg-type]


def test_cancelled_date_is_public_when_the_call_returns() -> None:
    reason = Reason.objects.create(city=make.city(), code="ziek", use="urgent", name="Ziekte")
    activity = make.published()
    moment = activity.moments.get()
    release = change(moment, reason=reason)
    row = Occurrence.objects.get()
    assert (row.status, row.is_listed, row.sequence) == ("cancelled", True, 1)
    assert "\r\nSTATUS:CANCELLED\r\n" in row.vevent
    assert (release.kind, release.rule, release.by) == ("urgent", "urgent", activity.sender)
    assert release.snapshot["times"][0]["reason"]["name"] == "Ziekte"
    assert (moment.status, moment.reason) == ("cancelled", reason)


def test_pending_text_does_not_ride_along() -> None:
    activity = make.published("Concert")
    edit(activity, title="Nog niet nagekeken")
    change(activity.moments.get(), "sold_out")
    assert Listing.objects.get().title == "Concert"
    activity.refresh_from_db()
    assert (activity.status, activity.title) == (workflow.DRAFT, "Nog niet nagekeken")


def test_moved_date_keeps_its_uid_and_says_when_it_was() -> None:
    activity = make.published()
    moment = activity.moments.get()
    first, later = moment.start, moment.start + timedelta(days=7)
    change(moment, "moved", start=later)
    change(moment, "moved", start=later + timedelta(hours=1), door_time=later)
    row = Occurrence.objects.get()
    assert (row.uuid, row.start, row.sequence) == (moment.uuid, later + timedelta(hours=1), 2)
    assert row.end == row.start + timedelta(hours=2)
    assert (moment.previous_start, moment.door_time) == (first, later)
    shown = Listing.objects.get().document["times"][0]
    assert datetime.fromisoformat(shown["previous_start"]) == first


def test_moved_to_another_room_of_another_venue() -> None:
    activity = make.published(venue=make.venue("Theater"))
    room = Room.objects.create(venue=make.venue("Bibliotheek"), name="Zolder")
    change(activity.moments.get(), "moved", room=room)
    assert Listing.objects.get().document["times"][0]["room"] == "Bibliotheek, Zolder"


def test_other_dates_keep_their_sequence() -> None:
    starts = [make.NOW + timedelta(days=day) for day in (1, 8)]
    activity = make.published(starts=starts)
    change(activity.moments.first())
    assert [row.sequence for row in Occurrence.objects.order_by("start")] == [1, 0]


def test_what_waits_is_issued_again_with_the_change() -> None:
    activity = make.published("Concert")
    edit(activity, title="Nieuwe titel")
    submission.submit(activity, seen=activity.version, by=activity.sender, now=make.NOW)
    Activity.objects.update(publish_from=datetime(2030, 1, 1, tzinfo=UTC))
    waiting = moderation.approve(activity, version=activity.version, by=make.editor(), now=make.NOW)
    change(activity.moments.get())
    waiting.refresh_from_db()
    kinds = [(row.number, row.kind, row.is_open) for row in activity.releases.order_by("number")]
    assert waiting.voided_at is not None
    assert kinds == [(1, "publish", False), (2, "publish", False), (3, "urgent", False), (4, "publish", True)]
    again = activity.releases.get(number=4)
    assert (again.by, again.rule, again.publish_at) == (waiting.by, "editor", waiting.publish_at)
    assert (again.snapshot["title"], again.snapshot["times"][0]["status"]) == ("Nieuwe titel", "cancelled")
    assert Listing.objects.get().title == "Concert"


def test_embargoed_date_is_changed_inside() -> None:
    release = make.approved(publish_from=datetime(2030, 1, 1, tzinfo=UTC))
    again = change(release.activity.moments.get())
    assert (again.number, again.is_open, again.publish_at) == (2, True, release.publish_at)
    assert not Listing.objects.exists()


def test_held_approval_can_still_be_undone_afterwards() -> None:
    release = make.approved(now=timezone.now())
    change(release.activity.moments.get(), "sold_out")
    activity = moderation.undo(release, by=make.editor(), now=timezone.now())
    assert activity.status == workflow.SUBMITTED
    assert not Release.objects.open().exists()


def test_editor_who_looks_meanwhile_must_look_again() -> None:
    activity = make.published()
    edit(activity, title="Nieuw")
    submission.submit(activity, seen=activity.version, by=activity.sender, now=make.NOW)
    seen = activity.version
    change(activity.moments.get())
    with pytest.raises(NotAllowed, match="changed"):
        moderation.approve(activity, version=seen, by=make.editor(), now=make.NOW)


def test_rejected_change_does_not_take_away_the_right() -> None:
    activity = make.published()
    edit(activity, title="Reclame")
    submission.submit(activity, seen=activity.version, by=activity.sender, now=make.NOW)
    moderation.reject(
        activity, version=activity.version, reason=None, text="Nee", by=make.editor(), now=make.NOW
    )
    change(activity.moments.get())
    assert Occurrence.objects.get().status == "cancelled"
    submission.withdraw(activity, by=activity.sender, now=timezone.now())
    assert not Listing.objects.live().exists()


def test_not_for_what_was_never_let_through() -> None:
    activity = make.submitted()
    with pytest.raises(NotAllowed, match="not_live"):
        change(activity.moments.get())
    assert activity.moments.get().status == "scheduled"


def test_not_for_a_date_that_is_only_pending() -> None:
    activity = make.published()
    slots = [Slot(activity.moments.get().start), Slot(make.NOW + timedelta(days=30))]
    submission.save(activity, fields={}, sets={}, slots=slots, seen=1, by=activity.sender, now=make.NOW)
    with pytest.raises(NotAllowed, match="not_live"):
        change(activity.moments.last())


def test_not_by_others_nor_with_odd_words() -> None:
    moment = make.published().moments.get()
    for stranger in (None, make.user(), make.user(role="broker"), make.user(role="culture_base")):
        with pytest.raises(NotAllowed, match="forbidden"):
            change(moment, by=stranger)
    wrong = Reason.objects.create(city=make.city(), code="nee", use="reject", name="Nee")
    for words in ({"status": "gone"}, {"status": "cancelled", "reason": wrong}):
        with pytest.raises(NotAllowed, match="no_such_status"):
            change(moment, **words)


def test_date_goes_on_after_all() -> None:
    activity = make.published()
    moment = activity.moments.get()
    change(moment)
    change(moment, "scheduled")
    row = Occurrence.objects.get()
    assert (row.status, row.sequence) == ("scheduled", 2)
    assert publication.oldest_open_release() is None
