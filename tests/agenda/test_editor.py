"""The editors' desk over HTTP: who may come in, what is shown, what a decision does and who loses a race."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agenda import workflow
from agenda.models import Activity, Release
from agenda.services import moderation, submission, urgent
from cultuurportaal.models import OutboxMail
from partners.models import Organisation, Reason, User
from tests import make
from tests.partners.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return signed_in(make.editor())


def review(activity: Activity, step: str = "review") -> str:
    return reverse(f"agenda:{step}", args=[activity.uuid])


def decide(client: Client, activity: Activity, step: str = "approve", **data: Any) -> Any:
    return client.post(review(activity, step), {"version": activity.version, **data})


def save(activity: Activity, *, by: User | None, fields: dict[str, Any]) -> None:
    submission.save(
        activity, fields=fields, sets={}, slots=None, seen=activity.version, by=by, now=timezone.now()
    )


def text(response: Any) -> str:
    """The page as one line of words without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def reason(use: str = "ask", code: str = "tijd") -> Reason:
    fields = {"name": "Welke tijd klopt?", "text": "We lezen twee tijden. Hoe laat begint het?"}
    return Reason.objects.get_or_create(city=make.city(), code=code, use=use, defaults=fields)[0]


# --- Who may come in -----------------------------------------------------------------------------------

PAGES = ["queue", "review", "correct"]
DEEDS = ["approve", "ask", "reject", "link_organisation", "correct", "undo", "retry"]


def address(name: str, release: Release) -> str:
    if name == "queue":
        return reverse("agenda:queue")
    return reverse(
        f"agenda:{name}", args=[release.uuid if name in {"undo", "retry"} else release.activity.uuid]
    )


def outsiders() -> dict[str, Callable[[Organisation], User]]:
    return {
        "somebody": lambda _organisation: make.user(),
        "member": lambda organisation: make.organisation(member=(user := make.user())) and user,
        "owner_of_it": _owner,
        "broker": lambda _organisation: make.user(role="broker"),
    }


def _owner(organisation: Organisation) -> User:
    user = make.user()
    organisation.memberships.create(user=user, role="owner")
    return user


@pytest.mark.parametrize("who", list(outsiders()))
def test_nobody_else_comes_in_and_nothing_is_decided(who: str) -> None:
    release = make.approved()
    waiting = make.submitted(organisation=release.activity.organisation)
    client = signed_in(outsiders()[who](waiting.organisation))
    assert {client.get(address(name, release)).status_code for name in PAGES} == {403}
    assert {client.post(address(name, release)).status_code for name in DEEDS} == {403}
    assert decide(client, waiting).status_code == 403
    waiting.refresh_from_db()
    assert waiting.status == workflow.SUBMITTED


def test_visitor_is_sent_to_sign_in() -> None:
    release = make.approved()
    for response in (
        *(Client().get(address(name, release)) for name in PAGES),
        *(Client().post(address(name, release)) for name in DEEDS),
    ):
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_culture_base_reads_along_and_decides_nothing() -> None:
    waiting = make.submitted("Klimaatkoor", note="Bel ons gerust")
    client = signed_in(make.user(role="culture_base"))
    assert "Klimaatkoor" in text(client.get(reverse("agenda:queue")))
    page = text(client.get(review(waiting)))
    assert "Klimaatkoor" in page
    hidden = ("Goed, volgende", "Bel ons gerust", waiting.sender_mail)
    assert [words for words in hidden if words in page] == []
    assert [
        words for words in hidden if words not in text(signed_in(make.editor()).get(review(waiting)))
    ] == []
    release = make.approved()
    assert {client.post(address(name, release)).status_code for name in DEEDS} == {403}
    assert client.get(review(waiting, "correct")).status_code == 403


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_second_factor_is_asked_before_anything_is_shown(role: str) -> None:
    waiting = make.submitted()
    client = signed_in(make.user(role=role), with_factor=False)
    for response in (
        client.get(reverse("agenda:queue")),
        client.get(review(waiting)),
        decide(client, waiting),
    ):
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))
    waiting.refresh_from_db()
    assert waiting.status == workflow.SUBMITTED


@pytest.mark.parametrize("name", DEEDS)
def test_decisions_are_never_taken_by_get(desk: Client, name: str) -> None:
    if name != "correct":
        assert desk.get(address(name, make.approved())).status_code == 405


# --- The queue -----------------------------------------------------------------------------------------


def test_queue_with_nothing_to_do_says_when_to_come_back(desk: Client) -> None:
    page = text(desk.get(reverse("agenda:queue")))
    assert "Alles nagekeken. Volgende controle:" in page
    assert "vóór 12.00 uur" in page


def test_queue_shows_the_promise_and_keeps_unconfirmed_apart(desk: Client) -> None:
    waiting = make.submitted("Klimaatkoor")
    unconfirmed = make.submitted("Zonder code")
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None)
    Activity.objects.filter(pk=waiting.pk).update(promised_at=timezone.now() + timedelta(days=3))
    response = desk.get(reverse("agenda:queue"))
    assert [row.title for row in response.context["rows"]] == ["Klimaatkoor"]
    assert [row.title for row in response.context["unconfirmed"]] == ["Zonder code"]


def test_queue_filters_on_new_and_changed(desk: Client) -> None:
    make.submitted("Nieuw")
    changed = make.published("Gewijzigd")
    Activity.objects.filter(pk=changed.pk).update(status=workflow.SUBMITTED)
    shown = {
        choice: [row.title for row in desk.get(f"{reverse('agenda:queue')}?soort={choice}").context["rows"]]
        for choice in ("nieuw", "gewijzigd")
    }
    assert shown == {"nieuw": ["Nieuw"], "gewijzigd": ["Gewijzigd"]}


def many_waiting(number: int) -> None:
    owner, now = make.organisation(), timezone.now()
    Activity.objects.bulk_create(
        Activity(
            city=owner.city,
            organisation=owner,
            title=f"Les {one}",
            status=workflow.SUBMITTED,
            confirmed_at=now,
            promised_at=now + timedelta(days=2, minutes=one // 3),
        )
        for one in range(number)
    )


def test_queue_of_two_hundred_is_paged_without_loss(desk: Client) -> None:
    many_waiting(200)
    address, seen = reverse("agenda:queue"), []
    while address:
        context = desk.get(address).context
        seen += [row.title for row in context["rows"]]
        address = f"{reverse('agenda:queue')}?na={context['next_key']}" if context["next_key"] else ""
    assert seen == [f"Les {number}" for number in range(200)]


@pytest.mark.parametrize("query", ["na=x", "na=1.2.3", "na=%D9%A1", "soort=onzin", "gedaan=x"])
def test_queue_answers_any_address(desk: Client, query: str) -> None:
    make.submitted()
    assert desk.get(f"{reverse('agenda:queue')}?{query}").status_code == 200


def test_queue_asks_as_much_for_one_as_for_three_hundred(desk: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("agenda:queue"))
        return len(captured)

    make.submitted()
    one = count()
    for number in range(3):
        make.submitted(f"Nog {number}")
        make.approved(f"Goed {number}")
    three = count()
    many_waiting(300)
    assert (three, count()) == (one, one)


def test_failed_release_can_be_tried_again(desk: Client) -> None:
    release = make.approved("Klimaatkoor")
    Release.objects.filter(pk=release.pk).update(attempts=3, failed_at=timezone.now(), last_error="x")
    assert "het plaatsen ging mis" in text(desk.get(reverse("agenda:queue")))
    response = desk.post(reverse("agenda:retry", args=[release.uuid]), follow=True)
    assert "“Klimaatkoor” staat in de agenda." in text(response)
    release.refresh_from_db()
    assert release.published_at is not None


# --- One activity --------------------------------------------------------------------------------------


def test_review_of_a_new_activity_shows_all_of_it(desk: Client) -> None:
    page = text(desk.get(review(make.submitted("Klimaatkoor", summary="Kom zingen"))))
    assert {words for words in ("Alles is nieuw", "Kom zingen", "Nog nooit geplaatst") if words in page} == {
        "Alles is nieuw",
        "Kom zingen",
        "Nog nooit geplaatst",
    }


def test_review_of_a_change_shows_only_what_changed(desk: Client) -> None:
    activity = make.published("Klimaatkoor", summary="Kom zingen")
    editor = make.editor()
    save(activity, by=editor, fields={"summary": "Kom mee zingen"})
    submission.submit(activity, seen=activity.version, by=editor, now=timezone.now())
    response = desk.get(review(activity))
    assert [change.field for change in response.context["changes"].fields] == ["summary"]
    assert "1 ding gewijzigd" in text(response)


def test_review_before_an_organisation_is_linked(desk: Client) -> None:
    activity = without_organisation()
    page = text(desk.get(review(activity)))
    assert "Nog geen organisatie gekoppeld" in page
    assert "De inzender schreef: Buurtkoor" in page


def without_organisation() -> Activity:
    activity = make.submitted("Klimaatkoor", sender_organisation="Buurtkoor")
    Activity.objects.filter(pk=activity.pk).update(organisation=None)
    activity.refresh_from_db()
    return activity


def test_review_that_is_not_there_is_a_404(desk: Client) -> None:
    assert desk.get(reverse("agenda:review", args=[uuid4()])).status_code == 404


def test_review_warns_of_the_same_day_in_the_same_place(desk: Client) -> None:
    make.submitted("Klimaatkoor zingt")
    make.submitted("Ergens anders", place_text="De Schuur")
    twins = desk.get(review(make.submitted("Klimaatkoor zingt!"))).context["twins"]
    assert [(twin.activity.title, twin.is_likely) for twin in twins] == [("Klimaatkoor zingt", True)]


# --- Deciding ------------------------------------------------------------------------------------------


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


# --- Putting right -------------------------------------------------------------------------------------


def correction(activity: Activity, **data: Any) -> dict[str, Any]:
    return {"version": activity.version, "title": activity.title, "kind": activity.kind.code, **data}


def test_editor_puts_a_title_right_and_it_keeps_waiting(desk: Client) -> None:
    activity = make.submitted("klimaatkor")
    response = desk.post(review(activity, "correct"), correction(activity, title="Klimaatkoor"))
    assert response["Location"] == review(activity)
    before = activity.version
    activity.refresh_from_db()
    assert (activity.title, activity.status, activity.version) == (
        "Klimaatkoor",
        workflow.SUBMITTED,
        before + 1,
    )


def test_stale_correction_keeps_what_was_typed_and_shows_what_stands_there(desk: Client) -> None:
    activity = make.submitted("Klimaatkoor")
    data = correction(activity, title="Mijn titel")
    save(activity, by=activity.sender, fields={"title": "Hun titel"})
    response = desk.post(review(activity, "correct"), data)
    activity.refresh_from_db()
    assert (response.status_code, activity.title) == (409, "Hun titel")
    assert response.context["theirs"] == [("Titel", "Hun titel")]
    assert 'value="Mijn titel"' in response.content.decode()
    assert desk.post(review(activity, "correct"), {**data, "version": activity.version}).status_code == 302


def test_correction_without_a_title_says_so(desk: Client) -> None:
    activity = make.submitted()
    assert "Vul in wat er te doen is" in text(
        desk.post(review(activity, "correct"), correction(activity, title=""))
    )


# --- Afterwards ----------------------------------------------------------------------------------------


def test_urgent_changes_are_listed_to_look_at_afterwards(desk: Client) -> None:
    activity = make.published("Concert")
    urgent.change_moment(
        activity.moments.get(), status="sold_out", reason=None, by=activity.sender, now=timezone.now()
    )
    response = desk.get(reverse("agenda:queue"))
    assert [release.kind for release in response.context["urgent"]] == ["urgent"]
    assert "Wat veranderde" in text(desk.get(review(activity)))


def test_history_names_every_release_with_its_editor(desk: Client) -> None:
    activity = make.published("Concert")
    page = text(desk.get(review(activity)))
    assert re.search(r"publicatie , \S+@demo.example \( ?redactie, staat in de agenda ?\)", page)


def test_review_asks_as_much_with_one_date_as_with_thirty(desk: Client) -> None:
    def count(activity: Activity) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(review(activity)).status_code == 200
        return len(captured)

    one = make.submitted("Eén keer")
    many = make.submitted("Vaak", starts=[timezone.now() + timedelta(days=day) for day in range(1, 31)])
    assert count(one) == count(many)


def test_series_is_one_row_of_the_queue_and_folds_its_dates(desk: Client) -> None:
    many = make.submitted("Vaak", starts=[timezone.now() + timedelta(days=day) for day in range(1, 31)])
    assert "30 keer" in text(desk.get(reverse("agenda:queue")))
    assert "Alle 30 datums" in text(desk.get(review(many)))


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_draft_can_be_read_but_offers_no_decision(role: str) -> None:
    client = signed_in(make.user(role=role))
    response = client.get(review(make.activity("Nog niet klaar")))
    assert response.status_code == 200
    assert "Goed, volgende" not in text(response)
