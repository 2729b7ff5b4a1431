"""What a decision does, and who loses a race."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda import workflow
from agenda.models import Activity, Release
from agenda.services import moderation
from cultuurportaal.models import OutboxMail
from tests import make
from tests.agenda.desk.steps import decide, reason, review, save, text, without_organisation
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db


def test_approve_lets_through_what_was_seen_and_goes_to_the_next(desk: Client) -> None:
    activity, other = make.submitted("Klimaatkoor"), make.submitted("Jamsessie")
    response = decide(desk, activity)
    release = Release.objects.get(activity=activity)
    assert (release.kind, release.seen_version, release.published_at) == ("publish", activity.version, None)
    assert response["Location"] == f"{review(other)}?gedaan={release.uuid}"
    assert "Maak ongedaan" in text(desk.get(response["Location"]))


def test_approve_the_last_one_ends_at_the_queue(desk: Client) -> None:
    assert decide(desk, make.submitted())["Location"].startswith(f"{reverse('agenda:queue')}?gedaan=")


def test_approve_a_batch_goes_through_it_row_by_row(desk: Client) -> None:
    batch = uuid4()
    first, second = (make.submitted(f"Les {number}", batch=batch) for number in range(2))
    assert len(desk.get(reverse("agenda:queue")).context["rows"]) == 1
    assert decide(desk, first)["Location"].startswith(review(second))


def test_undo_within_the_hold_puts_it_back_and_nothing_went_out(desk: Client) -> None:
    activity = make.submitted()
    decide(desk, activity)
    release = Release.objects.get(activity=activity)
    response = desk.post(reverse("agenda:undo", args=[release.uuid]), follow=True)
    activity.refresh_from_db()
    assert activity.status == workflow.SUBMITTED
    assert "Ongedaan gemaakt" in text(response)
    assert not OutboxMail.objects.filter(key__contains="live").exists()


def test_undo_of_what_is_public_comes_too_late(desk: Client) -> None:
    release = make.published().releases.get()
    assert "Te laat" in text(desk.post(reverse("agenda:undo", args=[release.uuid]), follow=True))


def test_undo_is_only_for_the_editor_who_let_it_through() -> None:
    release = make.approved(now=timezone.now())
    client = signed_in(make.user(role="editor"))
    assert "Maak ongedaan" not in text(client.get(f"{reverse('agenda:queue')}?gedaan={release.uuid}"))
    assert client.post(reverse("agenda:undo", args=[release.uuid])).status_code == 403


def test_loser_of_a_race_reads_who_won(desk: Client) -> None:
    activity = make.submitted()
    colleague = make.user(role="editor", name="Noor")
    moderation.approve(activity, version=activity.version, by=colleague, now=timezone.now())
    response = decide(desk, activity, "reject", text="Nee")
    assert response.status_code == 409
    assert "Al behandeld door Noor: goedgekeurd." in text(response)
    assert Release.objects.filter(activity=activity).count() == 1


def test_edited_meanwhile_shows_the_difference_and_lets_nothing_through(desk: Client) -> None:
    activity = make.submitted("Klimaatkoor")
    seen = desk.get(review(activity)).context["seen"]
    save(activity, by=activity.sender, fields={"title": "Klimaatkoor XL"})
    response = desk.post(review(activity, "approve"), {"version": activity.version - 1, "seen": seen})
    assert response.status_code == 409
    assert "De maker heeft dit net gewijzigd. Bekijk het verschil." in text(response)
    (change,) = response.context["since"].fields
    assert (change.before, change.after) == ("Klimaatkoor", "Klimaatkoor XL")
    assert not Release.objects.exists()


@pytest.mark.parametrize("use", ["ask", "reject"])
def test_words_of_an_editor_survive_what_the_maker_changed_meanwhile(desk: Client, use: str) -> None:
    activity = make.submitted("Klimaatkoor")
    stale = {"version": activity.version, "text": "Hoe laat gaat de deur open?"}
    save(activity, by=activity.sender, fields={"title": "Klimaatkoor XL"})
    response = desk.post(review(activity, use), stale)
    assert (response.status_code, response.context["open"]) == (409, use)
    assert "Hoe laat gaat de deur open?" in response.text
    assert desk.post(review(activity, use), {**stale, "version": activity.version}).status_code == 302


@pytest.mark.parametrize("seen", ["", "onzin", "x" * 5000])
def test_approve_with_broken_memory_of_what_was_seen_compares_versions(desk: Client, seen: str) -> None:
    activity = make.submitted()
    response = desk.post(review(activity, "approve"), {"version": activity.version + 1, "seen": seen})
    assert response.status_code == 409
    assert not Release.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "0", "99999999999999999999"])
def test_approve_without_a_version_decides_nothing(desk: Client, version: str) -> None:
    activity = make.submitted()
    assert desk.post(review(activity, "approve"), {"version": version}).status_code == 302
    assert not Release.objects.exists()


def test_approve_needs_an_organisation_and_a_confirmed_sender(desk: Client) -> None:
    orphan = without_organisation()
    unconfirmed = make.submitted()
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None)
    assert "Koppel eerst een organisatie." in text(decide(desk, orphan))
    assert "De inzender moet eerst het mailadres bevestigen." in text(decide(desk, unconfirmed))
    assert not Release.objects.exists()


def test_ask_sends_the_reason_and_own_words(desk: Client) -> None:
    activity, why = make.submitted("Klimaatkoor"), reason()
    response = desk.post(
        review(activity, "ask"),
        {"version": activity.version, "reason": why.code, "text": "Op de poster staat 14.00 uur."},
        follow=True,
    )
    activity.refresh_from_db()
    assert (activity.status, activity.reason, activity.decided_by) == (
        workflow.CHANGES_ASKED,
        why,
        make.editor(),
    )
    assert "Je vraag is verstuurd." in text(response)
    mail = OutboxMail.objects.get(key__contains="asked")
    assert (why.text in mail.text, "Op de poster staat 14.00 uur." in mail.text) == (True, True)


def test_reject_says_why(desk: Client) -> None:
    activity, why = make.submitted(), reason("reject", "besloten")
    decide(desk, activity, "reject", reason=why.code)
    activity.refresh_from_db()
    assert (activity.status, activity.reason) == (workflow.REJECTED, why)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies een zin of schrijf zelf iets."),
        ({"reason": "onzin"}, "Kies een zin uit de lijst."),
        ({"text": "x" * 1001}, "Dit zijn 1001 tekens. Maak er hoogstens 1000 van."),
    ],
)
def test_ask_without_a_question_says_what_to_do(desk: Client, data: dict[str, str], words: str) -> None:
    activity = make.submitted()
    assert words in text(decide(desk, activity, "ask", **data))
    activity.refresh_from_db()
    assert activity.status == workflow.SUBMITTED


def test_mail_can_be_read_before_it_is_sent(desk: Client) -> None:
    activity, why = make.submitted("Klimaatkoor"), reason()
    data = {"reason": why.code, "text": "Bel even.", "voorbeeld": "1"}
    page = decide(desk, activity, "ask", **data)
    fragment = desk.post(review(activity, "ask"), {"version": 1, **data}, headers={"HX-Request": "true"})
    assert why.text in text(page)
    assert "Bel even." in text(page)
    assert (b"<html" in fragment.content, why.text in text(fragment)) == (False, True)
    activity.refresh_from_db()
    assert (activity.status, activity.reason_text) == (workflow.SUBMITTED, "")
    assert not OutboxMail.objects.filter(key__contains="asked").exists()


def test_mail_that_says_nothing_yet_answers_with_what_to_do(desk: Client) -> None:
    activity = make.submitted()
    response = desk.post(
        review(activity, "ask"), {"version": 1, "voorbeeld": "1"}, headers={"HX-Request": "true"}
    )
    assert text(response) == "Fout: Kies een zin of schrijf zelf iets."


def test_organisation_is_linked_or_made_right_there(desk: Client) -> None:
    known, orphan = make.organisation("Popkoor"), without_organisation()
    desk.post(review(orphan, "link_organisation"), {"organisation": known.slug, "name": ""})
    orphan.refresh_from_db()
    assert orphan.organisation == known
    other = without_organisation()
    desk.post(review(other, "link_organisation"), {"organisation": "", "name": "Buurtkoor Noord"})
    other.refresh_from_db()
    assert other.organisation.name == "Buurtkoor Noord"
    assert "Kies een organisatie of schrijf de naam" in text(
        desk.post(review(without_organisation(), "link_organisation"), {})
    )
