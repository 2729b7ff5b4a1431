""" "Dit is onze club": asked, confirmed by mail, told to the owners, decided by an editor."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cultuurportaal.models import OutboxMail
from cultuurportaal.workflow import NotAllowed
from partners.models import Claim, Organisation, Space, User
from partners.services import claims, organisations
from tests import make
from tests.partners.signing_in import session_of
from tests.partners.test_profile import signed_in

pytestmark = pytest.mark.django_db
GUEST = {"name": "Kim", "email": "kim@demo.example", "why": "Ik ben de voorzitter"}


def page(organisation: Organisation) -> str:
    return reverse("partners:claim", args=[organisation.slug])


def link(claim: Claim) -> str:
    return reverse("partners:confirm_claim", args=[claims.token_for(claim)])


def editor_client() -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(make.editor())
    return client


def confirmed(organisation: Organisation) -> Claim:
    claim = claims.ask(organisation, **GUEST, by=None, now=timezone.now())
    claims.confirm(claim, now=timezone.now())
    return claim


class TestAsking:
    def test_public_page_leads_to_it(self, client: Client) -> None:
        organisation = make.organisation("Koor")
        assert page(organisation) in client.get(organisation.get_absolute_url()).text

    def test_one_mailbox_gets_five_an_hour_from_everywhere_together(self) -> None:
        answers = [
            Client(REMOTE_ADDR=f"198.51.100.{number}")
            .post(page(make.organisation(str(number))), {**GUEST, "email": f"kim+{number}@demo.example"})
            .status_code
            for number in range(6)
        ]
        assert answers == [*[200] * 5, 429]

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_are_one(self) -> None:
        organisation = make.organisation("Koor")

        def ask(_number: int) -> None:
            try:
                claims.ask(organisation, **GUEST, by=None, now=timezone.now())
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(ask, range(4)))
        assert organisation.claims.count() == 1

    def test_guest_confirms_by_a_button_before_anybody_hears(self, client: Client) -> None:
        owner = make.user()
        organisation = make.organisation("Koor", owner=owner)
        assert "kim@demo.example" in client.post(page(organisation), GUEST).text
        claim = Claim.objects.get()
        (mail,) = OutboxMail.objects.all()
        assert (mail.to, f"http://localhost:8000{link(claim)}" in mail.text) == ("kim@demo.example", True)
        for _ in range(2):
            assert client.get(link(claim)).status_code == 200
        assert not Claim.objects.open().exists()
        for _ in range(2):
            assert client.post(link(claim)).status_code == 302
        assert Claim.objects.open().get() == claim
        (told,) = OutboxMail.objects.filter(to=owner.email)
        assert "Ik ben de voorzitter" in told.text
        assert not User.objects.filter(email="kim@demo.example").exists()

    def test_account_asks_at_once_and_only_for_itself(self) -> None:
        user = make.user()
        organisation = make.organisation("Koor")
        signed_in(user).post(page(organisation), {**GUEST, "email": "anders@demo.example"})
        assert Claim.objects.open().get().email == user.email

    def test_again_is_the_same_claim_with_new_words(self, client: Client) -> None:
        organisation = make.organisation("Koor")
        client.post(page(organisation), GUEST)
        client.post(page(organisation), {**GUEST, "email": "KIM@demo.example", "why": "Penningmeester"})
        assert Claim.objects.get().why == "Penningmeester"

    def test_words_that_were_confirmed_are_not_for_a_stranger_to_change(self, client: Client) -> None:
        organisation = make.organisation("Koor")
        confirmed(organisation)
        client.post(page(organisation), {**GUEST, "name": "Een ander", "why": "Geef mij de sleutel"})
        claim = Claim.objects.open().get()
        assert (claim.name, claim.why) == (GUEST["name"], GUEST["why"])

    def test_member_is_led_to_the_desk(self) -> None:
        member = make.user()
        organisation = make.organisation(member=member)
        assert signed_in(member).get(page(organisation)).status_code == 302

    @pytest.mark.parametrize("status", ["applied", "suspended"])
    def test_what_is_not_public_cannot_be_claimed(self, client: Client, status: str) -> None:
        organisation = make.organisation(status=status)
        assert client.post(page(organisation), GUEST).status_code == 404

    @pytest.mark.parametrize("field", ["name", "email", "why"])
    def test_every_answer_is_needed(self, client: Client, field: str) -> None:
        response = client.post(page(make.organisation()), {**GUEST, field: ""})
        assert (response.status_code, Claim.objects.exists()) == (422, False)

    @pytest.mark.parametrize("email", ["\u017fam@demo.example", "sam@localhost", "sam@[127.0.0.1]"])
    def test_lookalikes_of_an_address_are_refused(self, client: Client, email: str) -> None:
        response = client.post(page(make.organisation()), {**GUEST, "email": email})
        assert "Schrijf het mailadres zo: naam@voorbeeld.nl" in response.text
        assert not Claim.objects.exists()

    def test_there_is_an_end_to_asking(self, client: Client) -> None:
        organisation = make.organisation()
        said = [
            client.post(page(organisation), {**GUEST, "email": f"{number}@demo.example"}).status_code
            for number in range(7)
        ]
        assert said == [200] * 5 + [429] * 2

    def test_forged_and_old_links_are_gone(self, client: Client) -> None:
        claim = claims.ask(make.organisation(), **GUEST, by=None, now=timezone.now())
        assert client.post(link(claim)[:-4] + "abc/").status_code == 410

    def test_never_confirmed_is_forgotten(self) -> None:
        now = timezone.now()
        claims.ask(make.organisation(), **GUEST, by=None, now=now - timedelta(days=15))
        kept = claims.ask(make.organisation(), **GUEST, by=None, now=now)
        claims.erase_unconfirmed(before=now - timedelta(days=14))
        assert list(Claim.objects.all()) == [kept]


class TestDeciding:
    def test_editor_sees_it_and_approves(self) -> None:
        organisation = make.organisation("Koor", owner=make.user("oud@demo.example"))
        claim, client = confirmed(organisation), editor_client()
        text = client.get(reverse("partners:desk")).text
        assert "Ik ben de voorzitter" in text
        assert "oud@demo.example" in text
        client.post(reverse("partners:decide_claim", args=[claim.uuid]), {"role": "owner"})
        row = organisation.memberships.get(user__email="kim@demo.example")
        assert (row.role, row.user.name) == ("owner", "Kim")
        subjects = list(OutboxMail.objects.filter(to="kim@demo.example").values_list("subject", flat=True))
        assert "Je kunt Koor nu beheren" in subjects
        assert OutboxMail.objects.filter(to="oud@demo.example", text__contains="Kim hoort er nu bij").exists()
        assert "Ik ben de voorzitter" not in client.get(reverse("partners:desk")).text

    def test_refusal_needs_a_reason_and_gives_nothing(self) -> None:
        organisation = make.organisation("Koor")
        claim, client = confirmed(organisation), editor_client()
        address = reverse("partners:decide_claim", args=[claim.uuid])
        assert client.post(address, {"stap": "weiger", "text": " "}).status_code == 422
        client.post(address, {"stap": "weiger", "text": "Je staat niet op hun site."})
        mail = OutboxMail.objects.filter(to="kim@demo.example").last()
        assert mail is not None
        assert "Je staat niet op hun site." in mail.text
        assert not organisation.memberships.exists()

    def test_refusal_that_is_too_long_comes_back_whole_at_its_claim(self) -> None:
        first, second = confirmed(make.organisation("Koor")), confirmed(make.organisation("Band"))
        long = "Je staat niet op hun site. " * 40
        answer = editor_client().post(
            reverse("partners:decide_claim", args=[second.uuid]), {"stap": "weiger", "text": long}
        )
        assert answer.status_code == 422
        assert f'href="#{second.pk}-text"' in answer.text
        field = answer.text.split(f'id="{second.pk}-text"')[1].split("</textarea>")[0]
        assert long.strip() in field
        assert f'id="{second.pk}-text-f"' in answer.text
        assert f'id="{first.pk}-text-f"' not in answer.text
        assert answer.text.count('<details class="meer" open>') == 1

    def test_is_decided_once(self) -> None:
        claim, editor = confirmed(make.organisation()), make.editor()
        claims.reject(claim, text="Nee", by=editor, now=timezone.now())
        with pytest.raises(NotAllowed, match="already"):
            claims.approve(claim, by=editor, now=timezone.now())

    def test_not_before_it_is_confirmed(self) -> None:
        claim = claims.ask(make.organisation(), **GUEST, by=None, now=timezone.now())
        with pytest.raises(NotAllowed, match="already"):
            claims.approve(claim, by=make.editor(), now=timezone.now())

    @pytest.mark.parametrize("role", ["", "broker", "culture_base"])
    def test_only_editors_decide(self, role: str) -> None:
        claim = confirmed(make.organisation())
        with pytest.raises(NotAllowed, match="organisation"):
            claims.approve(claim, by=make.user(role=role), now=timezone.now())


class TestDesk:
    def test_new_one_is_let_in(self) -> None:
        organisation = make.organisation("Nieuw Koor", status="applied")
        client = editor_client()
        assert "Nieuw Koor" in client.get(reverse("partners:desk")).text
        address = reverse("partners:step", args=[organisation.slug])
        for said in ("Gedaan: Nieuw Koor", "een ander was je voor"):
            assert said in client.post(address, {"stap": "accept"}, follow=True).text
        organisation.refresh_from_db()
        assert organisation.status == "active"

    def test_search_finds_by_a_part_of_the_name(self) -> None:
        for name in ("Popkoor Zoet", "Theater Zuur"):
            make.organisation(name)
        text = editor_client().get(reverse("partners:desk"), {"q": "zoe"}).text
        assert ("Popkoor Zoet" in text, "Theater Zuur" in text) == (True, False)

    def test_words_that_an_owner_changed_are_listed(self) -> None:
        owner = make.user()
        organisation, other = make.organisation("Koor", owner=owner), make.organisation("Theater")
        data = {"version": 1, "name": "Koor", "description": "Nieuw"}
        signed_in(owner).post(reverse("partners:organisation", args=[organisation.slug]), data)
        text = editor_client().get(reverse("partners:desk"), {"q": "niets"}).text
        assert (organisation.name in text, other.name in text) == (True, False)


def test_merged_one_takes_what_waits_along() -> None:
    old, into = make.organisation("Oud"), make.organisation("Nieuw")
    claim, twin = confirmed(old), confirmed(into)
    other = claims.ask(old, email="bo@demo.example", name="Bo", why="Dirigent", by=None, now=timezone.now())
    Space.objects.create(organisation=old, kind="need", what="Zaal", created_at=timezone.now())
    organisations.merge(old, into=into, by=make.editor())
    assert set(into.claims.all()) == {twin, other}
    assert set(old.claims.all()) == {claim}
    assert into.spaces.count() == 1
