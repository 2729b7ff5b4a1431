"""Makers make, save, send, confirm and withdraw; nothing of it is public before it is let through."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from agenda import workflow
from agenda.document import AMSTERDAM
from agenda.models import Activity, Listing, Moment, Occurrence, Release, Scope
from agenda.services import publication, submission
from agenda.when import Slot
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Audience, DayOff, User
from tests import make

pytestmark = pytest.mark.django_db


def slot(day: int, hour: int = 20) -> Slot:
    start = datetime(2026, 12, day, hour, tzinfo=AMSTERDAM)
    return Slot(start, start + timedelta(hours=2))


def new(**fields: object) -> Activity:
    words = {"title": "Open repetitie", "place_text": "Buurthuis", "token": uuid4(), "city": make.city()}
    return Activity(**{**words, **fields})


def create(activity: Activity, by: User | None, **more: object) -> Activity:
    words = {"sets": {}, "slots": [slot(1)], "now": make.NOW, "is_submitted": True}
    return submission.create(activity, by=by, **{**words, **more})  # type: ignore[arg-type]


# --- create
def test_member_sends_and_hears_before_when_editors_answer() -> None:
    member = make.user()
    activity = create(new(organisation=make.organisation(member=member)), member)
    assert (activity.status, activity.sender, activity.confirmed_at) == ("submitted", member, make.NOW)
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (member.email, "Ontvangen: Open repetitie")
    assert "vóór donderdag 26 november, 12.00 uur" in mail.text


def test_draft_tells_nobody() -> None:
    member = make.user()
    activity = create(new(organisation=make.organisation(member=member)), member, is_submitted=False)
    assert (activity.status, activity.moments.count()) == ("draft", 1)
    assert not OutboxMail.objects.exists()


def test_create_with_the_same_token_makes_one_activity() -> None:
    token, member = uuid4(), make.user()
    home = make.organisation(member=member)
    first = create(new(token=token, organisation=home), member)
    again = create(new(token=token, organisation=home), member)
    assert first == again
    assert (Activity.objects.count(), Moment.objects.count(), OutboxMail.objects.count()) == (1, 1, 1)


def test_somebody_without_an_account_waits_apart() -> None:
    activity = create(new(sender_mail="buur@demo.example", sender_organisation="Koor"), None)
    assert (activity.status, activity.sender, activity.confirmed_at) == ("submitted", None, None)
    assert not Activity.objects.waiting().exists()
    assert not OutboxMail.objects.exists()


def test_nobody_creates_in_the_name_of_another_organisation() -> None:
    home = make.organisation()
    for stranger in (None, make.user(), make.user(role="broker")):
        with pytest.raises(NotAllowed, match="forbidden"):
            create(new(organisation=home), stranger)
    assert create(new(organisation=home), make.editor()).organisation == home


def test_members_of_a_suspended_organisation_create_nothing() -> None:
    member = make.user()
    with pytest.raises(NotAllowed, match="forbidden"):
        create(new(organisation=make.organisation(member=member, status="suspended")), member)


@pytest.mark.parametrize("lacks", ["title", "place_text", "slots"])
def test_incomplete_is_not_sent_and_not_kept_half(lacks: str) -> None:
    member = make.user()
    activity = new(organisation=make.organisation(member=member), **({lacks: ""} if lacks != "slots" else {}))
    with pytest.raises(NotAllowed, match="incomplete"):
        create(activity, member, **({"slots": []} if lacks == "slots" else {}))
    assert not Activity.objects.exists()


def test_trusted_organisation_is_let_through_by_rule() -> None:
    member = make.user()
    activity = create(new(organisation=make.organisation(member=member, is_trusted=True)), member)
    release = Release.objects.get()
    assert activity.status == workflow.APPROVED
    assert (release.rule, release.by, release.publish_at) == (
        "trusted",
        member,
        make.NOW + timedelta(seconds=10),
    )
    assert [mail.key.split(".")[1] for mail in OutboxMail.objects.all()] == ["live"]


def test_guest_linked_to_a_trusted_organisation_waits_for_an_editor() -> None:
    home, guest = make.organisation(is_trusted=True), make.user()
    activity = make.activity(organisation=home, sender=guest, sender_organisation="Koor")
    submission.submit(activity, seen=activity.version, by=guest, now=make.NOW)
    assert (activity.status, Release.objects.count()) == (workflow.SUBMITTED, 0)


# --- save
def test_save_changes_fields_sets_and_dates() -> None:
    activity = make.activity()
    audience = Audience.objects.create(city=make.city(), code="gezinnen", name="Gezinnen")
    submission.save(
        activity,
        fields={"title": "Nieuw"},
        sets={"audiences": [audience]},
        slots=[slot(3)],
        seen=1,
        by=make.editor(),
        now=make.NOW,
    )
    assert (activity.title, activity.version, activity.status) == ("Nieuw", 2, "draft")
    assert [*activity.audiences.all()] == [audience]
    assert [moment.start for moment in activity.moments.all()] == [slot(3).start]


def test_stale_save_writes_nothing() -> None:
    activity = make.activity("Eerst")
    save = {"sets": {}, "slots": [slot(3)], "seen": 1, "by": make.editor(), "now": make.NOW}
    submission.save(activity, fields={"title": "Tabblad een"}, **save)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed) as error:
        submission.save(activity, fields={"title": "Tabblad twee"}, **{**save, "slots": [slot(9)]})  # type: ignore[arg-type]
    assert (error.value.reason, error.value.version) == ("changed", 2)
    activity.refresh_from_db()
    assert activity.title == "Tabblad een"
    assert activity.moments.get().start == slot(3).start


@pytest.mark.parametrize(
    "field", ["status", "version", "slug", "confirmed_at", "organisation", "decided_by", "sender"]
)
def test_save_takes_no_field_that_is_not_the_makers(field: str) -> None:
    activity = make.activity()
    with pytest.raises(NotAllowed, match="forbidden"):
        submission.save(
            activity, fields={field: "approved"}, sets={}, slots=None, seen=1, by=make.editor(), now=make.NOW
        )


def test_only_editors_set_the_moment_of_publication() -> None:
    activity = make.submitted()
    fields = {"publish_from": datetime(2027, 1, 1, tzinfo=UTC)}
    with pytest.raises(NotAllowed, match="forbidden"):
        submission.save(
            activity, fields=fields, sets={}, slots=None, seen=1, by=activity.sender, now=make.NOW
        )
    submission.save(activity, fields=fields, sets={}, slots=None, seen=1, by=make.editor(), now=make.NOW)
    assert activity.publish_from == fields["publish_from"]


def test_others_do_not_save() -> None:
    activity, other = make.submitted(), make.user()
    make.organisation(owner=other)
    for stranger in (other, None, make.user(role="culture_base"), make.user(role="broker")):
        with pytest.raises(NotAllowed, match="forbidden"):
            submission.save(
                activity, fields={"title": "x"}, sets={}, slots=None, seen=1, by=stranger, now=make.NOW
            )


def test_first_edit_of_something_live_is_a_draft_and_changes_nothing_outside() -> None:
    activity = make.published("Concert")
    submission.save(
        activity,
        fields={"title": "Anders"},
        sets={},
        slots=[slot(9)],
        seen=1,
        by=activity.sender,
        now=make.NOW,
    )
    assert activity.status == workflow.DRAFT
    assert Listing.objects.get().title == "Concert"
    assert Occurrence.objects.get().start != slot(9).start


def test_rejected_and_withdrawn_are_final() -> None:
    for status in (workflow.REJECTED, workflow.WITHDRAWN):
        activity = make.activity(status=status)
        with pytest.raises(NotAllowed, match="already"):
            submission.save(
                activity, fields={"title": "x"}, sets={}, slots=None, seen=1, by=make.editor(), now=make.NOW
            )


# --- dates
def test_dates_that_stay_keep_their_uuid_and_status() -> None:
    activity = make.activity(starts=[slot(day).start for day in (1, 8, 15)])
    before = {moment.start: moment.uuid for moment in activity.moments.all()}
    Moment.objects.filter(start=slot(8).start).update(status="sold_out")
    submission.save(
        activity,
        fields={},
        sets={},
        slots=[slot(8), slot(15), slot(22), slot(29)],
        seen=1,
        by=make.editor(),
        now=make.NOW,
    )
    after = {moment.start: moment for moment in activity.moments.all()}
    assert after[slot(8).start].uuid == before[slot(8).start]
    assert after[slot(8).start].status == "sold_out"
    assert after[slot(15).start].uuid == before[slot(15).start]
    assert after[slot(22).start].uuid == before[slot(1).start], "what is left follows by order"
    assert after[slot(29).start].uuid not in before.values()


def test_date_that_moves_forgets_what_was_said_of_the_old_one() -> None:
    activity = make.activity(starts=[slot(1).start])
    Moment.objects.update(status="cancelled", previous_start=slot(1).start)
    submission.save(activity, fields={}, sets={}, slots=[slot(2)], seen=1, by=make.editor(), now=make.NOW)
    moment = activity.moments.get()
    assert (moment.start, moment.status, moment.previous_start) == (slot(2).start, "scheduled", None)


def test_fewer_dates_drop_the_last() -> None:
    activity = make.activity(starts=[slot(day).start for day in (1, 8)])
    submission.save(activity, fields={}, sets={}, slots=[slot(1)], seen=1, by=make.editor(), now=make.NOW)
    assert activity.moments.get().start == slot(1).start


def test_local_hour_is_what_counts_when_the_clock_changes() -> None:
    spring = datetime(2027, 3, 28, 20, tzinfo=AMSTERDAM)
    activity = make.activity(starts=[spring.astimezone(UTC)])
    before = activity.moments.get().uuid
    submission.save(
        activity, fields={}, sets={}, slots=[Slot(spring), slot(1)], seen=1, by=make.editor(), now=make.NOW
    )
    assert activity.moments.get(start=spring).uuid == before


# --- submit, confirm
def test_submit_of_a_stale_version_is_refused() -> None:
    activity = make.activity(sender=make.user())
    with pytest.raises(NotAllowed, match="changed"):
        submission.submit(activity, seen=7, by=make.editor(), now=make.NOW)


def test_confirm_makes_a_user_and_starts_the_promise() -> None:
    activity = create(
        new(sender_mail="Buur@demo.example", sender_name="Bo", sender_organisation="Koor"), None
    )
    later = make.NOW + timedelta(days=2)
    user = submission.confirm(activity, now=later)
    assert (user.email, user.name) == ("buur@demo.example", "Bo")
    assert (activity.sender, activity.confirmed_at) == (user, later)
    assert activity.promised_at == datetime(2026, 11, 30, 12, tzinfo=AMSTERDAM)
    assert [*Activity.objects.waiting()] == [activity]
    assert OutboxMail.objects.get().to == "buur@demo.example"


def test_confirm_again_changes_nothing() -> None:
    known = make.user("buur@demo.example")
    activity = create(new(sender_mail="BUUR@demo.example", sender_organisation="Koor"), None)
    assert submission.confirm(activity, now=make.NOW) == known
    assert submission.confirm(activity, now=make.NOW + timedelta(days=1)) == known
    activity.refresh_from_db()
    assert activity.confirmed_at == make.NOW
    assert OutboxMail.objects.count() == 1


# --- promise
@pytest.mark.parametrize(
    ("now", "promised"),
    [
        ((2026, 11, 25, 9), (2026, 11, 26, 12)),
        ((2026, 11, 27, 23), (2026, 11, 30, 12)),
        ((2026, 11, 29, 9), (2026, 11, 30, 12)),
        ((2026, 12, 24, 9), (2026, 12, 28, 12)),
    ],
)
def test_promise_is_the_next_working_day(now: tuple[int, ...], promised: tuple[int, ...]) -> None:
    DayOff.objects.create(name="Kerst", first=date(2026, 12, 25), last=date(2026, 12, 26), kind="feestdag")
    moment = datetime(*now, tzinfo=AMSTERDAM)  # type: ignore[arg-type,misc]
    assert submission.promise(make.city(), moment) == datetime(*promised, tzinfo=AMSTERDAM)  # type: ignore[arg-type,misc]


# --- withdraw
def test_withdrawn_is_off_pages_at_once_and_cancelled_in_feeds() -> None:
    activity = make.published("Concert", venue=make.venue())
    before = Scope.objects.get(name="agenda").version
    submission.withdraw(activity, by=activity.sender, now=timezone.now())
    listing = Listing.objects.get()
    row = Occurrence.objects.get()
    assert listing.withdrawn_at is not None
    assert (row.is_listed, row.sequence) == (False, 1)
    assert "\r\nSTATUS:CANCELLED\r\n" in row.vevent
    assert f"UID:{activity.moments.get().uuid}@" in row.vevent
    assert set(Scope.objects.values_list("version", flat=True)) == {before + 1}
    release = Release.objects.get(number=2)
    assert (release.kind, release.rule, release.is_open) == ("withdraw", "withdrawal", False)


def test_withdraw_voids_what_waited() -> None:
    release = make.approved()
    submission.withdraw(release.activity, by=make.editor(), now=make.NOW)
    release.refresh_from_db()
    assert release.voided_at == make.NOW
    assert not publication.publish(release)
    assert not Listing.objects.exists()


def test_withdrawal_of_text_that_cannot_be_read_still_takes_it_down() -> None:
    activity = make.published("Concert")
    Listing.objects.update(document={"version": 0})
    submission.withdraw(activity, by=make.editor(), now=timezone.now())
    assert not Listing.objects.live().exists()
    assert not Occurrence.objects.public().exists()


def test_others_do_not_withdraw() -> None:
    activity = make.published()
    for stranger in (None, make.user(), make.user(role="broker"), make.user(role="culture_base")):
        with pytest.raises(NotAllowed, match="forbidden"):
            submission.withdraw(activity, by=stranger, now=make.NOW)


def test_withdraw_twice_is_refused() -> None:
    activity = make.published()
    submission.withdraw(activity, by=make.editor(), now=timezone.now())
    with pytest.raises(NotAllowed, match="already"):
        submission.withdraw(activity, by=make.editor(), now=timezone.now())
    assert Release.objects.count() == 2


# --- erase
def test_unconfirmed_are_erased_after_two_weeks_with_their_history() -> None:
    old = create(new(sender_mail="weg@demo.example"), None)
    kept = create(new(sender_mail="blijft@demo.example"), None)
    confirmed = make.submitted()
    Activity.objects.exclude(pk=kept.pk).update(created_at=make.NOW - timedelta(days=15))
    assert submission.erase_unconfirmed(before=make.NOW - timedelta(days=14)) == 1
    assert {*Activity.objects.all()} == {kept, confirmed}
    history = apps.get_model("agenda", "ActivityEvent")
    assert not history.objects.filter(pgh_obj_id=old.pk).exists()
    assert not history.objects.filter(sender_mail="weg@demo.example").exists()
