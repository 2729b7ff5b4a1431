"""Mail over SMTP becomes drafts: nothing goes live, nothing is lost, machines and strangers get nowhere."""

import csv
import smtplib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from agenda import signatures, workflow
from agenda.imports.mail import Mail
from agenda.management.commands import postin
from agenda.models import Activity, Letter, Listing, Picture, Release
from agenda.services import intake
from agenda.services.intake import Outcome
from cultuurportaal.models import OutboxMail
from partners.models import City, Organisation, User
from tests import make

MAILS = Path(__file__).parent.parent / "data" / "mail"
EXPECTED = list(csv.DictReader((MAILS / "expected.csv").read_text().splitlines()))
DOMAIN = "post.example"
Send = Callable[..., None]


@pytest.fixture
def takes_mail(settings: Settings, own_storages: None) -> None:
    settings.MAIL_IN_DOMAIN = DOMAIN


@pytest.fixture
def door(transactional_db: None, takes_mail: None) -> Iterator[Send]:
    """Mails raw bytes to the real server: `send(raw, to=…, by=…)`; smtplib raises what it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = postin.controller("127.0.0.1", port)
    server.start()

    def send(raw: bytes, *, to: str, by: str = "secretaris@koor.example") -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            line.sendmail(by, [to], raw)

    yield send
    server.stop()


@pytest.fixture
def choir(door: Send) -> Organisation:
    cache.clear()  # how many claim links an address got is kept beside the tables that a test empties
    make.city()
    make.editor()
    return make.organisation("Popkoor", owner=make.user("hoofdmaker@demo.example", name="Hanna"))


def stored(name: str) -> bytes:
    return (MAILS / f"{name}.eml").read_bytes()


def drop(name: str, *, to: str, by: str = "secretaris@koor.example") -> Outcome:
    """Straight to the service, for what the server adds nothing to."""
    return intake.take_in(intake.read(stored(name)), to=to, envelope=by, now=timezone.now())


def mailed(step: str) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(key__startswith=f"agenda.{step}").order_by("pk"))


def told(drafts: list[Activity]) -> dict[str, str]:
    """What expected.csv says about the drafts of one mail."""
    if not drafts:
        return {"drafts": "0", "title": "", "dates": "0", "sender": "", "picture": ""}
    first = drafts[0]
    return {
        "drafts": str(len(drafts)),
        "title": first.title,
        "dates": str(first.moments.count()),
        "sender": first.letter.sender_mail,
        "picture": "yes" if first.picture else "",
    }


def test_every_mail_becomes_drafts_and_nothing_goes_live(choir: Organisation, door: Send) -> None:
    assert {row["mail"] for row in EXPECTED} == {path.stem for path in MAILS.glob("*.eml")}
    to = {"maker": signatures.mail_address(choir), "aanmelden": f"aanmelden@{DOMAIN}"}
    seen = []
    for row in EXPECTED:
        Activity.objects.all().delete()
        cache.clear()  # each on its own: how many mails came this hour is not what this is about
        by = "" if row["mail"] == "bounce" else "secretaris@koor.example"
        door(stored(row["mail"]), to=to[row["to"]], by=by)
        drafts = list(Activity.objects.order_by("pk"))
        seen.append({**row, **told(drafts)})
        assert all(one.status == workflow.DRAFT for one in drafts), row
        assert all(one.organisation == (choir if row["to"] == "maker" else None) for one in drafts), row
    assert seen == EXPECTED
    assert not Release.objects.exists()
    assert not Listing.objects.exists()


def test_the_same_mail_twice_makes_one_draft_and_one_answer(choir: Organisation, door: Send) -> None:
    for _time in range(2):
        door(stored("ics_two_events"), to=signatures.mail_address(choir).upper())
    assert Activity.objects.count() == 2
    assert [mail.to for mail in mailed("mailed.")] == ["secretaris@koor.example"]


def test_a_stranger_gets_no_key_to_the_draft_and_the_owners_hear_of_it(
    choir: Organisation, door: Send
) -> None:
    door(stored("plain"), to=signatures.mail_address(choir))
    draft = Activity.objects.get()
    assert (draft.sender, draft.sender_mail) == (User.objects.get(name="Hanna"), "hoofdmaker@demo.example")
    answer = mailed("mailed.")[0]
    assert str(draft.uuid) not in answer.text
    assert "/nu/" not in answer.text
    told = OutboxMail.objects.get(key__startswith="agenda/mailed_by_another")
    assert (told.to, "secretaris@koor.example" in told.text) == ("hoofdmaker@demo.example", True)


def test_a_spoofed_owner_makes_no_more_than_a_draft_and_the_answer_goes_to_the_owner(
    choir: Organisation, door: Send
) -> None:
    door(stored("spoofed_owner"), to=signatures.mail_address(choir))
    assert Activity.objects.get().status == workflow.DRAFT
    assert [mail.to for mail in OutboxMail.objects.all()] == ["hoofdmaker@demo.example"]


def test_whoever_wrote_a_forwarded_mail_takes_the_draft_over_by_its_link(
    choir: Organisation, door: Send, client: Client
) -> None:
    door(stored("forward_outlook"), to=f"aanmelden@{DOMAIN}", by="redactie@demo.example")
    draft = Activity.objects.get()
    assert (draft.note, draft.sender, draft.sender_name) == ("Graag in de agenda.", None, "Dirigent")
    claim = mailed("mail_to_claim")[0]
    link = reverse("agenda:confirm", args=[signatures.link_token(draft)])
    assert (claim.to, link in claim.text) == ("dirigent@koor.example", True)
    answer = client.post(link)
    assert answer.headers["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.sender is not None
    assert (draft.sender.email, draft.status) == ("dirigent@koor.example", workflow.DRAFT)
    assert client.get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "address", ["maker+1-0123456789abcdef0123", "maker+x", "maker+", "zomaar", "MAKER+٣-a"]
)
def test_an_address_that_is_nobodys_is_answered_once_a_day_and_nothing_is_kept(
    address: str, city: City, takes_mail: None
) -> None:
    outcomes = [drop("poster_jpg", to=f"{address}@{DOMAIN}") for _time in range(3)]
    assert outcomes == [Outcome.UNKNOWN] * 3
    assert [mail.to for mail in mailed("mail_unknown")] == ["secretaris@koor.example"]
    kept = [model.objects.count() for model in (Activity, Picture, Letter)]
    assert kept == [0, 0, 0]


def test_the_address_of_another_organisation_and_a_renewed_one_do_not_open(
    city: City, takes_mail: None
) -> None:
    owner = make.user()
    own, other = make.organisation(owner=owner), make.organisation(owner=make.user())
    address = signatures.mail_address(own)
    swapped = address.replace(f"+{own.pk}-", f"+{other.pk}-")
    assert drop("plain", to=swapped) == Outcome.UNKNOWN
    for _time in range(2):
        intake.renew_address(own, by=owner, now=timezone.now())
        assert drop("plain", to=address) == Outcome.UNKNOWN
        address = signatures.mail_address(own)
    assert drop("plain", to=address) == Outcome.KEPT
    Organisation.objects.filter(pk=own.pk).update(status=Organisation.Status.SUSPENDED)
    assert drop("ics", to=address) == Outcome.UNKNOWN


def test_a_mail_to_an_organisation_without_people_waits_for_who_mailed_it(
    city: City, takes_mail: None
) -> None:
    choir = make.organisation("Koor zonder leden")
    assert drop("plain", to=signatures.mail_address(choir)) == Outcome.KEPT
    draft = Activity.objects.get()
    assert (draft.organisation, draft.sender_organisation) == (None, "Koor zonder leden")
    assert [mail.to for mail in mailed("mail_to_claim")] == ["secretaris@koor.example"]


def test_files_that_cannot_be_used_are_named_in_the_answer(city: City, takes_mail: None) -> None:
    choir = make.organisation(owner=make.user("secretaris@koor.example"))
    for name, file in (
        ("document", "persbericht.docx"),
        ("two_posters", "klein.jpg"),
        ("no_picture_inside", "stuk.jpg"),
        ("ics_broken", "stuk.ics"),
    ):
        assert drop(name, to=signatures.mail_address(choir)) == Outcome.KEPT
        assert file in mailed("mailed.")[-1].text


def test_mail_for_other_domains_is_refused_and_never_relayed(choir: Organisation, door: Send) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        door(stored("plain"), to="iemand@elders.example")
    assert [code for code, _words in refusal.value.recipients.values()] == [550]


def test_a_mail_that_is_too_large_is_refused_and_said(choir: Organisation, door: Send) -> None:
    with pytest.raises(smtplib.SMTPSenderRefused) as refusal:
        door(b"Subject: groot\r\n\r\n" + (b"x" * 76 + b"\r\n") * 400_000, to=signatures.mail_address(choir))
    assert refusal.value.smtp_code == 552


def test_when_the_database_does_not_answer_the_mail_server_keeps_the_mail(
    choir: Organisation, door: Send
) -> None:
    to = signatures.mail_address(choir)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE agenda_activity RENAME TO agenda_activity_away")
    try:
        with pytest.raises(smtplib.SMTPDataError) as refusal:
            door(stored("plain"), to=to)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE agenda_activity_away RENAME TO agenda_activity")
    assert refusal.value.smtp_code == 451
    door(stored("plain"), to=to)
    assert Activity.objects.count() == 1


def test_of_too_many_mails_the_rest_waits_at_their_server(choir: Organisation, door: Send) -> None:
    places = {
        signatures.mail_address(choir): "a@koor.example",
        f"aanmelden@{DOMAIN}": "redactie@demo.example",
    }
    for to, sender in places.items():
        for number in range(intake.MOST_MAILS):
            mail = Mail(number=str(number), sender=sender, title="Repetitie", text="Kom ook.")
            assert intake.take_in(mail, to=to, envelope=sender, now=timezone.now()) == Outcome.KEPT
            assert intake.take_in(mail, to=to, envelope=sender, now=timezone.now()) == Outcome.AGAIN
    assert len([mail for mail in mailed("mailed.") if mail.to == "a@koor.example"]) == 1
    assert OutboxMail.objects.filter(key__startswith="agenda/mailed_by_another").count() == 1
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        door(stored("plain"), to=signatures.mail_address(choir))
    assert refusal.value.smtp_code == 451
    assert Activity.objects.count() == 2 * intake.MOST_MAILS


def test_a_mail_that_takes_too_long_to_read_is_not_lost(
    choir: Organisation, door: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = signatures.mail_address(choir)
    monkeypatch.setattr(intake, "SECONDS", 0.001)
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        door(stored("plain"), to=to)
    monkeypatch.undo()
    assert (refusal.value.smtp_code, refusal.value.smtp_error) == (451, postin.LATER[4:].encode())
    door(stored("plain"), to=to)
    assert Activity.objects.count() == 1


def test_members_see_the_address_and_who_mailed_a_draft_and_an_owner_takes_another(
    city: City, takes_mail: None, client: Client
) -> None:
    owner = make.user()
    choir = make.organisation(owner=owner)
    client.force_login(owner)
    page = reverse("agenda:mail_in", args=[choir.slug])
    first = signatures.mail_address(choir)
    assert first in client.get(page).content.decode()
    assert drop("plain", to=first) == Outcome.KEPT
    for seen in (reverse("agenda:mine"), Activity.objects.get().get_absolute_url()):
        assert "secretaris@koor.example" in client.get(seen).content.decode()
    client.post(page)
    assert first not in client.get(page).content.decode()


def test_token_of_a_draft_cannot_be_worked_out_without_the_secret(
    city: City, takes_mail: None, settings: Settings
) -> None:
    make.user(intake.read(stored("ics_two_events")).sender, role="editor")
    to = f"aanmelden@{DOMAIN}"
    assert [drop("ics_two_events", to=to) for _time in range(2)] == [Outcome.KEPT, Outcome.AGAIN]
    settings.SECRET_KEY = "another"
    assert drop("ics_two_events", to=to) == Outcome.KEPT
