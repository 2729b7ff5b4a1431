"""Editors let through, undo, ask, reject and link; each decision has one winner and leaves what it should."""

from datetime import UTC, datetime, timedelta

import pytest

from agenda import workflow
from agenda.models import Activity, Listing, Occurrence, Release
from agenda.services import moderation, publication, submission
from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Membership, Reason
from tests import make

pytestmark = pytest.mark.django_db
HOLD = timedelta(seconds=10)


def refusal(error: "pytest.ExceptionInfo[NotAllowed]") -> str:
    return error.value.reason


def test_approve_freezes_the_text_and_waits_for_the_hold() -> None:
    waiting = make.submitted("Open repetitie")
    release = moderation.approve(waiting, version=waiting.version, by=make.editor(), now=make.NOW)
    assert waiting.status == workflow.APPROVED
    assert (waiting.slug, waiting.decided_by) == ("open-repetitie", make.editor())
    assert (release.number, release.kind, release.rule) == (1, "publish", "editor")
    assert release.publish_at == make.NOW + HOLD
    assert release.snapshot["title"] == "Open repetitie"
    assert not Listing.objects.exists()


def test_approve_mails_the_sender_when_it_is_public() -> None:
    waiting = make.submitted("Open repetitie")
    release = moderation.approve(waiting, version=waiting.version, by=make.editor(), now=make.NOW)
    mail = OutboxMail.objects.get(key__startswith="agenda.live")
    assert (mail.to, mail.not_before) == (waiting.sender_mail, release.publish_at)
    assert mail.subject == "In de agenda: Open repetitie"
    assert "http://localhost:8000/agenda/open-repetitie/" in mail.text


def test_approve_waits_for_the_embargo() -> None:
    embargo = datetime(2026, 12, 1, 8, tzinfo=UTC)
    waiting = make.submitted(publish_from=embargo)
    assert moderation.approve(waiting, version=1, by=make.editor(), now=make.NOW).publish_at == embargo


def test_approve_of_another_version_is_refused() -> None:
    waiting = make.submitted()
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=waiting.version + 1, by=make.editor(), now=make.NOW)
    assert refusal(error) == "changed"
    assert not Release.objects.exists()


def test_approve_twice_makes_one_release() -> None:
    waiting = make.submitted()
    moderation.approve(waiting, version=1, by=make.editor(), now=make.NOW)
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=1, by=make.user(role="editor"), now=make.NOW)
    assert refusal(error) == "already"
    assert Release.objects.count() == OutboxMail.objects.filter(key__startswith="agenda.live").count() == 1


@pytest.mark.parametrize("role", ["", "broker", "culture_base"])
def test_only_editors_decide(role: str) -> None:
    waiting, stranger = make.submitted(), make.user(role=role)
    decisions = [
        lambda: moderation.approve(waiting, version=1, by=stranger, now=make.NOW),
        lambda: moderation.reject(waiting, version=1, reason=None, text="Nee", by=stranger, now=make.NOW),
        lambda: moderation.ask_changes(waiting, version=1, reason=None, text="?", by=stranger, now=make.NOW),
        lambda: moderation.link_organisation(waiting, name="Van mij", by=stranger, now=make.NOW),
    ]
    for decision in decisions:
        with pytest.raises(NotAllowed) as error:
            decision()
        assert refusal(error) == "forbidden"


def test_makers_do_not_decide_about_their_own() -> None:
    waiting = make.submitted()
    assert waiting.sender
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=1, by=waiting.sender, now=make.NOW)
    assert refusal(error) == "forbidden"


def test_unconfirmed_sender_cannot_be_approved() -> None:
    waiting = make.submitted()
    Activity.objects.update(confirmed_at=None)
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=1, by=make.editor(), now=make.NOW)
    assert refusal(error) == "unconfirmed"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"organisation": None}, "no_organisation"),
        ({"organisation__status": "applied"}, "organisation_not_active"),
    ],
)
def test_approve_requires_an_active_organisation(fields: dict[str, str | None], reason: str) -> None:
    waiting = make.submitted()
    if "organisation" in fields:
        Activity.objects.update(organisation=None)
    else:
        type(waiting.organisation).objects.update(status="applied")
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=1, by=make.editor(), now=make.NOW)
    assert refusal(error) == reason


def test_address_is_unique_and_never_changes() -> None:
    first, second = make.published("Kerstconcert"), make.published("Kerstconcert")
    assert first.slug == "kerstconcert"
    assert second.slug == f"kerstconcert-{second.uuid.hex[:6]}"
    submission.save(
        first, fields={"title": "Paasconcert"}, sets={}, slots=None, seen=1, by=first.sender, now=make.NOW
    )
    submission.submit(first, seen=2, by=first.sender, now=make.NOW)
    moderation.approve(first, version=2, by=make.editor(), now=make.NOW)
    assert first.slug == "kerstconcert"


def test_title_without_letters_gets_an_address() -> None:
    assert make.published("???").slug == "activiteit"


def test_new_approval_voids_the_release_that_waited() -> None:
    release = make.approved(publish_from=datetime(2030, 1, 1, tzinfo=UTC))
    activity = release.activity
    submission.save(
        activity, fields={"title": "Beter"}, sets={}, slots=None, seen=1, by=activity.sender, now=make.NOW
    )
    submission.submit(activity, seen=2, by=activity.sender, now=make.NOW)
    again = moderation.approve(activity, version=2, by=make.editor(), now=make.NOW)
    release.refresh_from_db()
    assert (release.voided_at, again.number, again.is_open) == (make.NOW, 2, True)


def test_undo_leaves_nothing_outside() -> None:
    release = make.approved()
    activity = moderation.undo(release, by=make.editor(), now=make.NOW)
    release.refresh_from_db()
    assert (activity.status, activity.decided_by, release.voided_at) == (workflow.SUBMITTED, None, make.NOW)
    assert not OutboxMail.objects.filter(key__startswith="agenda.live").exists()
    assert not publication.publish(release)
    assert not Listing.objects.exists()


def test_undone_approval_can_be_given_again() -> None:
    release = make.approved()
    activity = moderation.undo(release, by=make.editor(), now=make.NOW)
    again = moderation.approve(activity, version=activity.version, by=make.editor(), now=make.NOW)
    assert again.number == 2
    assert OutboxMail.objects.filter(key__startswith="agenda.live").count() == 1


def test_undo_after_publication_is_too_late() -> None:
    release = make.approved()
    publication.publish(release)
    with pytest.raises(NotAllowed) as error:
        moderation.undo(release, by=make.editor(), now=make.NOW)
    assert refusal(error) == "already"


def test_undo_is_for_the_editor_who_approved() -> None:
    with pytest.raises(NotAllowed) as error:
        moderation.undo(make.approved(), by=make.user(role="editor"), now=make.NOW)
    assert refusal(error) == "forbidden"


def test_undo_leaves_a_draft_that_its_maker_saved_meanwhile() -> None:
    release = make.approved()
    activity = release.activity
    submission.save(
        activity, fields={"title": "Anders"}, sets={}, slots=None, seen=1, by=activity.sender, now=make.NOW
    )
    assert moderation.undo(release, by=make.editor(), now=make.NOW).status == workflow.DRAFT


def test_question_goes_to_the_sender_after_the_hold() -> None:
    waiting = make.submitted("Concert")
    reason = Reason.objects.create(
        city=make.city(), code="tijd", use="ask", name="Tijd", text="Hoe laat begint het?"
    )
    moderation.ask_changes(
        waiting, version=1, reason=reason, text="En is er pauze?", by=make.editor(), now=make.NOW
    )
    assert (waiting.status, waiting.reason, waiting.reason_text) == (
        "changes_asked",
        reason,
        "En is er pauze?",
    )
    mail = OutboxMail.objects.get(key__startswith="agenda.asked")
    assert (mail.not_before, mail.reply_to) == (make.NOW + HOLD, "redactie@demo.example")
    assert "Hoe laat begint het?" in mail.text
    assert "En is er pauze?" in mail.text


def test_rejected_change_leaves_what_is_live() -> None:
    activity = make.published("Concert")
    submission.save(
        activity, fields={"title": "Reclame"}, sets={}, slots=None, seen=1, by=activity.sender, now=make.NOW
    )
    submission.submit(activity, seen=2, by=activity.sender, now=make.NOW)
    moderation.reject(activity, version=2, reason=None, text="Geen reclame", by=make.editor(), now=make.NOW)
    assert activity.status == workflow.REJECTED
    assert Listing.objects.live().get().title == "Concert"
    assert "Geen reclame" in OutboxMail.objects.get(key__startswith="agenda.rejected").text


def test_decision_needs_a_reason_of_the_right_kind() -> None:
    waiting = make.submitted()
    wrong = Reason.objects.create(city=make.city(), code="nee", use="reject", name="Nee", text="Nee")
    for reason in (None, wrong):
        with pytest.raises(NotAllowed) as error:
            moderation.ask_changes(
                waiting, version=1, reason=reason, text=" ", by=make.editor(), now=make.NOW
            )
        assert refusal(error) == "no_reason"


def test_new_organisation_gets_the_sender_as_owner() -> None:
    sender = make.user()
    waiting = make.submitted(by=sender)
    Activity.objects.update(organisation=None)
    moderation.link_organisation(waiting, name="Koor Nieuw", by=make.editor(), now=make.NOW)
    assert waiting.organisation
    assert (waiting.organisation.name, waiting.organisation.status) == ("Koor Nieuw", "active")
    assert Membership.objects.filter(user=sender, organisation=waiting.organisation, role="owner").exists()


def test_known_organisation_gets_no_new_member() -> None:
    sender, known = make.user(), make.organisation()
    waiting = make.submitted(by=sender)
    moderation.link_organisation(waiting, organisation=known, by=make.editor(), now=make.NOW)
    assert (waiting.organisation, waiting.version) == (known, 2)
    assert not known.memberships.exists()


def test_approval_under_a_name_that_was_not_shown_is_refused() -> None:
    waiting = make.submitted()
    moderation.link_organisation(waiting, organisation=make.organisation(), by=make.editor(), now=make.NOW)
    with pytest.raises(NotAllowed) as error:
        moderation.approve(waiting, version=1, by=make.editor(), now=make.NOW)
    assert refusal(error) == "changed"


def test_published_activity_stands_in_the_window() -> None:
    activity = make.published("Open repetitie")
    listing = Listing.objects.get(uuid=activity.uuid)
    assert listing.title == "Open repetitie"
    assert [row.is_listed for row in Occurrence.objects.filter(listing=listing)] == [True]
    assert set(listing.fragments) == {"nl", "en"}
